#include "bot/sandbox/feed.hpp"

namespace linli::sandbox {

namespace {

constexpr std::size_t kept_events = 5000;

}  // namespace

std::string_view name(From from) {
  switch (from) {
    case From::person:
      return "person";
    case From::account:
      return "account";
    case From::platform:
      return "platform";
  }
  return "platform";
}

std::string_view name(LineState state) {
  switch (state) {
    case LineState::waiting:
      return "waiting";
    case LineState::answered:
      return "answered";
    case LineState::retrying:
      return "retrying";
    case LineState::failed:
      return "failed";
  }
  return "failed";
}

std::uint64_t Feed::push(Event event) {
  event.n = next_++;
  events_.push_back(std::move(event));
  if (events_.size() > kept_events) events_.pop_front();
  if (changed_) changed_();
  return next_ - 1;
}

std::uint64_t Feed::add_line(Line line) {
  return push({0, What::line, std::move(line), 0, {}});
}

void Feed::add_state(std::uint64_t about, LineState state) {
  if (about != 0) push({0, What::state, {}, about, state});
}

void Feed::add(What what) {
  push({0, what, {}, 0, {}});
}

std::vector<const Event*> Feed::after(std::uint64_t n) const {
  std::vector<const Event*> found;
  for (const Event& event : events_) {
    if (event.n > n) found.push_back(&event);
  }
  return found;
}

std::vector<const Line*> Feed::lines_of(std::string_view openid) const {
  std::vector<const Line*> found;
  for (const Event& event : events_) {
    if (event.what == What::line && event.line.openid == openid) found.push_back(&event.line);
  }
  return found;
}

}  // namespace linli::sandbox
