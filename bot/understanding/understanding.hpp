// What a message wants and whether a life is in danger: one object made at start, asked on any thread, before
// the message reaches the store. Values in, values out; `linli classify` prints them.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/distress.hpp"
#include "bot/understanding/features.hpp"
#include "bot/understanding/intents.hpp"
#include "bot/understanding/reader.hpp"

namespace linli::understanding {

/// One of the things that a message wants, and which bytes of it say so.
struct Wish {
  Intent intent{};
  std::size_t begin{}, end{};
  double confidence{};
};

struct Understood {
  Guess guess;
  std::vector<Wish> wishes;  // in the order told; one, if the message wants one thing
  bool ask{};  // not sure enough: the bot asks back
  Alarm alarm;
};

class Understanding {
 public:
  /// `words`: config/words; `config`: the folder of intents/, distress/ and understanding.toml. Trains both
  /// classifiers (well under a second). Errc::bad_config names file and line or key.
  static Result<std::unique_ptr<Understanding>> load(const std::filesystem::path& words,
                                                     const std::filesystem::path& config);

  Understood understand(std::string_view message) const;
  const Reader& reader() const { return reader_; }

 private:
  Understanding(Reader reader, Features features, Intents intents, Distress distress, double ask_below);

  Reader reader_;
  Features features_;
  Intents intents_;
  Distress distress_;
  double ask_below_;
};

}  // namespace linli::understanding
