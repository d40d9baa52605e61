// Tasks and their full history. The rules of what may happen to a task are in dialog/task_desk; here is what
// is kept.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "bot/base/field_cipher.hpp"
#include "bot/community/task.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

using community::Task;
using community::TaskKind;
using community::TaskState;

struct TaskEvent {
  TaskId task;
  Time at{};
  std::int64_t act{};  // the turn that did it
  PersonId actor;      // none: the schedule
  std::string what;    // opened, offered, accepted, added, done, returned, transferred, undone, confirmed ...
  PersonId person;     // to or from whom, where it matters
  std::string note;
};

class TaskLedger {
 public:
  TaskLedger(Database& db, FieldCipher& cipher);

  /// Fills id and number. No event is written; the desk does that.
  void open(Task& task);
  void save(const Task& task);
  /// What was said about it and how urgent it is; nothing else of it.
  void save_words(const Task& task);
  /// Another of those who reported it is asked from now on.
  void save_reporter(const Task& task);
  std::optional<Task> find(TaskId id);
  std::optional<Task> find_by_number(std::int64_t number);
  /// Of one reporter, not closed, newest first.
  std::vector<Task> open_of_reporter(PersonId reporter);
  /// The reporter's last closed task of a kind since then: for "还没解决" after closing.
  std::optional<Task> last_closed(PersonId reporter, TaskKind kind, Time since);
  /// Accepted and not reported done.
  std::vector<Task> owned(PersonId owner);
  /// Offered to the person and still open, oldest first.
  std::vector<Task> offered(PersonId person);
  /// Open and offered to nobody yet: pieces are still being gathered.
  std::vector<Task> gathering();
  /// Not closed, at the area or anywhere below it.
  std::vector<Task> open_in(AreaId area, TaskKind kind);
  std::int64_t count(TaskState state);

  void offer(TaskId task, PersonId person, int level, Time at);
  std::vector<PersonId> offered_to(TaskId task);
  void withdraw_offers(TaskId task);
  void withdraw_offer(TaskId task, PersonId person);

  void record(const TaskEvent& event);
  std::vector<TaskEvent> history(TaskId task);
  /// The events of the person's last act that can be undone (accepted, done, returned), if not older than
  /// `since` and not undone yet.
  /// The last part or hand-off that somebody asked another unit for and has not taken back since.
  std::optional<TaskEvent> last_part_asked(PersonId actor, Time since);
  std::vector<TaskEvent> last_act(PersonId actor, Time since);

 private:
  /// Most people have no task at all, and every message would ask. Whoever had an open or accepted one since
  /// the start is in here; the database says whether they still have (a rolled-back turn leaves too many).
  struct Involved {
    std::unordered_set<std::int64_t> reporters, owners;
  };
  Involved& involved();
  void note(const Task& task);

  FieldCipher& cipher_;
  std::optional<Involved> involved_;
  Statement involved_read_, next_number_, open_, save_, save_words_, save_reporter_, find_, number_,
      reporter_, last_closed_, owned_, offered_, gathering_, open_in_, count_, offer_, offered_to_,
      withdraw_all_, withdraw_one_, record_, history_, last_act_, last_part_, act_events_;
};

}  // namespace linli::store
