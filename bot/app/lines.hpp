// `linli classify` and `linli match`: a line out for each line in, as soon as it is there, so that other
// programs can use them as a pipe.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace linli::app {

/// Calls `answer` with each line of standard input (without its line end, empty ones too) and prints what it
/// returns as a line. 0, or 1 if standard output is gone.
int answer_lines(const std::function<std::string(std::string_view)>& answer);

}  // namespace linli::app
