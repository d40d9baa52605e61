#include "bot/app/simulation_voice.hpp"

#include <array>
#include <fmt/format.h>

namespace linli::app::simulation {

namespace {

using community::Role;

constexpr std::array notices = {"明天上午停水两小时，请提前存水", "周六小区大扫除，有空的请来",
                                "快递架挪到北门里面了，取件走北门", "夜里刮大风，阳台上的东西请收一收"};
constexpr std::array suggestions = {"门口缺个路灯", "快递架离大门太远", "早上进出太挤，错开时间",
                                    "多放几个垃圾桶"};
constexpr std::array complaints = {"你们消息太多了，天天响", "机器人听不懂我说的，答非所问"};

/// The first number in a text.
std::string number_in(const std::string& text) {
  auto from = text.find_first_of("0123456789");
  if (from == text.npos) return {};
  return text.substr(from, text.find_first_not_of("0123456789", from) - from);
}

}  // namespace

void Voice::sometime(int from_hour, int until_hour, Person& person, std::string text) {
  scene_.after(scene_.chance.minutes(from_hour * 60, until_hour * 60),
               [this, &person, text = std::move(text)] {
                 if (!person.onlooker) scene_.say(person, text);
               });
}

void Voice::soon(Person& person, std::string text) {
  scene_.after(scene_.chance.seconds(6, 70),
               [this, &person, text = std::move(text)] { scene_.say(person, text); });
}

void Voice::plan_day(int number) {
  for (auto& person : scene_.people()) {
    if (person->onlooker) continue;
    if (person->staff()) officers(*person, number);
    everybody(*person);
  }
  stories_.plan_day();
}

void Voice::officers(Person& person, int number) {
  auto& chance = scene_.chance;
  for (const auto& [role, area] : person.roles) {
    auto held = scene_.house().ledgers().areas.find(area);
    bool district = held && held->kind == community::AreaKind::district;
    // Every third day much is written, so that the week's cap is felt.
    int times = role != Role::publicist ? 0 : number % 3 == 0 ? 3 : chance.in(60) ? 1 : 0;
    for (int i = 0; i < times; ++i) {
      bool receipt = !district && chance.in(35);
      sometime(8, 20, person, fmt::format("发通知 {}{}", receipt ? "要回执 " : "", chance.of(notices)));
    }
    if (role == Role::publicist && chance.in(10)) sometime(21, 23, person, "通知");
    if (role == Role::supervisor && chance.in(50)) sometime(9, 18, person, "建议列表");
    if (role == Role::on_call && chance.in(15)) sometime(9, 18, person, "入列 干部到一线");
    if (role == Role::grid_leader && chance.in(15)) sometime(9, 18, person, "入列 干部到一线");
    if (role == Role::deputy && chance.in(60))
      sometime(9, 20, person, fmt::format("建议 {}", chance.of(suggestions)));
  }
}

void Voice::everybody(Person& person) {
  auto& chance = scene_.chance;
  if (!person.home && !person.holds(Role::volunteer)) return;
  if (chance.in(0.6)) sometime(8, 21, person, fmt::format("建议 {}", chance.of(suggestions)));
  if (chance.in(0.2)) sometime(8, 21, person, chance.of(complaints));
  if (chance.in(0.4)) sometime(8, 21, person, "你问了我多少");
  if (chance.in(0.3)) sometime(8, 21, person, "入列 主人翁");
  if (chance.in(0.1)) sometime(8, 21, person, "别再发了");
  if (chance.in(0.1)) sometime(8, 21, person, "致谢");
}

void Voice::wrote_notice(Person& person, const Heard& heard) {
  auto& chance = scene_.chance;
  if (heard.id == "notice.ask_audience")
    return soon(person, chance.in(80) ? "1" : chance.in(50) ? "志愿者" : "2");
  if (heard.id == "notice.preview") return soon(person, chance.in(85) ? "1" : "明天9点");
  if (heard.id == "notice.nobody") return soon(person, "取消");
  std::string number = number_in(heard.text);
  if (heard.id == "notice.planned" && chance.in(20)) return soon(person, "撤通知 " + number);
  if (heard.id != "notice.finished") return;
  if (chance.in(6)) return soon(person, fmt::format("更正通知 {} 时间改在后天，别的不变", number));
  if (chance.in(25)) return soon(person, "撤通知 " + number);
  if (chance.in(30)) return soon(person, "通知 " + number);
}

void Voice::hears(Person& person, const Heard& heard) {
  if (person.onlooker) return;
  stories_.hears(person, heard);
  auto& chance = scene_.chance;
  const std::string& id = heard.id;
  if (id == "notice.told_ack") {
    if (!chance.in(70)) return;
    std::string number = number_in(heard.text);
    return scene_.after(chance.minutes(1, 600), [this, &person, number] {
      scene_.say(person, scene_.chance.in(60) ? "收到" : "收到 " + number);
    });
  }
  if (id.starts_with("notice.")) return wrote_notice(person, heard);
  if (id == "suggestion.staff_offer") {
    std::string number = number_in(heard.text);
    if (chance.in(25)) return;  // nobody does, and it falls due
    return scene_.after(chance.minutes(10, 900), [this, &person, number] {
      scene_.say(person, fmt::format("答复 {} 记下了，本周就办", number));
    });
  }
  if (id == "suggestion.your_done" || id == "suggestion.your_done_again") {
    if (chance.in(30)) return;
    std::string number = number_in(heard.text);
    return soon(person, chance.in(75) ? "满意 " + number : "不满意 " + number + " 还没看到动静");
  }
  if (id == "suggestion.ask_why") return soon(person, "还没看到动静");
  if (id == "suggestion.ask_answer") return soon(person, "这两天就办");
  if (id == "pairing.your_thanks_ask" && chance.in(80))
    return soon(person, chance.in(60) ? "署名" : "不署名");
}

}  // namespace linli::app::simulation
