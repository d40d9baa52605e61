#include "handlers/handlers.hpp"

#include "handlers/appointment.hpp"
#include "handlers/assessment.hpp"
#include "handlers/bulletin.hpp"
#include "handlers/campaign.hpp"
#include "handlers/care.hpp"
#include "handlers/coverage.hpp"
#include "handlers/cross_help.hpp"
#include "handlers/emergency_level.hpp"
#include "handlers/fallback.hpp"
#include "handlers/guidance.hpp"
#include "handlers/health_checkin.hpp"
#include "handlers/help_request.hpp"
#include "handlers/human.hpp"
#include "handlers/inspection.hpp"
#include "handlers/life_safety.hpp"
#include "handlers/my_data.hpp"
#include "handlers/my_tasks.hpp"
#include "handlers/notice.hpp"
#include "handlers/pairing.hpp"
#include "handlers/patrol.hpp"
#include "handlers/policy_question.hpp"
#include "handlers/registration.hpp"
#include "handlers/rota.hpp"
#include "handlers/rumour_report.hpp"
#include "handlers/shift_checkin.hpp"
#include "handlers/suggestion.hpp"
#include "handlers/wish.hpp"

namespace linli::handlers {

// The order matters twice: of two topics that take the same command, the first that does not decline has it;
// of two whose rules fit a text, the first. Life safety is first, the fallback last.
std::vector<std::unique_ptr<dialog::Handler>> make_handlers(store::Ledgers& l, dialog::TaskDesk& desk,
                                                            const HandlerSettings& settings) {
  std::vector<std::unique_ptr<dialog::Handler>> table;
  auto row = [&table]<class H>(std::unique_ptr<H> handler) { table.push_back(std::move(handler)); };
  const QuestionDesk questions({l.questions, l.appointments, l.areas}, desk, settings.questions);
  const DutyDesk duties({l.shifts, l.areas, l.people, l.appointments}, desk, settings.duty);
  // clang-format off
  row(std::make_unique<LifeSafetyHandler>(desk, l.areas, l.shifts, l.appointments));
  row(std::make_unique<HumanHandler>(desk, l.people));
  row(std::make_unique<RotaHandler>(duties));
  row(std::make_unique<AssessmentHandler>(AssessmentHandler::Ledgers{l.assessments, l.appointments, l.areas, l.people}, desk, settings.assessment));
  row(std::make_unique<CampaignHandler>(CampaignHandler::Ledgers{l.campaigns, l.answers, l.households, l.consents, l.members, l.appointments, l.areas, l.people}, desk, settings.campaigns));
  row(std::make_unique<GateHandler>(GateHandler::Ledgers{l.gate, l.observations, l.shifts, l.appointments, l.areas, l.people, l.tasks}, settings.gate, CarePlan(l.care, settings.care)));
  row(std::make_unique<RegistrationHandler>(RegistrationHandler::Ledgers{l.people, l.members, l.consents, l.codes, l.appointments, l.areas}, desk));
  row(std::make_unique<AppointmentHandler>(AppointmentHandler::Ledgers{l.appointments, l.absences, l.organisations, l.people, l.areas, l.codes, l.shifts}, desk));
  row(std::make_unique<EmergencyLevelHandler>(EmergencyLevelHandler::Ledgers{l.levels, l.areas, l.appointments, l.shifts}, desk, settings.levels));
  row(std::make_unique<ShiftCheckinHandler>(duties, settings.levels));
  row(std::make_unique<CareHandler>(CareHandler::Ledgers{l.care, l.members, l.consents, l.appointments, l.areas, l.people}, desk, settings.care));
  row(std::make_unique<PatrolHandler>(PatrolHandler::Ledgers{l.patrol, l.appointments, l.areas, l.people}, desk, settings.patrol, settings.levels));
  row(std::make_unique<InspectionHandler>(InspectionHandler::Ledgers{l.inspections, l.appointments, l.areas, l.people}, desk, settings.inspection));
  row(std::make_unique<PolicyQuestionHandler>(questions, settings.guidance));
  row(std::make_unique<GuidanceHandler>(GuidanceHandler::Ledgers{l.guidance, l.appointments}, desk, settings.guidance, questions));
  row(std::make_unique<RumourReportHandler>(l.claims, l.areas, l.appointments, desk, settings.voice.rumour_confirm_above, l.pictures, settings.read_within));
  row(std::make_unique<HelpRequestHandler>(desk, l.areas));
  row(std::make_unique<HealthCheckinHandler>(HealthCheckinHandler::Ledgers{l.checkins, l.consents, l.members, l.areas, l.appointments, l.people}, desk, settings.digest_at, settings.levels));
  row(std::make_unique<NoticeHandler>(NoticeHandler::Ledgers{l.notices, l.care, l.appointments, l.areas, l.people}, desk, settings.care, settings.voice, settings.kept_for_urgent));
  row(std::make_unique<SuggestionHandler>(SuggestionHandler::Ledgers{l.suggestions, l.burden, l.appointments, l.areas}, desk, settings.voice));
  row(std::make_unique<PairingHandler>(PairingHandler::Ledgers{l.pairings, l.organisations, l.codes, l.consents, l.appointments, l.areas}, settings.activities));
  row(std::make_unique<CrossHelpHandler>(CrossHelpHandler::Ledgers{l.organisations, l.appointments, l.areas, l.people, l.links}, desk));
  row(std::make_unique<MyTasksHandler>(desk, l.appointments, l.people));
  row(std::make_unique<MyDataHandler>(MyDataHandler::Ledgers{l.people, l.members, l.consents, l.checkins, l.answers, l.appointments, l.areas}, desk));
  row(std::make_unique<CoverageHandler>(CoverageHandler::Ledgers{l.coverage, l.appointments, l.areas}, desk, settings.coverage));
  row(std::make_unique<BulletinHandler>(BulletinHandler::Ledgers{l.bulletins, l.appointments, l.areas}, settings.bulletin, settings.levels));
  row(std::make_unique<WishHandler>(WishHandler::Ledgers{l.examples, l.members, l.appointments, l.areas, l.shifts}, settings.ask_back));
  row(std::make_unique<FallbackHandler>());
  // clang-format on
  return table;
}

}  // namespace linli::handlers
