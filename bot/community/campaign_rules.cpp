#include "bot/community/campaign_rules.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/base/toml_file.hpp"
#include "bot/community/numerals.hpp"

namespace linli::community {

namespace {

constexpr std::size_t longest_words = 200;  // of a free answer, in bytes

/// Collects the first error, so that reading a table is a list of lines.
class Reader {
 public:
  template <class Value, class Into>
  void take(Result<Value> value, Into& into) {
    if (error) return;
    if (!value)
      error = value.error();
    else
      into = static_cast<Into>(std::move(*value));
  }
  void fail(Error wrong) {
    if (!error) error = std::move(wrong);
  }
  std::optional<Error> error;
};

Result<CampaignQuestion> read_question(const TomlTable& table) {
  Reader r;
  CampaignQuestion q;
  std::string kind, from;
  r.take(table.text("id"), q.id);
  r.take(table.text("ask"), q.ask);
  r.take(table.choice("kind", {"choice", "number", "words"}), kind);
  r.take(table.duration("valid"), q.valid);
  r.take(table.choice("from", {"nobody", "members", "checkin"}, "nobody"), from);
  r.take(table.boolean("health", false), q.health);
  if (r.error) return *r.error;
  if (kind == "choice") {
    r.take(table.list("choices"), q.choices);
    if (!r.error && (q.choices.size() < 2 || q.choices.size() > 6))
      r.fail(table.wrong("choices", fmt::format("has {} texts; give 2 to 6", q.choices.size())));
  } else if (kind == "number") {
    q.kind = CampaignQuestion::Kind::number;
    r.take(table.text("unit", ""), q.unit);
    r.take(table.integer("least", 0, {0, 100000}), q.least);
    r.take(table.integer("most", 100, {1, 100000}), q.most);
    if (!r.error && q.most < q.least) r.fail(table.wrong("most", "is smaller than least"));
  } else {
    q.kind = CampaignQuestion::Kind::words;
  }
  if (from == "members") q.from = CampaignQuestion::From::members;
  if (from == "members" && q.kind != CampaignQuestion::Kind::number)
    r.fail(table.wrong("from", "'members' is a number; write kind = \"number\""));
  if (from == "checkin") {
    q.from = CampaignQuestion::From::checkin;
    r.take(table.text("fine"), q.fine);
    if (!r.error && std::ranges::find(q.choices, q.fine) == q.choices.end())
      r.fail(table.wrong("fine", fmt::format("'{}' is none of the choices", q.fine)));
  }
  r.take(table.list_or_empty("report_when"), q.report_when);
  for (const std::string& choice : q.report_when) {
    if (std::ranges::find(q.choices, choice) == q.choices.end())
      r.fail(table.wrong("report_when", fmt::format("'{}' is none of the choices", choice)));
  }
  if (!q.report_when.empty()) {
    std::string to;
    r.take(table.choice("report_to", {"help", "health"}), to);
    if (to == "health") q.report_to = TaskKind::health;
  }
  auto others = table.no_others();
  if (!others) r.fail(others.error());
  if (r.error) return *r.error;
  return q;
}

Result<CampaignKind> read_kind(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  Reader r;
  CampaignKind kind;
  kind.id = path.stem().string();
  r.take(file->text("name"), kind.name);
  r.take(file->list("words"), kind.words);
  r.take(file->text("done", "完成"), kind.done);
  r.take(file->list_or_empty("levels"), kind.levels);
  r.take(file->boolean("ask_residents", false), kind.ask_residents);
  r.take(file->text("invitation", ""), kind.invitation);
  auto questions = file->tables("question");
  if (!questions) r.fail(questions.error());
  if (r.error) return *r.error;
  for (std::string& word : kind.words) word = normalise(word);
  for (const std::string& level : kind.levels) {
    if (level != "normal" && level != "alert" && level != "emergency")
      return file->wrong("levels", fmt::format("'{}' is no level; use normal, alert, emergency", level));
  }
  if (kind.words.empty()) return file->wrong("words", "is empty: name at least one word");
  for (const TomlTable& table : *questions) {
    auto question = read_question(table);
    if (!question) return question.error();
    if (std::ranges::find(kind.questions, question->id, &CampaignQuestion::id) != kind.questions.end())
      return table.wrong("id", fmt::format("'{}' is asked twice", question->id));
    kind.questions.push_back(std::move(*question));
  }
  if (kind.ask_residents && (kind.questions.empty() || kind.invitation.empty()))
    return file->wrong("ask_residents", "needs an invitation and at least one [[question]]");
  auto others = file->no_others();
  if (!others) return others.error();
  return kind;
}

Result<CampaignAudience> read_audience(const TomlTable& table, const std::string& id) {
  Reader r;
  CampaignAudience audience;
  audience.id = id;
  r.take(table.text("name"), audience.name);
  r.take(table.list("words"), audience.words);
  r.take(table.choice("of", {"lives_alone", "conditions", "born"}), audience.of);
  if (audience.of == "born") r.take(table.integer("age", {1, 120}), audience.age);
  if (r.error) return *r.error;
  for (std::string& word : audience.words) word = normalise(word);
  return audience;
}

std::optional<int> number_in_words(std::string_view normal) {
  std::string text = with_digits(normal);
  auto from = text.find_first_of("0123456789");
  if (from == text.npos) return std::nullopt;
  int number = 0;
  auto [end, ec] = std::from_chars(text.data() + from, text.data() + text.size(), number);
  if (ec != std::errc{}) return std::nullopt;
  bool another =
      std::string_view(end, text.data() + text.size()).find_first_of("0123456789") != std::string_view::npos;
  if (another) return std::nullopt;
  return number;
}

}  // namespace

Result<CampaignRules> CampaignRules::read(const std::filesystem::path& path) {
  auto file = TomlFile::read(path.string());
  if (!file) return file.error();
  CampaignRules rules;
  Reader r;
  std::string roll_up, from, until, folder;
  r.take(file->text("kinds", "campaigns"), folder);
  r.take(file->text("roll_up_at", "18:00"), roll_up);
  r.take(file->text("ask_from", "09:00"), from);
  r.take(file->text("ask_until", "20:00"), until);
  r.take(file->duration("ask_every", Seconds{600}), rules.ask_every);
  r.take(file->integer("ask_batch", 200, {1, 5000}), rules.ask_batch);
  if (r.error) return *r.error;
  if (rules.ask_every < Seconds{30}) return file->wrong("ask_every", "is shorter than 30s");
  for (auto [key, text, into] : {std::tuple{"roll_up_at", &roll_up, &rules.roll_up_minute},
                                 std::tuple{"ask_from", &from, &rules.ask_from_minute},
                                 std::tuple{"ask_until", &until, &rules.ask_until_minute}}) {
    auto minute = parse_clock(*text);
    if (!minute) return file->wrong(key, minute.error().text);
    *into = *minute;
  }
  if (rules.ask_until_minute <= rules.ask_from_minute)
    return file->wrong("ask_until", "is not later than ask_from");
  auto audiences = file->table_or_empty("audience");
  if (!audiences) return audiences.error();
  for (const std::string& id : audiences->keys()) {
    auto table = audiences->table(id);
    if (!table) return table.error();
    auto audience = read_audience(*table, id);
    if (!audience) return audience.error();
    rules.audiences_.push_back(std::move(*audience));
  }
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(path.parent_path() / folder, failed)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (failed || files.empty())
    return file->wrong("kinds",
                       fmt::format("'{}' is no folder beside this file that holds .toml files", folder));
  std::ranges::sort(files);
  for (const auto& one : files) {
    auto kind = read_kind(one);
    if (!kind) return kind.error();
    rules.kinds_.push_back(std::move(*kind));
  }
  auto others = file->no_others();
  if (!others) return others.error();
  return rules;
}

const CampaignKind* CampaignRules::of(std::string_view id) const {
  auto found = std::ranges::find(kinds_, id, &CampaignKind::id);
  return found == kinds_.end() ? nullptr : &*found;
}

const CampaignKind* CampaignRules::named(std::string_view normal) const {
  const CampaignKind* best = nullptr;
  std::size_t longest = 0;
  for (const CampaignKind& kind : kinds_) {
    for (const std::string& word : kind.words) {
      if (word.size() <= longest || normal.find(word) == normal.npos) continue;
      best = &kind;
      longest = word.size();
    }
  }
  return best;
}

const CampaignAudience* CampaignRules::audience(std::string_view id) const {
  auto found = std::ranges::find(audiences_, id, &CampaignAudience::id);
  return found == audiences_.end() ? nullptr : &*found;
}

const CampaignAudience* CampaignRules::audience_named(std::string_view normal) const {
  for (const CampaignAudience& audience : audiences_) {
    for (const std::string& word : audience.words) {
      if (normal.find(word) != normal.npos) return &audience;
    }
  }
  return nullptr;
}

std::optional<std::string> read_campaign_answer(const CampaignQuestion& question, std::string_view normal) {
  using Kind = CampaignQuestion::Kind;
  if (question.kind == Kind::words) {
    if (normal.empty() || normal.size() > longest_words) return std::nullopt;
    return std::string(normal);
  }
  if (question.kind == Kind::number) {
    auto number = number_in_words(normal);
    if (!number || *number < question.least || *number > question.most) return std::nullopt;
    return std::to_string(*number);
  }
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    if (normal == std::to_string(i + 1) || normal == normalise(question.choices[i]))
      return question.choices[i];
  }
  return std::nullopt;
}

std::map<std::string, std::string> answers_in_line(const CampaignKind& kind, std::string_view words) {
  std::map<std::string, std::string> answers;
  std::string text = with_digits(words);
  for (const CampaignQuestion& question : kind.questions) {
    if (question.kind == CampaignQuestion::Kind::number && !question.unit.empty()) {
      auto at = text.find(question.unit);
      if (at == text.npos) continue;
      std::size_t from = at;
      while (from > 0 && text[from - 1] >= '0' && text[from - 1] <= '9') --from;
      auto answer = read_campaign_answer(question, text.substr(from, at - from));
      if (from < at && answer) answers[question.id] = *answer;
    }
    // The longest of the choices that occur: 没外出 before 外出.
    std::size_t longest = 0;
    for (const std::string& choice : question.choices) {
      if (choice.size() > longest && words.find(normalise(choice)) != words.npos) {
        longest = choice.size();
        answers[question.id] = choice;
      }
    }
  }
  return answers;
}

}  // namespace linli::community
