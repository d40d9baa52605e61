// config/linli.toml as values. Read once at start; every error names file, key, what was found and what is
// allowed.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"
#include "bot/base/toml_file.hpp"
#include "bot/community/datum.hpp"
#include "bot/community/duty_limits.hpp"
#include "bot/community/voice_rules.hpp"
#include "bot/http/server.hpp"
#include "bot/outbox/courier.hpp"
#include "bot/pictures/program.hpp"
#include "bot/pipeline/intake.hpp"
#include "bot/platform/account_settings.hpp"
#include "handlers/gate.hpp"

namespace linli::app {

struct AccountConfig {
  platform::AccountSettings platform;
  outbox::TemplateSettings templates;
  std::string menu;  // file; empty: none
};

struct Settings {
  std::string time_zone;
  // Files, or folders of them, as their keys say.
  std::filesystem::path words, policies, coverage, care, campaign, patrol, inspection, guidance,
      guidance_cards, questions, bulletin, assessment, understanding, templates, areas, levels, calendar,
      activities;
  community::Datum map_datum{};
  community::DutyRules duty;
  std::string intake_area;
  std::string database, key_file;
  int checkpoint_pages{};
  Seconds keep_messages{};
  http::ServerOptions http;
  pipeline::IntakeSettings intake;
  Seconds dialog_expiry{};
  std::vector<int> digest_at;
  outbox::Limits limits;
  handlers::GateSettings gate;
  community::VoiceRules voice;
  pictures::Settings pictures;
  std::map<std::string, AccountConfig> accounts;
};

/// `environment` answers a variable's value, empty if unset; secrets come only from there.
Result<Settings> read_settings(const std::filesystem::path& file,
                               const std::function<std::string(const std::string&)>& environment);

std::string from_environment(const std::string& name);

}  // namespace linli::app
