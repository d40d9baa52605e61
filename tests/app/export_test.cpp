#include "bot/app/export.hpp"

#include <gtest/gtest.h>

namespace linli::app {
namespace {

TEST(CsvCell, IsNeverAFormula) {
  for (const char* text : {"=1+1", "+86", "-5", "@x", "\tx"})
    EXPECT_EQ(csv_cell(text).substr(0, 1), "'") << text;
  EXPECT_EQ(csv_cell("=a,b"), "\"'=a,b\"");
  EXPECT_EQ(csv_cell("a=b"), "a=b");
}

TEST(CsvCell, QuotesWhatWouldEndIt) {
  EXPECT_EQ(csv_cell("说\"好\"，a,b"), "\"说\"\"好\"\"，a,b\"");
  EXPECT_EQ(csv_cell("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv_cell(""), "");
}

}  // namespace
}  // namespace linli::app
