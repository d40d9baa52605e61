#include "bot/base/csv.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "bot/base/random.hpp"

namespace linli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

CsvFile sound(std::string_view bytes) {
  auto file = parse_csv(bytes, "f.csv");
  EXPECT_TRUE(file) << file.error().text;
  return file ? *file : CsvFile{};
}

std::string refused(std::string_view bytes) {
  auto file = parse_csv(bytes, "f.csv");
  EXPECT_FALSE(file);
  return file ? "" : file.error().text;
}

TEST(Csv, RowsByColumnNameWithTheirLines) {
  CsvFile file = sound("name,phone\n王建国, 138 \n\n\"李, 芳\",\"a\nb\"\n赵,\"say \"\"hi\"\"\"\n");
  EXPECT_THAT(file.columns(), ElementsAre("name", "phone"));
  ASSERT_EQ(file.rows().size(), 3u);
  EXPECT_EQ(file.rows()[0].cell("name"), "王建国");
  EXPECT_EQ(file.rows()[0]["phone"], "138");
  EXPECT_EQ(file.rows()[0].line(), 2u);
  EXPECT_EQ(file.rows()[1]["name"], "李, 芳");
  EXPECT_EQ(file.rows()[1]["phone"], "a\nb");
  EXPECT_EQ(file.rows()[1].line(), 4u);
  EXPECT_EQ(file.rows()[2]["phone"], "say \"hi\"");
  EXPECT_EQ(file.rows()[2].line(), 6u);
  EXPECT_EQ(file.rows()[0]["nothing"], "");
}

TEST(Csv, EveryLineEndCounts) {
  for (std::string_view text : {"a,b\r\n1,2\r\n3,4", "a,b\r1,2\r3,4\r", "a,b\n1,2\n3,4\n"}) {
    CsvFile file = sound(text);
    ASSERT_EQ(file.rows().size(), 2u);
    EXPECT_EQ(file.rows()[0].line(), 2u);
    EXPECT_EQ(file.rows()[1].line(), 3u);
    EXPECT_EQ(file.rows()[1]["b"], "4");
  }
}

TEST(Csv, Utf8WithMarkAndGbk) {
  EXPECT_EQ(sound("\xEF\xBB\xBF名称\n和平苑\n").rows()[0]["名称"], "和平苑");
  // 名称 / 和平苑 as Excel for Chinese Windows saves it
  EXPECT_EQ(sound("\xC3\xFB\xB3\xC6\n\xBA\xCD\xC6\xBD\xD4\xB7\n").rows()[0]["名称"], "和平苑");
}

TEST(Csv, WhatIsNeitherIsRefusedWithItsLine) {
  EXPECT_THAT(refused("名称\n和平苑\n花园\xFF\n"), HasSubstr("f.csv:3:1: not readable as UTF-8 or GBK"));
  EXPECT_THAT(refused("\xEF\xBB\xBF"
                      "a\n\xBA\xCD\n"),
              HasSubstr("f.csv:2:1: not readable"));
  // Sound UTF-8 with one broken character: as GBK it would be readable nonsense.
  EXPECT_THAT(refused("名称\n和平苑小区东门\n花园小区\xE8\x8B\n"), HasSubstr("f.csv:3:1: not readable"));
  EXPECT_THAT(refused("a\n\x80\xFF\n"), HasSubstr("f.csv:2:1: not readable"));
  EXPECT_THAT(refused(std::string_view("\xFF\xFE"
                                       "a\0",
                                       4)),
              HasSubstr("UTF-16"));
  EXPECT_THAT(refused(std::string_view("a\n1\0\n", 5)), HasSubstr("f.csv:2:1: a NUL byte"));
}

TEST(Csv, EveryBadRowIsNamed) {
  std::string text = refused("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n\"x\ny\",2\n");
  EXPECT_EQ(text,
            "f.csv:3:3: the row has 2 cells, the header 3\n"
            "f.csv:4:4: the row has 4 cells, the header 3\n"
            "f.csv:6:3: the row has 2 cells, the header 3");
}

TEST(Csv, BrokenQuotesAreNamed) {
  EXPECT_THAT(refused("a,b\n1,2\n\"x\" y,2\n"), HasSubstr("f.csv:3:1: a quotation mark is out of place"));
  EXPECT_THAT(refused("a,b\n1,x\"y\n"),
              HasSubstr("f.csv:2:2: a quotation mark is out of place near character 4"));
  EXPECT_THAT(refused("a,b\n1,2\n3,\"never\nclosed,\n5,6\n"),
              HasSubstr("f.csv:3:2: a quotation mark that is opened"));
}

TEST(Csv, TheHeaderIsChecked) {
  EXPECT_THAT(refused(""), HasSubstr("f.csv:1: the file is empty"));
  EXPECT_THAT(refused("\n\n"), HasSubstr("f.csv:1: the file is empty"));
  EXPECT_THAT(refused("a,b,a\n"), HasSubstr("f.csv:1:3: column 'a' appears twice"));
  EXPECT_THAT(refused("a,,c\n"), HasSubstr("f.csv:1:2: the column has no name"));
  EXPECT_TRUE(sound("a,b\n").rows().empty());
}

TEST(Csv, ExpectedColumns) {
  CsvFile file = sound("name,hpone,note\n");
  EXPECT_TRUE(file.expect({"name", "hpone"}, {"note", "more"}));
  auto wrong = file.expect({"name", "phone"}, {"note"});
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().text,
            "f.csv:1: column 'phone' is missing\n"
            "f.csv:1:2: column 'hpone' is not known; known are name, phone, note");
}

TEST(Csv, ARowsOwnErrorNamesItsPlaceAndNotTheCell) {
  CsvFile file = sound("name,phone\n王,13800001111\n");
  Error error = file.rows()[0].wrong("phone", "must have 11 digits");
  EXPECT_EQ(error.text, "f.csv:2:2: phone: must have 11 digits");
  EXPECT_EQ(error.code, Errc::bad_input);
}

TEST(Csv, ManyErrorsAreCounted) {
  std::string text = "a,b\n";
  for (int i = 0; i < 1000; ++i) text += "1\n";
  EXPECT_THAT(refused(text), HasSubstr("and 800 more"));
}

TEST(Csv, DamagedFilesNeverCrash) {
  SeededRandom random(7);
  for (int i = 0; i < 5000; ++i) {
    std::string text = "a,b\n";
    for (int n = 0; n < 40; ++n) text += ",\"\r\n \tx\xBA\xCD"[random.below(10)];
    parse_csv(text, "f.csv");
    parse_csv(random.bytes(60), "f.csv");
  }
}

TEST(Csv, FromAFile) {
  std::string path = testing::TempDir() + "/linli_csv_test.csv";
  std::ofstream(path) << "a\n1\n";
  EXPECT_EQ(read_csv(path)->rows()[0]["a"], "1");
  std::ofstream(path) << "";
  EXPECT_THAT(read_csv(path).error().text, HasSubstr(path + ":1: the file is empty"));
  std::filesystem::remove(path);
  EXPECT_EQ(read_csv(path).error().code, Errc::not_found);
}

}  // namespace
}  // namespace linli
