#include "bot/platform/errcodes.hpp"

#include <gtest/gtest.h>
#include <set>

namespace linli::platform {
namespace {

// The platform's documented codes, written down apart from the table, ranges in full.
const std::vector<std::pair<int, int>> documented = {
    {-1, -1},       {0, 0},         {40001, 40020}, {40022, 40027}, {40029, 40029}, {40032, 40033},
    {40035, 40037}, {40048, 40048}, {40053, 40055}, {40066, 40066}, {40125, 40125}, {40129, 40129},
    {40163, 40164}, {40200, 40203}, {40243, 40243}, {41001, 41002}, {41004, 41006}, {41009, 41009},
    {41030, 41030}, {42001, 42003}, {42007, 42007}, {43001, 43004}, {43019, 43019}, {43101, 43101},
    {43104, 43104}, {43107, 43108}, {44001, 44004}, {45001, 45011}, {45015, 45015}, {45026, 45027},
    {45047, 45047}, {45056, 45059}, {45064, 45067}, {45072, 45072}, {45080, 45081}, {45157, 45159},
    {45168, 45168}, {46001, 46004}, {47001, 47001}, {47003, 47003}, {48001, 48002}, {48004, 48006},
    {48008, 48008}, {49003, 49003}, {50001, 50002}, {50004, 50005}, {50007, 50007}, {61004, 61004},
    {61007, 61007}, {61450, 61457}, {65301, 65317}, {70000, 70000}, {76001, 76004}, {76021, 76022},
    {88000, 88000}, {89503, 89503}, {89506, 89507},
};

// What decides about a message; every code that is not here is final.
const std::vector<std::pair<SendClass, std::set<int>>> classes = {
    {SendClass::accepted, {0, 45065}},
    {SendClass::in_doubt, {-1}},
    {SendClass::retry_later, {43108, 45009, 45011, 45066}},
    {SendClass::refresh_token, {40001, 40014, 41001, 42001}},
    {SendClass::stop_all,
     {40013, 40125, 40164, 40243, 41002, 41004, 48004, 50004, 50007, 61004, 89503, 89506, 89507}},
};

SendClass expected_class(int errcode) {
  for (const auto& [send_class, codes] : classes) {
    if (codes.contains(errcode)) return send_class;
  }
  return SendClass::final_refusal;
}

TEST(Errcodes, HaveARowEach) {
  for (const auto& [from, to] : documented) {
    for (int code = from; code <= to; ++code) {
      const auto* row = find_errcode(code);
      ASSERT_NE(row, nullptr) << code;
      EXPECT_EQ(row->errcode, code);
      EXPECT_FALSE(row->meaning.empty()) << code;
      EXPECT_EQ(row->send_class, expected_class(code)) << code;
      EXPECT_EQ(classify(code), row->send_class) << code;
    }
  }
}

TEST(Errcodes, AreInOrderAndClassedAsListed) {
  int last = -2;
  for (const auto& row : errcode_table()) {
    EXPECT_GT(row.errcode, last);
    last = row.errcode;
    EXPECT_EQ(row.send_class, expected_class(row.errcode)) << row.errcode;
  }
}

TEST(Errcodes, UnknownOnesAreRefusalsForAPersonToSee) {
  for (const int code : {-2, 1, 40000, 99999, 2'000'000'000}) {
    EXPECT_EQ(find_errcode(code), nullptr);
    EXPECT_EQ(classify(code), SendClass::final_refusal);
  }
}

}  // namespace
}  // namespace linli::platform
