#include "bot/sandbox/phones_json.hpp"

namespace linli::sandbox {

namespace {

std::string text_at(const JsonValue& object, std::string_view key) {
  return std::string(object.text_at(key).value_or(""));
}

double number_at(const JsonValue& object, std::string_view key) {
  const JsonValue* value = object.find(key);
  return value == nullptr ? 0 : value->number().value_or(0);
}

void write_line(JsonWriter& json, const Line& line) {
  json.key("openid").value(line.openid).key("at").value(std::int64_t{line.at.time_since_epoch().count()});
  json.key("from").value(name(line.from)).key("kind").value(line.kind).key("text").value(line.text);
  if (!line.title.empty()) json.key("title").value(line.title);
  if (!line.url.empty()) json.key("url").value(line.url);
  if (!line.media_id.empty()) json.key("media").value("/media/" + line.media_id);
  if (line.kind == "location")
    json.key("latitude").value(line.latitude).key("longitude").value(line.longitude);
  if (!line.fields.empty()) {
    json.key("fields").array();
    for (const auto& [label, value] : line.fields) json.array().value(label).value(value).end();
    json.end();
  }
  if (line.articles.empty()) return;
  json.key("articles").array();
  for (const NewsEntry& article : line.articles) {
    json.object().key("title").value(article.title).key("description").value(article.description);
    json.key("url").value(article.url).end();
  }
  json.end();
}

std::string_view name(What what) {
  switch (what) {
    case What::line:
      return "line";
    case What::state:
      return "state";
    case What::phones:
      return "phones";
  }
  return "phones";
}

}  // namespace

Result<Action> read_action(std::string_view body) {
  auto json = parse_json(body);
  if (!json) return json.error();
  if (!json->text_at("kind"))
    return Error{Errc::bad_input, "kind is missing: text, image, voice, location ..."};
  Action action;
  action.kind = text_at(*json, "kind");
  action.text = text_at(*json, "text");
  action.media_id = text_at(*json, "media_id");
  action.latitude = number_at(*json, "latitude");
  action.longitude = number_at(*json, "longitude");
  action.label = text_at(*json, "label");
  action.title = text_at(*json, "title");
  action.description = text_at(*json, "description");
  action.url = text_at(*json, "url");
  action.key = text_at(*json, "key");
  return action;
}

void write_person(JsonWriter& json, const Follower& person, int open_first, Time now) {
  json.object().key("name").value(person.name).key("openid").value(person.openid);
  json.key("following").value(person.following).key("open_first").value(open_first);
  json.key("cast").value(person.cast);
  json.key("window_left").value(person.window.left(now)).end();
}

void write_event(JsonWriter& json, const Event& event) {
  json.object().key("n").value(event.n).key("type").value(name(event.what));
  if (event.what == What::line) write_line(json, event.line);
  if (event.what == What::state) json.key("about").value(event.about).key("state").value(name(event.state));
  json.end();
}

}  // namespace linli::sandbox
