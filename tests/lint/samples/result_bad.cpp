// A result that nobody looks at is a failure that nobody hears of. tidy.sh must find every line marked, and no
// other.
#include <string>

#include <boost/asio/awaitable.hpp>

#include "bot/base/result.hpp"

using linli::Result;

struct Ledger {
  Result<void> save();
  Result<std::string> read() const;
};

Result<int> count();
boost::asio::awaitable<Result<int>> fetch();

boost::asio::awaitable<void> forgotten(Ledger& ledger, bool often) {
  ledger.save();            // found
  ledger.read();            // found
  count();                  // found
  if (often) ledger.save(); // found
  for (int i = 0; i < 3; ++i) {
    count();                // found
  }
  co_await fetch();         // found
}

Result<void> looked_at(Ledger& ledger) {
  if (auto saved = ledger.save(); !saved) return saved.error();
  if (!ledger.save()) return {};
  auto text = ledger.read();
  static_cast<void>(count());
  while (!ledger.save()) {
  }
  std::string more = *ledger.read() + std::to_string(*count());
  ledger.read().value();
  return ledger.save();
}
