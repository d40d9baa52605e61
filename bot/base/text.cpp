#include "bot/base/text.hpp"

#include <cstdint>
#include <memory>
#include <stdexcept>
#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "bot/base/utf8.hpp"

namespace linli {

namespace {

constexpr std::int32_t drop = 0, unsure = -1;
/// More combining marks than Unicode's stream-safe format allows on one letter are decoration; putting them
/// in order would take quadratic time.
constexpr int most_marks = 30;

std::int32_t lower(std::int32_t code) {
  return code >= 'A' && code <= 'Z' ? code + 32 : code;
}

/// Collects characters, white space runs as one blank between them.
class Collector {
 public:
  explicit Collector(std::size_t expected) { out_.reserve(expected); }
  void blank() { blank_ = !out_.empty(); }
  void add(std::int32_t code) {
    if (blank_) out_ += ' ';
    blank_ = false;
    if (code < 0x80) {
      out_ += static_cast<char>(code);
      return;
    }
    char bytes[4];
    std::size_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, code);
    out_.append(bytes, length);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
  bool blank_ = false;
};

/// What becomes of a character that is common in chat and that neither joins nor is joined by its neighbours:
/// the character to write, ' ' for white space, `drop`, or `unsure` if Unicode's tables must be asked.
std::int32_t quick(std::int32_t code) {
  if (code < 0x80) {
    if (code > 0x20 && code < 0x7F) return lower(code);
    return code == 0x20 || (code >= 0x09 && code <= 0x0D) ? ' ' : drop;
  }
  if (code >= 0x4E00 && code <= 0x9FFF) return code;                  // ideographs
  if (code >= 0xFF01 && code <= 0xFF5E) return lower(code - 0xFEE0);  // full-width ASCII
  if (code == 0x3000) return ' ';                                     // ideographic space
  if (code == 0x3001 || code == 0x3002 || (code >= 0x3008 && code <= 0x3011))
    return code;  // 、。 《》「」【】
  if (code == 0x2014 || code == 0x2018 || code == 0x2019 || code == 0x201C || code == 0x201D)
    return code;                                        // —‘’“”
  if (code >= 0x1F300 && code <= 0x1FAFF) return code;  // emoji
  if ((code >= 0x200B && code <= 0x200F) || (code >= 0x202A && code <= 0x202E)) return drop;
  if ((code >= 0x2060 && code <= 0x206F) || (code >= 0xFE00 && code <= 0xFE0F) || code == 0xFEFF) return drop;
  return unsure;
}

/// False if a character is none of the quick ones; `out` is then of no use.
bool normalise_quickly(std::string_view text, std::string& out) {
  Collector collected(text.size());
  for (std::size_t at = 0; at < text.size();) {
    std::int32_t code = 0;
    U8_NEXT(text.data(), at, text.size(), code);
    std::int32_t mapped = code < 0 ? unsure : quick(code);
    if (mapped == unsure) return false;
    if (mapped == ' ') {
      collected.blank();
    } else if (mapped != drop) {
      collected.add(mapped);
    }
  }
  out = collected.take();
  return true;
}

bool is_dropped(std::int32_t code) {
  return u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) ||
         u_charType(code) == U_CONTROL_CHAR ||
         (code >= 0xFFF9 && code <= 0xFFFB);  // marks of interlinear annotation
}

/// White space, what is dropped, ASCII case, broken UTF-8; everything but the normal form.
std::string filter(std::string_view text) {
  Collector collected(text.size() + 16);
  int marks = 0;
  for (std::size_t at = 0; at < text.size();) {
    std::int32_t code = 0;
    U8_NEXT_OR_FFFD(text.data(), at, text.size(), code);
    if (u_isUWhiteSpace(code)) {
      collected.blank();
    } else if (!is_dropped(code)) {
      marks = u_getCombiningClass(code) == 0 ? 0 : marks + 1;
      if (marks <= most_marks) collected.add(lower(code));
    }
  }
  return collected.take();
}

std::string compatibility_form(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  if (U_SUCCESS(status)) nfkc->normalizeUTF8(0, text, sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU: ") + u_errorName(status));
  return out;
}

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/// The length of the sentence end at `at` (0 if none), closing quotes and brackets with it.
std::size_t sentence_end(std::string_view text, std::size_t at) {
  auto starts = [&](std::string_view word, std::size_t where) {
    return text.substr(where).starts_with(word);
  };
  std::size_t end = 0;
  for (std::string_view mark : {"。", "！", "？", "；"}) {
    if (starts(mark, at)) end = at + mark.size();
  }
  // Inside a web address or a smiley these are no sentence ends: blank, end or Chinese must follow.
  if (text[at] == '!' || text[at] == '?' || text[at] == ';') {
    bool alone = at + 1 == text.size() || is_space(text[at + 1]) || (text[at + 1] & 0x80) != 0;
    if (alone) end = at + 1;
  }
  if (end == 0) return 0;
  for (bool more = true; more;) {
    more = false;
    for (std::string_view closing : {"”", "’", "」", "』", "）", ")"}) {
      if (starts(closing, end)) end += closing.size(), more = true;
    }
  }
  return end - at;
}

/// The last end of a line or sentence within `limit`; 0 if none.
std::size_t last_end(std::string_view text, std::size_t limit) {
  std::size_t found = 0;
  for (std::size_t at = 0; at < limit; ++at) {
    if (text[at] == '\n') {
      found = at + 1;
    } else if (std::size_t length = sentence_end(text, at); length > 0 && at + length <= limit) {
      found = at + length;
    }
  }
  return found;
}

/// The last place within `limit` that is not inside a character as a reader sees it (an emoji of several code
/// points, a letter with its marks). Broken text, and one endless character, are cut between code points.
std::size_t last_character_end(std::string_view text, std::size_t limit) {
  std::size_t between_codes = utf8_prefix(text, limit).size();
  std::size_t from = limit > 256 ? utf8_prefix(text, limit - 256).size() : 0;
  std::string_view window = text.substr(from, between_codes - from + 64);
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<UText, decltype(&utext_close)> opened(
      utext_openUTF8(nullptr, window.data(), static_cast<std::int64_t>(window.size()), &status), utext_close);
  std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status));
  if (U_FAILURE(status)) return between_codes;
  breaks->setText(opened.get(), status);
  auto cut = static_cast<std::int32_t>(between_codes - from);
  if (U_FAILURE(status) || breaks->isBoundary(cut)) return between_codes;
  std::int32_t before = breaks->preceding(cut);
  return before > 0 ? from + static_cast<std::size_t>(before) : between_codes;
}

