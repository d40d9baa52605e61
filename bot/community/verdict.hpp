// What is said about a story: the verdict's words in tables, in the chat and as a tired publicist types them.
// Used by import, the claim ledger and the rumour topic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace linli::community {

enum class Verdict { none, not_true, is_true, misleading, unproven };

std::string_view name(
    Verdict verdict);  // "", "false", "true", "misleading", "unproven": tables and CSV files
std::string_view title(Verdict verdict);  // "不实" ...: in the chat
std::optional<Verdict> verdict(std::string_view name);

/// "核实 12 假 水箱没有投药 来源：供水站 有效到3月8日", the number and the verdict in any order before the
/// clarification, or the verdict at the end.
struct VerdictOrder {
  std::optional<std::int64_t> number;
  Verdict verdict{};
  std::string clarification;
  std::string source;
  std::string validity;  // "3月8日", "3天": for community/validity_words
};

/// Reads what follows the command's word, or a whole message that begins with the number or the verdict.
/// Parts that are missing stay empty; the caller says what to add.
VerdictOrder read_verdict_order(std::string_view text);

/// A clarification with source and validity behind it; no number, no verdict.
VerdictOrder read_parts(std::string_view text);

/// "假 明天全区停水 澄清：没有停水计划 来源：供水站 有效到3月8日": a story and what is true. A word that only
/// begins with a verdict's ("假期") belongs to the story.
struct NewStory {
  std::string story;
  VerdictOrder order;
};
NewStory read_new_story(std::string_view text);

/// The verdict that a whole answer names: "假", "不属实。"; none if it says more.
Verdict verdict_said(std::string_view text);

}  // namespace linli::community
