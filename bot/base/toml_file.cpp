#include "bot/base/toml_file.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <toml++/toml.h>

#include "bot/base/file.hpp"
#include "bot/base/utf8.hpp"

namespace linli {

namespace {

struct Document {
  std::string file;
  toml::table top;
  toml::table nothing;  // what table_or_empty gives for a missing key
};

std::string_view article(toml::node_type type) {
  switch (type) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "an array";
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number with a fraction";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time of day";
    case toml::node_type::date_time:
      return "a date with time";
    default:
      return "nothing";
  }
}

/// A value as an error shows it; what may be a credential is not shown.
std::string shown(std::string_view key, std::string_view value) {
  for (std::string_view hidden : {"secret", "token", "key", "password"}) {
    if (key.find(hidden) != key.npos) return "***";
  }
  return fmt::format("'{}'", utf8_prefix(value, 60));
}

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

/// "5m" with the units given; nullopt if it is not one, or too large to count.
std::optional<std::int64_t> with_unit(std::string_view text, std::initializer_list<Unit> units) {
  std::int64_t count = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc{} || count < 0) return std::nullopt;
  std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  for (const Unit& known : units) {
    std::int64_t product = 0;
    if (unit == known.name && !__builtin_mul_overflow(count, known.factor, &product)) return product;
  }
  return std::nullopt;
}

std::string bounds(Range range) {
  bool below = range.least != Range{}.least, above = range.most != Range{}.most;
  if (below && above) return fmt::format("a whole number from {} to {}", range.least, range.most);
  if (below) return fmt::format("a whole number of at least {}", range.least);
  if (above) return fmt::format("a whole number of at most {}", range.most);
  return "a whole number";
}

}  // namespace

/// `used` and `taken` are what the readers were asked for; all copies of a table share them.
struct TomlTable::State {
  std::shared_ptr<const Document> document;
  const toml::table* table;
  std::string name;
  std::size_t line;
  std::vector<std::string> used;
  std::map<std::string, std::vector<std::shared_ptr<State>>, std::less<>> taken;

  std::string full(std::string_view key) const {
    return name.empty() ? std::string(key) : fmt::format("{}.{}", name, key);
  }

  /// The node of a key, nullptr if missing; from now on the key is a known one.
  const toml::node* ask(std::string_view key) {
    if (std::find(used.begin(), used.end(), key) == used.end()) used.emplace_back(key);
    return table->get(key);
  }

  Error wrong_node(std::string_view key, const toml::node& node, std::string_view found,
                   std::string_view allowed) const {
    return {Errc::bad_config, fmt::format("{}:{}: key '{}': found {}; allowed is {}", document->file,
                                          node.source().begin.line, full(key), found, allowed)};
  }

  Error missing(std::string_view key, std::string_view allowed) const {
    return {Errc::bad_config, fmt::format("{}:{}: key '{}' is missing; allowed is {}", document->file, line,
                                          full(key), allowed)};
  }

  template <class T>
  Result<T> read(std::string_view key, std::string_view allowed) {
    const toml::node* node = ask(key);
    if (node == nullptr) return missing(key, allowed);
    return value<T>(key, *node, allowed);
  }

  template <class T>
  Result<T> value(std::string_view key, const toml::node& node, std::string_view allowed) const {
    auto exact = node.value_exact<T>();
    if (!exact) return wrong_node(key, node, article(node.type()), allowed);
    return *std::move(exact);
  }

  Result<std::int64_t> integer(std::string_view key, const toml::node& node, Range range) const {
    auto number = value<std::int64_t>(key, node, bounds(range));
    if (number && (*number < range.least || *number > range.most)) {
      return wrong_node(key, node, shown(key, std::to_string(*number)), bounds(range));
    }
    return number;
  }

  Result<std::int64_t> measure(std::string_view key, std::initializer_list<Unit> units,
                               std::string_view allowed) {
    auto text = read<std::string>(key, allowed);
    if (!text) return text.error();
    auto amount = with_unit(*text, units);
    if (!amount) return wrong_node(key, *table->get(key), shown(key, *text), allowed);
    return *amount;
  }

  const toml::array* array(std::string_view key, const toml::node& node, std::string_view allowed,
                           std::optional<Error>& error) const {
    if (!node.is_array()) error = wrong_node(key, node, article(node.type()), allowed);
    return node.as_array();
  }