std::string_view without_blanks_at_end(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::string_view without_blanks_at_start(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  return text;
}

}  // namespace

std::string normalise(std::string_view text) {
  std::string form;
  if (normalise_quickly(text, form)) return form;
  // The normal form can bring forth what is filtered, and filtering can bring letters and marks together, so
  // both are repeated until nothing changes: as a rule once, and once more to see it.
  form = compatibility_form(filter(text));
  for (int round = 0; round < 8; ++round) {
    std::string next = compatibility_form(filter(form));
    if (next == form) break;
    form = std::move(next);
  }
  return form;
}

std::vector<std::string> split_for_sending(std::string_view text, std::size_t max_bytes) {
  if (max_bytes < 4) throw std::invalid_argument("split_for_sending: a character can have four bytes");
  std::vector<std::string> parts;
  while (text.size() > max_bytes) {
    std::size_t cut = last_end(text, max_bytes);
    if (cut < max_bytes / 4) cut = last_character_end(text, max_bytes);
    std::string_view part = without_blanks_at_end(text.substr(0, cut));
    if (!part.empty()) parts.emplace_back(part);
    text = without_blanks_at_start(text.substr(cut));
  }
  if (!text.empty() || parts.empty()) parts.emplace_back(text);
  return parts;
}

}  // namespace linli
