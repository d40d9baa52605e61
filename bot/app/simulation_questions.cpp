#include "bot/app/simulation_questions.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace linli::app::simulation {

namespace {

using community::Role;

constexpr std::array listed = {"做核酸在哪儿",         "请问核酸多少钱一次", "学校几时开学呀",
                               "从太原回来要不要报备", "隔离多少天",         "现在能不能出小区",
                               "出入证丢了咋办",       "理发店现在开门吗",   "公交啥时候恢复",
                               "超市几点关门",         "快递能送到楼下吗",   "慢性病的药怎么开",
                               "孩子返校要啥材料",     "水电费能不能缓交",   "发热门诊在什么地方"};
constexpr std::array alike = {"咱社区核酸检测点在哪条街", "政策 外地回来的要不要隔离几天",
                              "政策 打疫苗要去哪条街"};
constexpr std::array unknown = {"政策 垃圾车几点来", "政策 西门什么时候修好", "问 停车费多少钱",
                                "问 物业几点下班", "小区什么时候解封"};

constexpr std::array of_a_building = {"问 楼下的围栏几时拆", "问 一楼的水表几时换", "问 门禁卡哪天能发"};
constexpr std::array often_asked = {1, 2, 4, 10, 12, 17, 18, 19, 22, 24, 29, 30, 31, 33, 37, 39, 40};

}  // namespace

void Questions::sometime(Person& person, std::string text) {
  scene_.after(scene_.chance.minutes(8 * 60, 20 * 60), [this, &person, text = std::move(text)] {
    if (!person.onlooker) scene_.say(person, text);
  });
}

void Questions::soon(Person& person, std::string text) {
  scene_.after(scene_.chance.seconds(5, 90),
               [this, &person, text = std::move(text)] { scene_.say(person, text); });
}

void Questions::plan_day() {
  auto& chance = scene_.chance;
  for (auto& person : scene_.people()) {
    if (person->onlooker) continue;
    if (person->home && chance.in(1.2)) sometime(*person, chance.of(listed));
    if (person->home && chance.in(0.4)) sometime(*person, chance.of(alike));
    if (person->home && chance.in(0.5)) sometime(*person, chance.of(unknown));
    bool keeps =
        person->holds(Role::publicist) || person->holds(Role::instructor) || person->holds(Role::on_call);
    if (!keeps) continue;
    if (chance.in(10)) sometime(*person, chance.in(50) ? "问答" : "问答 核酸");
    if (chance.in(35)) sometime(*person, fmt::format("改问答 {}", chance.of(often_asked)));
    if (chance.in(2)) sometime(*person, fmt::format("撤问答 {}", chance.between(1, 46)));
  }
  neighbours();
}

/// Something that the list does not know happens in one building, and several of it ask.
void Questions::neighbours() {
  auto& chance = scene_.chance;
  auto& people = scene_.people();
  const std::string text = chance.of(of_a_building);
  const auto first = static_cast<std::size_t>(chance.between(0, static_cast<int>(people.size()) - 1));
  for (std::size_t i = first; i < std::min(people.size(), first + 30); ++i) {
    Person& person = *people[i];
    if (!person.onlooker && person.home && chance.in(35)) sometime(person, text);
  }
}

void Questions::hears(Person& person, const Heard& heard) {
  if (!heard.id.starts_with("policy_question.")) return;
  const std::string what = heard.id.substr(std::string("policy_question.").size());
  for (std::string_view counted :
       {"answer", "which", "joined", "told", "corrected", "void_now", "added", "changed"}) {
    if (what == counted) scene_.counts().add(fmt::format("list.{}", counted));
  }
  if (person.onlooker) return;
  asks(person, heard);
  keeps(person, heard);
}

void Questions::asks(Person& person, const Heard& heard) {
  auto& chance = scene_.chance;
  const std::string& id = heard.id;
  if (id == "policy_question.question") soon(person, chance.of(listed));
  if (id == "policy_question.which" && chance.in(90)) soon(person, chance.in(75) ? "1" : "都不是");
  if (id == "policy_question.forward" && chance.in(90)) soon(person, chance.in(80) ? "1" : "2");
}

void Questions::keeps(Person& person, const Heard& heard) {
  auto& chance = scene_.chance;
  const std::string& id = heard.id;
  if (id == "policy_question.offer_add" && chance.in(60)) {
    auto at = heard.text.find("加问答 ");
    auto digits = heard.text.find_first_of("0123456789", at == heard.text.npos ? 0 : at);
    if (digits == heard.text.npos) return;
    auto number = heard.text.substr(digits, heard.text.find_first_not_of("0123456789", digits) - digits);
    return soon(person, "加问答 " + number);
  }
  if (id == "policy_question.wording_known" || id == "policy_question.source") return soon(person, "1");
  if (id == "policy_question.wording") return soon(person, "这条怎么规定的；有什么规定");
  if (id == "policy_question.reply")
    return soon(person, fmt::format("照{}日的通告办，有变化再通知", chance.between(1, 28)));
  if (id == "policy_question.until") return soon(person, chance.in(50) ? "2" : "3");
  if (id == "policy_question.change") return soon(person, chance.in(70) ? "2" : "4");
}

}  // namespace linli::app::simulation
