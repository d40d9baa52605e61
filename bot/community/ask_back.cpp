#include "bot/community/ask_back.hpp"

#include <algorithm>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/toml_file.hpp"
#include "bot/base/utf8.hpp"
#include "bot/community/mask.hpp"

namespace linli::community {

namespace {

constexpr std::u32string_view surnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚"
    U"卢姜崔"
    U"钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
constexpr std::u32string_view titles[] = {U"大爷", U"大妈", U"大娘", U"大叔", U"大姐", U"大哥", U"阿姨",
                                          U"叔叔", U"奶奶", U"爷爷", U"师傅", U"老师", U"医生", U"大夫",
                                          U"主任", U"书记", U"先生", U"女士", U"同志"};
constexpr std::u32string_view somebody = U"某";

bool han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || c >= 0x20000;
}

bool letter(char32_t c) {
  return han(c) || (c >= U'a' && c <= U'z') || (c >= U'0' && c <= U'9');
}

/// "我叫王五": how many characters of a name stand at `at`; 0 if none does.
std::size_t name_at(std::u32string_view text, std::size_t at) {
  if (at >= text.size() || surnames.find(text[at]) == surnames.npos) return 0;
  std::size_t end = at + 1;
  while (end < text.size() && end < at + 3 && han(text[end]) &&
         std::u32string_view(U"的在家住要想是，").find(text[end]) == std::u32string_view::npos)
    ++end;
  return end - at > 1 ? end - at : 0;
}

bool told_before(std::u32string_view text, std::size_t at) {
  constexpr std::u32string_view tellings[] = {U"我叫",   U"名叫",   U"他叫",   U"她叫", U"姓名",
                                              U"名字是", U"名字叫", U"姓名：", U"姓名:"};
  return std::ranges::any_of(tellings, [&](auto word) { return text.substr(0, at).ends_with(word); });
}

bool title_behind(std::u32string_view text, std::size_t at) {
  return std::ranges::any_of(titles, [&](auto title) { return text.substr(at).starts_with(title); });
}

std::u32string replaced(std::u32string text, std::u32string_view what) {
  for (auto at = text.find(what); at != text.npos; at = text.find(what, at + 1))
    text.replace(at, what.size(), somebody);
  return text;
}

}  // namespace

std::string without_people(std::string_view text, const std::vector<std::string>& names) {
  std::u32string from = to_u32(mask_place(text));
  for (const auto& name : names) {
    std::u32string wide = to_u32(name);
    if (wide.size() >= 2) from = replaced(std::move(from), wide);
  }
  std::u32string to;
  for (std::size_t at = 0; at < from.size();) {
    if (std::size_t cut = told_before(from, at) ? name_at(from, at) : 0; cut > 0) {
      to += somebody;
      at += cut;
    } else if (surnames.find(from[at]) != surnames.npos && title_behind(from, at + 1)) {
      to += somebody;
      ++at;
    } else {
      to += from[at++];
    }
  }
  return to_utf8(to);
}

std::string wording_key(std::string_view text) {
  std::u32string key;
  for (char32_t c : to_u32(normalise(without_people(text)))) {
    if (letter(c)) key += c;
  }
  return to_utf8(key);
}

Result<AskBack> AskBack::read(const std::filesystem::path& path,
                              const std::vector<std::string_view>& intents) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  AskBack rules;
  auto keep = file->duration("keep");
  if (!keep) return keep.error();
  rules.keep = *keep;
  auto most = file->integer("most", Range{1, 100000});
  if (!most) return most.error();
  rules.most = static_cast<int>(*most);
  auto tables = file->table("intent");
  if (!tables) return tables.error();
  for (std::string_view intent : intents) {
    auto table = tables->table(intent);
    if (!table) return table.error();
    auto name = table->text("name");
    if (!name) return name.error();
    auto words = table->list("words");
    if (!words) return words.error();
    Choice choice{std::string(intent), *name, *words};
    std::string piece;
    for (char32_t c : to_u32(*name) + U"、") {
      bool ends = c == U'、' || c == U'：' || c == U'，';
      if (!ends) piece += to_utf8(std::u32string(1, c));
      if (ends && !piece.empty()) choice.words.push_back(std::exchange(piece, {}));
    }
    choice.words.push_back(*name);
    for (auto& word : choice.words) word = normalise(word);
    if (auto others = table->no_others(); !others) return others.error();
    rules.choices_.push_back(std::move(choice));
  }
  if (auto others = file->no_others(); !others) return others.error();
  return rules;
}

const std::string& AskBack::name(std::string_view intent) const {
  static const std::string none;
  auto found = std::ranges::find(choices_, intent, &Choice::intent);
  return found == choices_.end() ? none : found->name;
}

std::vector<std::string> AskBack::intents() const {
  std::vector<std::string> all;
  for (const auto& choice : choices_) all.push_back(choice.intent);
  return all;
}

std::string AskBack::named(std::string_view normal, const std::vector<std::string>& among) const {
  while (!normal.empty() && (normal.back() == '.' || normal.back() == ',' || normal.back() == '!'))
    normal.remove_suffix(1);
  std::string found;
  for (const auto& choice : choices_) {
    if (!among.empty() && std::ranges::find(among, choice.intent) == among.end()) continue;
    if (std::ranges::find(choice.words, normal) == choice.words.end()) continue;
    if (!found.empty()) return {};
    found = choice.intent;
  }
  return found;
}

}  // namespace linli::community
