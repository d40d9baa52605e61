#include "bot/dialog/dialog.hpp"

#include "bot/base/json.hpp"

namespace linli::dialog {

namespace {

void write(JsonWriter& out, const Dialog& dialog) {
  out.object();
  out.key("topic").value(dialog.topic).key("step").value(dialog.step);
  out.key("answers").object();
  for (const auto& [key, value] : dialog.answers) out.key(key).value(value);
  out.end();
  out.key("choices").array();
  for (const auto& choice : dialog.choices) out.value(choice);
  out.end();
  out.key("text").value(dialog.text_id);
  out.key("values").object();
  for (const auto& [key, value] : dialog.values) out.key(key).value(value);
  out.end();
  if (dialog.waits) out.key("waits").value(std::int64_t{1});
  out.key("wrong").value(dialog.wrong);
  out.key("asked").value(std::int64_t{dialog.asked_at.time_since_epoch().count()});
  out.key("expires").value(std::int64_t{dialog.expires_at.time_since_epoch().count()});
  out.key("suspended").array();
  for (const auto& inner : dialog.suspended) write(out, inner);
  out.end();
  out.key("trail").array();
  for (const auto& inner : dialog.trail) write(out, inner);
  out.end();
  out.end();
}

std::string text_of(const JsonValue& object, std::string_view key) {
  return std::string(object.text_at(key).value_or(""));
}

Time time_of(const JsonValue& object, std::string_view key) {
  return Time{Seconds{object.integer_at(key).value_or(0)}};
}

Dialog read(const JsonValue& object) {
  Dialog dialog;
  dialog.topic = text_of(object, "topic");
  dialog.step = text_of(object, "step");
  dialog.text_id = text_of(object, "text");
  dialog.waits = object.integer_at("waits").value_or(0) != 0;
  dialog.wrong = static_cast<int>(object.integer_at("wrong").value_or(0));
  dialog.asked_at = time_of(object, "asked");
  dialog.expires_at = time_of(object, "expires");
  if (const auto* answers = object.find("answers")) {
    for (const auto& member : answers->members())
      dialog.answers[member.key] = member.value.text().value_or("");
  }
  if (const auto* choices = object.find("choices")) {
    for (const auto& item : choices->items()) dialog.choices.emplace_back(item.text().value_or(""));
  }
  if (const auto* values = object.find("values")) {
    for (const auto& member : values->members())
      dialog.values.emplace_back(member.key, member.value.text().value_or(""));
  }
  if (const auto* suspended = object.find("suspended")) {
    for (const auto& item : suspended->items()) dialog.suspended.push_back(read(item));
  }
  if (const auto* trail = object.find("trail")) {
    for (const auto& item : trail->items()) dialog.trail.push_back(read(item));
  }
  return dialog;
}

/// An answer like any other, so that it is kept and forgotten with them: " 5 6 ".
constexpr const char* reading_key = "reading";

std::string reading_id(PictureId picture) {
  return " " + std::to_string(picture.value) + " ";
}

}  // namespace

void note_reading(Dialog& dialog, PictureId picture) {
  std::string& ids = dialog.answers[reading_key];
  if (ids.empty()) ids = " ";
  ids += std::to_string(picture.value) + " ";
}

bool is_reading(const Dialog& dialog, PictureId picture) {
  auto ids = dialog.answers.find(reading_key);
  return dialog.active() && ids != dialog.answers.end() &&
         ids->second.find(reading_id(picture)) != std::string::npos;
}

void note_read(Dialog& dialog, PictureId picture) {
  if (!is_reading(dialog, picture)) return;
  std::string& ids = dialog.answers[reading_key];
  ids.erase(ids.find(reading_id(picture)), reading_id(picture).size() - 1);
  if (ids == " ") dialog.answers.erase(reading_key);
}

std::string to_json(const Dialog& dialog) {
  JsonWriter out;
  write(out, dialog);
  return out.text();
}

Result<Dialog> dialog_from_json(std::string_view json) {
  auto parsed = parse_json(json);
  if (!parsed) return Error{Errc::storage, "a stored dialog cannot be read"};
  return read(*parsed);
}

}  // namespace linli::dialog
