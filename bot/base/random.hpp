// Chance behind an interface, so that a replay or a simulation can repeat it. Codes, keys, nonces and ids of
// the running program come from SystemRandom.
#pragma once

#include <cstdint>
#include <random>
#include <span>
#include <string>

namespace linli {

class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(std::span<unsigned char> bytes) = 0;

  std::string bytes(std::size_t count);
  /// Lower-case letters and digits, all equally likely.
  std::string letters(std::size_t count);
  /// 0 to n-1, all equally likely; 0 for n = 0.
  std::uint64_t below(std::uint64_t n);
};

/// OpenSSL's generator; throws if the system has no entropy to give. Safe from any thread.
class SystemRandom final : public Random {
 public:
  void fill(std::span<unsigned char> bytes) override;
};

/// The same sequence for the same seed, on every machine. For tests, replay and simulation only.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed) : engine_(seed) {}
  void fill(std::span<unsigned char> bytes) override;

 private:
  std::mt19937_64 engine_;
};

}  // namespace linli
