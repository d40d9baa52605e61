#include "bot/app/simulation_world.hpp"

#include <array>
#include <fmt/format.h>
#include <fstream>

#include "bot/app/export.hpp"
#include "bot/base/csv.hpp"

namespace linli::app::simulation {

namespace {

constexpr std::array communities = {"和平", "春晓", "幸福", "朝阳", "金桥", "松林", "文昌", "清河",
                                    "向阳", "兴华", "康乐", "长虹", "新城", "永安", "红旗", "西岭"};
constexpr std::array compounds = {"苑", "花园", "家园", "里"};
constexpr std::array surnames = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
                                 "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林", "郑"};
constexpr std::array givens = {"建国", "秀英", "志强", "桂兰", "晓燕", "伟",   "丽萍",
                               "国庆", "海燕", "建军", "玉梅", "俊杰", "雪琴", "卫东",
                               "春梅", "立新", "红霞", "永刚", "爱萍", "文斌"};

constexpr int units = 2, floors = 5, rooms = 2;
constexpr int in_building = units * floors * rooms;
constexpr int buildings = 5;  // of a full compound
constexpr int in_community = 3 * buildings * in_building;

class World {
 public:
  World(std::filesystem::path folder, Chance& chance) : folder_(std::move(folder)), chance_(chance) {}

  Result<void> write(int residents, const std::filesystem::path& claims);

 private:
  Result<void> questions(const std::filesystem::path& sample);
  void district(int households);
  void community(int number, int households, const std::string& street);
  int compound(const std::string& community, int number, const std::string& name, int households);
  void building(const std::string& compound, int number, int households);
  void household(const std::string& unit, int room);
  void gate(const std::string& compound, const std::string& name, bool all_day);
  void village();
  void rounds(const std::string& compound);
  std::string person(const std::string& code, const std::string& home = {});
  std::string staff(const std::string& code, const char* role, const std::string& area,
                    const std::string& substitute = {}, const std::string& organisation = {});
  void units_stationed(const std::string& community, const std::string& stem);
  std::string name() { return std::string(chance_.of(surnames)) + chance_.of(givens); }
  Result<void> save(const std::string& file, const std::string& header, const std::string& rows);

