#include "bot/store/care_ledger.hpp"

#include <sstream>

#include "bot/store/path_range.hpp"
#include "bot/store/sealed.hpp"

namespace linli::store {

namespace {

constexpr std::string_view categories_purpose = "care.categories";
constexpr std::string_view contact_purpose = "care_contact.words";
constexpr std::string_view follow_purpose = "care_follow.words";
constexpr std::string_view conditions_purpose = "member.conditions";

std::string select(const char* rest) {
  return std::string(
             "select c.id, c.household, c.state, c.categories_sealed, c.every_days, c.role, c.carer, "
             "c.consent, "
             "c.created_by, c.created_at, c.asked_by, c.next_day, c.reminded_day, c.no_answers, "
             "c.observed_until from care c ") +
         rest;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

template <class... In>
std::vector<Care> read(Statement& statement, FieldCipher& cipher, const In&... in) {
  std::vector<Care> rows;
  using Text = std::string;
  statement.each<std::int64_t, AreaId, Text, Text, int, Text, PersonId, Text, PersonId, Time, PersonId, Text,
                 Text, int, Time>(
      [&](std::int64_t id, AreaId household, Text state, const Text& categories, int every, Text role,
          PersonId carer, Text consent, PersonId by, Time at, PersonId asked, Text next, Text reminded,
          int no_answers, Time observed) {
        rows.push_back({id, household, std::move(state),
                        split(open_field(cipher, categories, categories_purpose)), every, std::move(role),
                        carer, std::move(consent), by, at, asked, std::move(next), std::move(reminded),
                        no_answers, observed});
      },
      in...);
  return rows;
}

template <class... In>
std::optional<Care> read_one(Statement& statement, FieldCipher& cipher, const In&... in) {
  auto rows = read(statement, cipher, in...);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front());
}

}  // namespace

CareLedger::CareLedger(Database& db, FieldCipher& cipher)
    : cipher_(cipher),
      add_(db,
           "insert into care (household, state, categories_sealed, every_days, role, carer, consent, "
           "created_by, "
           "created_at, asked_by, next_day, observed_until) values (:household, :state, :categories, :every, "
           ":role, :carer, :consent, :by, :at, :asked, :next, :observed) returning id"),
      save_(db,
            "update care set state = :state, categories_sealed = :categories, every_days = :every, role = "
            ":role, "
            "carer = :carer, consent = :consent, next_day = :next, reminded_day = :reminded, "
            "no_answers = :no_answers, observed_until = :observed where id = :id"),
      end_(db, "update care set state = 'ended', ended_at = :now where id = :id"),
      find_(db, select("where c.id = :id and c.state <> 'ended'")),
      household_(db, select("where c.household = :household and c.state <> 'ended'")),
      below_(db, select("join area a on a.id = c.household where c.state <> 'ended' and a.path >= :from "
                        "and a.path < :end order by a.path")),
      carer_(db, select("where c.carer = :person and c.state = 'running' order by c.id")),
      candidates_(
          db,
          "select m.household, m.lives_alone, m.conditions_sealed from member m "
          "join area a on a.id = m.household where m.state = 'confirmed' "
          "and (m.lives_alone = 1 or m.conditions_sealed <> '') and a.path >= :from and a.path < :end "
          "and not exists (select 1 from care c where c.household = m.household and c.state <> 'ended') "
          "order by a.path, m.id"),
      record_(db,
              "insert into care_contact (care, day, at, person, how, words_sealed) "
              "values (:care, :day, :at, :person, :how, :words)"),
      last_(db,
            "select day, at, person, how, words_sealed from care_contact where care = :care "
            "order by id desc limit 1"),
      contacted_(db,
                 "select 1 from care_contact where care = :care and day = :day "
                 "and how in ('ok', 'need', 'self') limit 1"),
      heard_(db,
             "select 1 from checkin where household = :household and day = :day and via = 'self' "
             "and objected_at is null limit 1"),
      follow_(db, "insert into care_follow (care, day, words_sealed) values (:care, :day, :words)"),
      follows_(db,
               "select id, day, words_sealed from care_follow where care = :care and done_at is null "
               "and day <= :until order by day, id"),
      followed_(db,
                "update care_follow set done_at = :now where care = :care and done_at is null "
                "and day <= :until"),
      erase_contacts_(db, "update care_contact set words_sealed = '' where care = :care"),
      erase_follows_(db, "delete from care_follow where care = :care") {}

void CareLedger::add(Care& care) {
  auto row = add_.one<std::int64_t>(
      care.household, care.state, seal_field(cipher_, joined(care.categories), categories_purpose),
      care.every_days, care.role, none_if_zero(care.carer), care.consent, care.created_by, care.created_at,
      none_if_zero(care.asked_by), care.next_day, care.observed_until);
  care.id = std::get<0>(*row);
}

void CareLedger::save(const Care& care) {
  save_.run(care.state, seal_field(cipher_, joined(care.categories), categories_purpose), care.every_days,
            care.role, none_if_zero(care.carer), care.consent, care.next_day, care.reminded_day,
            care.no_answers, care.observed_until, care.id);
}

void CareLedger::end(std::int64_t id, Time now) {
  end_.run(now, id);
}
std::optional<Care> CareLedger::find(std::int64_t id) {
  return read_one(find_, cipher_, id);
}
std::optional<Care> CareLedger::of_household(AreaId household) {
  return read_one(household_, cipher_, household);
}
std::vector<Care> CareLedger::below(std::string_view path) {
  return read(below_, cipher_, path, end_of_below(path));
}
std::vector<Care> CareLedger::of_carer(PersonId person) {
  return read(carer_, cipher_, person);
}

std::vector<CareCandidate> CareLedger::candidates(std::string_view path) {
  std::vector<CareCandidate> found;
  candidates_.each<AreaId, bool, std::string>(
      [&](AreaId household, bool alone, const std::string& conditions) {
        found.push_back({household, alone, open_field(cipher_, conditions, conditions_purpose)});
      },
      path, end_of_below(path));
  return found;
}

void CareLedger::record(std::int64_t care, const CareContact& contact) {
  record_.run(care, contact.day, contact.at, none_if_zero(contact.person), contact.how,
              seal_field(cipher_, contact.words, contact_purpose));
}

std::optional<CareContact> CareLedger::last(std::int64_t care) {
  auto row = last_.one<std::string, Time, PersonId, std::string, std::string>(care);
  if (!row) return std::nullopt;
  auto& [day, at, person, how, words] = *row;
  return CareContact{day, at, person, how, open_field(cipher_, words, contact_purpose)};
}

bool CareLedger::contacted(std::int64_t care, std::string_view day) {
  return contacted_.one<int>(care, day).has_value();
}

bool CareLedger::heard_itself(AreaId household, std::string_view day) {
  return heard_.one<int>(household, day).has_value();
}

void CareLedger::follow(std::int64_t care, std::string_view day, std::string_view words) {
  follow_.run(care, day, seal_field(cipher_, words, follow_purpose));
}

std::vector<CareFollow> CareLedger::follows(std::int64_t care, std::string_view until_day) {
  std::vector<CareFollow> found;
  follows_.each<std::int64_t, std::string, std::string>(
      [&](std::int64_t id, std::string day, const std::string& words) {
        found.push_back({id, std::move(day), open_field(cipher_, words, follow_purpose)});
      },
      care, until_day);
  return found;
}

void CareLedger::followed(std::int64_t care, std::string_view until_day, Time now) {
  followed_.run(now, care, until_day);
}

void CareLedger::erase_words(std::int64_t care) {
  erase_contacts_.run(care);
  erase_follows_.run(care);
}

}  // namespace linli::store
