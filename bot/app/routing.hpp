// Which topic takes a message: for measuring how well rules and classifier send what people write to the
// right place (tests/understanding/routing.py). Each line of a file, "resident<TAB>家里没米了", is written by
// somebody who has just registered (a resident, a volunteer, a patroller), and goes the whole way through
// pipeline and router.
#pragma once

#include <filesystem>

#include "bot/app/settings.hpp"

namespace linli::app {

/// Prints a line for each line: the topics whose texts the answer is made of, in their order, "-" for
/// silence.
int print_topics(const Settings& settings, const std::filesystem::path& sample,
                 const std::filesystem::path& lines);

}  // namespace linli::app
