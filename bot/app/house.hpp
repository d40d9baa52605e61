// Everything between the database and the router, put together in one place for all who need the whole: the
// server, the replay of transcripts, the crash tests' checker. No network, no threads: whoever calls
// pipeline() is the store thread.
#pragma once

#include <memory>

#include "bot/app/settings.hpp"
#include "bot/base/field_cipher.hpp"
#include "bot/base/metrics.hpp"
#include "bot/base/random.hpp"
#include "bot/pipeline/pipeline.hpp"
#include "bot/store/ledgers.hpp"
#include "handlers/handlers.hpp"

namespace linli::app {

class House {
 public:
  using Prepare = std::function<Result<void>(store::Database&, FieldCipher&)>;
  /// Opens the database, lets `prepare` fill it (a sample community), reads texts, words and policies, and
  /// checks them against the handlers. The arguments outlive the house.
  static Result<std::unique_ptr<House>> build(const Settings& settings,
                                              const store::DatabaseOptions& database, const Secret& key,
                                              const Clock& clock, Random& random, Metrics& metrics,
                                              const Prepare& prepare = {});

  /// The settings' database with the settings' key, for commands that look at it or add a little.
  static Result<std::unique_ptr<House>> open(const Settings& settings, const Clock& clock, Random& random,
                                             Metrics& metrics);

  pipeline::Pipeline& pipeline() { return *pipeline_; }
  store::Ledgers& ledgers() { return *ledgers_; }
  store::Database& database() { return *db_; }
  FieldCipher& cipher() { return cipher_; }
  dialog::Router& router() { return *router_; }
  const dialog::Texts& texts() { return *texts_; }
  const community::AssessmentRules& assessment() const { return assessment_; }
  const community::LevelRules& levels() const { return coverage_.levels; }
  outbox::Dispatch& dispatch() { return *dispatch_; }
  const Zone& zone() const { return zone_; }

  /// Makes the due rows of what comes back every day, after import and at every start; what is there stays.
  void set_up_rounds(Time now);

 private:
  House(Zone zone, const Secret& key, Random& random);
  Result<void> assemble(const Settings& settings, const Clock& clock, Random& random, Metrics& metrics);

  Zone zone_;
  FieldCipher cipher_;
  std::unique_ptr<store::Database> db_;
  std::unique_ptr<store::Ledgers> ledgers_;
  std::unique_ptr<dialog::Texts> texts_;
  dialog::Words words_;
  community::Policies policies_;
  community::CoverageRules coverage_;
  community::CareRules care_;
  community::PatrolRules patrol_;
  community::InspectionRules inspection_;
  community::GuidanceCards guidance_;
  community::QuestionRules questions_;
  community::BulletinRules bulletin_;
  community::AssessmentRules assessment_;
  community::CampaignRules campaigns_;
  community::VoiceRules voice_;
  community::ActivityRules activities_;
  community::AskBack ask_back_;
  std::unique_ptr<dialog::TaskDesk> desk_;
  std::vector<std::unique_ptr<dialog::Handler>> handlers_;
  std::unique_ptr<dialog::Router> router_;
  std::unique_ptr<dialog::Surroundings> around_;
  std::unique_ptr<outbox::Dispatch> dispatch_;
  std::unique_ptr<schedule::Agenda> agenda_;
  std::unique_ptr<pipeline::Pipeline> pipeline_;
  std::vector<int> digest_at_;
};

}  // namespace linli::app
