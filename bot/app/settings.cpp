#include "bot/app/settings.hpp"

#include <charconv>
#include <cstdlib>
#include <fmt/format.h>

namespace linli::app {

namespace {

using Environment = std::function<std::string(const std::string&)>;

/// Collects the first error, so that reading is a list of lines.
class Reader {
 public:
  explicit Reader(Result<TomlTable> table) {
    if (table)
      table_ = *table;
    else
      error_ = table.error();
  }
  template <class Read, class Into>
  void take(Read read, Into& into) {
    if (error_) return;
    auto value = read(*table_);
    if (!value)
      error_ = value.error();
    else
      into = static_cast<Into>(*value);
  }
  void text(std::string_view key, std::string fallback, std::string& into) {
    take([&](const TomlTable& t) { return t.text(key, fallback); }, into);
  }
  template <class Into>
  void integer(std::string_view key, std::int64_t fallback, Range range, Into& into) {
    take([&](const TomlTable& t) { return t.integer(key, fallback, range); }, into);
  }
  template <class Into>
  void size(std::string_view key, std::int64_t fallback, Into& into) {
    take([&](const TomlTable& t) { return t.size(key, fallback); }, into);
  }
  template <class Into>
  void duration(std::string_view key, Seconds fallback, Into& into) {
    take([&](const TomlTable& t) { return t.duration(key, fallback); }, into);
  }
  Result<void> end() {
    if (error_) return *error_;
    return table_->no_others();
  }
  const TomlTable& table() const { return *table_; }
  bool failed() const { return error_.has_value(); }
  const Error& error() const { return *error_; }
  void fail(Error error) {
    if (!error_) error_ = std::move(error);
  }

 private:
  std::optional<TomlTable> table_;
  std::optional<Error> error_;
};

Result<void> read_http(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("http"));
  r.text("address", "127.0.0.1", s.http.address);
  r.integer("port", 8080, {0, 65535}, s.http.port);
  r.integer("max_connections", 1024, {1, 65536}, s.http.max_connections);
  r.duration("stop_deadline", Seconds{10}, s.http.stop_deadline);
  return r.end();
}

Result<void> read_callback(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("callback"));
  std::string budget;
  r.text("budget", "4500ms", budget);
  if (!r.failed()) {
    int ms = 0;
    auto [end, ec] = std::from_chars(budget.data(), budget.data() + budget.size(), ms);
    if (ec != std::errc{} || std::string_view(end) != "ms" || ms < 100 || ms > 4900) {
      r.fail(r.table().wrong(
          "budget",
          fmt::format("'{}' is not a time between 100ms and 4900ms (the platform closes at 5 s)", budget)));
    }
    s.intake.budget = std::chrono::milliseconds(ms);
  }
  r.integer("platform_tries", 3, {1, 10}, s.intake.platform_tries);
  return r.end();
}

Result<void> read_dialog(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("dialog"));
  r.duration("expiry", Seconds{30 * 60}, s.dialog_expiry);
  std::vector<std::string> times;
  r.take([](const TomlTable& t) { return t.list("digest_at"); }, times);
  for (const std::string& text : times) {
    auto minute = parse_clock(text);
    if (!minute)
      r.fail(r.table().wrong("digest_at", minute.error().text));
    else
      s.digest_at.push_back(*minute);
  }
  return r.end();
}

Result<void> read_outbox(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("outbox"));
  auto& l = s.limits;
  std::string quiet;
  r.text("quiet_hours", "22:00-07:00", quiet);
  r.duration("awake_for", l.awake_for, l.awake_for);
  auto zone = Zone::find(s.time_zone);
  auto hours = zone ? community::QuietHours::read(*zone, quiet) : community::QuietHours();
  if (hours)
    l.quiet = *hours;
  else
    r.fail(r.table().wrong("quiet_hours", hours.error().text));
  r.integer("after_message", l.after_message, {0, 1000}, l.after_message);
  r.duration("after_message_for", l.after_message_for, l.after_message_for);
  r.integer("after_click", l.after_click, {0, 1000}, l.after_click);
  r.duration("after_click_for", l.after_click_for, l.after_click_for);
  r.integer("kept_for_urgent", l.kept_for_urgent, {0, 1000}, l.kept_for_urgent);
  r.integer("most_attempts", l.most_attempts, {1, 100}, l.most_attempts);
  r.duration("first_backoff", l.first_backoff, l.first_backoff);
  r.duration("longest_backoff", l.longest_backoff, l.longest_backoff);
  r.duration("lease", l.lease, l.lease);
  r.duration("same_key", l.same_key, l.same_key);
  return r.end();
}

