#include "bot/app/sample.hpp"

#include <fmt/format.h>

#include "bot/app/import.hpp"
#include "bot/base/toml_file.hpp"

namespace linli::app {

namespace {

Result<std::map<std::string, std::string>> pairs(const TomlFile& file, std::string_view key) {
  auto table = file.table(key);
  if (!table) return table.error();
  std::map<std::string, std::string> found;
  for (const auto& name : table->keys()) {
    auto value = table->text(name);
    if (!value) return value.error();
    found[name] = *value;
  }
  return found;
}

}  // namespace

Result<Sample> read_sample(const std::filesystem::path& folder) {
  auto file = TomlFile::read((folder / "cast.toml").string());
  if (!file) return file.error();
  Sample sample;
  sample.folder = folder;
  auto cast = pairs(*file, "cast");
  if (!cast) return cast.error();
  sample.cast = std::move(*cast);
  auto levels = pairs(*file, "levels");
  if (!levels) return levels.error();
  sample.levels = std::move(*levels);
  auto account = file->table("account");
  if (!account) return account.error();
  auto intake = account->text("intake_area");
  if (!intake) return intake.error();
  sample.intake_area = *intake;
  return sample;
}

Result<void> fill(store::Database& db, FieldCipher& cipher, const Sample& sample, const Zone& zone, Time now,
                  const std::string& account, const std::filesystem::path& area_rules) {
  auto imported = import_folder(db, cipher, sample.folder.string(),
                                {.now = now, .zone = zone, .account = account, .area_rules = area_rules});
  if (!imported) return imported.error();
  // Whoever has a phone wrote to the account yesterday, so that the sample's people count as being there.
  store::Statement(db, "update contact set last_message_at = :at").run(now - Seconds{24 * 3600});
  store::AreaLedger areas(db);
  for (const auto& [code, level] : sample.levels) {
    auto area = areas.find_by_code(code);
    if (!area)
      return Error{Errc::bad_config, fmt::format("{}: [levels]: there is no area '{}'",
                                                 (sample.folder / "cast.toml").string(), code)};
    areas.set_level(area->id, level);
  }
  return {};
}

Result<std::string> openid_of(store::PersonLedger& people, const Sample& sample, const std::string& name) {
  auto code = sample.cast.find(name);
  if (code == sample.cast.end()) {
    return Error{Errc::not_found,
                 fmt::format("{} is not in the cast ({}); a name beginning with 陌生人 needs no entry", name,
                             (sample.folder / "cast.toml").string())};
  }
  auto person = people.find_by_code(code->second);
  auto contact = person ? people.contact_of(*person) : std::nullopt;
  if (!contact) return Error{Errc::not_found, fmt::format("{} has no openid in people.csv", name)};
  return contact->openid;
}

}  // namespace linli::app
