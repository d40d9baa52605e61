// What somebody at a gate types about whoever comes and goes, "晋A12345 送货 3号楼", taken apart. One line is
// enough; what it leaves out is asked for, one thing at a time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linli::community {

enum class GateKind { vehicle, visitor, returnee, refused, out };
inline constexpr int gate_kinds = 5;

std::string_view name(GateKind kind);   // "vehicle" ...: in tables
std::string_view title(GateKind kind);  // "车辆" ...: in the chat
std::optional<GateKind> gate_kind(std::string_view name);

struct GateEntry {
  std::optional<GateKind> kind;
  std::string plate;        // "晋A12345"
  std::string who;          // a visitor's name; whom a refusal was about: "快递"
  std::string purpose;      // "送货"
  std::string place;        // as written: "2单元501"
  std::string from;         // where a returnee comes from
  std::string reason;       // of a refusal
  std::optional<int> days;  // of home observation, if said
  bool plate_in_doubt{};    // begins like a plate and is none
};

/// What an entry may lack, in the order of asking.
enum class GateField { plate, purpose, who, place, from, reason };

/// Takes a normalised text apart, without the word 登记 before it.
GateEntry read_gate_entry(std::string_view normal);
/// The first thing that is missing for its kind.
std::optional<GateField> missing(const GateEntry& entry);
/// The answer to the question for that field.
void fill(GateEntry& entry, GateField field, std::string_view normal);
/// A correction, "4号楼" or "晋B12345" or "从大同": replaces what it speaks of; false if it says nothing.
bool correct(GateEntry& entry, std::string_view normal);
/// One line that repeats all of it.
std::string line_of(const GateEntry& entry);

/// The first number plate in a normalised text, in capitals and without separators: civil with 5 or (new
/// energy) 6 characters, ending in 学 警 挂 港 澳 领 试 超 or 应急, embassies (使), armed police (WJ) and the
/// army.
std::optional<std::string> plate_in(std::string_view normal);

std::string to_json(const GateEntry& entry);
GateEntry gate_entry_from_json(std::string_view json);

/// "3单元501能出门吗": the words before the question; nothing if that is not asked.
std::optional<std::string> asks_to_go_out(std::string_view normal);

}  // namespace linli::community