Result<void> read_gate(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("gate"));
  r.duration("keep", s.gate.keep, s.gate.keep);
  r.integer("observation_days", s.gate.observation_days, {1, 99}, s.gate.observation_days);
  return r.end();
}

Result<void> read_notice(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("notice"));
  auto& v = s.voice;
  r.integer("batch", v.notice_batch, {1, 1000}, v.notice_batch);
  r.duration("every", v.notice_every, v.notice_every);
  r.integer("sends_a_day", v.notice_sends_a_day, {1, 100'000'000}, v.notice_sends_a_day);
  r.duration("acknowledge_within", v.ack_within, v.ack_within);
  return r.end();
}

Result<void> read_suggestion(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("suggestion"));
  r.duration("answer_within", s.voice.answer_within, s.voice.answer_within);
  return r.end();
}

Result<void> read_burden(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("burden"));
  r.integer("week_prompts", s.voice.week_prompts, {0, 1000}, s.voice.week_prompts);
  return r.end();
}

Result<void> read_rumour(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("rumour"));
  r.integer("confirm_above", s.voice.rumour_confirm_above, {0, 1'000'000}, s.voice.rumour_confirm_above);
  return r.end();
}

Result<void> read_duty(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("duty"));
  auto& d = s.duty;
  r.integer("week_shifts", d.limits.week_shifts, {1, 50}, d.limits.week_shifts);
  r.integer("week_hours", d.limits.week_hours, {1, 168}, d.limits.week_hours);
  r.duration("rest", d.limits.rest, d.limits.rest);
  r.integer("walk_metres_a_minute", 70, {10, 500}, d.limits.metres_a_minute);
  r.integer("ask_people", d.ask_people, {1, 100}, d.ask_people);
  r.integer("ask_within_metres", d.ask_within_m, {50, 100000}, d.ask_within_m);
  r.duration("ask_wait", d.ask_wait, d.ask_wait);
  r.integer("post_radius_metres", d.post_radius_m, {10, 5000}, d.post_radius_m);
  return r.end();
}

Result<void> read_pictures(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("pictures"));
  auto& p = s.pictures;
  r.text("command", p.command, p.command);
  r.text("language", p.language, p.language);
  r.size("most_bytes", static_cast<std::int64_t>(p.most_bytes), p.most_bytes);
  r.duration("seconds", p.seconds, p.seconds);
  r.size("memory", static_cast<std::int64_t>(p.memory), p.memory);
  r.integer("at_once", p.at_once, {1, 64}, p.at_once);
  r.integer("most_waiting", p.most_waiting, {1, 10000}, p.most_waiting);
  r.duration("within", p.within, p.within);
  auto language_ok = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '+';
  };
  if (!r.failed() && (p.language.empty() || !std::ranges::all_of(p.language, language_ok)))
    r.fail(r.table().wrong("language", "is not like chi_sim+eng, tesseract's names joined by +"));
  if (!r.failed() && p.within <= p.seconds)
    r.fail(r.table().wrong("within", "is not longer than seconds; nobody would hear what was read"));
  return r.end();
}

Result<void> read_store(const TomlFile& file, Settings& s) {
  Reader r(file.table_or_empty("store"));
  r.text("path", "data/linli.db", s.database);
  r.text("key_file", "data/linli.key", s.key_file);
  r.duration("keep_messages", Seconds{35 * 86400}, s.keep_messages);
  if (!r.failed() && s.keep_messages < Seconds{30 * 86400}) {
    r.fail(r.table().wrong("keep_messages", "is less than 30d; a replayed message is known by its kept key"));
  }
  r.integer("checkpoint_pages", 1000, {100, 100000}, s.checkpoint_pages);
  return r.end();
}

