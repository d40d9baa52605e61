#include "bot/base/toml_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace linli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view example = R"(name = "和平苑"
port = 8080
ratio = 0.5
whole = 2
on = true
wait = "5m"
body = "64KiB"
words = ["火", "煤气"]
numbers = [1, 2]

[outbox]
window = "48h"
limit = 5

[[account]]
name = "a"
[[account]]
name = "b"
)";

TomlFile parsed(std::string_view text) {
  auto file = TomlFile::parse(text, "linli.toml");
  if (!file) throw std::runtime_error(file.error().text);
  return *file;
}

template <class T>
std::string error(const Result<T>& result) {
  if (result) return "";
  EXPECT_EQ(result.error().code, Errc::bad_config);
  return result.error().text;
}

TEST(Toml, ReadsEveryType) {
  TomlFile file = parsed(example);
  EXPECT_EQ(*file.text("name"), "和平苑");
  EXPECT_EQ(*file.integer("port", Range{1, 65535}), 8080);
  EXPECT_EQ(*file.number("ratio"), 0.5);
  EXPECT_EQ(*file.number("whole"), 2.0);
  EXPECT_EQ(*file.boolean("on"), true);
  EXPECT_EQ(*file.duration("wait"), Seconds{300});
  EXPECT_EQ(*file.size("body"), 65536);
  EXPECT_THAT(*file.list("words"), ElementsAre("火", "煤气"));
  EXPECT_THAT(*file.integers("numbers"), ElementsAre(1, 2));
  auto outbox = file.table("outbox");
  EXPECT_EQ(outbox->name(), "outbox");
  EXPECT_EQ(*outbox->duration("window"), Seconds{48 * 3600});
  EXPECT_EQ(*outbox->integer("limit"), 5);
  auto accounts = file.tables("account");
  ASSERT_EQ(accounts->size(), 2u);
  EXPECT_EQ(*(*accounts)[0].text("name"), "a");
  EXPECT_EQ(*(*accounts)[1].text("name"), "b");
  EXPECT_TRUE(file.no_others()) << error(file.no_others());
  EXPECT_TRUE(file.has("name"));
  EXPECT_FALSE(file.has("nothing"));
}

TEST(Toml, FallbacksStandInForMissingKeysOnly) {
  TomlFile file = parsed("port = \"x\"\n");
  EXPECT_EQ(*file.text("a", "b"), "b");
  EXPECT_EQ(*file.integer("c", 5), 5);
  EXPECT_EQ(*file.boolean("d", true), true);
  EXPECT_EQ(*file.number("e", 0.5), 0.5);
  EXPECT_EQ(*file.duration("f", Seconds{7}), Seconds{7});
  EXPECT_EQ(*file.size("g", 9), 9);
  EXPECT_EQ(*file.choice("h", {"x", "y"}, "y"), "y");
  EXPECT_TRUE(file.list_or_empty("i")->empty());
  EXPECT_TRUE(file.tables("j")->empty());
  EXPECT_EQ(*file.table_or_empty("k")->integer("l", 3), 3);
  EXPECT_THAT(error(file.integer("port", 80)), HasSubstr("linli.toml:1: key 'port': found a text"));
}

TEST(Toml, MissingKeysNameTableAndWhatIsAllowed) {
  TomlFile file = parsed(example);
  EXPECT_EQ(error(file.text("token")),
            "linli.toml:1: key 'token' is missing; allowed is a text in quotation marks");
  EXPECT_THAT(error(file.table("outbox")->boolean("x")),
              HasSubstr("linli.toml:11: key 'outbox.x' is missing"));
  EXPECT_THAT(error(file.table("nothing")), HasSubstr("allowed is a table [nothing]"));
  EXPECT_THAT(error(file.tables("account")->at(1).text("x")),
              HasSubstr("linli.toml:17: key 'account[1].x' is missing"));
}

TEST(Toml, WrongTypesNameLineKeyFoundAndAllowed) {
  TomlFile file = parsed(example);
  EXPECT_EQ(error(file.text("port")),
            "linli.toml:2: key 'port': found a whole number; allowed is a text in quotation marks");
  EXPECT_THAT(error(file.integer("ratio")),
              HasSubstr("linli.toml:3: key 'ratio': found a number with a fraction"));
  EXPECT_THAT(error(file.boolean("name")), HasSubstr("found a text; allowed is true or false"));
  EXPECT_THAT(error(file.number("on")), HasSubstr("found true or false; allowed is a number"));
  EXPECT_THAT(error(file.list("name")), HasSubstr("allowed is an array of texts"));
  EXPECT_THAT(error(file.list("numbers")), HasSubstr("linli.toml:9: key 'numbers': found a whole number"));
  EXPECT_THAT(error(file.integers("words")), HasSubstr("found a text"));
  EXPECT_THAT(error(file.table("name")), HasSubstr("found a text; allowed is a table [name]"));
  EXPECT_THAT(error(file.tables("outbox")), HasSubstr("found a table; allowed is tables [[outbox]]"));
  EXPECT_THAT(error(file.tables("words")), HasSubstr("found a text; allowed is tables [[words]]"));
  EXPECT_THAT(error(file.duration("port")), HasSubstr("allowed is a duration such as"));
}

