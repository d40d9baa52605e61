#include "bot/base/result.hpp"
#include "bot/community/area.hpp"
#include "bot/store/other.hpp"
#include "bot/dialog/turn.hpp"         // found: bot/store (rank 2) must not include bot/dialog (rank 3)
#include "bot/platform/inbound.hpp"    // found: must not include bot/platform (rank 2)
#include "handlers/human.hpp"          // found: must not include handlers (rank 4)
  #  include "bot/app/settings.hpp"    // found: must not include bot/app (rank 7)
#include "other.hpp"                   // found: include own files by their path
#include "bot/elsewhere/thing.hpp"     // found: has no rank
#include <rapidjson/document.h>        // found: may be included only in
#include <soci/soci.h>
#include <vector>
