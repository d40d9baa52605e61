#include "bot/app/simulation_stories.hpp"

#include <array>
#include <fmt/format.h>

namespace linli::app::simulation {

namespace {

using community::Role;

// One story in the words of many: the first three surely the same, the others to be asked about.
constexpr std::array bridge = {"听说河西大桥下周起封路三天，真的吗", "河西大桥下周起封路3天，是真的吗",
                               "网传河西大桥下周起要封路三天", "下礼拜河西大桥封三天路，靠谱不",
                               "河西大桥是不是下周要封路了，有三天呢"};
constexpr std::array local = {"听说1号楼查出来一个阳性，真的吗", "1号楼有阳性了，是真的吗",
                              "1号楼查出来一个阳性的，真的假的"};
constexpr std::array beforehand = {"加传言 假 {}月{}号起全区停水两天 澄清：没有停水计划 来源：供水站 有效3天",
                                   "加传言 误导 {}月{}号超市开始限购 澄清：只是暂时缺货 来源：商务办",
                                   "加传言 真 {}月{}号免费量血压 澄清：在社区门口 来源：卫生站 有效一周"};

}  // namespace

void Stories::sometime(Person& person, std::function<std::string()> text) {
  scene_.after(scene_.chance.minutes(8 * 60, 21 * 60), [this, &person, text = std::move(text)] {
    if (person.onlooker || person.away_until > scene_.now() || !scene_.bot().up()) return;
    if (std::string words = text(); !words.empty()) scene_.say(person, words);
  });
}

void Stories::soon(Person& person, std::string text) {
  scene_.after(scene_.chance.seconds(6, 70),
               [this, &person, text = std::move(text)] { scene_.say(person, text); });
}

void Stories::plan_day() {
  for (auto& person : scene_.people()) {
    if (person->onlooker) continue;
    if (person->holds(Role::publicist)) publicist(*person);
    if (person->home) residents(*person);
  }
}

void Stories::residents(Person& person) {
  auto& chance = scene_.chance;
  if (chance.in(0.8)) sometime(person, [this] { return std::string(scene_.chance.of(bridge)); });
  if (chance.in(0.5)) sometime(person, [this] { return std::string(scene_.chance.of(local)); });
}

/// How a story that somebody has heard the verdict of is called in the chat.
std::string Stories::known_label() {
  store::Statement rows(
      scene_.house().database(),
      "select coalesce((select cast(number as text) from task where id = c.task), c.code) "
      "from claim c where c.verdict <> '' and c.merged_into is null and c.withdrawn_at is null "
      "and exists (select 1 from claim_report r where r.claim = c.id) "
      "order by c.decided_at desc limit 12");
  std::vector<std::string> labels;
  rows.each<std::string>([&](std::string label) { labels.push_back(std::move(label)); });
  return labels.empty() ? std::string() : scene_.chance.of(labels);
}

void Stories::publicist(Person& person) {
  auto& chance = scene_.chance;
  if (chance.in(60)) sometime(person, [] { return std::string("传言"); });
  if (chance.in(50))
    sometime(person, [this] {
      return fmt::format(fmt::runtime(scene_.chance.of(beforehand)), scene_.chance.between(3, 5),
                         scene_.chance.between(1, 28));
    });
  auto about_one = [&](int percent, const char* words) {
    if (!chance.in(percent)) return;
    sometime(person, [this, words] {
      std::string label = known_label();
      return label.empty() ? label : fmt::format(fmt::runtime(words), label);
    });
  };
  about_one(40, "撤回传言 {}");
  about_one(60, "更正传言 {} 误导 只对一部分人是这样 来源：社区");
  sometime(person, [this] {  // what reporters have said to be the same
    store::Statement rows(scene_.house().database(),
                          "select t.number from claim_telling w join claim c on c.id = w.claim "
                          "join task t on t.id = c.task order by w.id desc limit 1");
    auto row = rows.one<std::int64_t>();
    return row ? fmt::format("加说法 {} 都加", std::get<0>(*row)) : std::string();
  });
  if (!chance.in(60)) return;
  sometime(person, [this] {
    store::Statement rows(
        scene_.house().database(),
        "select t.number from claim c join task t on t.id = c.task where c.merged_into is null "
        "and c.withdrawn_at is null order by c.id desc limit 2");
    std::vector<std::int64_t> numbers;
    rows.each<std::int64_t>([&](std::int64_t number) { numbers.push_back(number); });
    return numbers.size() < 2 ? std::string() : fmt::format("合并传言 {} {}", numbers[1], numbers[0]);
  });
}

void Stories::hears(Person& person, const Heard& heard) {
  if (person.onlooker) return;
  auto& chance = scene_.chance;
  const std::string& id = heard.id;
  if (id == "rumour_report.wording_added") scene_.counts().add("claims.wordings");
  bool preview = id == "rumour_report.verdict_preview" || id == "rumour_report.new_preview" ||
                 id == "rumour_report.merge_preview" || id == "rumour_report.withdraw_preview";
  if (preview) return soon(person, chance.in(85) ? "好" : "不");
  if (id == "rumour_report.which_story")
    return soon(person, chance.in(80) ? "1" : chance.in(50) ? "都不是" : "2");
  if (id == "rumour_report.ask_verdict") return soon(person, chance.in(70) ? "假" : "无法核实");
  if (id == "rumour_report.ask_clarification") return soon(person, "没有这回事，以通知为准");
  if (id == "rumour_report.ask_source" || id == "rumour_report.ask_validity") return soon(person, "1");
}

}  // namespace linli::app::simulation
