// A conversation as text, `linli replay FILE.chat`:
//
//   use config/sample                  # the community it happens in
//   at 2026-03-02 08:00                # sets the clock
//   +30m                               # moves it (s, m, h, d) and lets what is due happen
//   level emergency                    # the district's emergency level
//   fault                              # the next message's turn throws, as a fault of the program would
//   居民甲 > 我妈胸口疼                 # what a person sends; [location 37.87,112.48] [image] [voice] [link
//   标题|网址]                         # [scan post-3] [click checkin] [subscribe] [unsubscribe]
//                                      # [image 文字]: a picture whose words are read within three seconds;
//                                      # [image ?]: one in which nothing can be read; [image]: reading is off
//   居民甲 < *120*                      # what that person receives next: a glob, takes unread messages up to
//   it 居民乙 < nothing                    # has received nothing
//
// A comment begins with # at the start of a line, or after two blanks.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/result.hpp"

namespace linli::app {

struct Line {
  enum class Kind { use, at, advance, level, fault, send, expect, expect_nothing };
  int number{};
  Kind kind{};
  std::string who;
  std::string text;  // folder, moment, level, message or glob
  Seconds by{};
};

/// Errc::bad_input names file, line and what is allowed there.
Result<std::vector<Line>> read_transcript(const std::filesystem::path& file);

/// Does `text` match `glob`, in which * stands for anything?
bool matches(std::string_view glob, std::string_view text);
/// The stretches of a glob between its stars.
std::vector<std::string> literals(std::string_view glob);

}  // namespace linli::app
