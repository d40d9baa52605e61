// What understanding a message costs one thread: reading, its intent, and all (with wishes and distress), for
// messages of about ten and about thirty characters and for longer ones. Run in the project's folder:
//   build/tests/bench/bench_understanding [config]
#include "bot/understanding/understanding.hpp"

#include <algorithm>
#include <ctime>
#include <fmt/format.h>

#include "bot/base/utf8.hpp"

using namespace linli;
using namespace linli::understanding;

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Microseconds a message, of the best of several rounds: others use the machine too.
template <class Work>
double cost(const std::vector<std::string>& messages, Work work) {
  double best = 1e9;
  for (int round = 0; round < 20; ++round) {
    const double begin = cpu_seconds();
    for (const auto& message : messages) work(message);
    best = std::min(best, (cpu_seconds() - begin) / static_cast<double>(messages.size()));
  }
  return best * 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  const std::filesystem::path config = argc > 1 ? argv[1] : "config";
  const double begin = cpu_seconds();
  auto all = Understanding::load(config / "words", config);
  if (!all) {
    fmt::print(stderr, "{}\n", all.error().text);
    return 2;
  }
  fmt::print("start: {:.2f} s\n", cpu_seconds() - begin);
  const Reader& reader = (*all)->reader();
  auto features = Features::load(config / "words", reader);
  auto intents = Intents::train(config / "intents", reader, *features);
  if (!features || !intents) return 2;
  std::vector<std::string> examples;
  for (auto intent : intent_names) {
    auto lines = read_examples(config / "intents" / (std::string(intent) + ".txt"), 1);
    if (lines) examples.insert(examples.end(), lines->begin(), lines->end());
  }
  for (auto [least, most] : {std::pair{8, 12}, std::pair{25, 35}, std::pair{36, 200}}) {
    std::vector<std::string> messages;
    std::size_t characters = 0;
    for (const auto& example : examples) {
      auto length = static_cast<int>(utf8_length(example));
      if (length < least || length > most) continue;
      messages.push_back(example);
      characters += static_cast<std::size_t>(length);
    }
    double sum = 0;  // so that nothing is optimised away
    const double reading =
        cost(messages, [&](const std::string& m) { sum += static_cast<double>(reader.read(m).text.size()); });
    const double intent = cost(messages, [&](const std::string& m) {
      sum += intents->guess(reader.read(m).text, *features).confidence;
    });
    const double whole =
        cost(messages, [&](const std::string& m) { sum += (*all)->understand(m).guess.confidence; });
    fmt::print(
        "{} messages of {:.0f} characters: reading {:.1f}, with the intent {:.1f}, all {:.1f} us ({:.0f})\n",
        messages.size(), static_cast<double>(characters) / static_cast<double>(messages.size()), reading,
        intent, whole, sum);
  }
}
