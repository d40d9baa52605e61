// Posts, who stands there and when. Import adds posts and shifts; the shift topic reads and changes them; the
// life-safety topic asks who is at the gate now.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/shift.hpp"
#include "bot/store/due_ledger.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::Place;
using community::ShiftRules;
using community::ShiftState;

struct Post {
  PostId id;
  std::string code;
  AreaId area;
  std::string name;
  Place place;
  int radius_m{};
  std::string code_word;  // four digits on a board at the post
  std::string what;       // what is done there
};

struct Shift {
  ShiftId id;
  PostId post;
  PersonId person;
  Time starts_at{}, ends_at{};
  ShiftState state{};
  std::optional<Time> confirmed_at, in_at, out_at;
  std::string in_by;  // location, code, relieved
  int late_minutes{};
  std::string note;  // left for whoever comes next
};

/// A shift and where it is.
struct Duty {
  Shift shift;
  Post post;
};

class ShiftLedger {
 public:
  ShiftLedger(Database& db, FieldCipher& cipher);

  /// Fills the id. Throws UniqueViolation if the code is taken.
  void add_post(Post& post);
  void change_post(const Post& post);
  std::optional<Post> find_post(PostId id);
  std::optional<Post> find_post_by_code(std::string_view code);

  /// The shift's id; none if the person has one there at that time already.
  ShiftId add(PostId post, PersonId person, Time starts_at, Time ends_at);
  /// Every day at these local minutes; `end` up to 1440, or past it for a night. See plan_daily.
  /// False if it is there already.
  bool add_daily(PostId post, PersonId person, int start_minute, int end_minute);
  /// Makes the shifts of every-day rows that end after `from` and begin before `until`; those that exist stay
  /// as they are.
  void plan_daily(const Zone& zone, Time from, Time until);

  std::optional<Duty> find(ShiftId id);
  /// Writes everything but post, person and times.
  void save(const Shift& shift);

  /// Of a person, not over, not declined and not left, the next first.
  std::vector<Duty> upcoming(PersonId person, Time now, int limit);
  /// The last one that the person declined and that is not over.
  std::optional<Duty> declined(PersonId person, Time now);
  /// The shift that the person has checked in to and not left. Forgotten hours after its end.
  std::optional<Duty> on_post(PersonId person, Time now);
  /// The shift of the person that may be checked in to now.
  std::optional<Duty> due(PersonId person, Time now, const ShiftRules& rules = {});
  /// "打卡" may mean the post.
  bool due_for_checkin(PersonId person, Time now) { return due(person, now).has_value(); }

  /// Who is at the post when this shift begins: checked in there and not left, or planned until its start.
  std::optional<Duty> before(const Duty& duty);
  /// Who left the post last before this shift or while it began, if a note was left.
  std::optional<Duty> note_before(const Duty& duty);
  /// Who comes after this shift: the next one at the post that is neither declined nor left.
  std::optional<Duty> after(const Duty& duty);
  /// Beginning in [from, until), with a person who has not declined.
  std::vector<Duty> starting(Time from, Time until);
  /// The person now at a post of the compound (or above a building of it): checked in, or else planned for
  /// now.
  std::optional<PersonId> on_post_now(AreaId compound, Time now);

 private:
  FieldCipher& cipher_;
  Statement add_post_, change_post_, find_post_, post_code_, add_, add_daily_, daily_, find_, save_,
      upcoming_, declined_, on_post_, due_, before_, note_before_, after_, starting_, now_;
};

/// Makes the shifts of every-day rows and the due rows of all shifts that begin in [from, until): the evening
/// before, just before, and when somebody is missing, with the topic shift_checkin; and the row that does
/// this again tomorrow. Keys name the shift, moments before `from` are left out: doing it twice changes
/// nothing. Called after import and by that daily row.
void schedule_shifts(ShiftLedger& shifts, DueLedger& dues, const Zone& zone, Time from, Time until,
                     const ShiftRules& rules = {});
/// How far ahead the daily row looks.
inline constexpr Seconds shift_horizon{3 * 24 * 3600};

}  // namespace linli::store
