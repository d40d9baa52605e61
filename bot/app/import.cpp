#include "bot/app/import.hpp"

#include <filesystem>
#include <fmt/format.h>

#include "bot/app/import_rows.hpp"
#include "bot/app/key_file.hpp"
#include "bot/app/settings.hpp"

namespace linli::app {

std::string ImportSummary::text() const {
  std::string all = fmt::format(
      "{} areas, {} people, {} members, {} organisations, {} appointments, {} posts, {} shifts, {} claims",
      areas, people, members, organisations, appointments, posts, shifts, claims);
  if (pairings > 0) all += fmt::format(", {} pairings", pairings);
  if (rotas > 0) all += fmt::format(", {} lines of rotas", rotas);
  if (patrol_points > 0) all += fmt::format(", {} patrol points", patrol_points);
  if (questions > 0) all += fmt::format(", {} questions", questions);
  if (changed + ended + unchanged == 0) return all;
  return all + fmt::format("; of those there already {} changed, {} ended, {} as they were", changed, ended,
                           unchanged);
}

Result<ImportSummary> import_folder(store::Database& db, FieldCipher& cipher, const std::string& folder,
                                    const ImportOptions& options) {
  auto rules = community::AreaRules::read(options.area_rules);
  if (!rules) return rules.error();
  Import import(db, cipher, folder, options, *rules);
  db.begin();
  try {
    bool good = import.run();
    if (good && !options.dry_run) {
      db.commit();
    } else {
      db.rollback();
    }
    if (good) return import.summary();
  } catch (const store::StorageError& error) {
    db.rollback();
    return Error{Errc::storage, fmt::format("{}: nothing was imported: {}", folder, error.what())};
  } catch (...) {
    db.rollback();
    throw;
  }
  return Error{Errc::bad_input,
               fmt::format("{}\nnothing was imported; correct this and import the folder again",
                           fmt::join(import.faults(), "\n"))};
}

namespace {

Result<ImportSummary> run_import(const Settings& settings, const ImportRun& run) {
  auto zone = Zone::find(settings.time_zone);
  if (!zone) return zone.error();
  SystemRandom random;
  // The first thing that a district does is a dry run: it leaves nothing on disk, not even a key.
  bool nothing_yet = run.dry_run && !std::filesystem::exists(settings.database);
  for (const auto& file : {settings.database, settings.key_file}) {
    std::error_code refused;  // said by whoever opens the file
    auto folder = std::filesystem::path(file).parent_path();
    if (!nothing_yet && !folder.empty()) std::filesystem::create_directories(folder, refused);
  }
  auto key = nothing_yet ? Result<Secret>(Secret(random.bytes(32)))
                         : read_or_make_key(settings.key_file, settings.database, random);
  if (!key) return key.error();
  store::DatabaseOptions options{.path = settings.database, .checkpoint_pages = settings.checkpoint_pages};
  auto db = store::Database::open(nothing_yet ? store::DatabaseOptions{} : options);
  if (!db) return db.error();
  FieldCipher cipher(*key, random);
  std::string account = settings.accounts.empty() ? "" : settings.accounts.begin()->first;
  return import_folder(**db, cipher, run.folder,
                       {.now = SystemClock().now(),
                        .zone = *zone,
                        .dry_run = run.dry_run,
                        .account = account,
                        .area_rules = settings.areas,
                        .beside_house = true});
}

}  // namespace

int import_command(const Settings& settings, const ImportRun& run) {
  auto imported = run_import(settings, run);
  if (!imported) {
    fmt::print(stderr, "{}\n", imported.error().text);
    return 1;
  }
  for (const auto& file : imported->encodings) fmt::print("{}\n", file);
  for (const auto& change : imported->changes) fmt::print("{}\n", change);
  fmt::print("{}{}\n", run.dry_run ? "all good, nothing taken (dry run); new: " : "imported: new ",
             imported->text());
  return 0;
}

}  // namespace linli::app
