#include "bot/dialog/turn.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"

namespace linli::dialog {

namespace {

constexpr std::size_t most_suspended = 2;
constexpr std::size_t longest_trail = 5;

Dialog read_dialog(const std::string& stored) {
  if (stored.empty()) return {};
  auto dialog = dialog_from_json(stored);
  return dialog ? *dialog : Dialog{};
}

std::string expiry_key(ContactId contact) {
  return fmt::format("dialog:{}", contact.value);
}

}  // namespace

Turn::Turn(Surroundings& around, store::Admitted who, Message message, Time now, std::int64_t act)
    : around_(around),
      who_(std::move(who)),
      message_(std::move(message)),
      now_(now),
      act_(act),
      dialog_(read_dialog(who_->dialog)) {}

Turn::Turn(Surroundings& around, Time now, std::int64_t act) : around_(around), now_(now), act_(act) {}

std::string Turn::when(Time at) const {
  if (zone().day(at) == zone().day(now_)) return zone().clock_text(at);
  return zone().date_time_text(at);
}

void Turn::become(const store::Person& person) {
  who_->person = person;
  who_->contact.person = person.id;
}

void Turn::add_paragraph(TextId id, const Values& values, bool apart) {
  if (!who_) return;
  std::string text = around_.texts.render(id.id, values).body;
  if (std::exchange(apart_, false) || apart || said_.empty()) said_.emplace_back();
  Said& said = said_.back();
  if (!said.text.empty()) said.text += '\n';
  said.paragraphs.push_back({std::string(id.id), said.text.size(), text.size()});
  said.text += text;
}

void Turn::say(TextId id, const Values& values) {
  add_paragraph(id, values, false);
}
void Turn::say_apart(TextId id, const Values& values) {
  add_paragraph(id, values, true);
}

/// The one place that spares people: whoever asked for quiet, and whoever has heard enough this week.
Told Turn::held_back(PersonId to, const Tell& how) {
  if (!how.optional && !how.prompt) return Told::said;
  auto person = around_.people.find(to);
  if (person && person->quiet) return Told::quiet;
  if (!how.prompt || !around_.burden || around_.week_prompts == 0) return Told::said;
  if (around_.burden->of(to, day_start(-6), day_start(1)).prompts < around_.week_prompts) return Told::said;
  around_.burden->held(to, day_start());
  return Told::held;
}

Told Turn::try_tell(PersonId to, TextId id, const Values& values, const Tell& how) {
  if (!to) return Told::unreachable;
  auto ask = [&] {
    if (!how.accepts.empty())
      around_.asks.put({to, how.topic, how.ref, how.accepts, how.hint, now_, now_ + how.keep});
  };
  if (who_ && to == who_->person.id) {
    ask();
    say_apart(id, values);
    return Told::said;
  }
  auto contact = around_.people.contact_of(to);
  if (contact) {
    if (Told spared = held_back(to, how); spared != Told::said) return spared;
  }
  ask();
  if (!contact) return Told::unreachable;
  auto text = around_.texts.render(id.id, values);
  store::Delivery delivery;
  delivery.contact = contact->id;
  delivery.person = to;
  delivery.text_id = id.id;
  delivery.body = std::move(text.body);
  delivery.card = std::move(text.card);
  delivery.urgency = how.urgency;
  delivery.dedupe = how.dedupe;
  delivery.state = "due";
  delivery.created_at = now_;
  delivery.not_before = std::max(now_, how.from);
  delivery.expires_at = delivery.not_before + how.keep;
  delivery.task = how.task;
  bool said = around_.deliveries.add(delivery);
  if (said && around_.burden) around_.burden->said(to, day_start(), !how.accepts.empty(), how.prompt);
  return Told::said;
}

std::string Turn::answer(std::string_view key) const {
  auto found = dialog_.answers.find(std::string(key));
  return found == dialog_.answers.end() ? std::string() : found->second;
}

void Turn::remember(std::string_view key, std::string_view value) {
  dialog_.answers[std::string(key)] = std::string(value);
}

void Turn::push_trail() {
  Dialog before = dialog_;
  before.trail.clear();
  before.suspended.clear();
  dialog_.trail.push_back(std::move(before));
  if (dialog_.trail.size() > longest_trail) dialog_.trail.erase(dialog_.trail.begin());
}

bool Turn::back() {
  if (dialog_.trail.empty()) return false;
  Dialog before = std::move(dialog_.trail.back());
  dialog_.trail.pop_back();
  before.trail = std::move(dialog_.trail);
  before.suspended = std::move(dialog_.suspended);
  dialog_ = std::move(before);
  ask_again();
  return true;
}

void Turn::ask_again() {
  dialog_.wrong = 0;
  dialog_.asked_at = now_;
  dialog_.expires_at = now_ + around_.dialog_expiry;
  around_.dues.set({expiry_key(who_->contact.id), dialog_.expires_at, "dialog", who_->contact.id.value, {}});
  say(TextId{dialog_.text_id}, dialog_.values);
}

void Turn::unsay_question() {
  if (said_.empty() || !dialog_.active()) return;
  Said& last = said_.back();
  if (last.paragraphs.empty() || last.paragraphs.back().id != dialog_.text_id) return;
  last.text.resize(last.paragraphs.back().from);
  last.paragraphs.pop_back();
  while (!last.text.empty() && last.text.back() == '\n') last.text.pop_back();
  if (last.paragraphs.empty()) said_.pop_back();
}

void Turn::keep_dialog(Seconds longer) {
  dialog_.wrong = 0;
  dialog_.expires_at = now_ + longer;
  around_.dues.set({expiry_key(who_->contact.id), dialog_.expires_at, "dialog", who_->contact.id.value, {}});
}

void Turn::ask(std::string_view topic, std::string_view step, TextId question, const Values& values,
               std::vector<std::string> choices) {
  if (dialog_.active() && dialog_.topic != topic) {
    Dialog outer = std::exchange(dialog_, {});
    dialog_.suspended = std::exchange(outer.suspended, {});
    dialog_.suspended.push_back(std::move(outer));
    if (dialog_.suspended.size() > most_suspended) dialog_.suspended.erase(dialog_.suspended.begin());
  }
  if (dialog_.active() && dialog_.step != step) push_trail();
  dialog_.topic = topic;
  dialog_.step = step;
  dialog_.choices = std::move(choices);
  dialog_.text_id = question.id;
  dialog_.values = values;
  dialog_.wrong = 0;
  dialog_.asked_at = now_;
  dialog_.expires_at = now_ + around_.dialog_expiry;
  around_.dues.set({expiry_key(who_->contact.id), dialog_.expires_at, "dialog", who_->contact.id.value, {}});
  say(question, values);
}

std::optional<std::string> Turn::choice() const {
  if (message_.kind != MessageKind::text && message_.kind != MessageKind::click) return std::nullopt;
  std::string_view text = message_.normal;
  while (!text.empty() && (text.back() == '.' || text.back() == ',')) text.remove_suffix(1);
  std::size_t number = 0;
  auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (ec == std::errc{} && end == text.data() + text.size()) {
    if (number >= 1 && number <= dialog_.choices.size()) return dialog_.choices[number - 1];
    return std::nullopt;
  }
  auto found =
      std::ranges::find_if(dialog_.choices, [&](const std::string& c) { return normalise(c) == text; });
  if (found == dialog_.choices.end()) return std::nullopt;
  return *found;
}

void Turn::leave() {
  auto suspended = std::exchange(dialog_.suspended, {});
  dialog_ = {};
  dialog_.suspended = std::move(suspended);
}

void Turn::leave_all() {
  dialog_ = {};
}

void Turn::put_into(PersonId person, Dialog dialog) {
  if (who_ && person == who_->person.id) {
    dialog.suspended = std::exchange(dialog_.suspended, {});
    if (dialog_.active()) dialog.suspended.push_back(std::move(dialog_));
    dialog_ = std::move(dialog);
    return;
  }
  auto contact = around_.people.contact_of(person);
  if (!contact) return;
  Dialog outer = read_dialog(around_.people.dialog_of(contact->id));
  dialog.suspended = std::exchange(outer.suspended, {});
  if (outer.active()) dialog.suspended.push_back(std::move(outer));
  around_.dues.set({expiry_key(contact->id), dialog.expires_at, "dialog", contact->id.value, {}});
  around_.people.save(*contact, to_json(dialog));
}

void Turn::take_out(PersonId person, std::string_view topic) {
  if (who_ && person == who_->person.id) {
    if (dialog_.topic == topic) leave();
    return;
  }
  auto contact = around_.people.contact_of(person);
  if (!contact) return;
  Dialog dialog = read_dialog(around_.people.dialog_of(contact->id));
  if (dialog.topic != topic) return;
  // What the relay had interrupted long ago is stale by now; the person starts afresh.
  around_.people.save(*contact, {});
}

}  // namespace linli::dialog
