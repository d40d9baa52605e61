// The texts of the gate topic, templates/gate.toml.
#pragma once

#include "bot/dialog/texts.hpp"

namespace linli::handlers::gate {

using dialog::TextId;

inline constexpr TextId what{"gate.what"};
inline constexpr TextId what_help{"gate.what_help"};
inline constexpr TextId ask_plate{"gate.ask_plate"};
inline constexpr TextId ask_plate_again{"gate.ask_plate_again"};
inline constexpr TextId ask_purpose{"gate.ask_purpose"};
inline constexpr TextId ask_place{"gate.ask_place"};
inline constexpr TextId ask_building{"gate.ask_building"};
inline constexpr TextId ask_household{"gate.ask_household"};
inline constexpr TextId ask_visitor{"gate.ask_visitor"};
inline constexpr TextId ask_refused{"gate.ask_refused"};
inline constexpr TextId ask_from{"gate.ask_from"};
inline constexpr TextId ask_reason{"gate.ask_reason"};
inline constexpr TextId ask_site{"gate.ask_site"};
inline constexpr TextId ask_fix{"gate.ask_fix"};
inline constexpr TextId detail_help{"gate.detail_help"};
inline constexpr TextId no_such_place{"gate.no_such_place"};
inline constexpr TextId elsewhere{"gate.elsewhere"};
inline constexpr TextId refused{"gate.refused"};
inline constexpr TextId not_on_post{"gate.not_on_post"};
inline constexpr TextId written{"gate.written"};
inline constexpr TextId fixed{"gate.fixed"};
inline constexpr TextId no_such{"gate.no_such"};
inline constexpr TextId undone{"gate.undone"};
inline constexpr TextId today{"gate.today"};
inline constexpr TextId today_none{"gate.today_none"};
inline constexpr TextId observation_begun{"gate.observation_begun"};
inline constexpr TextId observation_runs{"gate.observation_runs"};
inline constexpr TextId observation_longer{"gate.observation_longer"};
inline constexpr TextId your_longer{"gate.your_longer"};
inline constexpr TextId staff_longer{"gate.staff_longer"};
inline constexpr TextId your_as_before{"gate.your_as_before"};
inline constexpr TextId staff_as_before{"gate.staff_as_before"};
inline constexpr TextId not_observed{"gate.not_observed"};
inline constexpr TextId your_observation{"gate.your_observation"};
inline constexpr TextId staff_returnee{"gate.staff_returnee"};
inline constexpr TextId your_cancelled{"gate.your_cancelled"};
inline constexpr TextId staff_cancelled{"gate.staff_cancelled"};
inline constexpr TextId your_ended{"gate.your_ended"};
inline constexpr TextId staff_ended{"gate.staff_ended"};
inline constexpr TextId out_observed{"gate.out_observed"};
inline constexpr TextId staff_out{"gate.staff_out"};
inline constexpr TextId observed_list{"gate.observed_list"};
inline constexpr TextId observed_none{"gate.observed_none"};
inline constexpr TextId observed_yours{"gate.observed_yours"};
inline constexpr TextId observed_refused{"gate.observed_refused"};
inline constexpr TextId observed_stopped{"gate.observed_stopped"};
inline constexpr TextId stop_how{"gate.stop_how"};
inline constexpr TextId may_not_go_out{"gate.may_not_go_out"};
inline constexpr TextId may_go_out{"gate.may_go_out"};
inline constexpr TextId which_door{"gate.which_door"};

inline constexpr TextId all[] = {what,
                                 what_help,
                                 ask_plate,
                                 ask_plate_again,
                                 ask_purpose,
                                 ask_place,
                                 ask_building,
                                 ask_household,
                                 ask_visitor,
                                 ask_refused,
                                 ask_from,
                                 ask_reason,
                                 ask_site,
                                 ask_fix,
                                 detail_help,
                                 no_such_place,
                                 elsewhere,
                                 refused,
                                 not_on_post,
                                 written,
                                 fixed,
                                 no_such,
                                 undone,
                                 today,
                                 today_none,
                                 observation_begun,
                                 observation_runs,
                                 your_observation,
                                 staff_returnee,
                                 your_cancelled,
                                 staff_cancelled,
                                 your_ended,
                                 staff_ended,
                                 out_observed,
                                 staff_out,
                                 observed_list,
                                 observed_none,
                                 observed_yours,
                                 observed_refused,
                                 observed_stopped,
                                 stop_how,
                                 may_not_go_out,
                                 may_go_out,
                                 which_door,
                                 observation_longer,
                                 your_longer,
                                 staff_longer,
                                 your_as_before,
                                 staff_as_before,
                                 not_observed};

}  // namespace linli::handlers::gate
