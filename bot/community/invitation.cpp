#include "bot/community/invitation.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "bot/base/utf8.hpp"

namespace linli::community {

namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> parts;
  std::string part;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    bool mark = at == text.size() || text[at] == ' ' || text[at] == ',' || text[at] == ';';
    bool wide = !mark && text.substr(at).starts_with("、");
    if (!mark && !wide) {
      part += text[at];
      continue;
    }
    if (!part.empty()) parts.push_back(std::move(part));
    part.clear();
    if (wide) at += std::string_view("、").size() - 1;
  }
  return parts;
}

void append(std::string& text, std::string_view part) {
  if (!text.empty()) text += ' ';
  text += part;
}

}  // namespace

bool may_invite(Role inviter, Role invited) {
  if (inviter == Role::on_call) return true;
  bool helpers = invited == Role::volunteer || invited == Role::building_leader ||
                 invited == Role::unit_leader || invited == Role::old_party_member;
  return inviter == Role::grid_leader && helpers;
}

Invitation read_invitation(std::string_view words) {
  Invitation read;
  for (const std::string& part : split(words)) {
    if (auto named = role_by_title(part); named && !read.role) {
      read.role = named;
    } else if (auto phone = phone_in(part); !phone.empty()) {
      read.phone = phone;
    } else if (auto typed = name_in(part); read.name.empty() && !typed.empty()) {
      read.name = typed;
    } else {
      append(read.rest, part);
    }
  }
  return read;
}

std::string phone_in(std::string_view normal) {
  for (std::size_t at = 0; at < normal.size(); ++at) {
    bool begins = is_digit(normal[at]) && (at == 0 || !is_digit(normal[at - 1]));
    if (!begins) continue;
    // First as it stands, then with blanks in it: "2单元501 13900001234" is a room and a number.
    for (bool blanks : {false, true}) {
      std::string digits;
      for (std::size_t end = at; end < normal.size(); ++end) {
        if (is_digit(normal[end]))
          digits += normal[end];
        else if (normal[end] != '-' && !(blanks && normal[end] == ' '))
          break;
      }
      if (digits.size() == 13 && digits.starts_with("86")) digits.erase(0, 2);
      if (digits.size() == 11 && digits[0] == '1' && digits[1] >= '3') return digits;
    }
  }
  return {};
}

std::string code_in(std::string_view normal) {
  for (std::string_view prefix : {"bind-", "code-", "qrscene_"}) {
    if (normal.starts_with(prefix)) normal.remove_prefix(prefix.size());
  }
  std::string digits;
  for (char c : normal) {
    if (is_digit(c)) {
      digits += c;
    } else if (c != ' ' && c != '-') {
      return {};
    }
  }
  return digits.size() == 8 ? digits : std::string{};
}

std::string name_in(std::string_view normal) {
  for (std::string_view word :
       {"我的名字叫", "我名字叫", "名字叫", "我叫", "我是", "姓名", "名字", "叫我", "本人"}) {
    if (normal.starts_with(word)) normal.remove_prefix(word.size());
  }
  while (!normal.empty() && (normal.front() == ' ' || normal.front() == ':')) normal.remove_prefix(1);
  while (!normal.empty() && (normal.back() == ' ' || normal.back() == '.' || normal.back() == ',')) {
    normal.remove_suffix(1);
  }
  constexpr std::array<std::string_view, 12> never = {"号", "楼",     "单元", "?",    "!", "不",
                                                      "吗", "为什么", "什么", "怎么", ",", "。"};
  bool odd = std::ranges::any_of(normal, is_digit) || std::ranges::any_of(never, [&](std::string_view part) {
               return normal.find(part) != normal.npos;
             });
  std::size_t length = utf8_length(normal);
  return odd || length < 2 || length > 12 ? std::string{} : std::string(normal);
}

}  // namespace linli::community
