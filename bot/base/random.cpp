#include "bot/base/random.hpp"

#include <array>
#include <limits>
#include <openssl/rand.h>
#include <stdexcept>
#include <string_view>

namespace linli {

std::string Random::bytes(std::size_t count) {
  std::string out(count, '\0');
  fill({reinterpret_cast<unsigned char*>(out.data()), out.size()});
  return out;
}

std::string Random::letters(std::size_t count) {
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz0123456789";
  constexpr unsigned fair = 256 / alphabet.size() * alphabet.size();  // above it, some letters would win
  std::string out;
  out.reserve(count);
  std::array<unsigned char, 64> pool{};
  while (out.size() < count) {
    fill(pool);
    for (unsigned char byte : pool) {
      if (byte < fair && out.size() < count) out += alphabet[byte % alphabet.size()];
    }
  }
  return out;
}

std::uint64_t Random::below(std::uint64_t n) {
  if (n < 2) return 0;
  constexpr auto most = std::numeric_limits<std::uint64_t>::max();
  const std::uint64_t fair = most - most % n;
  std::uint64_t drawn = most;
  while (drawn >= fair) {
    std::array<unsigned char, 8> pool{};
    fill(pool);
    drawn = 0;
    for (unsigned char byte : pool) drawn = drawn << 8 | byte;
  }
  return drawn % n;
}

void SystemRandom::fill(std::span<unsigned char> bytes) {
  while (!bytes.empty()) {
    auto part = bytes.first(std::min<std::size_t>(bytes.size(), 1 << 20));
    if (RAND_bytes(part.data(), static_cast<int>(part.size())) != 1) {
      throw std::runtime_error("the system gave no random bytes");
    }
    bytes = bytes.subspan(part.size());
  }
}

void SeededRandom::fill(std::span<unsigned char> bytes) {
  for (unsigned char& byte : bytes) byte = static_cast<unsigned char>(engine_());
}

}  // namespace linli
