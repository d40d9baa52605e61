#include "bot/sandbox/window.hpp"

namespace linli::sandbox {

namespace {

constexpr int messages_after_message = 5;
constexpr int messages_after_other = 3;
constexpr Seconds after_message = std::chrono::hours(48);
constexpr Seconds after_other = std::chrono::minutes(1);

}  // namespace

void SendingWindow::open(Trigger trigger, Time now) {
  Allowance& allowance = allowances_[static_cast<std::size_t>(trigger)];
  if (trigger == Trigger::message) {
    allowance = {messages_after_message, now + after_message};
  } else {
    allowance = {messages_after_other, now + after_other};
  }
}

void SendingWindow::close() {
  allowances_.fill({});
}

int SendingWindow::spend(Time now) {
  bool any_open = false;
  Allowance* best = nullptr;  // of those with something left, the one that ends first
  for (Allowance& allowance : allowances_) {
    if (now >= allowance.until) continue;
    any_open = true;
    if (allowance.left == 0) continue;
    if (best == nullptr || allowance.until < best->until) best = &allowance;
  }
  if (best == nullptr) return any_open ? 45047 : 45015;
  --best->left;
  return 0;
}

int SendingWindow::left(Time now) const {
  int sum = 0;
  for (const Allowance& allowance : allowances_) {
    if (now < allowance.until) sum += allowance.left;
  }
  return sum;
}

}  // namespace linli::sandbox
