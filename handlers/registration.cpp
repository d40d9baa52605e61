#include "handlers/registration.hpp"

#include <charconv>

#include "bot/base/utf8.hpp"
#include "bot/community/invitation.hpp"
#include "handlers/command_rest.hpp"
#include "handlers/registration_texts.hpp"

namespace linli::handlers {

using namespace registration;
using community::AreaKind;
using dialog::MessageKind;
using dialog::Values;

namespace {

constexpr double sure = 0.85;                 // of another topic, to give way to it
constexpr std::size_t longest_sentence = 60;  // a longer text that mentions 登记 is about something else

bool says(std::string_view normal, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words) {
    if (normal.find(word) != normal.npos) return true;
  }
  return false;
}

/// "帮我妈家登记", "给我爸登记", "替别人登记"; "帮我登记" is for oneself.
bool is_for_others(std::string_view normal) {
  if (says(normal,
           {"别人", "别家", "妈家", "爸家", "父母家", "奶奶家", "爷爷家", "姥姥家", "姥爷家", "邻居"}))
    return true;
  return says(normal, {"帮", "替", "给我", "给他", "给她"}) &&
         !says(normal, {"帮我登记", "帮我注册", "帮忙登记", "帮忙注册", "给我登记", "给我注册"});
}

/// "我要登记，我叫王五，电话…": the name, if one is told that way.
std::string name_told(std::string_view normal) {
  constexpr std::string_view word = "我叫";
  auto at = normal.find(word);
  if (at == normal.npos) return {};
  normal.remove_prefix(at + word.size());
  for (std::string_view mark : {",", " ", "、", "。", "电话", "手机", "住"})
    normal = normal.substr(0, normal.find(mark));
  return community::name_in(normal);
}

/// What has to be said yet to get from an area to a flat.
std::string_view rest_below(const std::vector<community::Area>& children) {
  if (children.empty()) return "门牌";
  switch (children.front().kind) {
    case AreaKind::building:
      return "几号楼、几单元、几室";
    case AreaKind::unit:
      return "几单元、几室";
    case AreaKind::household:
      return "门牌号";
    default:
      return "哪个小区、几号楼、几单元、几室";
  }
}

std::string first_name(std::string_view names) {
  auto end = names.find("、");
  return std::string(names.substr(0, end));
}

}  // namespace

RegistrationHandler::RegistrationHandler(Ledgers ledgers, dialog::TaskDesk& desk)
    : l_(ledgers), desk_(desk) {}

std::vector<Step> RegistrationHandler::steps() const {
  return {{"place", help_place}, {"name", help_name}, {"phone", help_phone}, {"permit", help_permit}};
}

std::vector<TextId> RegistrationHandler::texts() const {
  return {
      ask_place,       ask_place_other,  ask_rest,         no_such_place, ambiguous_place, help_place,
      ask_name,        help_name,        ask_phone,        help_phone,    ask_permit,      help_permit,
      taken,           already,          waiting,          to_confirm,    help_to_confirm, confirmed,
      rejected,        decided,          still_unanswered, not_waiting,   not_yours,       which_claim,
      somebody_joined, somebody_claimed, help_asked,       help_granted,  help_told,       help_stopped,
      help_ended,      code_enlist,      code_wrong,       code_locked,   code_joined,     bound,
      bound_elsewhere, bound_told,       invited,          invite_how,    invite_refused,  household_code};
}

bool RegistrationHandler::fits(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind == MessageKind::scan || message.kind == MessageKind::follow) {
    return !community::code_in(message.key).empty();
  }
  if (message.kind != MessageKind::text) return false;
  if (!community::code_in(message.normal).empty()) return true;
  if (help_in_question(turn)) return true;
  const auto& words = turn.words();
  return says(message.normal, {"登记", "注册"}) && utf8_length(message.normal) <= longest_sentence &&
         !words.mentions("cue", message.normal) && !words.help_category(message.normal);
}

/// "登记" is a word of many sentences; a code, or an answer about help, is not.
double RegistrationHandler::gives_way_above(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind != MessageKind::text || !community::code_in(message.normal).empty()) return never;
  return help_in_question(turn) ? never : sure;
}

void RegistrationHandler::start(Turn& turn) {
  const auto& message = turn.message();
  std::string code = community::code_in(message.kind == MessageKind::text ? message.normal : message.key);
  if (!code.empty()) return enter_code(turn, code);
  if (auto helper = help_in_question(turn)) return stop_help(turn, *helper);
  begin(turn, true);
}

bool RegistrationHandler::wish(Turn& turn, std::string_view) {
  begin(turn, true);
  return true;
}

bool RegistrationHandler::command(Turn& turn, const Command& command) {
  if (command.id == "invite") return invite(turn);
  if (command.id == "confirm" || command.id == "reject") return decide_by_command(turn, command);
  // Sent here by another topic ("打卡" of somebody nobody knows yet), the message is not about the place.
  auto own =
      turn.message().kind == MessageKind::text ? turn.words().command(turn.message().normal) : std::nullopt;
  begin(turn, own && own->id == "register" && !own->exact);
  return true;
}

