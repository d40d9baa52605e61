// `linli classify`: what each line of standard input wants, as a line of JSON.
#pragma once

#include "bot/app/settings.hpp"

namespace linli::app {

/// 0, 1 if standard output is gone, 2 if an example or word file is wrong.
int classify(const Settings& settings);

}  // namespace linli::app
