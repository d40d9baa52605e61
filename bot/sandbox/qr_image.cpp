#include "bot/sandbox/qr_image.hpp"

#include <fmt/format.h>
#include <memory>
#include <qrencode.h>

namespace linli::sandbox {

Result<std::string> qr_svg(const std::string& text) {
  std::unique_ptr<QRcode, decltype(&QRcode_free)> code(
      QRcode_encodeString(text.c_str(), 0, QR_ECLEVEL_M, QR_MODE_8, 1), &QRcode_free);
  if (code == nullptr) return Error{Errc::bad_input, "the text does not fit into a QR code; shorten it"};
  constexpr int margin = 4;  // the quiet zone that readers need
  int size = code->width + 2 * margin;
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {0}\" width=\"430\" height=\"430\" "
      "shape-rendering=\"crispEdges\"><rect width=\"{0}\" height=\"{0}\" fill=\"#fff\"/><path fill=\"#000\" "
      "d=\"",
      size);
  for (int y = 0; y < code->width; ++y) {
    for (int x = 0; x < code->width; ++x) {
      bool dark = (code->data[y * code->width + x] & 1) != 0;
      if (dark) svg += fmt::format("M{} {}h1v1h-1z", x + margin, y + margin);
    }
  }
  svg += "\"/></svg>";
  return svg;
}

}  // namespace linli::sandbox
