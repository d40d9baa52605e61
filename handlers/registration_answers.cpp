// What is answered to registration's questions: a place in one sentence, names, a phone number, a permit.
#include "bot/community/invitation.hpp"
#include "handlers/registration.hpp"
#include "handlers/registration_texts.hpp"

namespace linli::handlers {

using dialog::MessageKind;

namespace {

/// "王秀兰、李建国" or "王秀兰和李建国" as "王秀兰、李建国"; "" if one of them is no name.
std::string names_in(std::string_view normal) {
  std::string joined;
  for (std::size_t from = 0; from <= normal.size();) {
    std::size_t end = normal.size(), skip = 0;
    for (std::string_view mark : {"、", "和", "跟", ",", " "}) {
      if (auto at = normal.find(mark, from); at < end) end = at, skip = mark.size();
    }
    std::string_view part = normal.substr(from, end - from);
    std::string name = community::name_in(part);
    if (name.empty() && !part.empty()) return {};
    if (!name.empty()) joined += (joined.empty() ? "" : "、") + name;
    if (end == normal.size()) break;
    from = end + skip;
  }
  return joined;
}

}  // namespace

Answered RegistrationHandler::answer(Turn& turn) {
  const auto& message = turn.message();
  std::string code = community::code_in(message.kind == MessageKind::scan ? message.key : message.normal);
  if (!code.empty()) return enter_code(turn, code), Answered::taken;
  if (message.kind != MessageKind::text) return Answered::not_understood;
  const std::string step = turn.dialog().step;
  if (step == "place" && take_place(turn, message.normal)) return Answered::taken;
  if (turn.words().help_category(message.normal))
    return Answered::not_mine;  // "家里没米了": that comes first
  if (step == "name") return answer_name(turn);
  if (step == "phone") return answer_phone(turn);
  if (step == "permit") return answer_permit(turn);
  return Answered::not_understood;
}

Answered RegistrationHandler::answer_name(Turn& turn) {
  std::string names = names_in(turn.message().normal);
  if (names.empty()) return Answered::not_understood;
  turn.remember("names", names);
  next(turn);
  return Answered::taken;
}

Answered RegistrationHandler::answer_phone(Turn& turn) {
  std::string phone = community::phone_in(turn.message().normal);
  if (phone.empty() && !turn.choice()) return Answered::not_understood;
  turn.remember("phone", phone.empty() ? "-" : phone);
  next(turn);
  return Answered::taken;
}

Answered RegistrationHandler::answer_permit(Turn& turn) {
  if (!turn.choice() && !turn.words().is_command("yes", turn.message().normal))
    return Answered::not_understood;
  turn.remember("proved", "ask");
  next(turn);
  return Answered::taken;
}

}  // namespace linli::handlers
