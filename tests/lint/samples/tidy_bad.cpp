// tidy.sh must find every line marked, and no other: one for each check that has caught something before.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct Base {
  virtual ~Base() = default;
  virtual int value() const { return 1; }
};
struct Derived : Base {
  virtual int value() const { return 2; }  // found
  std::string text;
};

std::string make() { return "a"; }

std::size_t use_after_move(std::string text) {
  std::string taken = std::move(text);
  return taken.size() + text.size();  // found
}

std::size_t dangling() {
  std::string_view view = make();  // found
  return view.size();
}

std::size_t by_value(std::string text) { return text.size(); }  // found

int slice(const Derived& derived) {
  Base base = derived;  // found
  return base.value();
}

void forgotten(std::vector<int>& numbers) {
  std::remove(numbers.begin(), numbers.end(), 1);  // found
}

std::size_t copies(const std::vector<std::string>& texts) {
  std::size_t count = 0;
  for (const std::string text : texts) count += text.size();  // found
  return count;
}
