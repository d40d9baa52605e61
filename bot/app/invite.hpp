// `linli invite`: single-use codes from the command line, for the first people of a district.
#pragma once

#include <string>

#include "bot/app/settings.hpp"

namespace linli::app {

struct InviteOptions {
  std::string person;     // code in people.csv: binds that person's phone
  std::string household;  // or: code in areas.csv, the household's own code
};

/// Prints the code; 1 if there is no such person or household.
int invite(const Settings& settings, const InviteOptions& options);

}  // namespace linli::app
