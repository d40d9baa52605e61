#include "bot/app/simulation_residents.hpp"

#include <array>
#include <fmt/format.h>

namespace linli::app::simulation {

namespace {

using platform::InboundKind;

constexpr std::array fine_words = {"全家都好", "都好着呢",   "全家都好，36.5",
                                   "一切正常", "我家都没事", "36.4 全家正常"};
constexpr std::array sick_words = {"我妈37.9有点咳嗽", "孩子发烧38.2", "我爸头疼，37.8",
                                   "我发烧了38.6，嗓子疼"};
constexpr std::array needs = {"家里没米没菜了",       "降压药吃完了", "暖气不热，冻得不行",
                              "楼上漏水，厨房都淹了", "家里断电了",   "孩子奶粉没了",
                              "我爸透析没车去医院",   "下水道堵了",   "胰岛素快没了"};
constexpr std::array more_needs = {"老人走不动", "家里就我一个人", "能不能快点", "有两天了"};
constexpr std::array known_stories = {"听说和平苑北门今晚起彻底封死，以后谁也不能进出，真的吗",
                                      "安和区从明天起所有超市和菜店全部关门，是真的吗",
                                      "小区水箱投了药，今明两天的自来水不能喝，真的假的",
                                      "听说上门消毒的人要收50元消毒费"};
constexpr std::array things = {"快递", "公交",   "菜市场", "早餐店", "幼儿园",
                               "门诊", "理发店", "澡堂",   "加油站", "银行"};
constexpr std::array alarms = {"我爸胸口疼，喘不上气", "我妈晕倒了叫不醒", "厨房着火了", "家里煤气味特别大"};
constexpr std::array chatter = {"谢谢", "好的", "你好", "辛苦了", "今天天气真好呀", "8", "呵呵"};
constexpr std::array hellos = {"在吗", "有人吗"};

}  // namespace

void Residents::soon(Person& person, std::string text) {
  scene_.after(scene_.chance.seconds(6, 60),
               [this, &person, text = std::move(text)] { scene_.say(person, text); });
}

void Residents::plan_day() {
  Day today = scene_.zone().day(scene_.now());
  Time from = scene_.zone().at(today, 7 * 60), until = scene_.zone().at(today, 22 * 60 + 15);
  for (auto& person : scene_.people()) {
    if (!person->onlooker && (person->home || person->registers)) plan(*person, from, until);
  }
}

void Residents::plan(Person& person, Time from, Time until) {
  auto& chance = scene_.chance;
  auto span = static_cast<int>((until - from).count());
  auto sometime = [&](double percent, void (Residents::*what)(Person&)) {
    if (chance.in(percent))
      scene_.at(from + chance.seconds(0, span), [this, &person, what] { (this->*what)(person); });
  };
  sometime(78, &Residents::check_in);
  sometime(3, &Residents::check_in);  // once more: a correction
  sometime(2.4, &Residents::ask_for_help);
  sometime(1.6, &Residents::pass_on);
  sometime(0.8, &Residents::want_human);
  sometime(4, &Residents::chat);
  sometime(0.5, &Residents::leave);
  if (chance.in(1.2))  // cannot sleep for it
    scene_.at(until + chance.seconds(0, 6000), [this, &person] { ask_for_help(person); });
  if (chance.in(0.25))
    scene_.at(from - Seconds{7 * 3600} + chance.seconds(0, 86000), [this, &person] { alarm(person); });
}

void Residents::check_in(Person& person) {
  auto& chance = scene_.chance;
  if (person.registers && !person.home) return soon(person, "登记");
  if (chance.in(1.2)) return scene_.say(person, chance.of(sick_words));
  if (chance.in(55)) return scene_.click(person, "checkin");
  scene_.say(person, chance.of(fine_words));
}

void Residents::ask_for_help(Person& person) {
  auto& chance = scene_.chance;
  if (chance.in(20)) return scene_.say(person, chance.of(hellos));
  if (chance.in(6)) return scene_.show(person, InboundKind::voice);
  scene_.say(person, chance.of(needs));
  if (chance.in(40))
    scene_.after(chance.seconds(4, 15),
                 [this, &person] { scene_.say(person, scene_.chance.of(more_needs)); });
  if (chance.in(12))
    scene_.after(chance.seconds(16, 90), [this, &person] { scene_.show(person, InboundKind::image); });
  if (chance.in(6)) scene_.after(chance.minutes(2, 60), [this, &person] { scene_.say(person, "不用了"); });
  if (chance.in(4))
    scene_.after(chance.minutes(60, 300),
                 [this, &person] { scene_.say(person, "我要投诉，来的人态度太差"); });
}

void Residents::pass_on(Person& person) {
  auto& chance = scene_.chance;
  if (chance.in(35)) return scene_.say(person, chance.of(known_stories));
  std::string story = fmt::format("听说{}月{}号起{}都停了，真的吗", chance.between(3, 5),
                                  chance.between(1, 28), chance.of(things));
  if (chance.in(15)) return scene_.show(person, InboundKind::link, story);
  scene_.say(person, story);
}

void Residents::want_human(Person& person) {
  if (scene_.chance.in(30)) return scene_.click(person, "human");
  scene_.say(person, "人工");
}

void Residents::alarm(Person& person) {
  scene_.say(person, scene_.chance.of(alarms));
}

void Residents::chat(Person& person) {
  auto& chance = scene_.chance;
  if (chance.in(10)) return scene_.show(person, InboundKind::image);
  if (chance.in(10)) return scene_.place(person, 37.87, 112.48);
  if (chance.in(20)) return scene_.click(person, chance.in(50) ? "menu" : "my_requests");
  scene_.say(person, chance.of(chatter));
}

/// By mistake for some hours, or for days; who was away for more than a day is new to the bot.
void Residents::leave(Person& person) {
  if (person.staff() || person.onlooker) return;
  scene_.unfollow(person);
  scene_.counts().add("chance.people_left");
  Seconds away = scene_.chance.in(50) ? scene_.chance.minutes(5, 600) : scene_.chance.minutes(1500, 3500);
  scene_.after(away, [this, &person] {
    scene_.follow(person);
    scene_.counts().add("chance.people_came_back");
  });
}

void Residents::hears(Person& person, const Heard& heard) {
  const std::string& id = heard.id;
  if (id.ends_with(".your_done") || id.ends_with(".your_done_again")) return answer_done(person, heard);
  if (id == "help_request.your_silent") {
    if (scene_.chance.in(15)) soon(person, "还没解决");
    return;
  }
  if (id == "human.your_accepted" || id == "human.from_staff") return talk(person);
  if (id == "health_checkin.entered" && scene_.chance.in(12)) return soon(person, "0");
  answer_question(person, id);
}

/// The one open question of a dialog, by what it was.
void Residents::answer_question(Person& person, const std::string& id) {
  auto& chance = scene_.chance;
  if (chance.in(3)) return;  // put the phone away; the question expires
  if (id == "health_checkin.ask_consent") return soon(person, chance.in(92) ? "同意" : "2");
  if (id == "health_checkin.ask_state") return soon(person, chance.in(98) ? "1" : chance.of(sick_words));
  if (id == "health_checkin.ask_who") return soon(person, "我妈，头疼");
  if (id == "health_checkin.ask_temperature") return soon(person, chance.in(50) ? "38.1" : "1");
  if (id == "health_checkin.ask_contact" || id == "health_checkin.ask_guess") return soon(person, "1");
  if (id == "help_request.what") return soon(person, chance.of(needs));
  if (id == "help_request.where_does_it_hurt") return soon(person, "头疼，从昨天开始的");
  bool where = id == "help_request.where" || id == "life_safety.where" || id == "registration.ask_place" ||
               id == "registration.ask_rest";
  if (where && !person.address.empty()) return soon(person, person.address);
  if (id == "registration.ask_name")
    return soon(person, "我叫" + std::string(chance.in(50) ? "王秀兰" : "李建国"));
  if (id == "registration.ask_phone") return soon(person, "1");
  if (id == "rumour_report.picture" || id == "rumour_report.link" || id == "rumour_report.same")
    return soon(person, "1");
  if (id == "rumour_report.story") return soon(person, chance.of(known_stories));
  if (id == "registration.confirmed" && scene_.bot().up()) {
    scene_.counts().add("people.registered");
    auto known = scene_.house().ledgers().people.find(person.id);
    if (known) person.home = known->home;
  }
}

void Residents::answer_done(Person& person, const Heard& heard) {
  auto& chance = scene_.chance;
  if (chance.in(28)) return;  // says nothing
  bool solved = chance.in(82);
  if (chance.in(35))
    return soon(person, fmt::format("{} 号{}", heard.number, solved ? "解决了" : "还没解决"));
  soon(person, solved ? "1" : "2");
}

/// A few sentences, then goodbye, or nothing more.
void Residents::talk(Person& person) {
  auto& chance = scene_.chance;
  if (chance.in(35)) return soon(person, "结束对话");
  if (chance.in(12)) return;
  soon(person, chance.in(50) ? "我想问问通行证怎么办" : "家里老人要去医院，怎么出小区");
}

void Residents::noted(const pipeline::Outcome& outcome) {
  for (const auto& said : outcome.said) {
    for (const auto& paragraph : said.paragraphs) {
      bool fine = paragraph.id == "health_checkin.taken" || paragraph.id == "health_checkin.corrected";
      bool sick = paragraph.id == "health_checkin.sick";
      if (paragraph.id == "health_checkin.objected") scene_.counts().add("checkins.objected");
      if (!fine && !sick) continue;
      auto& l = scene_.house().ledgers();
      auto known = l.people.find(outcome.person);
      AreaId household = known && known->home ? known->home : l.members.claimed_home(outcome.person);
      if (!household) continue;  // a sick report of somebody whose home is not known yet: a task, no check-in
      if (paragraph.id == "health_checkin.corrected") scene_.counts().add("checkins.corrected");
      scene_.counts().add(fine ? "checkins.fine" : "checkins.symptom");
      watch_.told_health(household, scene_.zone().iso_day(scene_.zone().day(scene_.now())), fine);
    }
  }
}

}  // namespace linli::app::simulation