void RegistrationHandler::begin(Turn& turn, bool message_may_name_it) {
  const std::string& normal = turn.message().normal;
  bool helping = message_may_name_it && is_for_others(normal);
  turn.remember("for", helping ? "other" : "self");
  if (message_may_name_it) {
    if (std::string phone = community::phone_in(normal); !helping && !phone.empty())
      turn.remember("phone", phone);
    if (std::string name = name_told(normal); !helping && turn.me().name.empty())
      turn.remember("names", name);
    std::string_view place = turn.words().command(normal) ? behind_command(normal) : std::string_view(normal);
    if (take_place(turn, place) || turn.dialog().active()) return;
  }
  if (!helping && turn.me().home) {
    turn.say(already, {{"address", l_.areas.address_text(turn.me().home)}});
    return turn.leave();
  }
  if (AreaId claimed = helping ? AreaId{} : l_.members.claimed_home(turn.sender())) {
    turn.say(waiting, {{"address", l_.areas.address_text(claimed)}});
    return turn.leave();
  }
  next(turn);
}

AreaId RegistrationHandler::area_answer(const Turn& turn) const {
  std::string text = turn.answer("area");
  AreaId area;
  std::from_chars(text.data(), text.data() + text.size(), area.value);
  return area;
}

/// Asks what is missing, or finishes.
void RegistrationHandler::next(Turn& turn) {
  bool helping = turn.answer("for") == "other";
  if (!area_answer(turn)) return turn.ask(topic(), "place", helping ? ask_place_other : ask_place);
  if (turn.me().name.empty() && turn.answer("names").empty()) return turn.ask(topic(), "name", ask_name);
  if (turn.answer("phone").empty() && l_.people.phone(turn.sender()).empty()) {
    return turn.ask(topic(), "phone", ask_phone, {}, {"不留"});
  }
  if (helping && turn.answer("proved").empty()) {
    return turn.ask(topic(), "permit", ask_permit, {{"address", l_.areas.address_text(area_answer(turn))}},
                    {"请网格长确认"});
  }
  finish(turn);
}

/// False if the words name no place. Otherwise the place is known to the flat and the next question is asked,
/// or what is missing of it.
bool RegistrationHandler::take_place(Turn& turn, std::string_view normal) {
  if (normal.empty()) return false;
  const std::string so_far = turn.answer("place");
  auto found = l_.areas.find_in_text(normal);
  if (!so_far.empty() && (!found.area || found.area->kind != AreaKind::household)) {
    auto joined = l_.areas.find_in_text(so_far + std::string(normal));
    if (joined.area && (!found.area || joined.area->path.size() > found.area->path.size())) found = joined;
  }
  if (found.ambiguous) {
    turn.ask(topic(), "place", ambiguous_place);
    return true;
  }
  if (!found.area) return false;
  const auto& area = *found.area;
  bool is_unit = area.kind == AreaKind::unit;
  std::string known_text = is_unit ? l_.areas.address_text(area.id) : l_.areas.building_text(area.id);
  if (area.kind == AreaKind::household) {
    turn.remember("area", std::to_string(area.id.value));
    next(turn);
    return true;
  }
  turn.remember("place", known_text);
  if (!found.missing.empty()) {
    turn.ask(topic(), "place", no_such_place, {{"known", known_text}, {"missing", found.missing}});
  } else {
    turn.ask(topic(), "place", ask_rest,
             {{"known", known_text}, {"rest", std::string(rest_below(l_.areas.children(area.id)))}});
  }
  return true;
}

void RegistrationHandler::finish(Turn& turn) {
  AreaId household = area_answer(turn);
  store::Person me = turn.me();
  const std::string names = turn.answer("names");
  if (!names.empty()) {
    me.name = first_name(names);
    l_.people.set_name(me.id, me.name);
    turn.become(me);
  }
  if (std::string phone = turn.answer("phone"); !phone.empty() && phone != "-")
    l_.people.set_phone(me.id, phone);
  const std::string proved = turn.answer("proved");
  if (turn.answer("for") == "other") {
    store::Member helper{.household = household,
                         .person = me.id,
                         .name = me.name,
                         .relation = "帮忙",
                         .state = "helper_asked",
                         .claimed_at = turn.now()};
    helper.id = l_.members.add(helper);
    if (proved == "code") {
      grant_help(turn, helper, {});
    } else {
      turn.say(help_asked, {{"address", l_.areas.address_text(household)},
                            {"who", ask_for_decision(turn, helper, help_to_confirm)}});
    }
  } else if (proved == "code") {
    join(turn, household);
  } else {
    claim(turn, household);
  }
  // Another topic may have sent the person here; it goes on with what was said to it ("said").
  std::string then = turn.answer("then");
  std::string said = turn.answer("said");
  turn.leave();
  if (then.empty()) return;
  turn.remember("said", said);
  turn.redirect(then);
}

}  // namespace linli::handlers
