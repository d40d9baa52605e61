// What a grid leader types after phoning round a building, "代报 3号楼 2单元501正常 502空户 601没人接", taken
// apart. Nothing that was understood is lost because of what was not: unclear parts are handed back by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linli::community {

/// How a household is on a day, as it is kept.
enum class HouseholdState { fine, symptom, empty, unreachable, refused, moved };

std::string_view name(HouseholdState state);   // "fine" ...: in tables
std::string_view title(HouseholdState state);  // "正常", "空户" ...: in the chat
std::optional<HouseholdState> household_state(std::string_view name);

struct HouseholdEntry {
  std::string unit;   // "2" of 2单元; empty if none was written
  std::string room;   // "501"
  std::string words;  // what was said about it: "空户"
};

struct HouseholdReport {
  std::string place;                  // what stood before the first room: "3号楼"; empty if nothing did
  std::vector<HouseholdEntry> rooms;  // one for each room; several rooms may share the words behind them
};

/// Takes a normalised text apart. "501、502正常" means both.
HouseholdReport read_household_report(std::string_view normal);

/// The state that these words name; nothing for symptoms, which the word lists know, and for anything
/// unclear.
std::optional<HouseholdState> state_in_words(std::string_view words);

/// The digits of a name such as "2单元" or "501室": how typed rooms are compared with kept ones.
std::string number_in(std::string_view name);

}  // namespace linli::community
