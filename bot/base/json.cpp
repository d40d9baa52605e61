#include "bot/base/json.hpp"

#include <charconv>
#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <set>

#include "bot/base/utf8.hpp"

namespace linli {

const JsonValue* JsonValue::find(std::string_view key) const {
  for (const JsonMember& member : members_) {
    if (member.key == key) return &member.value;
  }
  return nullptr;
}

std::optional<std::string_view> JsonValue::text() const {
  return kind_ == Kind::string ? std::optional<std::string_view>(text_) : std::nullopt;
}

std::optional<bool> JsonValue::boolean() const {
  return kind_ == Kind::boolean ? std::optional(boolean_) : std::nullopt;
}

std::optional<std::string_view> JsonValue::number_text() const {
  return kind_ == Kind::number ? std::optional<std::string_view>(text_) : std::nullopt;
}

namespace {

template <class T>
std::optional<T> whole_number(std::string_view text) {
  T number{};
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::optional<std::int64_t> JsonValue::integer() const {
  return kind_ == Kind::number ? whole_number<std::int64_t>(text_) : std::nullopt;
}

std::optional<double> JsonValue::number() const {
  return kind_ == Kind::number ? whole_number<double>(text_) : std::nullopt;
}

std::span<const JsonValue> JsonValue::items() const {
  return items_;
}
std::span<const JsonMember> JsonValue::members() const {
  return members_;
}

std::optional<std::string_view> JsonValue::text_at(std::string_view key) const {
  const JsonValue* value = find(key);
  return value != nullptr ? value->text() : std::nullopt;
}

std::optional<std::int64_t> JsonValue::integer_at(std::string_view key) const {
  const JsonValue* value = find(key);
  return value != nullptr ? value->integer() : std::nullopt;
}

/// Receives RapidJSON's events. `open_` are the arrays and objects not closed yet, each finished value is
/// moved into the last of them. A false answer stops the reader; `refusal` then says why.
class JsonBuilder {
 public:
  explicit JsonBuilder(const JsonLimits& limits) : limits_(limits) {}

  std::optional<Error> refusal;
  JsonValue take() { return std::move(root_); }

  bool Null() { return scalar(JsonValue::Kind::null, {}); }
  bool Bool(bool boolean) {
    JsonValue value;
    value.kind_ = JsonValue::Kind::boolean;
    value.boolean_ = boolean;
    return add(std::move(value));
  }
  bool RawNumber(const char* text, rapidjson::SizeType size, bool) {
    return scalar(JsonValue::Kind::number, {text, size});
  }
  bool String(const char* text, rapidjson::SizeType size, bool) {
    return sound({text, size}) && scalar(JsonValue::Kind::string, {text, size});
  }
  bool StartObject() { return start(JsonValue::Kind::object); }
  bool StartArray() { return start(JsonValue::Kind::array); }
  bool EndObject(rapidjson::SizeType) { return finish(); }
  bool EndArray(rapidjson::SizeType) { return finish(); }
  bool Key(const char* text, rapidjson::SizeType size, bool) {
    std::string key(text, size);
    if (!sound(key)) return false;
    if (!open_.back().keys.insert(key).second) return refuse(Errc::bad_input, "an object has a key twice");
    open_.back().key = std::move(key);
    return true;
  }

  // Never called: numbers arrive as text.
  bool Int(int) { return false; }
  bool Uint(unsigned) { return false; }
  bool Int64(std::int64_t) { return false; }
  bool Uint64(std::uint64_t) { return false; }
  bool Double(double) { return false; }

 private:
  struct Open {
    JsonValue value;
    std::string key;
    std::set<std::string, std::less<>> keys;
  };

  bool refuse(Errc code, std::string_view reason) {
    refusal = Error{code, std::string(reason)};
    return false;
  }

  /// The reader lets a lone low surrogate and \u0000 through its escapes.
  bool sound(std::string_view text) {
    if (!is_utf8(text)) return refuse(Errc::bad_input, "a text holds half a surrogate pair");
    if (text.find('\0') != text.npos) return refuse(Errc::bad_input, "a text holds a NUL character");
    return true;
  }

  bool scalar(JsonValue::Kind kind, std::string_view text) {
    JsonValue value;
    value.kind_ = kind;
    value.text_ = text;
    return add(std::move(value));
  }

  bool start(JsonValue::Kind kind) {
    if (open_.size() >= limits_.depth) return refuse(Errc::too_large, "it is nested too deeply");
    if (!count()) return false;
    open_.emplace_back().value.kind_ = kind;
    return true;
  }

  bool finish() {
    JsonValue value = std::move(open_.back().value);
    open_.pop_back();
    place(std::move(value));
    return true;
  }

  bool add(JsonValue value) {
    if (!count()) return false;
    place(std::move(value));
    return true;
  }

  bool count() { return ++nodes_ <= limits_.nodes || refuse(Errc::too_large, "it has too many values"); }

  void place(JsonValue value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (open_.back().value.kind_ == JsonValue::Kind::array) {
      open_.back().value.items_.push_back(std::move(value));
    } else {
      open_.back().value.members_.push_back({std::move(open_.back().key), std::move(value)});
    }
  }

  const JsonLimits& limits_;
  std::size_t nodes_ = 0;
  std::vector<Open> open_;
  JsonValue root_;
};

Result<JsonValue> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes) {
    return Error{Errc::too_large,
                 fmt::format("JSON of {} bytes; at most {} are read", text.size(), limits.bytes)};
  }
  // To the reader a NUL byte is the end of the text, whatever follows.
  if (std::size_t at = text.find('\0'); at != text.npos) {
    return Error{Errc::bad_input, fmt::format("JSON has a NUL byte at byte {}", at)};
  }
  constexpr unsigned flags = rapidjson::kParseIterativeFlag | rapidjson::kParseValidateEncodingFlag |
                             rapidjson::kParseNumbersAsStringsFlag;
  rapidjson::MemoryStream stream(text.data(), text.size());
  rapidjson::Reader reader;
  JsonBuilder builder(limits);
  rapidjson::ParseResult parsed = reader.Parse<flags>(stream, builder);
  if (builder.refusal) {
    return Error{builder.refusal->code,
                 fmt::format("JSON cannot be read at byte {}: {}", parsed.Offset(), builder.refusal->text)};
  }
  if (parsed.IsError()) {
    return Error{Errc::bad_input, fmt::format("JSON cannot be read at byte {}: {}", parsed.Offset(),
                                              rapidjson::GetParseError_En(parsed.Code()))};
  }
  return builder.take();
}

}  // namespace linli
