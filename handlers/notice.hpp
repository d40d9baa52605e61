// Notices 宣传: written once for many. In three files: notice.cpp (writing one: words, audience, how many it
// reaches, when), notice_send.cpp (what falls due: a slice of readers a turn, the deadline, what became of
// it) and notice_show.cpp (lists, who has not acknowledged, correcting and taking back; the reader's 收到).
//
// A slice tells a fixed number of people and sets the next one, so that a notice for a whole district never
// stands in the way of somebody's message; a reader costs the same however many there are.
#pragma once

#include "bot/community/care_rules.hpp"
#include "bot/community/voice_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/care_ledger.hpp"
#include "bot/store/notice_ledger.hpp"

namespace linli::handlers {

class NoticeHandler final : public dialog::Handler {
 public:
  struct Ledgers {
    store::NoticeLedger& notices;
    store::CareLedger& care;
    store::AppointmentLedger& appointments;
    store::AreaLedger& areas;
    store::PersonLedger& people;
  };
  NoticeHandler(Ledgers ledgers, dialog::TaskDesk& desk, const community::CareRules& care,
                const community::VoiceRules& rules, int kept_for_urgent)
      : l_(ledgers), desk_(desk), care_(care), rules_(rules), kept_for_urgent_(kept_for_urgent) {}

  std::string_view topic() const override { return "notice"; }
  std::vector<dialog::Step> steps() const override;
  std::vector<dialog::TextId> texts() const override;
  /// "yes" for a reader's 收到, "return" and "transfer" because nobody can read it for another.
  std::vector<std::string_view> commands() const override {
    return {"notice", "notice_list", "notice_withdraw", "notice_correct", "yes", "return", "transfer"};
  }
  void start(dialog::Turn& turn) override;
  bool command(dialog::Turn& turn, const dialog::Command& command) override;
  dialog::Answered answer(dialog::Turn& turn) override;
  void answer_ask(dialog::Turn& turn, std::int64_t ref, std::string_view digit) override;
  void due(dialog::Turn& turn, const store::Due& due) override;

 private:
  using Notice = store::Notice;

  // --- writing
  AreaId own_area(dialog::Turn& turn);
  bool may_write(dialog::Turn& turn, AreaId area);
  bool may_see_care(dialog::Turn& turn, AreaId area);
  void refuse(dialog::Turn& turn);
  void write(dialog::Turn& turn, std::string words);
  void ask_audience(dialog::Turn& turn);
  dialog::Answered answer_audience(dialog::Turn& turn);
  void preview(dialog::Turn& turn);
  dialog::Answered answer_confirm(dialog::Turn& turn);
  Notice drafted(dialog::Turn& turn);
  store::NoticeForecast forecast(dialog::Turn& turn, const Notice& notice);
  void accept(dialog::Turn& turn, Time at);
  std::string audience_text(const Notice& notice);
  dialog::Values values(const Notice& notice);

  // --- sending
  void schedule(dialog::Turn& turn, const Notice& notice, Time at, std::string data);
  void send_slice(dialog::Turn& turn, Notice& notice);
  std::vector<std::pair<PersonId, AreaId>> next_readers(dialog::Turn& turn, Notice& notice, int most);
  std::vector<std::pair<PersonId, AreaId>> care_audience(const Notice& notice);
  bool tell_reader(dialog::Turn& turn, const Notice& notice, PersonId person, AreaId area);
  void finished(dialog::Turn& turn, Notice& notice);
  void close_slice(dialog::Turn& turn, Notice& notice, PersonId after);
  void deadline_lists(dialog::Turn& turn, const Notice& notice);

  // --- showing, correcting
  void list(dialog::Turn& turn);
  void show(dialog::Turn& turn, std::int64_t number, bool names);
  std::string name_lines(const std::vector<store::NoticeReader>& readers, bool homes);
  std::optional<Notice> manageable(dialog::Turn& turn, const dialog::Command& command);
  void withdraw(dialog::Turn& turn, Notice& notice);
  void correct(dialog::Turn& turn, Notice& notice, std::string words);

  // --- reading
  bool acknowledge_command(dialog::Turn& turn, const dialog::Command& command);
  void acknowledge(dialog::Turn& turn, community::Task& task);

  Ledgers l_;
  dialog::TaskDesk& desk_;
  const community::CareRules& care_;
  const community::VoiceRules& rules_;
  int kept_for_urgent_;
};

}  // namespace linli::handlers
