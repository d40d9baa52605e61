// A QR code as an SVG picture.
#pragma once

#include <string>

#include "bot/base/result.hpp"

namespace linli::sandbox {

/// Errc::bad_input if the text does not fit into a QR code.
Result<std::string> qr_svg(const std::string& text);

}  // namespace linli::sandbox
