// Campaigns and what each household is in them, with every change kept. Counts are kept for every area, from
// the household up to the root, in the statement's transaction: a total of any area is two reads, however
// many households there are. A household that nothing is known of has no row: "not yet" is what the base
// leaves. So opening a campaign costs one row, whether over a staircase or over the district.
//
// The base of a running campaign over all households is the register's own count (register_counts.hpp); of
// one over a kind of households, and of every closed one, it is kept with the campaign. A closed campaign
// stays as it was: what becomes of the register afterwards is not in it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/campaign.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::CampaignState;
using community::CampaignTotals;

struct Campaign {
  std::int64_t id{};
  std::string kind = {};  // of config/campaigns: "screening" ...
  AreaId area = {};
  std::string audience = {};  // empty: all households; else a kind of config/campaign.toml
  Time opened_at{};
  Time deadline{};
  PersonId opened_by = {};
  PersonId leader = {};
  std::int64_t opening_base{};  // households on the register then
  std::optional<Time> closed_at = {};
  std::string cursor = {};  // path of the last household that was looked at to be asked
};

/// What a household is in a campaign, and who says so.
struct CampaignEntry {
  AreaId household = {};
  CampaignState state{};
  Time at{};
  PersonId said_by = {};   // of the household; none: nobody of it spoke
  PersonId typed_by = {};  // who entered it; none: filled in from what is known
  std::string via = {};    // self, staff, filled, found, objection
  std::string note = {};
};

struct CampaignTeam {
  AreaId area;
  PersonId leader;
  TaskId task;
};

/// The totals of a day as they were rolled up, and who confirmed them.
struct CampaignDay {
  std::int64_t id{};
  std::int64_t campaign{};
  AreaId area;
  std::string day;
  Time at{};
  CampaignTotals totals;
  PersonId confirmed_by = {};
  std::optional<Time> confirmed_at = {};
};

class CampaignLedger {
 public:
  CampaignLedger(Database& db, FieldCipher& cipher);

  /// Fills id and opening_base.
  void open(Campaign& campaign);
  std::optional<Campaign> find(std::int64_t id);
  std::vector<Campaign> running();
  /// The running one of a kind whose area is this one or above it.
  std::optional<Campaign> running_at(AreaId area, std::string_view kind);
  /// Running ones at, above or below an area, the newest first.
  std::vector<Campaign> around(AreaId area);
  /// Running at any moment of the span, the oldest first.
  std::vector<Campaign> campaigns_between(Time from, Time until);
  void set_deadline(std::int64_t id, Time deadline);
  void set_cursor(std::int64_t id, std::string_view path);
  /// Its totals stay as they are now, for ever.
  void close(std::int64_t id, PersonId by, Time now);

  /// Of an area at or below the campaign's; of one above, the campaign's own. All nought elsewhere.
  CampaignTotals totals(const Campaign& campaign, AreaId area);

  /// Part of the audience? A household that is not is not entered.
  bool includes(const Campaign& campaign, AreaId household);
  /// Into the audience of a campaign over a kind of households.
  void include(const Campaign& campaign, AreaId household);
  std::optional<CampaignEntry> of(std::int64_t campaign, AreaId household);
  void set(std::int64_t campaign, const CampaignEntry& entry);
  /// Counts the household as newly found in this campaign and sets it so.
  void found(const Campaign& campaign, const CampaignEntry& entry);
  std::vector<CampaignEntry> history(std::int64_t campaign, AreaId household);
  /// Households of an area that nobody has spoken to yet, in the order of their doors.
  struct Left {
    AreaId household;
    std::string name;
    std::string path;
  };
  std::vector<Left> left(const Campaign& campaign, std::string_view path, int limit);

  /// The next households of the campaign's area behind its cursor that have no entry and were not asked.
  struct Next {
    AreaId household;
    std::string path;
    bool fresh{};  // neither asked nor entered
  };
  std::vector<Next> next(const Campaign& campaign, int limit);
  /// The next households behind a path that `members` finds to belong to a kind: lives_alone, conditions,
  /// or born before a year.
  std::vector<Next> next_of_kind(const Campaign& campaign, std::string_view of, int born_until, int limit);
  void asked(std::int64_t campaign, AreaId household, PersonId person, Time now);
  /// By any campaign, since then: nobody is asked by two on one day.
  bool asked_lately(PersonId person, Time since);

  void set_team(std::int64_t campaign, const CampaignTeam& team);
  std::vector<CampaignTeam> teams(std::int64_t campaign);
  /// The team of the nearest area at or above.
  std::optional<CampaignTeam> team_at(std::int64_t campaign, AreaId area);

  /// Nothing if the day of that area has been rolled up.
  std::optional<CampaignDay> roll_up(const Campaign& campaign, AreaId area, std::string_view day, Time now);
  std::optional<CampaignDay> day(std::int64_t id);
  /// Counted anew, unless it is confirmed.
  std::optional<CampaignDay> recount_day(std::int64_t id, Time now);
  void confirm_day(std::int64_t id, PersonId by, Time now);
  std::vector<CampaignDay> days(std::int64_t campaign, std::string_view day);

 private:
  void count(std::int64_t campaign, AreaId household, std::string_view state, int households);
  CampaignTotals read_totals(const Campaign& campaign, AreaId area);

  FieldCipher& cipher_;
  Statement open_, find_, running_, around_, running_at_, between_, deadline_, cursor_, close_, freeze_,
      base_, kept_base_, counts_, covers_, place_, in_base_, include_, of_, set_, event_, count_, history_,
      left_, next_, kind_, asked_, asked_lately_, set_team_, teams_, team_at_, day_add_, day_, day_save_,
      day_confirm_, days_;
};

}  // namespace linli::store
