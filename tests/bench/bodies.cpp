// bench_bodies COUNT PEOPLE KIND SEED: as many encrypted callbacks, each with a MsgId of its own, one a line:
// the query, a tab, the body. KIND: help (a new request), checkin (the one-tap check-in), echo (a word nobody
// knows). wrk sends them (send.lua).
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>

#include "bot/base/random.hpp"
#include "bot/platform/message_cipher.hpp"
#include "bot/platform/signature.hpp"

using namespace linli;

namespace {

constexpr const char* token = "benchtoken";
constexpr const char* aes_key = "benchbenchbenchbenchbenchbenchbenchbenchben";

std::string content_of(const std::string& kind) {
  if (kind == "help") return "家里没米没菜了，老人两个，能帮忙送点吗";
  return kind == "checkin" ? "全家都好" : "今天天气怎么样啊";
}

std::string message(const std::string& kind, std::uint64_t id, std::uint64_t person) {
  return fmt::format(
      "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[oBench{:022}]]></"
      "FromUserName>"
      "<CreateTime>1700000000</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{}]]></"
      "Content>"
      "<MsgId>{}</MsgId></xml>",
      person, content_of(kind), id);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fputs("usage: bench_bodies COUNT PEOPLE help|checkin|echo SEED\n", stderr);
    return 2;
  }
  SeededRandom random(std::strtoull(argv[4], nullptr, 10));
  platform::MessageCipher cipher(Secret(token), Secret(aes_key), "wxbench");
  std::uint64_t people = std::strtoull(argv[2], nullptr, 10);
  std::uint64_t first = 1'000'000'000'000ull + random.below(1u << 30) * 1'000'000;
  for (std::uint64_t i = 0, count = std::strtoull(argv[1], nullptr, 10); i < count; ++i) {
    std::string xml = message(argv[3], first + i, random.below(people));
    std::string nonce = std::to_string(random.below(1'000'000'000));
    std::string envelope = cipher.seal(xml, "1700000000", nonce, random.letters(16));
    auto field = [&](std::string_view name) {
      auto from = envelope.find(fmt::format("<{}><![CDATA[", name)) + name.size() + 11;
      return envelope.substr(from, envelope.find("]]>", from) - from);
    };
    platform::Signer signer{Secret(token)};
    fmt::print(
        "signature={}&timestamp=1700000000&nonce={}&openid=x&encrypt_type=aes&msg_signature={}\t"
        "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA[{}]]></Encrypt></xml>\n",
        signer.sign("1700000000", nonce), nonce, field("MsgSignature"), field("Encrypt"));
  }
  return 0;
}
