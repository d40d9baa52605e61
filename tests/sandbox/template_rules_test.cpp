// Which values the platform takes for which family of template fields.
#include "bot/sandbox/template_rules.hpp"

#include <gtest/gtest.h>

namespace linli::sandbox {
namespace {

struct Case {
  const char* key;
  const char* value;
  bool allowed;
};

constexpr Case cases[] = {
    {"thing1", "请登记今天的体温", true},
    {"thing1", "一二三四五六七八九十一二三四五六七八九十", true},
    {"thing1", "一二三四五六七八九十一二三四五六七八九十一", false},
    {"thing1", "", false},
    {"thing1", "两\n行", false},
    {"number2", "12", true},
    {"number2", "十二", false},
    {"character_string3", "12-A", true},
    {"character_string3", "十二号", false},
    {"time4", "2026年3月2日 15:01", true},
    {"time4", "2026-03-02 15:01~16:01", true},
    {"time4", "明天下午", false},
    {"phrase5", "待处理", true},
    {"phrase5", "正在处理中啊", false},
    {"phrase5", "3 级", false},
    {"name6", "王某某", true},
    {"name6", "Wang Xiaoming", true},
    {"name6", "一二三四五六七八九十一", false},
    {"phone_number7", "0351-1234567", true},
    {"phone_number7", "请打电话", false},
    {"amount8", "12.5元", true},
    {"first", "您好", false},
    {"thing", "没有数字的键", false},
    {"1thing", "x", false},
};

class TemplateRuleTest : public testing::TestWithParam<Case> {};

TEST_P(TemplateRuleTest, holds) {
  EXPECT_EQ(template_value_allowed(GetParam().key, GetParam().value), GetParam().allowed)
      << GetParam().key << " = " << GetParam().value;
}

INSTANTIATE_TEST_SUITE_P(Values, TemplateRuleTest, testing::ValuesIn(cases));

}  // namespace
}  // namespace linli::sandbox
