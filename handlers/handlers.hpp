// All topics, in routing order: one row each, naming exactly the ledgers that handler gets.
#pragma once

#include <memory>
#include <vector>

#include "bot/community/activity_rules.hpp"
#include "bot/community/ask_back.hpp"
#include "bot/community/assessment.hpp"
#include "bot/community/bulletin_rules.hpp"
#include "bot/community/campaign_rules.hpp"
#include "bot/community/coverage.hpp"
#include "bot/community/duty_limits.hpp"
#include "bot/community/guidance_cards.hpp"
#include "bot/community/inspection_rules.hpp"
#include "bot/community/level_rules.hpp"
#include "bot/community/patrol_rules.hpp"
#include "bot/community/question.hpp"
#include "bot/community/voice_rules.hpp"
#include "bot/dialog/handler.hpp"
#include "bot/dialog/task_desk.hpp"
#include "bot/store/ledgers.hpp"
#include "handlers/gate.hpp"

namespace linli::handlers {

struct HandlerSettings {
  std::vector<int> digest_at{12 * 60, 18 * 60};  // minutes of the local day
  const community::CoverageRules& coverage;      // outlives the handlers
  const community::CareRules& care;              // the same
  const community::CampaignRules& campaigns;     // the same
  const community::PatrolRules& patrol;          // the same
  const community::InspectionRules& inspection;  // the same
  const community::GuidanceCards& guidance;      // the same
  const community::QuestionRules& questions;     // the same
  GateSettings gate;
  community::LevelRules levels;  // which duties exist at which emergency level
  community::DutyRules duty = {};
  const community::BulletinRules& bulletin;      // outlives the handlers
  const community::AssessmentRules& assessment;  // the same
  const community::VoiceRules& voice;            // the same
  const community::ActivityRules& activities;    // the same
  const community::AskBack& ask_back;            // the same
  int kept_for_urgent = 1;                       // of a window's sends
  Seconds read_within{60};                       // what is not read in a picture by then is asked
};

std::vector<std::unique_ptr<dialog::Handler>> make_handlers(store::Ledgers& l, dialog::TaskDesk& desk,
                                                            const HandlerSettings& settings);

}  // namespace linli::handlers
