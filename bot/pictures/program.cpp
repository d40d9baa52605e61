#include "bot/pictures/program.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "bot/pictures/picture_type.hpp"
#include "bot/pictures/read_words.hpp"

namespace linli::pictures {

namespace asio = boost::asio;

namespace {

std::vector<std::string> environment() {
  std::vector<std::string> own{"OMP_THREAD_LIMIT=1"};
  if (const char* folder = std::getenv("TESSDATA_PREFIX"))
    own.push_back(std::string("TESSDATA_PREFIX=") + folder);
  return own;
}

/// One a line, after a heading.
bool lists(std::string_view listing, std::string_view language) {
  return ("\n" + std::string(listing) + "\n").find("\n" + std::string(language) + "\n") != std::string::npos;
}

}  // namespace

Result<void> look_for(const Settings& settings) {
  if (settings.command.empty())
    return Error{Errc::unavailable, "pictures are not read: [pictures] command is empty"};
  asio::io_context io(1);
  Leash leash;
  Command ask{{settings.command, "--list-langs"}, environment(), {}};
  ProcessLimits limits;
  limits.wall = Seconds{5};
  limits.memory = settings.memory;
  std::optional<Result<std::string>> listing;
  auto on_end = [&listing](std::exception_ptr thrown, Result<std::string> said) {
    if (!thrown) listing = std::move(said);
  };
  asio::co_spawn(io, run_limited(std::move(ask), limits, leash), on_end);
  io.run();
  if (!listing || !*listing) {
    return Error{Errc::unavailable,
                 fmt::format("pictures are not read: '{}' does not run; install tesseract-ocr and "
                             "tesseract-ocr-chi-sim, or set [pictures] command = \"\"",
                             settings.command)};
  }
  for (std::size_t from = 0; from <= settings.language.size();) {
    auto end = std::min(settings.language.find('+', from), settings.language.size());
    auto language = settings.language.substr(from, end - from);
    if (!lists(**listing, language)) {
      std::string package = "tesseract-ocr-" + language;
      std::ranges::replace(package, '_', '-');
      return Error{Errc::unavailable,
                   fmt::format("pictures are not read: '{}' has no data for the language '{}' of [pictures]; "
                               "Debian's package is {}",
                               settings.command, language, package)};
    }
    from = end + 1;
  }
  return {};
}

asio::awaitable<Result<std::string>> Program::read(std::string picture) {
  if (picture.size() > settings_.most_bytes)
    co_return Error{Errc::too_large, "the picture has too many bytes"};
  auto frame = readable_frame(picture);
  if (!frame) co_return frame.error();
  Command command{{settings_.command, "stdin", "stdout", "-l", settings_.language, "--psm", "3", "tsv"},
                  environment(),
                  std::move(picture)};
  ProcessLimits limits;
  limits.wall = settings_.seconds;
  limits.cpu = settings_.seconds;
  limits.memory = settings_.memory;
  auto seen = co_await run_limited(std::move(command), limits, leash_);
  if (!seen) co_return seen.error();
  co_return words_of(*seen);
}

}  // namespace linli::pictures
