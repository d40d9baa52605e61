#include "bot/app/transcript.hpp"

#include <charconv>
#include <fmt/format.h>
#include <optional>

#include "bot/base/file.hpp"

namespace linli::app {

namespace {

std::string_view trimmed(std::string_view text) {
  auto first = text.find_first_not_of(" \t\r");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string_view without_comment(std::string_view line) {
  if (line.starts_with("#")) return {};
  auto at = line.find("  #");
  return trimmed(at == line.npos ? line : line.substr(0, at));
}

std::optional<Seconds> duration(std::string_view text) {
  std::int64_t number = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec != std::errc{} || end + 1 != text.data() + text.size()) return std::nullopt;
  switch (*end) {
    case 's':
      return Seconds{number};
    case 'm':
      return Seconds{number * 60};
    case 'h':
      return Seconds{number * 3600};
    case 'd':
      return Seconds{number * 86400};
    default:
      return std::nullopt;
  }
}

Result<Line> read_line(std::string_view text, int number) {
  Line line;
  line.number = number;
  auto word = [&](std::string_view name, Line::Kind kind) {
    if (!text.starts_with(name)) return false;
    line.kind = kind;
    line.text = trimmed(text.substr(name.size()));
    return true;
  };
  if (word("use ", Line::Kind::use) || word("at ", Line::Kind::at) || word("level ", Line::Kind::level))
    return line;
  if (text == "fault") {
    line.kind = Line::Kind::fault;
    return line;
  }
  if (text.starts_with("+")) {
    auto by = duration(text.substr(1));
    if (!by) return Error{Errc::bad_input, "a step of time is written as +30s, +5m, +2h or +1d"};
    line.kind = Line::Kind::advance;
    line.by = *by;
    return line;
  }
  auto send = text.find(" >");
  auto expect = text.find(" <");
  auto at = std::min(send, expect);
  if (at == text.npos)
    return Error{Errc::bad_input, "expected use, at, level, +time, NAME > message or NAME < glob"};
  line.who = trimmed(text.substr(0, at));
  line.text = trimmed(text.substr(at + 2));
  line.kind = at == send               ? Line::Kind::send
              : line.text == "nothing" ? Line::Kind::expect_nothing
                                       : Line::Kind::expect;
  return line;
}

}  // namespace

Result<std::vector<Line>> read_transcript(const std::filesystem::path& path) {
  auto content = read_file(path.string());
  if (!content) return content.error();
  std::vector<Line> lines;
  int number = 0;
  for (std::size_t from = 0; from < content->size();) {
    auto end = std::min(content->find('\n', from), content->size());
    std::string_view text = without_comment(std::string_view(*content).substr(from, end - from));
    from = end + 1;
    ++number;
    if (text.empty()) continue;
    auto line = read_line(text, number);
    if (!line)
      return Error{Errc::bad_input, fmt::format("{}:{}: {}", path.string(), number, line.error().text)};
    lines.push_back(std::move(*line));
  }
  return lines;
}

bool matches(std::string_view glob, std::string_view text) {
  std::size_t g = 0, t = 0, star = glob.npos, mark = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = g++;
      mark = t;
    } else if (g < glob.size() && glob[g] == text[t]) {
      ++g, ++t;
    } else if (star != glob.npos) {
      g = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (g < glob.size() && glob[g] == '*') ++g;
  return g == glob.size();
}

std::vector<std::string> literals(std::string_view glob) {
  std::vector<std::string> found;
  for (std::size_t from = 0; from <= glob.size();) {
    auto star = std::min(glob.find('*', from), glob.size());
    if (star > from) found.emplace_back(glob.substr(from, star - from));
    from = star + 1;
  }
  return found;
}

}  // namespace linli::app
