// Base64 as RFC 4648 section 4 writes it: padded, one line, no white space. Used for what is stored
// (encrypted fields) and by bot/platform for ciphertexts. The platform's 43-character key is padded by its
// reader.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace linli {

std::string base64_encode(std::string_view bytes);

/// nullopt for anything that base64_encode would not have written: other characters, missing or early
/// padding, bits left over in the last character.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace linli
