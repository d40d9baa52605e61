// What each of the platform's error codes means for a message that was to be sent: one row a code. Used by
// OfficialAccount for every answer, and by the outbox and the console to say in words what happened.
#pragma once

#include <span>
#include <string_view>

namespace linli::platform {

enum class SendClass {
  accepted,       // the platform has it; delivery may still be reported as failed
  retry_later,    // surely not accepted, and worth another try after a pause
  refresh_token,  // surely not accepted: the access token is not valid any more
  final_refusal,  // surely not accepted, and no try will change that: to be seen by a person
  stop_all,  // nothing from this account will be accepted until somebody changes something: stop and alarm
  in_doubt,  // nobody can tell whether it was accepted: repeat only under the same key, or show to a person
};

/// "accepted", "stop_all" ...: for logs and metrics.
std::string_view name(SendClass send_class);

struct ErrcodeRow {
  int errcode;
  SendClass send_class;
  std::string_view meaning;
};

/// In ascending order of errcode.
std::span<const ErrcodeRow> errcode_table();

/// nullptr for a code that is not in the table.
const ErrcodeRow* find_errcode(int errcode);

/// An unknown code is a final refusal: the platform did answer, and did not accept. To take it for a passing
/// fault would repeat, perhaps for ever, what the platform has just refused; so it becomes visible with its
/// number.
SendClass classify(int errcode);

}  // namespace linli::platform
