// Access tokens as the platform hands them out. The stable kind and the ordinary kind are kept apart: neither
// invalidates the other. 7,200 s each.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include "bot/base/clock.hpp"
#include "bot/base/random.hpp"
#include "bot/sandbox/refusal.hpp"

namespace linli::sandbox {

class Tokens {
 public:
  struct Issued {
    std::string token;
    Seconds expires_in{};
  };

  explicit Tokens(Random& random) : random_(random) {}

  /// The same token with what remains of its life; a new one in its last five minutes (the old one then works
  /// to its end) or when forced (the old one dies at once). Forcing: 45011 within 30 s of the last time,
  /// 45009 after 20 times in 24 hours.
  Answered<Issued> stable(bool force, Time now);
  /// A new token each time; the one before works for five more minutes.
  Issued ordinary(Time now);

  /// 0, 41001 (none given), 40014 (not a token), 40001 (never issued, or replaced), 42001 (expired).
  int check(std::string_view token, Time now) const;

  /// Tests: every token handed out so far is refused with 40001 from now on.
  void invalidate_all(Time now);

 private:
  enum class Kind { stable, ordinary };
  struct Token {
    std::string text;
    Kind kind{};
    Time expires{};
    Time replaced{Time::max()};  // from then on "not latest"
  };
  Issued issue(Kind kind, Time now);
  Token* latest(Kind kind);

  Random& random_;
  std::deque<Token> tokens_;  // oldest first
  std::deque<Time> forced_;
};

}  // namespace linli::sandbox
