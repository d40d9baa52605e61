#include "bot/store/household_answers.hpp"

#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view purpose = "household_answer.value";

}  // namespace

HouseholdAnswers::HouseholdAnswers(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      add_(
          db,
          "insert into household_answer (household, question, value_sealed, at, said_by, typed_by, campaign) "
          "values (:household, :question, :value, :at, :said, :typed, :campaign)"),
      newest_(db,
              "select value_sealed, at, said_by, typed_by, coalesce(campaign, 0) from household_answer "
              "where household = :household and question = :question order by id desc limit 1"),
      fine_(db,
            "select state from checkin where household = :household and day >= :day and objected_at is null "
            "order by day desc limit 1"),
      members_(db, "select count(*) from member where household = :household and state = 'confirmed'"),
      erase_(db, "update household_answer set value_sealed = '' where said_by = :person") {}

void HouseholdAnswers::add(const HouseholdAnswer& a) {
  std::optional<std::int64_t> campaign;
  if (a.campaign != 0) campaign = a.campaign;
  add_.run(a.household, a.question, seal_field(cipher_, a.value, purpose), a.at, none_if_zero(a.said_by),
           none_if_zero(a.typed_by), campaign);
}

std::optional<HouseholdAnswer> HouseholdAnswers::newest(AreaId household, std::string_view question,
                                                        Time since) {
  auto row = newest_.one<std::string, Time, PersonId, PersonId, std::int64_t>(household, question);
  if (!row) return std::nullopt;
  auto& [value, at, said, typed, campaign] = *row;
  if (at < since || value.empty()) return std::nullopt;
  return HouseholdAnswer{
      household, std::string(question), open_field(cipher_, value, purpose), at, said, typed, campaign};
}

std::optional<bool> HouseholdAnswers::fine_since(AreaId household, std::string_view day) {
  auto row = fine_.one<std::string>(household, day);
  if (!row || (std::get<0>(*row) != "fine" && std::get<0>(*row) != "symptom")) return std::nullopt;
  return std::get<0>(*row) == "fine";
}

int HouseholdAnswers::members(AreaId household) {
  return std::get<0>(*members_.one<int>(household));
}

void HouseholdAnswers::erase_said_by(PersonId person) {
  erase_.run(person);
}

}  // namespace linli::store
