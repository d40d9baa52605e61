#include "bot/app/match.hpp"

#include <chrono>
#include <cmath>
#include <filesystem>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <fstream>
#include <unordered_map>

#include "bot/app/lines.hpp"
#include "bot/base/digest.hpp"
#include "bot/base/file.hpp"
#include "bot/base/json.hpp"
#include "bot/understanding/matcher.hpp"

namespace linli::app {

namespace {

using understanding::Matcher;
using understanding::Thresholds;
using understanding::Tier;

constexpr std::size_t most_file = std::size_t{1} << 30;

/// Calls `take` with the number and the object of each line that is not empty. Read line by line: 100,000
/// claims are a file of fifty megabytes.
template <class Take>
Result<void> each_line(const std::string& file, Take take) {
  std::error_code problem;
  if (!std::filesystem::exists(file, problem))
    return Error{Errc::not_found, fmt::format("{}: there is no such file", file)};
  if (std::filesystem::is_directory(file, problem))
    return Error{Errc::bad_input, fmt::format("{}: is a folder, not a file", file)};
  std::ifstream stream(file, std::ios::binary);
  std::size_t number = 0;
  std::string kept;
  while (std::getline(stream, kept)) {
    std::string_view line = kept;
    ++number;
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.remove_prefix(3);
    if (line.find_first_not_of(" \t\r") == line.npos) continue;
    auto wrong = [&](std::string_view reason) {
      return Error{Errc::bad_input, fmt::format("{}:{}: {}", file, number, reason)};
    };
    auto json = parse_json(line);
    if (!json) return wrong(json.error().text);
    if (json->kind() != JsonValue::Kind::object) return wrong("expected an object, {\"id\": ...}");
    if (Result<void> taken = take(number, *json); !taken) return wrong(taken.error().text);
  }
  if (!stream.eof())
    return Error{Errc::bad_input, fmt::format("{}: cannot be read; check its permissions", file)};
  return {};
}

struct Claims {
  std::vector<std::string> ids;
  std::unordered_map<std::string, std::size_t> lines;
};

Result<Claims> read_claims(const std::string& file, Matcher& matcher) {
  Claims claims;
  auto read = each_line(file, [&](std::size_t number, const JsonValue& json) -> Result<void> {
    auto id = json.text_at("id");
    auto story = json.text_at("canonical_text");
    if (!id || id->empty()) return Error{Errc::bad_input, "\"id\": expected a text that is not empty"};
    if (!story || story->find_first_not_of(" \t\r\n") == story->npos)
      return Error{Errc::bad_input, "\"canonical_text\": expected the story as a text"};
    auto [known, fresh] = claims.lines.try_emplace(std::string(*id), number);
    if (!fresh)
      return Error{Errc::bad_input, fmt::format("id \"{}\" stands on line {} already", *id, known->second)};
    matcher.add(*story, json.text_at("clarification").value_or(std::string_view{}));
    claims.ids.emplace_back(*id);
    return {};
  });
  if (!read) return read.error();
  matcher.finish();
  return claims;
}

struct Asked {
  bool known{};   // a story of the list
  bool right{};   // the best candidate is that story
  bool answer{};  // nothing that matters differs
  double score{};
};

struct Shares {
  double answered{}, wrong{}, offered{}, alarmed{};
};

/// What becomes of the queries at these thresholds.
Shares judge(const std::vector<Asked>& asked, const Thresholds& thresholds) {
  double answers = 0, wrong = 0, offered = 0, known = 0, unknown = 0, alarmed = 0;
  for (const auto& one : asked) {
    const bool answer = one.answer && one.score >= thresholds.answer;
    const bool shown = answer || one.score >= thresholds.suggest;
    answers += answer ? 1 : 0;
    wrong += answer && !one.right ? 1 : 0;
    (one.known ? known : unknown) += 1;
    offered += one.known && shown && one.right ? 1 : 0;
    alarmed += !one.known && shown ? 1 : 0;
  }
  auto share = [](double part, double all) { return all > 0 ? part / all : 0; };
  return {answers, share(wrong, answers), share(offered, known), share(alarmed, unknown)};
}

std::string today() {
  return fmt::format("{:%Y-%m-%d}",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

Result<std::vector<Asked>> ask_all(const MatchRun& run, const Claims& claims, const Matcher& matcher) {
  std::vector<Asked> asked;
  auto read = each_line(run.calibrate, [&](std::size_t, const JsonValue& json) -> Result<void> {
    auto query = json.text_at("query");
    const JsonValue* expected = json.find("expected_id");
    if (!query) return Error{Errc::bad_input, "\"query\": expected a text"};
    if (!expected || (!expected->is_null() && !expected->text()))
      return Error{Errc::bad_input, "\"expected_id\": expected the id of a claim, or null"};
    auto found = matcher.match(*query);
    Asked one{!expected->is_null(), false, found.tier == Tier::answer, found.score};
    if (!found.candidates.empty()) {
      const std::string& best = claims.ids[found.candidates.front()];
      one.right = expected->text() == best;
      if (const JsonValue* also = json.find("also_ok")) {
        for (const auto& id : also->items()) one.right |= id.text() == best;
      }
    }
    asked.push_back(one);
    return {};
  });
  if (!read) return read.error();
  if (asked.empty()) return Error{Errc::bad_input, fmt::format("{}: there is no query in it", run.calibrate)};
  return asked;
}

int calibrate(const Settings& settings, const MatchRun& run, const Claims& claims, Matcher& matcher) {
  matcher.set({0, 0});
  auto asked = ask_all(run, claims, matcher);
  if (!asked) {
    fmt::print(stderr, "{}\n", asked.error().text);
    return 2;
  }
  fmt::print("suggest  negatives offered  known offered right\n");
  Thresholds best{1.01, 1.01};
  for (int step = 100; step >= 0; --step) {
    const double suggest = step / 100.0;
    Shares shares = judge(*asked, {1.01, suggest});
    if (step % 5 == 0)
      fmt::print("{:.2f}     {:.3f}              {:.3f}\n", suggest, shares.alarmed, shares.offered);
    if (shares.alarmed <= run.max_false) best.suggest = suggest;
  }
  fmt::print("answer   answers  of them wrong\n");
  bool good = true;  // until one is too low
  for (int step = 101; step >= 50; --step) {
    const double answer = step / 100.0;
    Shares shares = judge(*asked, {answer, best.suggest});
    if (step % 5 == 0) fmt::print("{:.2f}     {:4.0f}     {:.4f}\n", answer, shares.answered, shares.wrong);
    good = good && shares.wrong <= run.max_wrong && answer >= best.suggest;
    if (good) best.answer = answer;
  }
  Shares shares = judge(*asked, best);
  auto claims_text = read_file(run.claims, most_file);
  auto queries = read_file(run.calibrate, most_file);
  if (!claims_text || !queries) {
    fmt::print(stderr, "{}\n", (claims_text ? queries : claims_text).error().text);
    return 1;
  }
  auto path = settings.understanding / "claim_thresholds.toml";
  std::ofstream file(path);
  file << fmt::format(
      "# Written by `linli match --claims FILE --calibrate QUERIES --max-wrong {:g} --max-false {:g}`; see "
      "README.\n"
      "answer = {:.2f}     # at least so alike, and nothing that matters differs: answered ({} answers, "
      "{:.4f} wrong)\n"
      "suggest = {:.2f}    # at least so alike: up to three are offered ({:.3f} of the known ones right, "
      "{:.3f} of the "
      "others)\n"
      "date = \"{}\"\n"
      "queries = {}        # of which {} claims were asked about\n"
      "fingerprint = \"{}\"  # SHA-256 of the claims and the queries\n",
      run.max_wrong, run.max_false, best.answer, shares.answered, shares.wrong, best.suggest, shares.offered,
      shares.alarmed, today(), asked->size(), claims.ids.size(),
      Digest(Digest::Kind::sha256).hex(*claims_text + *queries));
  file.close();
  if (!file) {
    fmt::print(stderr, "{}: cannot be written\n", path.string());
    return 1;
  }
  fmt::print("{}: answer {:.2f}, suggest {:.2f}\n", path.string(), best.answer, best.suggest);
  return 0;
}

std::string line_of(const understanding::Match& match, const std::vector<std::string>& ids) {
  JsonWriter json;
  json.object().key("tier").value(understanding::name(match.tier)).key("id");
  if (match.candidates.empty()) {
    json.null();
  } else {
    json.value(ids[match.candidates.front()]);
  }
  json.key("score").value(std::round(match.score * 10'000) / 10'000).key("candidates").array();
  for (auto candidate : match.candidates) json.value(ids[candidate]);
  return json.end().end().text();
}

}  // namespace

int match(const Settings& settings, const MatchRun& run) {
  auto fail = [](const Error& error) {
    fmt::print(stderr, "{}\n", error.text);
    return 2;
  };
  auto reader = understanding::Reader::load(settings.words);
  if (!reader) return fail(reader.error());
  auto teller = understanding::Storyteller::load(settings.words, *reader);
  if (!teller) return fail(teller.error());
  auto thresholds =
      understanding::read_thresholds((settings.understanding / "claim_thresholds.toml").string());
  if (!thresholds && run.calibrate.empty()) return fail(thresholds.error());
  Matcher matcher(*teller, thresholds ? *thresholds : Thresholds{});
  auto claims = read_claims(run.claims, matcher);
  if (!claims) return fail(claims.error());
  if (!run.calibrate.empty()) return calibrate(settings, run, *claims, matcher);
  return answer_lines([&](std::string_view line) { return line_of(matcher.match(line), claims->ids); });
}

}  // namespace linli::app
