#include "bot/sandbox/tokens.hpp"

#include <algorithm>

namespace linli::sandbox {

namespace {

constexpr Seconds life{7200};
constexpr Seconds overlap{300};
constexpr Seconds between_forced{30};
constexpr Seconds day = std::chrono::hours(24);
constexpr std::size_t forced_a_day = 20;
constexpr std::size_t token_length = 136;
constexpr std::size_t kept = 64;

}  // namespace

Tokens::Token* Tokens::latest(Kind kind) {
  auto found =
      std::find_if(tokens_.rbegin(), tokens_.rend(), [kind](const Token& t) { return t.kind == kind; });
  return found == tokens_.rend() ? nullptr : &*found;
}

Tokens::Issued Tokens::issue(Kind kind, Time now) {
  tokens_.push_back({random_.letters(token_length), kind, now + life, Time::max()});
  if (tokens_.size() > kept) tokens_.pop_front();
  return {tokens_.back().text, life};
}

Answered<Tokens::Issued> Tokens::stable(bool force, Time now) {
  Token* current = latest(Kind::stable);
  if (force) {
    std::erase_if(forced_, [now](Time at) { return at + day <= now; });
    if (!forced_.empty() && now - forced_.back() < between_forced) return Refusal{45011, {}};
    if (forced_.size() >= forced_a_day) return Refusal{45009, {}};
    forced_.push_back(now);
    if (current != nullptr) current->replaced = std::min(current->replaced, now);
    return issue(Kind::stable, now);
  }
  bool usable = current != nullptr && now + overlap < current->expires && now < current->replaced;
  if (usable) return Issued{current->text, current->expires - now};
  return issue(Kind::stable, now);
}

Tokens::Issued Tokens::ordinary(Time now) {
  if (Token* current = latest(Kind::ordinary)) current->replaced = std::min(current->replaced, now + overlap);
  return issue(Kind::ordinary, now);
}

int Tokens::check(std::string_view token, Time now) const {
  if (token.empty()) return 41001;
  if (token.size() != token_length) return 40014;
  auto found =
      std::find_if(tokens_.begin(), tokens_.end(), [token](const Token& t) { return t.text == token; });
  if (found == tokens_.end() || now >= found->replaced) return 40001;
  return now >= found->expires ? 42001 : 0;
}

void Tokens::invalidate_all(Time now) {
  for (Token& token : tokens_) token.replaced = std::min(token.replaced, now);
}

}  // namespace linli::sandbox
