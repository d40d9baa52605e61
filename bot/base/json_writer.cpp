#include <cmath>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <stdexcept>

#include "bot/base/json.hpp"
#include "bot/base/utf8.hpp"

namespace linli {

struct JsonWriter::State {
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer{buffer};
  struct Level {
    bool object;
    bool key_given;
  };
  std::vector<Level> open;
  bool done = false;

  /// Before each value: the writer itself checks only with asserts.
  void before_value() {
    if (open.empty()) {
      if (done) throw std::logic_error("JsonWriter: a second value at the top");
      done = true;
    } else if (open.back().object) {
      if (!open.back().key_given) throw std::logic_error("JsonWriter: a value without a key in an object");
      open.back().key_given = false;
    }
  }

  void write(std::string_view text) {
    std::string repaired;
    if (!is_utf8(text)) text = repaired = repair_utf8(text);
    writer.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
};

JsonWriter::JsonWriter() : state_(std::make_unique<State>()) {}
JsonWriter::~JsonWriter() = default;

JsonWriter& JsonWriter::object() {
  state_->before_value();
  state_->open.push_back({true, false});
  state_->writer.StartObject();
  return *this;
}

JsonWriter& JsonWriter::array() {
  state_->before_value();
  state_->open.push_back({false, false});
  state_->writer.StartArray();
  return *this;
}

JsonWriter& JsonWriter::end() {
  if (state_->open.empty() || state_->open.back().key_given) {
    throw std::logic_error("JsonWriter: nothing to end, or a key without a value");
  }
  bool object = state_->open.back().object;
  state_->open.pop_back();
  object ? state_->writer.EndObject() : state_->writer.EndArray();
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view key) {
  if (state_->open.empty() || !state_->open.back().object || state_->open.back().key_given) {
    throw std::logic_error("JsonWriter: a key outside an object");
  }
  state_->open.back().key_given = true;
  state_->write(key);
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  state_->before_value();
  state_->write(text);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  state_->before_value();
  state_->writer.Int64(number);
  return *this;
}

JsonWriter& JsonWriter::value(std::uint64_t number) {
  state_->before_value();
  state_->writer.Uint64(number);
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  state_->before_value();
  state_->writer.Double(number);
  return *this;
}

JsonWriter& JsonWriter::value(bool boolean) {
  state_->before_value();
  state_->writer.Bool(boolean);
  return *this;
}

JsonWriter& JsonWriter::null() {
  state_->before_value();
  state_->writer.Null();
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  state_->before_value();
  state_->writer.RawValue(json.data(), json.size(), rapidjson::kObjectType);
  return *this;
}

std::string JsonWriter::text() const {
  if (!state_->open.empty() || !state_->done) throw std::logic_error("JsonWriter: the text is not finished");
  return {state_->buffer.GetString(), state_->buffer.GetSize()};
}

}  // namespace linli
