// Posts, who stands there and when. Import adds posts and shifts; the shift topic reads and changes them; the
// life-safety topic asks who is at the gate now.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/duty_hours.hpp"
#include "bot/community/shift.hpp"
#include "bot/store/due_ledger.hpp"
#include "bot/store/opening_ledger.hpp"
#include "bot/store/rota_ledger.hpp"
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
  TaskId task = {};       // of the ticket that opened it, if one did
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
  std::string note;                       // left for whoever comes next
  std::string made_by = {};               // rota, signup, cover, swap; empty: imported
  ShiftId cover_of = {};                  // in whose place
  std::string excuse = {};                // why the person could not come, in their words
  std::optional<Time> missed_at = {};     // found missing after the start
  std::optional<Time> corrected_at = {};  // found to have been there after all
};

/// What became of a person's shifts: each counts in one of these.
struct ShiftRecord {
  int stood{}, late{}, missing{}, excused{}, declined{};
};

/// A shift and where it is.
struct Duty {
  Shift shift;
  Post post;
};

class ShiftLedger {
 public:
  ShiftLedger(Database& db, FieldCipher& cipher);

  RotaLedger& rotas() { return rotas_; }
  OpeningLedger& openings() { return openings_; }

  /// Fills the id. Throws UniqueViolation if the code is taken.
  void add_post(Post& post);
  void change_post(const Post& post);
  std::optional<Post> find_post(PostId id);
  std::optional<Post> find_post_by_code(std::string_view code);
  /// Every post that is stood, in the order they were added.
  std::vector<Post> posts();
  void add_hours(PostId post, const community::Hours& hours);
  /// When somebody must stand there; none: at no particular time.
  void set_hours(PostId post, const std::vector<community::Hours>& hours);
  std::vector<community::Hours> hours(PostId post);
  /// Who stands there or is to stand there at some time in [from, until): neither declined nor unnamed.
  std::vector<community::Span> standing(PostId post, Time from, Time until);

  /// It is not stood any more; its hours and rotas go, its past stays.
  void close_post(PostId post, Time now);

  /// The shift's id; none if the person has one there at that time already, whatever became of it.
  ShiftId add(PostId post, PersonId person, Time starts_at, Time ends_at, std::string_view made_by = {},
              ShiftId cover_of = {});
  /// The same, but one that was declined or cancelled is planned again.
  ShiftId put(PostId post, PersonId person, Time starts_at, Time ends_at, std::string_view made_by,
              ShiftId cover_of = {});
  /// Every day at these local minutes, as published; `end` up to 1440, or past it for a night. See
  /// plan_daily.
  /// False if it is there already.
  bool add_daily(PostId post, PersonId person, int start_minute, int end_minute);
  /// Makes the shifts and openings of the published rotas that end after `from` and begin before `until`;
  /// those that exist stay as they are.
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
  /// Every shift that reaches into [from, until), whatever became of it.
  struct Row {
    PostId post;
    PersonId person;
    community::Span span;
    bool stands{};  // neither declined nor cancelled
  };
  std::vector<Row> rows(Time from, Time until);
  /// Four digits for the board of a new post, that nobody can foretell.
  std::string new_code_word(std::string_view post_code);
  /// Where it is, more exactly than its area.
  void move_post(PostId post, Place place);
  /// Of everybody, reaching into [from, until), neither declined nor cancelled.
  std::vector<Duty> between(Time from, Time until);
  /// The same of one person; those that were stood too.
  std::vector<Duty> of_person(PersonId person, Time from, Time until);
  /// Planned or confirmed at a post, not begun.
  std::vector<Duty> ahead_at(PostId post, Time now);
  /// Who stands in the place of this one.
  std::optional<Duty> cover(ShiftId shift);
  /// The person's last shift since then that they were found missing at.
  std::optional<Duty> last_missed(PersonId person, Time since);
  ShiftRecord record(PersonId person, Time since, Time until);
  /// Beginning in [from, until), with a person who has not declined.
  std::vector<Duty> starting(Time from, Time until);
  /// The person now at a post of the compound (or above a building of it): checked in, or else planned for
  /// now.
  std::optional<PersonId> on_post_now(AreaId compound, Time now);

 private:
  FieldCipher& cipher_;
  RotaLedger rotas_;
  OpeningLedger openings_;
  Statement add_post_, change_post_, find_post_, post_code_, posts_, add_hours_, hours_, standing_,
      close_post_, drop_hours_, add_, put_, find_, save_, upcoming_, declined_, on_post_, due_, before_,
      note_before_, after_, rows_, move_post_, between_, of_person_, ahead_at_, cover_, last_missed_, record_,
      starting_, now_;
};

/// Makes the shifts of every-day rows and the due rows of all shifts that begin in [from, until): the evening
/// before, just before, and when somebody is missing, with the topic shift_checkin; and the row that does
/// this again tomorrow. Keys name the shift, moments before `from` are left out: doing it twice changes
/// nothing. Called after import and by that daily row.
void schedule_shifts(ShiftLedger& shifts, DueLedger& dues, const Zone& zone, Time from, Time until,
                     const ShiftRules& rules = {});
/// The same due rows for one shift.
void schedule_shift(DueLedger& dues, const Zone& zone, const Shift& shift, Time now,
                    const ShiftRules& rules = {});
/// How far ahead the daily row looks.
inline constexpr Seconds shift_horizon{3 * 24 * 3600};

}  // namespace linli::store