TEST(Toml, RangesUnitsAndChoices) {
  TomlFile file = parsed(
      "n = 70000\nlong = 9223372036854775807\nwait = \"5\"\nbody = \"64kb\"\nmode = \"fast\"\n"
      "huge = \"9223372036854775807d\"\nminus = \"-5m\"\n");
  EXPECT_EQ(error(file.integer("n", Range{1, 65535})),
            "linli.toml:1: key 'n': found '70000'; allowed is a whole number from 1 to 65535");
  EXPECT_THAT(error(file.integer("n", Range{.most = 5})), HasSubstr("of at most 5"));
  EXPECT_THAT(error(file.integer("n", Range{.least = 100'000})), HasSubstr("of at least 100000"));
  EXPECT_TRUE(file.integer("long"));
  EXPECT_THAT(error(file.duration("wait")), HasSubstr("found '5'; allowed is a duration"));
  EXPECT_THAT(error(file.duration("minus")), HasSubstr("found '-5m'"));
  EXPECT_THAT(error(file.duration("huge")), HasSubstr("allowed is a duration"));
  EXPECT_THAT(error(file.size("body")), HasSubstr("found '64kb'; allowed is a size"));
  EXPECT_THAT(error(file.choice("mode", {"secure", "plain"})),
              HasSubstr("found 'fast'; allowed is one of 'secure', 'plain'"));
}

TEST(Toml, ACredentialIsNotShown) {
  TomlFile file = parsed("app_secret = \"hush\"\naes_key = \"hush\"\n");
  EXPECT_THAT(error(file.duration("app_secret")), AllOf(HasSubstr("found ***"), Not(HasSubstr("hush"))));
  EXPECT_THAT(error(file.choice("aes_key", {"a"})), Not(HasSubstr("hush")));
}

TEST(Toml, UnknownKeysAreNamedWithTheKnownOnes) {
  TomlFile file = parsed("prot = 1\nname = \"a\"\n[outbox]\nlimit = 1\nlimt = 2\n[[account]]\nx = 1\n");
  ASSERT_TRUE(file.text("name"));
  file.integer("port", 1);
  auto outbox = file.table("outbox");
  ASSERT_TRUE(outbox->integer("limit"));
  file.tables("account");
  EXPECT_EQ(error(file.no_others()),
            "linli.toml:1: key 'prot' is not known; known here: name, port, outbox, account\n"
            "linli.toml:7: key 'account[0].x' is not known; known here: none\n"
            "linli.toml:5: key 'outbox.limt' is not known; known here: limit");
  EXPECT_THAT(error(outbox->no_others()), HasSubstr("'outbox.limt'"));
}

TEST(Toml, KeysInTheOrderOfTheFile) {
  TomlFile file = parsed("zebra = 1\nant = 2\n[more]\nbee = 3\n");
  EXPECT_THAT(file.keys(), ElementsAre("zebra", "ant", "more"));
  EXPECT_THAT(error(file.no_others()), HasSubstr("'zebra' is not known"));
}

TEST(Toml, OnesOwnChecks) {
  TomlFile file = parsed(example);
  EXPECT_EQ(file.table("outbox")->wrong("limit", "found 5; allowed is at most the window").text,
            "linli.toml:13: key 'outbox.limit': found 5; allowed is at most the window");
}

TEST(Toml, WhatIsNotTomlNamesItsPlace) {
  EXPECT_THAT(error(TomlFile::parse("a = 1\nb = = 2\n", "x.toml")), HasSubstr("x.toml:2:5: "));
  EXPECT_THAT(error(TomlFile::parse("a = 1\na = 2\n", "x.toml")), HasSubstr("x.toml:2:"));
  EXPECT_THAT(error(TomlFile::parse("a = \"\xFF\"\n", "x.toml")), HasSubstr("x.toml:1:"));
  EXPECT_THAT(error(TomlFile::parse("a = " + std::string(100'000, '['), "x.toml")), HasSubstr("x.toml:1:"));
  EXPECT_THAT(error(TomlFile::read("/nowhere/linli.toml")),
              HasSubstr("/nowhere/linli.toml: there is no such file"));
}

}  // namespace
}  // namespace linli
