#include "bot/base/json.hpp"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <limits>
#include <stdexcept>

#include "bot/base/random.hpp"
#include "bot/base/utf8.hpp"

namespace linli {
namespace {

using testing::HasSubstr;

Errc refused(std::string_view text, const JsonLimits& limits = {}) {
  auto parsed = parse_json(text, limits);
  EXPECT_FALSE(parsed) << text.substr(0, 80);
  return parsed ? Errc::storage : parsed.error().code;
}

TEST(JsonRead, EveryKind) {
  auto json = parse_json(
      R"( {"s":"邻\u91cc\n","i":-12,"d":1.5e2,"t":true,"f":false,"n":null,"a":[1,[],{}],"e":""} )");
  ASSERT_TRUE(json) << json.error().text;
  EXPECT_EQ(json->kind(), JsonValue::Kind::object);
  EXPECT_EQ(json->text_at("s"), "邻里\n");
  EXPECT_EQ(json->text_at("e"), "");
  EXPECT_EQ(json->integer_at("i"), -12);
  EXPECT_EQ(json->find("d")->number(), 150.0);
  EXPECT_EQ(json->find("d")->number_text(), "1.5e2");
  EXPECT_EQ(json->find("t")->boolean(), true);
  EXPECT_EQ(json->find("f")->boolean(), false);
  EXPECT_TRUE(json->find("n")->is_null());
  ASSERT_EQ(json->find("a")->items().size(), 3u);
  EXPECT_EQ(json->find("a")->items()[0].integer(), 1);
  ASSERT_EQ(json->members().size(), 8u);
  EXPECT_EQ(json->members()[0].key, "s");
  EXPECT_EQ(json->members()[7].key, "e");
}

TEST(JsonRead, AWrongKindIsNothing) {
  auto json = parse_json(R"({"s":"1","i":1})");
  ASSERT_TRUE(json);
  EXPECT_EQ(json->find("missing"), nullptr);
  EXPECT_EQ(json->find("s")->find("x"), nullptr);
  EXPECT_EQ(json->integer_at("s"), std::nullopt);
  EXPECT_EQ(json->integer_at("missing"), std::nullopt);
  EXPECT_EQ(json->text_at("i"), std::nullopt);
  EXPECT_EQ(json->find("i")->boolean(), std::nullopt);
  EXPECT_TRUE(json->find("i")->items().empty());
  EXPECT_TRUE(json->find("i")->members().empty());
  EXPECT_TRUE(JsonValue().is_null());
}

TEST(JsonRead, NumbersKeepTheirDigits) {
  auto json = parse_json("[9223372036854775807,-9223372036854775808,18446744073709551616,1.0,-0,0.1]");
  ASSERT_TRUE(json);
  auto items = json->items();
  EXPECT_EQ(items[0].integer(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(items[1].integer(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(items[2].integer(), std::nullopt);
  EXPECT_EQ(items[2].number_text(), "18446744073709551616");
  EXPECT_EQ(items[3].integer(), std::nullopt);
  EXPECT_EQ(items[4].integer(), 0);
  EXPECT_EQ(items[5].number(), 0.1);
}

// Texts that crash RapidJSON 1.1.0 in other settings, or that it lets pass (reliability notes, 0.2).
TEST(JsonRead, KnownCrashersDoNotCrash) {
  for (std::string_view text : {"[1.00000000000000000000000000000000001e-2147483639]",
                                "[128.74836467836484838364836483643636483648e-336]", "[1e-2147483648]",
                                "[1e2147483647]", "[1e99999999999999999999]", "[-1e-99999999999999999999]"}) {
    auto json = parse_json(text);
    EXPECT_TRUE(!json || json->items()[0].number_text()) << text;
  }
  std::string long_number = "[" + std::string(500'000, '1') + "." + std::string(400'000, '7') + "]";
  auto json = parse_json(long_number);
  EXPECT_TRUE(!json || !json->items()[0].integer());
}

TEST(JsonRead, DepthIsBounded) {
  EXPECT_EQ(refused(std::string(200'000, '[')), Errc::too_large);
  EXPECT_EQ(refused(std::string(1'000'000, '[')), Errc::too_large);
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += "{\"a\":";
  EXPECT_EQ(refused(objects), Errc::too_large);
  EXPECT_TRUE(parse_json(std::string(32, '[') + std::string(32, ']')));
  EXPECT_EQ(refused(std::string(33, '[') + std::string(33, ']')), Errc::too_large);
}

TEST(JsonRead, SizeAndNodesAreBounded) {
  EXPECT_EQ(refused("[1,2,3]", {.bytes = 6}), Errc::too_large);
  EXPECT_EQ(refused("[1,2,3]", {.nodes = 3}), Errc::too_large);
  EXPECT_TRUE(parse_json("[1,2,3]", {.bytes = 7, .nodes = 4}));
}

TEST(JsonRead, RefusesWhatRapidJsonLetsPass) {
  EXPECT_EQ(refused(std::string_view("{}\0x", 4)), Errc::bad_input);
  EXPECT_EQ(refused(std::string_view("{}\0", 3)), Errc::bad_input);
  EXPECT_EQ(refused("{\"a\":1,\"a\":2}"), Errc::bad_input);
  EXPECT_EQ(refused("{\"a\":1,\"\\u0061\":2}"), Errc::bad_input);
  EXPECT_EQ(refused("[\"\xFF\"]"), Errc::bad_input);
  EXPECT_EQ(refused("[\"\xED\xA0\x80\"]"), Errc::bad_input);
  EXPECT_EQ(refused("{\"\xE4\xB8\":1}"), Errc::bad_input);
  EXPECT_EQ(refused(R"(["\ud800"])"), Errc::bad_input);
  EXPECT_EQ(refused(R"(["\udc00"])"), Errc::bad_input);
  EXPECT_EQ(refused(R"(["\ud800\ud800"])"), Errc::bad_input);
  EXPECT_EQ(refused(R"({"\udc00":1})"), Errc::bad_input);
  EXPECT_EQ(refused(R"(["a\u0000b"])"), Errc::bad_input);
  EXPECT_EQ(parse_json(R"(["\ud83d\ude37"])")->items()[0].text(), "😷");
}

TEST(JsonRead, RefusesWhatIsNotJson) {
  for (std::string_view text :
       {"",          " ",      "{",          "[1,]",          "{\"a\":1,}", "[1] 2",       "{}{}",
        "nul",       "NaN",    "[Infinity]", "'a'",           "[01]",       "[+1]",        "[.5]",
        "[1.]",      "[1e]",   "[-]",        "\"a",           "\"\\x\"",    "\"\\u12g4\"", "\"a\nb\"",
        "// no\n[]", "[/**/]", "{a:1}",      "\xEF\xBB\xBF[]"}) {
    EXPECT_EQ(refused(text), Errc::bad_input) << text;
  }
}

TEST(JsonRead, TheErrorNamesThePlaceAndNotTheContent) {
  auto json = parse_json(R"({"phone":"13800000000","phone":1})");
  ASSERT_FALSE(json);
  EXPECT_THAT(json.error().text, HasSubstr("byte 30"));
  EXPECT_THAT(json.error().text, testing::Not(HasSubstr("138")));
}

TEST(JsonRead, DamagedTextsNeverCrash) {
  const std::string sound = R"({"a":[1,2.5e3,"邻里\n\u91cc",{"b":null,"c":[true,false]}],"d":"😷"})";
  SeededRandom random(4);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = sound;
    for (std::uint64_t damage = 1 + random.below(4); damage > 0; --damage) {
      text[random.below(text.size())] = random.bytes(1)[0];
    }
    parse_json(text.substr(0, random.below(text.size() + 1)));
  }
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (int n = 0; n < 30; ++n) text += "[]{}:,\"\\ut1e-.0fn"[random.below(17)];
    parse_json(text);
  }
}

TEST(JsonWrite, EveryKind) {
  JsonWriter json;
  json.object().key("s").value("邻\"里\n").key("i").value(-5).key("u").value(std::uint64_t{1} << 63);
  json.key("d").value(1.5).key("t").value(true).key("n").null().key("a").array().value(1).value(2).end();
  json.key("r").raw("{\"x\":[1]}").end();
  EXPECT_EQ(json.text(),
            "{\"s\":\"邻\\\"里\\n\",\"i\":-5,\"u\":9223372036854775808,\"d\":1.5,\"t\":true,\"n\":null,"
            "\"a\":[1,2],\"r\":{\"x\":[1]}}");
}

TEST(JsonWrite, AlwaysWritesWhatCanBeRead) {
  JsonWriter json;
  json.array()
      .value("\xFF邻")
      .value(std::nan(""))
      .value(std::numeric_limits<double>::infinity())
      .value("\x01\x7F")
      .end();
  EXPECT_TRUE(is_utf8(json.text()));
  auto back = parse_json(json.text());
  ASSERT_TRUE(back) << back.error().text;
  EXPECT_EQ(back->items()[0].text(), "\uFFFD邻");
  EXPECT_TRUE(back->items()[1].is_null());
  EXPECT_EQ(back->items()[3].text(), "\x01\x7F");
}

TEST(JsonWrite, MisuseThrows) {
  EXPECT_THROW(JsonWriter().object().value(1), std::logic_error);
  EXPECT_THROW(JsonWriter().array().key("a"), std::logic_error);
  EXPECT_THROW(JsonWriter().object().key("a").end(), std::logic_error);
  EXPECT_THROW(JsonWriter().object().key("a").key("b"), std::logic_error);
  EXPECT_THROW(JsonWriter().end(), std::logic_error);
  EXPECT_THROW(JsonWriter().value(1).value(2), std::logic_error);
  EXPECT_THROW(JsonWriter().object().text(), std::logic_error);
  EXPECT_THROW(JsonWriter().text(), std::logic_error);
}

}  // namespace
}  // namespace linli
