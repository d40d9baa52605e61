#include "bot/store/asker_list.hpp"

#include <fmt/format.h>

namespace linli::store {

namespace {

std::vector<AskerList::One> read(std::vector<std::tuple<PersonId, std::string>> rows) {
  std::vector<AskerList::One> people;
  for (auto& [person, told] : rows) people.push_back({person, std::move(told)});
  return people;
}

}  // namespace

AskerList::AskerList(Database& db, const std::string& table, const std::string& about,
                     const std::string& told)
    : add_(db, fmt::format("insert into {0} ({1}, person, at) values (:about, :person, :at) "
                           "on conflict ({1}, person) do nothing",
                           table, about)),
      count_(db, fmt::format("select count(*) from {} where {} = :about", table, about)),
      all_(db, fmt::format("select person, {2} from {0} where {1} = :about order by id", table, about, told)),
      told_since_(
          db, fmt::format("select person, {2} from {0} where {1} = :about and told_at >= :since order by id",
                          table, about, told)),
      set_told_(
          db, fmt::format("update {0} set told_at = :at, {2} = :told where {1} = :about and person = :person",
                          table, about, told)) {}

bool AskerList::add(std::int64_t about, PersonId person, Time now) {
  return add_.run(about, person, now) == 1;
}

std::int64_t AskerList::count(std::int64_t about) {
  return std::get<0>(*count_.one<std::int64_t>(about));
}

std::vector<AskerList::One> AskerList::all(std::int64_t about) {
  return read(all_.all<PersonId, std::string>(about));
}

std::vector<AskerList::One> AskerList::told_since(std::int64_t about, Time since) {
  return read(told_since_.all<PersonId, std::string>(about, since));
}

void AskerList::set_told(std::int64_t about, PersonId person, std::string_view told, Time now) {
  set_told_.run(now, told, about, person);
}

}  // namespace linli::store
