#include "handlers/notice.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/utf8.hpp"
#include "bot/community/deadline_words.hpp"
#include "bot/community/notice_words.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/notice_texts.hpp"
#include "handlers/place.hpp"

namespace linli::handlers {

using community::AudienceRead;
using community::Role;
using dialog::Answered;
using dialog::Turn;
using dialog::Values;

namespace {

constexpr std::size_t longest = 500;  // characters; with its heading it still fits one message
constexpr std::string_view residents_choice = "居民", staff_choice = "工作人员", volunteers_choice = "志愿者";
constexpr std::string_view now_choice = "现在发", not_choice = "不发了";

/// What stands behind the command's word, as it was typed: line breaks and capitals are the writer's.
std::string words_behind(std::string_view raw) {
  constexpr std::string_view blanks = " \n\r\t,:;";
  constexpr std::string_view marks[] = {"，", "：", "；"};
  constexpr std::string_view commands[] = {"发通知", "下通知", "发公告", "發通知", "通知", "公告"};
  auto trim = [&] {
    for (bool again = true; again && !raw.empty();) {
      again = blanks.find(raw.front()) != blanks.npos;
      if (again) raw.remove_prefix(1);
      for (std::string_view mark : marks) {
        if (!raw.starts_with(mark)) continue;
        raw.remove_prefix(mark.size());
        again = true;
      }
    }
  };
  trim();
  for (std::string_view command : commands) {
    if (!raw.starts_with(command)) continue;
    raw.remove_prefix(command.size());
    break;
  }
  trim();
  while (!raw.empty() && blanks.find(raw.back()) != blanks.npos) raw.remove_suffix(1);
  return std::string(raw);
}

/// "明天9点半": with the minutes that a deadline need not name.
std::optional<Time> moment_in(std::string_view normal, const Zone& zone, Time now) {
  auto at = community::deadline_in(normal, zone, now);
  if (!at) return at;
  if (normal.find("点半") != normal.npos) return *at + Seconds{1800};
  auto mark = normal.find("点");
  std::size_t length = std::string_view("点").size();
  if (mark == normal.npos) mark = normal.find(':'), length = 1;
  int minutes = 0;
  if (mark == normal.npos) return at;
  auto from = normal.data() + mark + length;
  auto [end, ec] = std::from_chars(from, normal.data() + normal.size(), minutes);
  if (ec == std::errc{} && end != from && minutes < 60) return *at + Seconds{minutes * 60};
  return at;
}

std::int64_t number_in(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::vector<dialog::Step> NoticeHandler::steps() const {
  return {
      {"what", notice::help_what}, {"audience", notice::help_audience}, {"confirm", notice::help_confirm}};
}

std::vector<dialog::TextId> NoticeHandler::texts() const {
  return {std::begin(notice::all), std::end(notice::all)};
}

// --- who may write for whom

/// The widest area that the sender writes for; none if they write for nobody.
AreaId NoticeHandler::own_area(Turn& turn) {
  AreaId widest;
  std::size_t depth = 0;
  for (const auto& held : l_.appointments.of_person(turn.sender(), turn.now())) {
    if (held.role != Role::publicist && held.role != Role::on_call) continue;
    auto chain = l_.areas.chain(held.area);
    if (!widest || chain.size() < depth) widest = held.area, depth = chain.size();
  }
  return widest;
}

bool NoticeHandler::may_write(Turn& turn, AreaId area) {
  return l_.appointments.responsible(turn.sender(), Role::publicist, area, turn.now()) ||
         l_.appointments.responsible(turn.sender(), Role::on_call, area, turn.now());
}

/// Who is on the care list is told only to those who look after them.
bool NoticeHandler::may_see_care(Turn& turn, AreaId area) {
  return l_.appointments.responsible(turn.sender(), Role::on_call, area, turn.now()) ||
         l_.appointments.responsible(turn.sender(), Role::grid_leader, area, turn.now());
}

void NoticeHandler::refuse(Turn& turn) {
  turn.say(notice::refused);
}

// --- writing

void NoticeHandler::start(Turn& turn) {
  list(turn);
}

bool NoticeHandler::command(Turn& turn, const dialog::Command& command) {
  if (command.id == "yes") return acknowledge_command(turn, command);
  if (command.id == "return" || command.id == "transfer") {
    auto task = command.number ? desk_.tasks().find_by_number(*command.number) : std::nullopt;
    if (!task || task->kind != community::TaskKind::acknowledge || task->owner != turn.sender()) return false;
    turn.say(notice::only_you, {{"number", std::to_string(task->number)}});
    return true;
  }
  if (command.id == "notice_list") return list(turn), true;
  if (command.id == "notice_withdraw" || command.id == "notice_correct") {
    auto meant = manageable(turn, command);
    if (!meant) return true;
    if (command.id == "notice_withdraw")
      withdraw(turn, *meant);
    else
      correct(turn, *meant, typed_behind(turn.message().text, command.rest));
    return true;
  }
  const std::string& normal = turn.message().normal;
  bool orders = !normal.starts_with("通知") && !normal.starts_with("公告");  // 发通知 ...
  bool clicked = turn.message().kind != dialog::MessageKind::text;
  if ((command.exact && !orders) || clicked) return list(turn), true;
  if (command.number && !orders) return show(turn, *command.number, command.rest.starts_with("名单")), true;
  if (!own_area(turn)) {
    refuse(turn);
  } else if (std::string words = command.exact ? std::string() : words_behind(turn.message().text);
             !words.empty()) {
    write(turn, std::move(words));
  } else {
    turn.ask(topic(), "what", notice::ask_what);
  }
  return true;
}

void NoticeHandler::write(Turn& turn, std::string words) {
  bool receipt = community::takes_receipt(words);
  if (words.empty() || utf8_length(words) > longest) {
    if (turn.dialog().topic == topic()) return turn.say(notice::help_what);
    return turn.ask(topic(), "what", notice::ask_what);
  }
  turn.remember("text", words);
  turn.remember("receipt", receipt ? "1" : "");
  ask_audience(turn);
}

void NoticeHandler::ask_audience(Turn& turn) {
  turn.ask(topic(), "audience", notice::ask_audience, {{"area", l_.areas.building_text(own_area(turn))}},
           {std::string(residents_choice), std::string(staff_choice), std::string(volunteers_choice)});
}

Answered NoticeHandler::answer(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != dialog::MessageKind::text) return Answered::not_understood;
  auto command = turn.words().command(message.normal);
  if (turn.dialog().step == "what") {
    if (command && command->exact && command->id != "yes") return Answered::not_mine;
    std::string words = words_behind(message.text);
    if (words.empty() || utf8_length(words) > longest || utf8_length(words) < 4)
      return Answered::not_understood;
    write(turn, std::move(words));
    return Answered::taken;
  }
  bool own = command && (command->id == "notice" || command->id.starts_with("notice_"));
  if (own) return Answered::not_mine;
  return turn.dialog().step == "audience" ? answer_audience(turn) : answer_confirm(turn);
}

Answered NoticeHandler::answer_audience(Turn& turn) {
  std::string words = turn.choice().value_or(turn.message().normal);
  AreaId own = own_area(turn);
  if (!own) {
    turn.leave();
    refuse(turn);
    return Answered::taken;
  }
  auto read = community::read_audience(words, care_);
  auto found = find_any_area(l_.areas, words, own);
  bool place = found.area && !found.ambiguous && found.missing.empty();
  if (read.kind == AudienceRead::Kind::none && !place) return Answered::not_understood;
  AreaId area = place ? found.area->id : own;
  if (!may_write(turn, area)) {
    turn.say(notice::place_refused, {{"area", l_.areas.building_text(own)}});
    return Answered::taken;
  }
  if (read.kind == AudienceRead::Kind::care && !may_see_care(turn, area)) {
    turn.say(notice::care_refused);
    return Answered::taken;
  }
  std::string roles;
  for (Role role : read.roles) roles += (roles.empty() ? "" : " ") + std::string(community::name(role));
  turn.remember("area", std::to_string(area.value));
  turn.remember("audience", read.kind == AudienceRead::Kind::staff  ? "staff"
                            : read.kind == AudienceRead::Kind::care ? "care"
                                                                    : "residents");
  turn.remember("roles", roles);
  turn.remember("care", read.care_kind.empty() ? "" : read.care_kind.front());
  preview(turn);
  return Answered::taken;
}

// --- how many, how it reads, when

NoticeHandler::Notice NoticeHandler::drafted(Turn& turn) {
  Notice made;
  made.area = AreaId{number_in(turn.answer("area"))};
  made.audience = turn.answer("audience");
  made.roles = turn.answer("roles");
  made.care_kind = turn.answer("care");
  made.author = turn.sender();
  made.text = turn.answer("text");
  made.must_ack = turn.answer("receipt") == "1";
  made.corrects = number_in(turn.answer("corrects"));
  made.state = "scheduled";
  made.created_at = turn.now();
  return made;
}

std::string NoticeHandler::audience_text(const Notice& made) {
  std::string where = l_.areas.building_text(made.area);
  if (made.audience == "people") return fmt::format("收到过 {} 号的人", made.corrects);
  if (made.audience == "care")
    return where +
           (made.care_kind.empty() ? "关爱名单上的住户" : care_.names({made.care_kind}) + "的关爱住户");
  if (made.audience == "residents") return where + "的居民";
  std::string roles;
  for (std::string_view left = made.roles; !left.empty();) {
    auto end = std::min(left.find(' '), left.size());
    if (auto role = community::role(left.substr(0, end)))
      roles += (roles.empty() ? "" : "、") + std::string(community::title(*role));
    left.remove_prefix(std::min(end + 1, left.size()));
  }
  return where + "的" + (roles.empty() ? "工作人员" : roles);
}

Values NoticeHandler::values(const Notice& made) {
  auto lines = community::card_lines(made.text);
  return {{"number", std::to_string(made.id)},
          {"old", std::to_string(made.corrects)},
          {"area", l_.areas.building_text(made.area)},
          {"audience", audience_text(made)},
          {"text", made.text},
          {"line1", lines.first},
          {"line2", lines.second}};
}

store::NoticeForecast NoticeHandler::forecast(Turn& turn, const Notice& made) {
  if (made.audience == "residents" || made.audience == "staff")
    return l_.notices.forecast(made, turn.now(), kept_for_urgent_);
  std::vector<std::pair<PersonId, AreaId>> people;
  if (made.audience == "care") {
    people = care_audience(made);
  } else {
    for (const auto& reader : l_.notices.told(made.corrects, {}, 100'000))
      people.emplace_back(reader.person, reader.area);
  }
  store::NoticeForecast found;
  for (const auto& [person, area] : people) {
    auto contact = l_.people.contact_of(person);
    auto known = l_.people.find(person);
    bool open = contact && contact->window.until > turn.now() && contact->window.left > kept_for_urgent_;
    ++(open ? found.now : contact ? found.card : found.none);
    ++found.people;
    found.quiet += known && known->quiet;
  }
  return found;
}

void NoticeHandler::preview(Turn& turn) {
  Notice made = drafted(turn);
  auto reach = forecast(turn, made);
  if (reach.people == 0) return turn.say(notice::nobody, {{"audience", audience_text(made)}});
  int left = std::max(
      0, rules_.notice_sends_a_day - l_.notices.sends_on(turn.zone().iso_day(turn.zone().day(turn.now()))));
  int sends = reach.now + reach.card;
  Values said = values(made);
  said.emplace_back("people", std::to_string(reach.people));
  said.emplace_back("now", std::to_string(reach.now));
  said.emplace_back("card", std::to_string(reach.card));
  said.emplace_back("none", std::to_string(reach.none));
  bool spares = reach.quiet > 0 && !made.must_ack && made.corrects == 0;
  said.emplace_back("quiet", spares ? fmt::format("；其中 {} 人说过别再发了，不发给他们", reach.quiet) : "");
  said.emplace_back("sends", std::to_string(sends));
  said.emplace_back("left", std::to_string(left));
  said.emplace_back("spread", sends > left ? "，发不完的明天接着发" : "");
  said.emplace_back("receipt", made.must_ack ? fmt::format("要回“收到”，{}内没回的告诉网格长。",
                                                           dialog::duration_text(rules_.ack_within))
                                             : "不要回执。");
  said.emplace_back("toggle", made.must_ack ? "不要回执回“不要回执”" : "要大家回“收到”就回“要回执”");
  turn.ask(topic(), "confirm", notice::preview, said, {std::string(now_choice), std::string(not_choice)});
}

Answered NoticeHandler::answer_confirm(Turn& turn) {
  const std::string& normal = turn.message().normal;
  auto choice = turn.choice();
  if (normal.find("回执") != normal.npos) {
    bool off = normal.find("不要") != normal.npos || normal.find("不用") != normal.npos;
    turn.remember("receipt", off ? "" : "1");
    preview(turn);
    return Answered::taken;
  }
  if (choice == now_choice || normal == "发" || turn.words().is_command("yes", normal)) {
    accept(turn, turn.now());
  } else if (choice == not_choice || turn.words().is_command("no", normal)) {
    turn.leave();
    turn.say(notice::not_sent);
  } else if (auto at = moment_in(normal, turn.zone(), turn.now())) {
    accept(turn, *at);
  } else {
    return Answered::not_understood;
  }
  return Answered::taken;
}

/// Checked once more: the question may be old.
void NoticeHandler::accept(Turn& turn, Time wanted) {
  Notice made = drafted(turn);
  turn.leave();
  if (!may_write(turn, made.area)) return refuse(turn);
  made.send_at = turn.around().quiet.end(wanted);
  if (made.must_ack) made.ack_until = turn.around().quiet.end(made.send_at + rules_.ack_within);
  l_.notices.add(made);
  schedule(turn, made, made.send_at, "send");
  if (made.send_at <= turn.now()) return turn.say(notice::sending, values(made));
  Values said = values(made);
  said.emplace_back("when", turn.when(made.send_at));
  said.emplace_back("night", made.send_at != wanted ? "（夜里不打扰人）" : "");
  turn.say(notice::planned, said);
}

}  // namespace linli::handlers
