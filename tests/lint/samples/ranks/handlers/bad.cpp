#include <boost/asio/steady_timer.hpp>  // found: plain sequential code
#include <spdlog/spdlog.h>              // found: may be included only in

#include "bot/dialog/turn.hpp"
#include "bot/outbox/outbox.hpp"        // found: handlers (rank 4) must not include bot/outbox (rank 4)
#include "bot/store/areas.hpp"
#include "handlers/handlers.hpp"
