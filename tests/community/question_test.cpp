#include "bot/community/question.hpp"

#include <filesystem>
#include <fstream>
#include <gmock/gmock.h>

namespace linli::community {

namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const Zone zone = Zone::find("Asia/Shanghai").value();
const Day today = parse_day("2026-03-02").value();

TEST(Question, WordingsAreSplitAndTrimmed) {
  EXPECT_THAT(wordings_of("能出小区吗| 怎么出去 ||x"), ElementsAre("能出小区吗", "怎么出去", "x"));
  EXPECT_TRUE(wordings_of("").empty());
  EXPECT_TRUE(wordings_of("|| ").empty());
}

TEST(Question, TheKeyIsWhatIsLeftToCompare) {
  EXPECT_EQ(question_key("垃圾车几点来？"), question_key("垃圾车几点来"));
  EXPECT_NE(question_key("东门几点开"), question_key("西门几点开"));
  EXPECT_TRUE(question_key("？！").empty());
}

TEST(Question, HoldsToItsLastDay) {
  Question question{.wordings = "a|b", .valid_until = "2026-03-02"};
  EXPECT_EQ(question.title(), "a");
  EXPECT_TRUE(question.holds("2026-03-02"));
  EXPECT_FALSE(question.holds("2026-03-03"));
  question.valid_until.clear();
  EXPECT_TRUE(question.holds("2999-01-01"));
  question.withdrawn = true;
  EXPECT_FALSE(question.holds("2026-03-02"));
}

TEST(Question, HoldsAtItsLevelsOnly) {
  Question question{.levels = "alert|emergency"};
  EXPECT_TRUE(question.at_level("alert"));
  EXPECT_TRUE(question.at_level("emergency"));
  EXPECT_FALSE(question.at_level("normal"));
  EXPECT_FALSE(question.at_level("alert|emergency"));
  EXPECT_TRUE(Question{}.at_level("normal"));
}

TEST(ValidUntil, IsReadAsPeopleWriteIt) {
  auto read = [](std::string_view typed) { return read_valid_until(typed, today, zone); };
  EXPECT_EQ(read("2026-06-30"), "2026-06-30");
  EXPECT_EQ(read("到6月30日"), "2026-06-30");
  EXPECT_EQ(read("六月三十号"), "2026-06-30");
  EXPECT_EQ(read("1月5日"), "2027-01-05");
  EXPECT_EQ(read("30天"), "2026-04-01");
  EXPECT_EQ(read("两周"), "2026-03-16");
  EXPECT_EQ(read("三个月"), "2026-05-31");
  EXPECT_EQ(read("长期"), "");
  for (std::string_view wrong :
       {"", "昨天", "2026-03-01", "2月30日", "0天", "5000天", "很久", "6月", "30", "13月1日"})
    EXPECT_EQ(read(wrong), std::nullopt) << wrong;
}

class QuestionRulesTest : public ::testing::Test {
 protected:
  ~QuestionRulesTest() override { std::filesystem::remove(file); }
  std::string refusal(const std::string& line) {
    std::ifstream in(LINLI_SOURCE_DIR "/config/questions.toml");
    std::string text((std::istreambuf_iterator<char>(in)), {});
    std::string key = line.substr(0, line.find(' '));
    auto at = text.find("\n" + key + " =") + 1;
    text.replace(at, text.find('\n', at) - at, line);
    std::ofstream(file) << text;
    auto read = QuestionRules::read(file);
    return read ? "" : read.error().text;
  }
  std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("linli-questions-" + std::to_string(getpid()) + ".toml");
};

TEST_F(QuestionRulesTest, ReadsTheProjectsOwn) {
  auto rules = QuestionRules::read(LINLI_SOURCE_DIR "/config/questions.toml");
  ASSERT_TRUE(rules) << rules.error().text;
  EXPECT_THAT(rules->editors, ElementsAre(Role::publicist, Role::instructor, Role::on_call));
  EXPECT_EQ(rules->correct_within, Seconds{30 * 86400});
}

TEST_F(QuestionRulesTest, NamesWhatIsWrong) {
  EXPECT_THAT(refusal("answer = 1.5"), HasSubstr("answer"));
  EXPECT_THAT(refusal("suggest = 0.95"), HasSubstr("more than answer"));
  EXPECT_THAT(refusal("editors = [\"boss\"]"), HasSubstr("'boss' is not a role"));
  EXPECT_THAT(refusal("editors = []"), HasSubstr("editors"));
  EXPECT_THAT(refusal("correct_within = 30"), HasSubstr("correct_within"));
  EXPECT_THAT(refusal("list_lines = 1000"), HasSubstr("list_lines"));
  EXPECT_THAT(refusal("spread = [1]"), HasSubstr("spread"));
}

TEST(QuestionRules, OffersTheSurelyAlikeAlsoToTheUnsure) {
  QuestionRules rules;
  rules.answer = 0.9, rules.answer_share = 0.05, rules.offer_share = 0.5;
  EXPECT_TRUE(rules.may_offer(0.95, 0.1));
  EXPECT_FALSE(rules.may_offer(0.6, 0.1));
  EXPECT_TRUE(rules.may_offer(0.6, 0.5));
  EXPECT_FALSE(rules.may_answer(0.01));
}

}  // namespace

}  // namespace linli::community
