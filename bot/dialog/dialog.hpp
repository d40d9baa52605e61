// What a person is in the middle of: a topic, a step, the answers so far. Stored with the contact after every
// turn and read again at the next, so that a restart forgets nothing.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/ids.hpp"
#include "bot/base/result.hpp"

namespace linli::dialog {

using Values = std::vector<std::pair<std::string, std::string>>;

struct Dialog {
  std::string topic;  // empty: in the middle of nothing
  std::string step;
  std::map<std::string, std::string> answers;  // what is known so far; never asked again
  std::vector<std::string> choices;            // what "1", "2" ... stand for at this step; empty: free text
  std::string text_id;                         // the open question, to ask it again after an interruption
  Values values;
  bool waits{};  // suspended by an alarm: goes on only when the person says 继续
  int wrong{};   // wrong inputs at this step so far
  Time asked_at{};
  Time expires_at{};
  std::vector<Dialog> suspended;  // interrupted ones, the last is resumed first
  std::vector<Dialog> trail;      // the steps before this one, for 返回; without their own trails

  bool active() const { return !topic.empty(); }
};

/// The pictures whose words this dialog waits for (PictureLedger). Whoever leaves it waits no more.
void note_reading(Dialog& dialog, PictureId picture);
bool is_reading(const Dialog& dialog, PictureId picture);
void note_read(Dialog& dialog, PictureId picture);

std::string to_json(const Dialog& dialog);
/// Errc::storage if it was not written by to_json.
Result<Dialog> dialog_from_json(std::string_view json);

}  // namespace linli::dialog
