// One row a message: its dedupe key (the only thing that decides "seen before"), what came, and the exact
// bytes of the answer, so that the platform's second and third try get the same ones. Written last in a turn.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "bot/base/field_cipher.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Received {
  std::string key;
  ContactId contact;
  Time at{};
  std::string kind;
  std::string body;   // as it came, decrypted; sealed here
  std::string reply;  // the HTTP response body
  std::string state;  // "done", or "failed": the handler threw, a human was told
};

class InboxLedger {
 public:
  InboxLedger(Database& db, FieldCipher& cipher);

  /// False if the key was there already: the turn must be undone, and reply_of() answers.
  bool put(const Received& received);
  std::optional<std::string> reply_of(std::string_view key);
  std::int64_t count();
  /// Keys are kept so that a replay is harmless; rows older than `before` go, a thousand at a time so that
  /// nobody waits for it. How many went: call again, between other turns, until it is none.
  std::int64_t forget_before(Time before);

 private:
  FieldCipher& cipher_;
  Statement put_, reply_, count_, forget_;
};

}  // namespace linli::store