  std::filesystem::path folder_;
  Chance& chance_;
  std::string areas_, people_, members_, organisations_, appointments_, posts_, shifts_, points_;
  std::vector<std::string> neighbours_;  // residents of the compound being made who may be asked to serve
  std::string last_grid_;
  int phones_ = 0;
  int residents_ = 0, wanted_ = 0;
  int posts_made_ = 0, boards_ = 0;
  double lat_ = 37.87, lon_ = 112.48;
};

std::string World::person(const std::string& code, const std::string& home) {
  ++phones_;
  people_ += fmt::format("{},{},199{:08},oSim{:023},{}\n", code, name(), phones_, phones_, home);
  return code;
}

std::string World::staff(const std::string& code, const char* role, const std::string& area,
                         const std::string& substitute, const std::string& organisation) {
  appointments_ += fmt::format("{},{},{},2026-01-01,,{},{},\n", code, role, area, substitute, organisation);
  return code;
}

void World::household(const std::string& unit, int room) {
  std::string code = fmt::format("{}-{}", unit, room);
  areas_ += fmt::format("{},household,{},{},0,,\n", code, room, unit);
  bool silent = residents_ >= wanted_ || chance_.in(8);  // nobody there has the account: asked by phone
  int with_phone = silent ? 0 : chance_.in(40) ? 2 : 1;
  for (int i = 0; i < with_phone; ++i) {
    ++residents_;
    neighbours_.push_back(person(fmt::format("r-{}-{}", code, i + 1), code));
  }
  bool alone = chance_.in(12);
  members_ += fmt::format("{},{},户主,{},{},{},\n", code, name(), chance_.between(1935, 1998),
                          chance_.in(20) ? "高血压" : "", alone ? 1 : 0);
}

void World::building(const std::string& compound, int number, int households) {
  std::string code = fmt::format("{}-{}", compound, number);
  areas_ += fmt::format("{},building,{}号楼,{},0,{:.4f},{:.4f}\n", code, number, compound, lat_, lon_);
  std::size_t before = neighbours_.size();
  for (int i = 0; i < households; ++i) {
    int unit = i / (floors * rooms) + 1, in_unit = i % (floors * rooms);
    std::string unit_code = fmt::format("{}-{}", code, unit);
    if (in_unit == 0) areas_ += fmt::format("{},unit,{}单元,{},0,,\n", unit_code, unit, code);
    household(unit_code, (in_unit / rooms + 1) * 100 + in_unit % rooms + 1);
  }
  if (neighbours_.size() > before) staff(neighbours_[before], "building_leader", code);
}

/// A gate with shifts of two hours, stood by people of the compound: around the clock, or from six to ten at
/// night.
void World::gate(const std::string& compound, const std::string& name, bool all_day) {
  std::string post = fmt::format("{}-gate", compound);
  posts_ += fmt::format("{},{},{},{:.4f},{:.4f},150,{},出入登记、测温,{}\n", post, compound, name, lat_, lon_,
                        1000 + (++posts_made_ * 37) % 9000, all_day ? "00:00-24:00" : "06:00-22:00");
  int first = all_day ? 0 : 6, last = all_day ? 24 : 22;
  std::size_t next = 1;
  for (int hour = first; hour < last && !neighbours_.empty(); hour += 2) {
    const std::string& who = neighbours_[(next++ * 3) % neighbours_.size()];
    std::string role = fmt::format("{},volunteer,{},", who, compound);
    if (appointments_.find(role) == appointments_.npos) staff(who, "volunteer", compound);
    shifts_ += fmt::format("{},{},*,{:02}:00,{:02}:00\n", post, who, hour, hour + 2);
  }
}

/// Points to look at, some with four digits on a board.
void World::rounds(const std::string& compound) {
  int number = 0;
  for (auto [name, every, board] : {std::tuple{"北墙", "4h", 1}, std::tuple{"垃圾房", "8h", 0},
                                    std::tuple{"车库口", "12h", 1}, std::tuple{"小花园", "6h", 0}}) {
    ++number;
    std::string code = board == 0 ? "" : std::to_string(5000 + (++boards_ * 53) % 4000);
    points_ += fmt::format("{}-p{},{},{},{:.4f},{:.4f},60,{},{}\n", compound, number, name, compound,
                           lat_ + number * 0.0015, lon_, every, code);
  }
}

int World::compound(const std::string& community, int number, const std::string& name, int households) {
  std::string code = fmt::format("{}{}", community, number);
  lat_ += 0.004;
  areas_ += fmt::format("{},compound,{},{},{},{:.4f},{:.4f}\n", code, name, community, number == 3 ? 1 : 0,
                        lat_, lon_);
  neighbours_.clear();
  int made = 0;
  for (int i = 1; i <= buildings && made < households; ++i) {
    int here = std::min(in_building, households - made);
    building(code, i, here);
    made += here;
  }
  std::string grid = staff(person("grid-" + code), "grid_leader", code, last_grid_);
  last_grid_ = grid;
  rounds(code);
  gate(code, number == 1 ? "北门" : "大门", number == 1);
  return made;
}

void World::community(int number, int households, const std::string& street) {
  std::string stem = communities[static_cast<std::size_t>(number) % communities.size()];
  if (number >= static_cast<int>(communities.size())) stem += "新";
  std::string code = fmt::format("c{}-", number + 1);
  lon_ += 0.006;
  areas_ += fmt::format("{},community,{}社区,{},0,{:.4f},{:.4f}\n", code, stem, street, lat_, lon_);
  staff(person("oncall-" + code), "on_call", code);
  staff(person("publicist-" + code), "publicist", code);
  for (const char* role : {"instructor", "supervisor", "patroller"})
    staff(person(fmt::format("{}-{}", role, code)), role, code);
  units_stationed(code, stem);
  last_grid_.clear();
  for (int i = 0; i < 3 && households > 0; ++i)
    households -= compound(code, i + 1, stem + compounds[static_cast<std::size_t>(i)],
                           std::min(households, buildings * in_building));
}

/// A shop, a clinic and a police station, with one joint defender each.
void World::units_stationed(const std::string& community, const std::string& stem) {
  for (auto [kind, name] :
       {std::pair{"shop", "超市"}, std::pair{"clinic", "卫生所"}, std::pair{"police", "派出所"}}) {
    std::string unit = fmt::format("{}-{}", kind, community);
    organisations_ += fmt::format("{},{}{},{},{}\n", unit, stem, name, kind, community);
    staff(person("joint-" + unit), "joint_defender", community, {}, unit);
  }
}

void World::village() {
  areas_ +=
      "xp,township,杏坡乡,d,0,37.8905,112.4602\nlgc,village,柳沟村,xp,0,37.8968,112.4521\n"
      "lgc-1,building,东头组,lgc,0,37.8960,112.4521\n";
  staff(person("oncall-xp"), "on_call", "xp");
  staff(person("oncall-lgc"), "on_call", "lgc");
  staff(person("grid-lgc"), "grid_leader", "lgc", "oncall-lgc");
  for (int i = 1; i <= 6; ++i) {
    std::string code = fmt::format("lgc-1-{:02}", i);
    areas_ += fmt::format("{},household,{}号院,lgc-1,0,,\n", code, i);
    person(fmt::format("r-{}", code), code);
    members_ += fmt::format("{},{},户主,1958,,0,\n", code, name());
  }
}

void World::district(int households) {
  areas_ += "d,district,安和区,,0,37.8720,112.4830\n";
  staff(person("oncall-d"), "on_call", "d", "oncall-d2");
  person("oncall-d2");
  staff(person("publicist-d"), "publicist", "d");
  staff(person("deputy-d"), "deputy", "d");
  int number = 0;
  for (int left = households; left > 0; left -= in_community, ++number) {
    std::string street = fmt::format("s{}", number / 3 + 1);
    if (number % 3 == 0) {
      areas_ += fmt::format("{},street,{}街道,d,0,37.8705,112.4815\n", street,
                            std::array{"青槐", "南关", "北营", "东湖", "西山",
                                       "中心"}[static_cast<std::size_t>(number / 3) % 6]);
      staff(person("oncall-" + street), "on_call", street);
    }
    community(number, std::min(left, in_community), street);
  }
  village();
}

Result<void> World::save(const std::string& file, const std::string& header, const std::string& rows) {
  std::ofstream out(folder_ / file, std::ios::binary);
  out << header << '\n' << rows;
  out.flush();
  if (out) return {};
  return Error{Errc::storage, fmt::format("{}: cannot be written", (folder_ / file).string())};
}

/// The sample's list as one of the whole district: its own areas are not here.
Result<void> World::questions(const std::filesystem::path& sample) {
  auto list = read_csv(sample.string());
  if (!list) return list.error();
  if (auto columns =
          list->expect({"id", "wordings", "answer", "source", "date"}, {"valid_until", "area", "level"});
      !columns)
    return columns.error();
  std::string rows;
  for (const auto& row : list->rows()) {
    rows += fmt::format("{},{},{},{},{},{}\n", csv_cell(row["id"]), csv_cell(row["wordings"]),
                        csv_cell(row["answer"]), csv_cell(row["source"]), csv_cell(row["date"]),
                        csv_cell(row["level"]));
  }
  return save("questions.csv", "id,wordings,answer,source,date,level", rows);
}

Result<void> World::write(int residents, const std::filesystem::path& claims) {
  std::error_code failed;
  std::filesystem::create_directories(folder_, failed);
  wanted_ = residents;
  district(residents * 100 / 128);
  std::filesystem::copy_file(claims, folder_ / "claims.csv",
                             std::filesystem::copy_options::overwrite_existing, failed);
  if (failed) return Error{Errc::storage, fmt::format("{}: cannot be copied", claims.string())};
  auto listed = questions(claims.parent_path() / "questions.csv");
  if (!listed) return listed.error();
  for (auto [file, header, rows] :
       {std::tuple{"areas.csv", "code,kind,name,parent,unmanaged,lat,lon", &areas_},
        std::tuple{"people.csv", "code,name,phone,openid,household", &people_},
        std::tuple{"members.csv", "household,name,relation,birth_year,conditions,lives_alone,person",
                   &members_},
        std::tuple{"organisations.csv", "code,name,kind,area", &organisations_},
        std::tuple{"appointments.csv", "person,role,area,from,until,substitute,organisation,badge",
                   &appointments_},
        std::tuple{"posts.csv", "code,area,name,lat,lon,radius_m,code_word,what,hours", &posts_},
        std::tuple{"shifts.csv", "post,person,date,start,end", &shifts_},
        std::tuple{"patrol_points.csv", "code,name,area,lat,lon,radius_m,every,code_word", &points_}}) {
    auto saved = save(file, header, *rows);
    if (!saved) return saved.error();
  }
  return {};
}

}  // namespace

Result<void> write_world(const std::filesystem::path& folder, const std::filesystem::path& claims,
                         int residents, Chance& chance) {
  return World(folder, chance).write(residents, claims);
}

}  // namespace linli::app::simulation
