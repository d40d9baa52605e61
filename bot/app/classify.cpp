#include "bot/app/classify.hpp"

#include <cmath>
#include <fmt/format.h>

#include "bot/app/lines.hpp"
#include "bot/base/json.hpp"
#include "bot/understanding/understanding.hpp"

namespace linli::app {

namespace {

std::string line_of(const understanding::Understood& understood) {
  JsonWriter json;
  json.object().key("intent").value(understanding::intent_names[understood.guess.intents.front()]);
  json.key("intents").array();
  for (auto intent : understood.guess.intents) json.value(understanding::intent_names[intent]);
  json.end();
  json.key("confidence").value(std::round(understood.guess.confidence * 1000) / 1000);
  json.key("ask").value(understood.ask).key("distress").value(understood.alarm.alarm);
  return json.end().text();
}

}  // namespace

int classify(const Settings& settings) {
  auto understanding = understanding::Understanding::load(settings.words, settings.understanding);
  if (!understanding) {
    fmt::print(stderr, "{}\n", understanding.error().text);
    return 2;
  }
  return answer_lines([&](std::string_view line) { return line_of((*understanding)->understand(line)); });
}

}  // namespace linli::app
