// How many notices go when, by when a suggestion is answered, how much is asked of people, how
// many may hear of a verdict without a preview: what config/linli.toml says under [notice], [suggestion],
// [burden] and [rumour].
#pragma once

#include "bot/base/clock.hpp"

namespace linli::community {

struct VoiceRules {
  int notice_batch = 100;            // readers told in one turn
  Seconds notice_every{2};           // and the next turn so much later: other people's messages go between
  int notice_sends_a_day = 20000;    // of all notices together; what is over goes the next day
  Seconds ack_within{3 * 86400};     // whoever has not acknowledged by then is listed to who is near
  Seconds answer_within{7 * 86400};  // a suggestion
  int week_prompts = 14;             // to one person in seven days; 0: no cap
  int rumour_confirm_above = 10;     // more who will hear of a verdict: shown first, then confirmed
};

}  // namespace linli::community
