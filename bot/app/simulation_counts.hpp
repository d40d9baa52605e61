// What a simulated run did, counted by kind: "messages.text", "tasks.help", "sends.template" ...
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace linli::app::simulation {

class Counts {
 public:
  /// Every kind that a long run must have seen, at nought.
  Counts();

  void add(std::string_view kind, std::int64_t times = 1) { by_kind_[std::string(kind)] += times; }
  void set(std::string_view kind, std::int64_t times) { by_kind_[std::string(kind)] = times; }
  std::int64_t of(std::string_view kind) const;
  const std::map<std::string, std::int64_t>& all() const { return by_kind_; }
  /// Kinds that must occur in a long run and did not.
  std::vector<std::string> missing() const;

 private:
  std::map<std::string, std::int64_t> by_kind_;
};

}  // namespace linli::app::simulation
