// This cipher as a program, for peers in other languages (tests/e2e/crypto_peers). A line of JSON in, a line
// out:
//   {"do":"open","token":..,"key":..,"id":..,"signature":..,"timestamp":..,"nonce":..,"encrypt":..} ->
//   {"plain":..}
//   {"do":"seal","token":..,"key":..,"id":..,"timestamp":..,"nonce":..,"plain":..}                  ->
//   {"envelope":..}
// or {"error":..}. What is sealed takes its random bytes from the system.
#include <iostream>

#include "bot/base/json.hpp"
#include "bot/base/random.hpp"
#include "bot/platform/message_cipher.hpp"

namespace {

using namespace linli;  // a test program's own file

std::string at(const JsonValue& line, std::string_view key) {
  return std::string(line.text_at(key).value_or(""));
}

std::string answer(std::string_view key, std::string_view text) {
  JsonWriter out;
  out.object().key(key).value(text).end();
  return out.text();
}

std::string handle(const JsonValue& line) {
  platform::MessageCipher cipher(Secret(at(line, "token")), Secret(at(line, "key")), at(line, "id"));
  if (at(line, "do") == "seal") {
    SystemRandom random;
    return answer("envelope",
                  cipher.seal(at(line, "plain"), at(line, "timestamp"), at(line, "nonce"), random.bytes(16)));
  }
  const auto opened =
      cipher.open(at(line, "signature"), at(line, "timestamp"), at(line, "nonce"), at(line, "encrypt"));
  return opened ? answer("plain", *opened) : answer("error", opened.error().text);
}

}  // namespace

int main() {
  std::ios::sync_with_stdio(false);
  for (std::string text; std::getline(std::cin, text);) {
    const auto line = parse_json(text);
    try {
      std::cout << (line ? handle(*line) : answer("error", line.error().text)) << '\n' << std::flush;
    } catch (const std::exception& failure) {
      std::cout << answer("error", failure.what()) << '\n' << std::flush;
    }
  }
}