  std::shared_ptr<State> below(std::string child, const toml::table& node, std::size_t at) const {
    return std::make_shared<State>(State{document, &node, std::move(child), at, {}, {}});
  }

  void unknown(std::string& text) const {
    for (const auto& [key, node] : *table) {
      if (std::find(used.begin(), used.end(), key.str()) == used.end()) {
        text += fmt::format("{}:{}: key '{}' is not known; known here: {}\n", document->file,
                            key.source().begin.line, full(key.str()),
                            used.empty() ? std::string("none") : fmt::format("{}", fmt::join(used, ", ")));
      }
    }
    for (const auto& [key, children] : taken) {
      for (const auto& child : children) child->unknown(text);
    }
  }
};

namespace {

constexpr std::string_view a_text = "a text in quotation marks";
constexpr std::string_view a_duration = "a duration such as \"90s\", \"5m\", \"48h\" or \"30d\"";
constexpr std::string_view a_size = "a size such as \"512B\", \"64KiB\", \"16MiB\" or \"1GiB\"";
constexpr std::string_view texts = "an array of texts";

}  // namespace

bool TomlTable::has(std::string_view key) const {
  return state_->table->contains(key);
}

Result<std::string> TomlTable::text(std::string_view key) const {
  return state_->read<std::string>(key, a_text);
}

Result<std::string> TomlTable::text(std::string_view key, std::string_view fallback) const {
  return state_->ask(key) != nullptr ? text(key) : std::string(fallback);
}

Result<std::string> TomlTable::choice(std::string_view key, const std::vector<std::string>& allowed) const {
  std::string list = fmt::format("one of '{}'", fmt::join(allowed, "', '"));
  auto found = state_->read<std::string>(key, list);
  if (found && std::find(allowed.begin(), allowed.end(), *found) == allowed.end()) {
    return state_->wrong_node(key, *state_->table->get(key), shown(key, *found), list);
  }
  return found;
}

Result<std::string> TomlTable::choice(std::string_view key, const std::vector<std::string>& allowed,
                                      std::string_view fallback) const {
  return state_->ask(key) != nullptr ? choice(key, allowed) : std::string(fallback);
}

Result<std::int64_t> TomlTable::integer(std::string_view key, Range range) const {
  const toml::node* node = state_->ask(key);
  if (node == nullptr) return state_->missing(key, bounds(range));
  return state_->integer(key, *node, range);
}

Result<std::int64_t> TomlTable::integer(std::string_view key, std::int64_t fallback, Range range) const {
  return state_->ask(key) != nullptr ? integer(key, range) : fallback;
}

Result<double> TomlTable::number(std::string_view key) const {
  const toml::node* node = state_->ask(key);
  if (node != nullptr && node->is_integer()) return static_cast<double>(node->as_integer()->get());
  return state_->read<double>(key, "a number");
}

Result<double> TomlTable::number(std::string_view key, double fallback) const {
  return state_->ask(key) != nullptr ? number(key) : fallback;
}

Result<bool> TomlTable::boolean(std::string_view key) const {
  return state_->read<bool>(key, "true or false");
}

Result<bool> TomlTable::boolean(std::string_view key, bool fallback) const {
  return state_->ask(key) != nullptr ? boolean(key) : fallback;
}

Result<Seconds> TomlTable::duration(std::string_view key) const {
  auto seconds = state_->measure(key, {{"s", 1}, {"m", 60}, {"h", 3600}, {"d", 86400}}, a_duration);
  if (!seconds) return seconds.error();
  return Seconds{*seconds};
}

Result<Seconds> TomlTable::duration(std::string_view key, Seconds fallback) const {
  return state_->ask(key) != nullptr ? duration(key) : fallback;
}

Result<std::int64_t> TomlTable::size(std::string_view key) const {
  return state_->measure(key, {{"B", 1}, {"KiB", 1 << 10}, {"MiB", 1 << 20}, {"GiB", 1 << 30}}, a_size);
}

Result<std::int64_t> TomlTable::size(std::string_view key, std::int64_t fallback) const {
  return state_->ask(key) != nullptr ? size(key) : fallback;
}

Result<std::vector<std::string>> TomlTable::list(std::string_view key) const {
  const toml::node* node = state_->ask(key);
  if (node == nullptr) return state_->missing(key, texts);
  std::optional<Error> error;
  const toml::array* array = state_->array(key, *node, texts, error);
  if (error) return *error;
  std::vector<std::string> out;
  for (const toml::node& item : *array) {
    auto text = state_->value<std::string>(key, item, texts);
    if (!text) return text.error();
    out.push_back(*std::move(text));
  }
  return out;
}

