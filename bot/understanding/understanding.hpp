// What a message wants and whether a life is in danger: one object made at start, asked on any thread, before
// the message reaches the store. Values in, values out; `linli classify` prints them.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "bot/base/result.hpp"
#include "bot/understanding/distress.hpp"
#include "bot/understanding/features.hpp"
#include "bot/understanding/intents.hpp"
#include "bot/understanding/reader.hpp"
#include "bot/understanding/wishes.hpp"

namespace linli::understanding {

struct Understood {
  Guess guess;
  std::vector<Wish> wishes;  // in bytes of the message, in the order told; never empty
  bool ask{};                // not sure enough: the bot asks back
  Alarm alarm;
};

class Understanding {
 public:
  /// `words`: config/words; `config`: the folder of intents/, distress/ and understanding.toml. Trains both
  /// classifiers (well under a second). Errc::bad_config names file and line or key.
  static Result<std::unique_ptr<Understanding>> load(const std::filesystem::path& words,
                                                     const std::filesystem::path& config,
                                                     std::span<const TaughtExample> taught = {});

  /// The first of `guess.intents` is what the message as a whole wants; `wishes` are one or more.
  Understood understand(std::string_view message) const;
  const Reader& reader() const { return reader_; }

 private:
  std::vector<Wish> wishes_of(const Reading& reading, std::size_t bytes, Guess& guess) const;
  Understanding(Reader reader, Features features, Intents intents, Wishes wishes, Distress distress,
                double ask_below);

  Reader reader_;
  Features features_;
  Intents intents_;
  Wishes wishes_;
  Distress distress_;
  double ask_below_;
};

}  // namespace linli::understanding
