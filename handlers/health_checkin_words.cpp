// What a message says about health, and how it is said back.
#include <algorithm>
#include <fmt/format.h>

#include "handlers/health_checkin.hpp"

namespace linli::handlers {

namespace {

bool says(std::string_view normal, std::initializer_list<std::string_view> words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return normal.find(word) != normal.npos; });
}

/// "健康打卡" and "报平安" hold words of well-being and say nothing about it.
std::string without_names_of_the_form(std::string_view normal) {
  std::string rest(normal);
  for (std::string_view name :
       {"健康打卡", "健康上报", "健康登记", "健康填报", "报健康", "报个平安", "日报平安", "报平安"}) {
    for (auto at = rest.find(name); at != rest.npos; at = rest.find(name)) rest.erase(at, name.size());
  }
  return rest;
}

/// "我妈" holds the word for oneself and does not mean it; "我和我妈" does.
bool speaks_of_oneself(std::string_view normal) {
  constexpr std::string_view self = "我";
  for (auto at = normal.find(self); at != normal.npos; at = normal.find(self, at + self.size())) {
    std::string_view behind = normal.substr(at + self.size());
    bool of_family = false;
    for (std::string_view kin :
         {"妈", "爸", "爹", "娘", "儿", "女", "闺", "奶", "爷", "姥", "外", "婆",   "公",  "家",
          "老", "哥", "姐", "弟", "妹", "孙", "媳", "娃", "孩", "大", "们", "爱人", "对象"}) {
      of_family |= behind.starts_with(kin);
    }
    if (!of_family) return true;
  }
  return says(normal, {"本人", "自己", "自个儿"});
}

}  // namespace

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : "、") + word;
  return text;
}

std::string degrees(int tenths) {
  return fmt::format("{}.{}℃", tenths / 10, tenths % 10);
}

HealthSaid read_health(const dialog::Words& words, std::string_view normal) {
  HealthSaid said;
  said.words = normal;
  said.temperature = community::read_temperature(normal);
  said.symptoms = words.symptoms(normal);
  said.who = words.relations(normal);
  if (said.who.size() > 1 && !speaks_of_oneself(normal)) std::erase(said.who, "本人");
  said.contact = words.mentions("contact", normal);
  said.no_contact = says(normal, {"没接触", "没有接触", "没去过", "没出过门", "没出门", "没外出", "无接触"});
  bool denied = says(normal, {"不正常", "不好", "不太好", "没好", "不健康"});
  said.all_fine =
      !denied && said.symptoms.empty() && words.mentions("all_fine", without_names_of_the_form(normal));
  if (denied && said.symptoms.empty()) said.symptoms.emplace_back("不舒服");
  return said;
}

bool denies_illness(const dialog::Words& words, std::string_view normal) {
  const auto* category = words.help_category(normal);
  return category && category->id == "illness" && read_health(words, normal).all_fine;
}

std::string summary_of(const HealthSaid& said) {
  std::string text;
  auto add = [&](const std::string& part) { text += (text.empty() || part.empty() ? "" : " ") + part; };
  if (said.sick()) {
    add(joined(said.who));
    if (said.temperature) add(degrees(said.temperature->tenths));
    add(joined(said.symptoms));
    return text;
  }
  text = said.all_fine || said.who.empty() ? std::string("全家都好") : joined(said.who) + "正常";
  if (said.temperature) add(degrees(said.temperature->tenths));
  return text;
}

}  // namespace linli::handlers