Result<std::vector<std::string>> TomlTable::list_or_empty(std::string_view key) const {
  return state_->ask(key) != nullptr ? list(key) : std::vector<std::string>{};
}

Result<std::vector<std::int64_t>> TomlTable::integers(std::string_view key, Range range) const {
  const std::string allowed = "an array, each item " + bounds(range);
  const toml::node* node = state_->ask(key);
  if (node == nullptr) return state_->missing(key, allowed);
  std::optional<Error> error;
  const toml::array* array = state_->array(key, *node, allowed, error);
  if (error) return *error;
  std::vector<std::int64_t> out;
  for (const toml::node& item : *array) {
    auto number = state_->integer(key, item, range);
    if (!number) return number.error();
    out.push_back(*number);
  }
  return out;
}

Result<TomlTable> TomlTable::table(std::string_view key) const {
  const toml::node* node = state_->ask(key);
  if (node == nullptr) return state_->missing(key, fmt::format("a table [{}]", state_->full(key)));
  if (!node->is_table()) {
    return state_->wrong_node(key, *node, article(node->type()),
                              fmt::format("a table [{}]", state_->full(key)));
  }
  auto& children = state_->taken[std::string(key)];
  if (children.empty()) {
    children.push_back(state_->below(state_->full(key), *node->as_table(), node->source().begin.line));
  }
  return TomlTable(children.front());
}

Result<TomlTable> TomlTable::table_or_empty(std::string_view key) const {
  if (state_->ask(key) != nullptr) return table(key);
  return TomlTable(state_->below(state_->full(key), state_->document->nothing, state_->line));
}

Result<std::vector<TomlTable>> TomlTable::tables(std::string_view key) const {
  const std::string allowed = fmt::format("tables [[{}]]", state_->full(key));
  const toml::node* node = state_->ask(key);
  if (node == nullptr) return std::vector<TomlTable>{};
  std::optional<Error> error;
  const toml::array* array = state_->array(key, *node, allowed, error);
  if (error) return *error;
  auto& children = state_->taken[std::string(key)];
  bool first_time = children.empty();
  std::vector<TomlTable> out;
  for (const toml::node& item : *array) {
    if (!item.is_table()) return state_->wrong_node(key, item, article(item.type()), allowed);
    std::size_t index = out.size();
    if (first_time) {
      children.push_back(state_->below(fmt::format("{}[{}]", state_->full(key), index), *item.as_table(),
                                       item.source().begin.line));
    }
    out.push_back(TomlTable(children[index]));
  }
  return out;
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::pair<toml::source_position, std::string>> found;
  for (const auto& [key, node] : *state_->table)
    found.emplace_back(key.source().begin, std::string(key.str()));
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (auto& [position, key] : found) out.push_back(std::move(key));
  return out;
}

Result<void> TomlTable::no_others() const {
  std::string text;
  state_->unknown(text);
  if (text.empty()) return {};
  text.pop_back();
  return Error{Errc::bad_config, std::move(text)};
}

Error TomlTable::wrong(std::string_view key, std::string_view reason) const {
  const toml::node* node = state_->table->get(key);
  std::size_t line = node != nullptr ? node->source().begin.line : state_->line;
  return {Errc::bad_config,
          fmt::format("{}:{}: key '{}': {}", state_->document->file, line, state_->full(key), reason)};
}

const std::string& TomlTable::name() const {
  return state_->name;
}
const std::string& TomlTable::file() const {
  return state_->document->file;
}

Result<TomlFile> TomlFile::read(const std::string& path) {
  auto text = read_file(path, 16 << 20);
  if (!text) return Error{Errc::bad_config, text.error().text};
  return parse(*text, path);
}

Result<TomlFile> TomlFile::parse(std::string_view text, const std::string& name) {
  auto document = std::make_shared<Document>();
  document->file = name;
  try {
    document->top = toml::parse(text);
  } catch (const toml::parse_error& error) {
    return Error{Errc::bad_config, fmt::format("{}:{}:{}: {}", name, error.source().begin.line,
                                               error.source().begin.column, error.description())};
  }
  auto state = std::make_shared<State>(State{document, &document->top, "", 1, {}, {}});
  return TomlFile(TomlTable(std::move(state)));
}

}  // namespace linli
