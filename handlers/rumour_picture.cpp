// A screenshot of a story: given to be read after this turn, and taken like a pasted text when its words come
// back. Whoever types what it says meanwhile is not asked twice; what cannot be read is asked.
#include <fmt/format.h>

#include "bot/community/mask.hpp"
#include "bot/dialog/picture_due.hpp"
#include "handlers/rumour_report.hpp"
#include "handlers/rumour_report_texts.hpp"

namespace linli::handlers {

using dialog::Answered;
using dialog::Turn;

namespace {
constexpr std::size_t shown = 60;      // characters of what was read: enough to see whether it was read well
constexpr std::size_t least_read = 4;  // fewer were guessed rather than read
}  // namespace

void RumourReportHandler::give_to_read(Turn& turn) {
  const std::string media = turn.message().media_id;
  PictureId picture = pictures_.add(turn.contact().id, media, turn.now());
  turn.around().dues.set(dialog::picture_due(picture, turn.now() + read_within_));
  turn.remember("url", {});
  turn.remember("media", media);
  turn.ask(topic(), "content", rumour::reading, {}, {std::string(rumour::to_reviewer)});
  note_reading(turn.mutable_dialog(), picture);
}

Answered RumourReportHandler::answer_while_reading(Turn& turn) {
  const auto& message = turn.message();
  if (message.kind == dialog::MessageKind::image && message.readable) {  // screenshots come in rows
    give_to_read(turn);
    return Answered::taken;
  }
  auto answered = answer_content(turn);
  if (answered == Answered::taken) stop_reading(turn);
  return answered;
}

void RumourReportHandler::stop_reading(Turn& turn) {
  for (PictureId picture : pictures_.of_contact(turn.contact().id)) {
    pictures_.drop(picture);
    turn.around().dues.drop(dialog::picture_due(picture, {}).key);
    note_read(turn.mutable_dialog(), picture);
  }
}

void RumourReportHandler::read(Turn& turn) {
  const auto& message = turn.message();
  note_read(turn.mutable_dialog(), message.picture);
  const dialog::Dialog waiting = turn.dialog();
  const bool asks_already = waiting.step != "content";  // about another of their pictures
  if (community::read_story(message.normal).skeleton.size() < least_read) {
    if (asks_already) return;
    turn.remember("media", message.media_id);
    return turn.ask(topic(), "content", rumour::unreadable, {}, {std::string(rumour::to_reviewer)});
  }
  turn.mutable_dialog().text_id =
      rumour::content_help.id;  // should they come back here from the next question
  turn.say(rumour::read, {{"text", community::brief(message.text, shown)}});
  take(turn, {message.text, {}, message.media_id});
  const bool more = !pictures_.of_contact(turn.contact().id).empty();
  if (!turn.dialog().active() && (more || asks_already)) turn.mutable_dialog() = waiting;
}

}  // namespace linli::handlers
