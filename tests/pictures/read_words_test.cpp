#include "bot/pictures/read_words.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace linli::pictures {
namespace {

/// A page as the program describes it.
class Page {
 public:
  /// A line of a paragraph; blanks separate what the program took for words.
  Page& line(int block, int paragraph, int line, const std::string& words, double sureness = 92,
             int top = 10) {
    int number = 0;
    for (std::size_t from = 0; from <= words.size();) {
      auto end = std::min(words.find(' ', from), words.size());
      tsv_ += fmt::format("5\t1\t{}\t{}\t{}\t{}\t10\t{}\t20\t20\t{:.6f}\t{}\n", block, paragraph, line,
                          ++number, top, sureness, words.substr(from, end - from));
      from = end + 1;
    }
    return *this;
  }
  std::string words() const { return words_of(tsv_); }

 private:
  std::string tsv_ =
      "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"
      "1\t1\t0\t0\t0\t0\t0\t0\t1080\t1400\t-1\t\n";
};

TEST(ReadWords, JoinsLinesAndDropsBlanksBetweenCharacters) {
  EXPECT_EQ(
      Page().line(1, 1, 1, "小 区 水箱 投了 药 ， 今 明 两 天").line(1, 1, 2, "的 自来水 不 能 喝").words(),
      "小区水箱投了药，今明两天的自来水不能喝");
  EXPECT_EQ(Page().line(1, 1, 1, "转发 Free Wi-Fi 密码 的 短信 是 假 的").words(),
            "转发Free Wi-Fi密码的短信是假的");
}

TEST(ReadWords, LeavesOutWhatEveryScreenShows) {
  Page page;
  page.line(1, 1, 1, "22:15 5G 87%").line(2, 1, 1, "和 平 苑 业主 群 (218)").line(3, 1, 1, "昨天 21:30");
  page.line(4, 1, 1, "王 姐").line(5, 1, 1, "星期 三 下午 3:20").line(6, 1, 1, "3月2日");
  EXPECT_EQ(page.words(), "");
  page.line(7, 1, 1, "明天 8点 起 全 区 停 水 三 天");
  EXPECT_EQ(page.words(), "明天8点起全区停水三天");
}

TEST(ReadWords, KeepsParagraphsApart) {
  Page page;
  page.line(1, 1, 1, "紧急 通知 今晚 封路").line(2, 1, 1, "大家 赶紧 囤 菜 囤 米");
  EXPECT_EQ(page.words(), "紧急通知今晚封路\n大家赶紧囤菜囤米");
}

TEST(ReadWords, TellsNamesFromBubblesByTheGap) {
  Page page;
  page.line(1, 1, 1, "王 姐", 92, 100).line(1, 1, 2, "小区 水箱 投了 药", 92, 140);
  page.line(1, 1, 3, "别 喝 自来水", 92, 172).line(1, 1, 4, "小 李", 92, 230);
  EXPECT_EQ(page.words(), "小区水箱投了药别喝自来水");
}

TEST(ReadWords, DropsWhatWasGuessed) {
  EXPECT_EQ(Page().line(1, 1, 1, "树 叶 像 字 一 样 的 花纹", 40).words(), "");
  Page page;
  page.line(1, 1, 1, "自来水 不 能 喝 了 大家 注意", 92).line(1, 1, 1, "鬲", 5);
  EXPECT_EQ(page.words(), "自来水不能喝了大家注意");
  EXPECT_EQ(Page().line(1, 1, 1, "|| -_ ~~ .. = «», 1").words(), "");
}

TEST(ReadWords, ReadsAnything) {
  EXPECT_EQ(words_of(""), "");
  EXPECT_EQ(words_of("\n\n\t\t\n"), "");
  EXPECT_EQ(words_of("5\t1\t1\t1\t1\t1\t0\t0\t0\t0\t90"), "");
  EXPECT_EQ(words_of("5\tx\ty\tz\t1\t1\t0\t0\t0\t0\tnan\t\xff\xfe\n"), "");
  Page page;
  for (int i = 1; i < 400; ++i) page.line(i, 1, 1, "这一页写得满满的全是字一直不停");
  EXPECT_LE(page.words().size(), 3000U);
  EXPECT_GT(page.words().size(), 2900U);
}

}  // namespace
}  // namespace linli::pictures
