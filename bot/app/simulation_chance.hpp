// The simulation's dice: everything that happens by chance is drawn from seeds, so that a run can be repeated
// byte for byte. Each part has dice of its own; what one part draws does not move what another one does.
#pragma once

#include <algorithm>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/random.hpp"

namespace linli::app::simulation {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : random_(seed) {}

  bool in(double percent) { return static_cast<double>(random_.below(1'000'000)) < percent * 10'000; }
  /// Both ends included.
  int between(int low, int high) {
    return low + static_cast<int>(random_.below(static_cast<std::uint64_t>(high - low + 1)));
  }
  Seconds seconds(int low, int high) { return Seconds{between(low, high)}; }
  Seconds minutes(int low, int high) { return Seconds{between(low * 60, high * 60)}; }

  template <class List>
  const auto& of(const List& list) {
    return list[random_.below(std::size(list))];
  }
  template <class T>
  void shuffle(std::vector<T>& list) {
    for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[random_.below(i)]);
  }

 private:
  SeededRandom random_;
};

}  // namespace linli::app::simulation
