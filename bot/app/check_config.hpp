// `linli check-config`: reads everything that people edit and says what is wrong, before a start does.
#pragma once

#include "bot/app/settings.hpp"

namespace linli::app {

/// 0 if everything fits together, 2 with the reason on standard error otherwise.
int check_config(const Settings& settings);

}  // namespace linli::app
