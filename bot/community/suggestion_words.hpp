// Is something said about the bot itself: that it writes too much, asks too much, does not understand? Pure.
#pragma once

#include <string_view>

namespace linli::community {

bool complains_about_bot(std::string_view normal);

}  // namespace linli::community