Result<AccountConfig> read_account(const TomlTable& table, const std::string& name,
                                   const Environment& environment) {
  AccountConfig config;
  auto& a = config.platform;
  a.name = name;
  Reader r(table);
  auto secret = [&](std::string_view key, Secret& into) {
    std::string variable;
    r.text(key, "", variable);
    if (!variable.empty()) into = Secret(environment(variable));
  };
  r.text("app_id", "", a.app_id);
  secret("app_secret_env", a.app_secret);
  secret("token_env", a.token);
  secret("aes_key_env", a.aes_key);
  secret("previous_aes_key_env", a.previous_aes_key);
  r.take([](const TomlTable& t) { return t.boolean("plain_mode", false); }, a.plain_mode);
  r.text("api_base", a.api_base, a.api_base);
  r.text("template_id", "", config.templates.id);
  r.take([](const TomlTable& t) { return t.list_or_empty("template_fields"); }, config.templates.fields);
  r.text("menu", "", config.menu);
  auto end = r.end();
  if (!end) return end.error();
  return config;
}

Result<void> read_accounts(const TomlFile& file, const Environment& environment, Settings& s) {
  auto accounts = file.table("account");
  if (!accounts) return accounts.error();
  for (const std::string& name : accounts->keys()) {
    auto table = accounts->table(name);
    if (!table) return table.error();
    auto account = read_account(*table, name, environment);
    if (!account) return account.error();
    s.accounts.emplace(name, std::move(*account));
  }
  return {};
}

}  // namespace

std::string from_environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value ? value : "";
}

Result<Settings> read_settings(const std::filesystem::path& path, const Environment& environment) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  Settings s;
  Reader top{Result<TomlTable>(*file)};
  std::string datum;
  auto path_of = [&top](const char* key, const char* otherwise, std::filesystem::path& kept) {
    std::string read;
    top.text(key, otherwise, read);
    kept = read;
  };
  top.text("time_zone", "Asia/Shanghai", s.time_zone);
  path_of("words", "config/words", s.words);
  path_of("understanding", "config", s.understanding);
  path_of("policies", "config/policies.toml", s.policies);
  path_of("coverage", "config/coverage.toml", s.coverage);
  path_of("care", "config/care.toml", s.care);
  path_of("campaign", "config/campaign.toml", s.campaign);
  path_of("patrol", "config/patrol.toml", s.patrol);
  path_of("inspection", "config/inspection.toml", s.inspection);
  path_of("guidance", "config/guidance.toml", s.guidance);
  path_of("guidance_cards", "config/guidance", s.guidance_cards);
  path_of("questions", "config/questions.toml", s.questions);
  path_of("bulletin", "config/bulletin.toml", s.bulletin);
  path_of("assessment", "config/assessment.toml", s.assessment);
  path_of("templates", "templates", s.templates);
  path_of("areas", "config/areas.toml", s.areas);
  path_of("levels", "config/levels.toml", s.levels);
  path_of("calendar", "config/calendar.toml", s.calendar);
  path_of("activities", "config/activities.toml", s.activities);
  top.take([](const TomlTable& t) { return t.choice("map_datum", {"gcj02", "wgs84"}, "gcj02"); }, datum);
  top.text("intake_area", "", s.intake_area);
  if (top.failed()) return top.error();
  s.map_datum = *community::datum(datum);
  for (auto read : {read_store, read_http, read_callback, read_dialog, read_duty, read_outbox, read_gate,
                    read_notice, read_suggestion, read_burden, read_rumour, read_pictures}) {
    auto done = read(*file, s);
    if (!done) return done.error();
  }
  auto accounts = read_accounts(*file, environment, s);
  if (!accounts) return accounts.error();
  auto others = file->no_others();
  if (!others) return others.error();
  return s;
}

}  // namespace linli::app
