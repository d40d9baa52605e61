// What officers type about rotas and posts, read as values: a change of one shift ("改 3月5日 06:00 张三"), a
// new line of a rota ("每天 08:00-10:00 张三、李四"), the hours of a new post. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/community/rota.hpp"

namespace linli::handlers {

struct ShiftChange {
  Day day;
  int minute{};  // the start of the shift that is meant
  community::OverrideKind kind{};
  std::string name;  // empty with `nobody`
};
/// `normal` is normalised; `today` for "明天" and for the year.
std::optional<ShiftChange> read_change(std::string_view normal, const Zone& zone, Day today);

struct RotaLine {
  community::Recurrence when;
  int start_minute{}, end_minute{};
  std::vector<std::string> names;  // one: every time; several: by turns, a day each
};
std::optional<RotaLine> read_line(std::string_view normal);

/// "14:00-18:00", "14点到18点半", "22:00-06:00". `rest` becomes what stands before it.
std::optional<community::Hours> read_hours_behind(std::string_view& rest);

/// "我昨天到了，系统说缺岗": was called missing and says otherwise.
bool says_was_there(std::string_view normal);
/// "今天发烧去不了": cannot come, with the reason in the same words.
bool says_cannot_come(std::string_view normal);

}  // namespace linli::handlers
