// What all files of an import share: the faults found so far, cells read as what they mean, and the codes
// that rows refer to each other by.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "bot/app/import.hpp"
#include "bot/base/csv.hpp"
#include "bot/community/area_rules.hpp"
#include "bot/store/appointment_ledger.hpp"
#include "bot/store/claim_ledger.hpp"
#include "bot/store/due_ledger.hpp"
#include "bot/store/member_ledger.hpp"
#include "bot/store/organisation_ledger.hpp"
#include "bot/store/pairing_ledger.hpp"
#include "bot/store/patrol_ledger.hpp"
#include "bot/store/person_ledger.hpp"
#include "bot/store/question_ledger.hpp"
#include "bot/store/shift_ledger.hpp"

namespace linli::app {

/// A row that was wrong has its code in here without an id: rows that refer to it are not called wrong for
/// it.
template <class Value>
using ByCode = std::map<std::string, std::optional<Value>, std::less<>>;

/// "a|b|c": the codes or wordings of one cell.
std::vector<std::string> parts(std::string_view cell);

class Import {
 public:
  Import(store::Database& db, FieldCipher& cipher, const std::string& folder, const ImportOptions& options,
         const community::AreaRules& rules);

  /// Reads and writes everything, within the caller's transaction. False if anything was wrong; see faults().
  bool run();
  /// One a line, in the order of files and lines.
  std::vector<std::string> faults() const;
  const ImportSummary& summary() const { return summary_; }

 private:
  struct AreaRow;

  // One file each, in the order in which they refer to each other.
  void areas();
  void people();
  void members();
  void organisations();
  void pairings();
  void appointments();
  void posts();
  void shifts();
  void rotas();
  void claims();
  void patrol_points();
  void questions();

  // --- what changes
  void added(std::string what);
  /// `columns`: of the row, what differs from what is there; none: nothing does.
  void compared(std::string_view what, const std::vector<std::string_view>& columns);

  void change_area(AreaRow& row, const store::Area& before, AreaId parent);
  void change_person(const CsvRow& row, PersonId id, const std::optional<store::Area>& home);
  void change_post(const CsvRow& row, const store::Post& before, const store::Post& now,
                   std::vector<community::Hours> hours);
  void change_patrol_point(const CsvRow& row, const store::PatrolPoint& before,
                           const store::PatrolPoint& now);
  store::Question read_question(const CsvRow& row);
  void change_question(const store::Question& before, store::Question& now);
  void schedule_question(QuestionId id);
  struct AppointmentRow;
  std::optional<store::Term> same_term(const AppointmentRow& row);
  void change_term(const AppointmentRow& row, store::Term before);
  void add_term(const AppointmentRow& row);
  void check_badges();
  struct ClaimRow;
  std::vector<ClaimRow> claim_rows();
  std::vector<ClaimRow> claim_lines();
  ClaimRow claim_of_json(std::size_t line, std::string_view text);
  void claim_fault(const ClaimRow& row, std::string_view field, std::string_view reason);
  store::Claim read_claim(const ClaimRow& row, const std::optional<store::Claim>& before);
  void add_claim(const ClaimRow& row, store::Claim claim);
  void change_claim(const ClaimRow& row, store::Claim before, const store::Claim& now);
  int add_variants(const ClaimRow& row, const store::Claim& claim);
  void tell_house(ClaimId claim);
  void schedule_end(AppointmentId id, Time until);

  void read_area(const CsvRow& row, std::vector<AreaRow>& rows);
  void add_area(std::vector<AreaRow>& rows, std::size_t index,
                const std::map<std::string, std::size_t>& index_of);
  bool check_member(const CsvRow& row, const store::Member& member);
  void check_person_of(const CsvRow& row, const store::Member& member);
  bool is_known(const community::Rota& rota, const community::RotaSlot& slot);
  void add_shift(const CsvRow& row, PostId post, PersonId person, std::optional<Day> day, int start, int end);

  // --- files
  /// Its rows; none if there is no such file, or if it cannot be read, which is a fault.
  std::vector<CsvRow> rows(const char* name, std::initializer_list<std::string_view> required,
                           std::initializer_list<std::string_view> optional);
  /// Reads one row by `read`, which returns early on faults; true if there were none.
  template <class Read>
  bool sound(Read read) {
    std::size_t before = faults_.size();
    read();
    return faults_.size() == before;
  }

  // --- cells; each records a fault and answers nothing when the cell does not hold what it should
  void fault(const CsvRow& row, std::string_view column, std::string_view reason);
  std::string required(const CsvRow& row, std::string_view column);
  std::optional<double> real(const CsvRow& row, std::string_view column, double least, double most);
  std::optional<int> integer(const CsvRow& row, std::string_view column, int least, int most);
  bool yes(const CsvRow& row, std::string_view column);
  std::optional<Day> day(const CsvRow& row, std::string_view column);
  std::optional<int> clock(const CsvRow& row, std::string_view column);
  /// The area, person or post that a cell names; empty cells answer nothing without a fault.
  std::optional<store::Area> area(const CsvRow& row, std::string_view column);
  std::optional<store::Area> household(const CsvRow& row, std::string_view column);
  PersonId person(const CsvRow& row, std::string_view column);
  PostId post(const CsvRow& row, std::string_view column);
  OrganisationId organisation(const CsvRow& row, std::string_view column);
  /// A code of its own: present, and not earlier in the file.
  template <class Value>
  std::string own_code(const CsvRow& row, std::string_view column, ByCode<Value>& codes);

  std::string folder_;
  const ImportOptions& options_;
  const community::AreaRules& rules_;
  store::PersonLedger people_;
  store::AreaLedger areas_;
  store::OrganisationLedger organisations_;
  store::PairingLedger pairings_;
  store::AppointmentLedger appointments_;
  store::MemberLedger members_;
  store::ShiftLedger shifts_;
  store::ClaimLedger claims_;
  store::PatrolLedger patrol_;
  store::QuestionLedger questions_;
  store::DueLedger dues_;
  store::Statement openid_, homes_, badge_, merged_into_, overlap_;

  struct Fault {
    std::size_t line{};
    std::string text;
  };
  struct Span {
    std::optional<Day> day;  // none: every day
    int start{}, end{};
  };
  ByCode<store::Area> area_codes_;
  ByCode<PersonId> person_codes_;
  ByCode<PostId> post_codes_;
  ByCode<OrganisationId> organisation_codes_;
  std::map<AreaId, std::vector<store::Member>> households_;
  std::map<AreaId, std::set<std::string>> named_;  // members that this file named, by household
  std::map<PersonId, std::vector<Span>> duties_;
  struct Badge {
    PersonId person;
    CsvRow row;
  };
  std::map<std::string, Badge, std::less<>> badges_;
  std::set<AppointmentId> terms_read_;  // what a row of this file was about
  std::vector<Fault> faults_;
  ImportSummary summary_;
  bool found_a_file_ = false;
};

template <class Value>
std::string Import::own_code(const CsvRow& row, std::string_view column, ByCode<Value>& codes) {
  std::string code = required(row, column);
  if (!code.empty() && !codes.try_emplace(code).second)
    fault(row, column, "this code stands in the file twice");
  return code;
}

}  // namespace linli::app
