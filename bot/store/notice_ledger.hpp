// Notices: what was written once for many, whom it was for, and what became of it for each reader. The topic
// notice sends them a slice a turn; the bulletin reads reach().
//
// An audience is looked through in windows of person ids, so that a slice costs the same whether the area has
// three hundred people or three hundred thousand.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

struct Notice {
  std::int64_t id{};  // what the chat calls it: "通知 7"
  AreaId area = {};
  std::string audience = {};   // residents, staff, care, or people (named one by one: a correction's readers)
  std::string roles = {};      // of staff: names of roles, space-separated; empty: all
  std::string care_kind = {};  // of care: an id of config/care.toml; empty: all
  PersonId author = {};
  std::string text = {};
  bool must_ack{};
  std::optional<Time> ack_until = {};
  std::string state = {};  // scheduled, sending, sent, cancelled, withdrawn
  Time created_at{};
  Time send_at{};
  std::optional<Time> started_at = {}, finished_at = {}, ended_at = {};
  PersonId cursor = {};       // everybody up to this one has been told
  std::int64_t corrects = 0;  // the notice that this one corrects
};

/// What it would reach if it went now.
struct NoticeForecast {
  int people{};
  int now{};    // a window is open
  int card{};   // only as a template card
  int none{};   // nobody follows the account under this name
  int quiet{};  // asked for no more than necessary; counted in the three before as well
};

struct NoticeReader {
  PersonId person;
  AreaId area;        // home, or where they serve
  std::string state;  // told, held, quiet, unreachable
  TaskId task;        // of a notice that must be acknowledged
  bool acknowledged{};
};

/// What became of a notice among the readers of one area.
struct NoticeReach {
  std::int64_t notice{};
  Time started_at{};
  bool must_ack{};
  int people{};       // for whom it was
  int reached{};      // the platform took or delivered it
  int waiting{};      // in the outbox: in quiet hours, or until the person writes
  int lost{};         // the platform refused it, or its time passed
  int held{};         // over the week's cap
  int quiet{};        // asked for quiet
  int unreachable{};  // follows no account
  int acknowledged{};
};

class NoticeLedger {
 public:
  NoticeLedger(Database& db, FieldCipher& cipher);

  /// Fills the id.
  void add(Notice& notice);
  /// State, times and cursor; the words of a notice never change.
  void save(const Notice& notice);
  std::optional<Notice> find(std::int64_t id);
  /// Written for an area at, above or below this one, the newest first.
  std::vector<Notice> recent(AreaId area, int limit);

  NoticeForecast forecast(const Notice& notice, Time now, int kept_for_urgent);
  /// Of those with ids in (after, until]: who belongs to the audience, and where they live or serve.
  std::vector<std::pair<PersonId, AreaId>> audience(const Notice& notice, PersonId after, PersonId until,
                                                    Time now);
  PersonId last_person();

  /// False if this reader was there already.
  bool put(std::int64_t notice, const NoticeReader& reader, Time at);
  std::optional<NoticeReader> reader(std::int64_t notice, PersonId person);
  /// Who was told, in the order of their ids after `after`.
  std::vector<NoticeReader> told(std::int64_t notice, PersonId after, int limit);
  /// Of those below an area: told and not acknowledged; and those it did not reach.
  std::vector<NoticeReader> unacknowledged(std::int64_t notice, AreaId area, int limit);
  std::vector<NoticeReader> not_reached(std::int64_t notice, AreaId area, int limit);

  /// Copies what the outbox says of the next `limit` readers after `after`; the last one looked at, none if
  /// there is no more.
  PersonId keep_outcomes(std::int64_t notice, PersonId after, int limit);

  NoticeReach reach_of(std::int64_t notice);
  /// Of notices whose sending began in [from, until), counting the readers who live or serve in the area.
  std::vector<NoticeReach> reach(AreaId area, Time from, Time until);

  int sends_on(std::string_view day);
  void add_sends(std::string_view day, int sends);
  /// The key under which a notice is said to a person, once.
  static std::string dedupe(std::int64_t notice, PersonId person);

 private:
  std::string path_of(AreaId area);

  FieldCipher& cipher_;
  Statement add_, save_, find_, recent_, path_, residents_forecast_, staff_forecast_, residents_, staff_,
      last_, put_, reader_, told_, unacknowledged_, not_reached_, next_readers_, keep_, reach_one_, reach_,
      sends_, add_sends_;
};

}  // namespace linli::store
