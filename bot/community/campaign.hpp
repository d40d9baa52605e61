// A campaign over households (screening 排查, leaflets, care rounds, vaccination): what a household is in it,
// and the totals. Values and pure rules; what is kept is in store/campaign_ledger.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/ids.hpp"

namespace linli::community {

/// `found`: newly found and nothing else known of it yet. The order is that of the totals and of the tables.
enum class CampaignState { not_yet, done, refused, unreachable, empty, moved, found };

inline constexpr std::size_t campaign_states = 7;

std::string_view name(CampaignState state);   // "not_yet" ...: in tables
std::string_view title(CampaignState state);  // "还没到", "拒访" ...: in the chat
std::optional<CampaignState> campaign_state(std::string_view name);

/// The state that typed words name: "完成", "拒访", "空户"; what 代报 understands is understood here too.
std::optional<CampaignState> campaign_state_in_words(std::string_view words);

/// Households of an area in a campaign. The states always sum to the base, children to their parent.
struct CampaignTotals {
  std::int64_t base = 0;                                    // households on the register
  std::array<std::int64_t, campaign_states> by_state = {};  // sums to the base
  std::int64_t found_ever = 0;  // newly found in this campaign, whatever they are now; part of the base

  std::int64_t of(CampaignState state) const { return by_state[static_cast<std::size_t>(state)]; }
  /// Still to be reached: nobody has spoken to them.
  std::int64_t owed() const;
  bool operator==(const CampaignTotals&) const = default;
};

CampaignTotals operator+(const CampaignTotals& a, const CampaignTotals& b);

/// "登记 331 户：完成 201，拒访 3 ...", states without a household left out.
std::string totals_text(const CampaignTotals& totals, std::string_view done_word);

/// How alike two names are: the same but for blanks and writing, or different in one of three characters or
/// more. Nothing: not alike.
enum class Alike { same, similar };
std::optional<Alike> alike(std::string_view normal, std::string_view other);

/// "3号楼 2单元 701 张三 13800000000", behind 新增.
struct FoundHousehold {
  std::string place;  // "3号楼 2单元": where the door is
  std::string room;   // "701", "8号"; empty if none was named
  std::string name;   // of whoever lives there; empty if nobody was named
  std::string phone;
};
FoundHousehold read_found_household(std::string_view normal);

/// "到3月5日", "3天内" ... The end of that day if no hour is named. Nothing if none is named, or if it is
/// past.
std::optional<Time> campaign_deadline(std::string_view normal, const Zone& zone, Time now);

}  // namespace linli::community
