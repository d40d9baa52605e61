#include "bot/app/stage.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

#include "bot/base/text.hpp"
#include "bot/pipeline/hearing.hpp"

namespace linli::app {

namespace {

constexpr std::string_view account = "demo";
constexpr std::string_view default_day = "2026-03-02 08:00";
constexpr Seconds shortly{2};  // what follows a reply "a moment later" is read together with it

/// "[location 37.87,112.48]" as a push; plain words are a text.
Result<platform::Inbound> read_message(const std::string& text) {
  using platform::InboundKind;
  platform::Inbound in;
  if (!text.starts_with("[") || !text.ends_with("]")) {
    in.kind = InboundKind::text;
    in.text = text;
    return in;
  }
  std::string inner = text.substr(1, text.size() - 2);
  auto blank = std::min(inner.find(' '), inner.size());
  std::string kind = inner.substr(0, blank);
  std::string rest = blank < inner.size() ? inner.substr(blank + 1) : std::string();
  if (kind == "location") {
    in.kind = InboundKind::location;
    auto comma = rest.find(',');
    if (comma == rest.npos) return Error{Errc::bad_input, "a location is written as [location 37.87,112.48]"};
    in.latitude = std::strtod(rest.c_str(), nullptr);
    in.longitude = std::strtod(rest.c_str() + comma + 1, nullptr);
  } else if (kind == "image") {
    in.kind = InboundKind::image;
    in.media_id = "media";
  } else if (kind == "voice") {
    in.kind = InboundKind::voice;
    in.media_id = "media";
  } else if (kind == "video") {
    in.kind = InboundKind::video;
  } else if (kind == "file") {
    in.kind = InboundKind::file;
  } else if (kind == "link") {
    in.kind = InboundKind::link;
    auto bar = rest.find('|');
    in.title = rest.substr(0, bar);
    in.url = bar == rest.npos ? "" : rest.substr(bar + 1);
  } else if (kind == "scan") {
    in.kind = InboundKind::scan;
    in.event_key = rest;
  } else if (kind == "click") {
    in.kind = InboundKind::click;
    in.event_key = rest;
  } else if (kind == "subscribe") {
    in.kind = InboundKind::subscribe;
    in.event_key = rest;
  } else if (kind == "unsubscribe") {
    in.kind = InboundKind::unsubscribe;
  } else {
    return Error{Errc::bad_input, fmt::format("[{}] is not a kind of message; allowed: location image voice "
                                              "video file link scan click subscribe unsubscribe",
                                              kind)};
  }
  return in;
}

std::string with_blanks(std::string card) {
  std::ranges::replace(card, '\n', ' ');
  return card;
}

}  // namespace

Result<void> Stage::open() {
  if (folder_.empty()) return Error{Errc::bad_input, "a transcript begins with: use config/sample"};
  auto sample = read_sample(folder_);
  if (!sample) return sample.error();
  auto zone = Zone::find(settings_.time_zone);
  if (!zone) return zone.error();
  clock_.set(start_ ? *start_ : *parse_time(*zone, default_day));
  settings_.intake_area = sample->intake_area;
  auto prepare = [&](store::Database& db, FieldCipher& cipher) {
    return fill(db, cipher, *sample, *zone, clock_.now(), std::string(account), settings_.areas);
  };
  auto house = House::build(settings_, {}, Secret(std::string(32, 'k')), clock_, random_, metrics_, prepare);
  if (!house) return house.error();
  house_ = std::move(*house);
  listener_ = make_listener(trained_, *house_);
  for (const auto& [name, code] : sample->cast) {
    auto openid = app::openid_of(house_->ledgers().people, *sample, name);
    if (!openid) return openid.error();
    cast_[name] = *openid;
    names_[*openid] = name;
  }
  house_->set_up_rounds(clock_.now());
  house_->router().observe([this](auto topic, auto step, auto how) { coverage_.step(topic, step, how); });
  return {};
}

Result<std::string> Stage::openid_of(const std::string& who) {
  auto found = cast_.find(who);
  if (found != cast_.end()) return found->second;
  if (!who.starts_with("陌生人")) {
    return Error{Errc::not_found,
                 fmt::format("{} is not in the cast of {}; a name beginning with 陌生人 needs no entry", who,
                             folder_)};
  }
  std::string openid = fmt::format("oStranger{:019}", cast_.size());
  cast_[who] = openid;
  names_[openid] = who;
  return openid;
}

Result<std::string> Stage::perform(const Line& line) {
  using Kind = Line::Kind;
  if (line.kind == Kind::use) {
    folder_ = line.text;
    return std::string();
  }
  auto zone = Zone::find(settings_.time_zone);
  if (!zone) return zone.error();
  if (line.kind == Kind::at) {
    auto at = parse_time(*zone, line.text);
    if (!at) return at.error();
    if (house_)
      advance_to(*at);
    else
      start_ = *at;
    return std::string();
  }
  if (!house_) {
    auto opened = open();
    if (!opened) return opened.error();
  }
  switch (line.kind) {
    case Kind::advance:
      advance_to(clock_.now() + line.by);
      return std::string();
    case Kind::level:
      house_->pipeline().in_transaction([&] {
        for (const auto& root : house_->ledgers().areas.below({}, community::AreaKind::district))
          house_->ledgers().areas.set_level(root.id, line.text);
      });
      return std::string();
    case Kind::fault:
      faults_ = 2;  // once in the batch, once alone
      return std::string();
    case Kind::send: {
      auto sent = send(line);
      if (!sent) return sent.error();
      return std::string();
    }
    default: {
      auto known = openid_of(line.who);
      if (!known) return known.error();
      return expect(line);
    }
  }
}

Result<void> Stage::send(const Line& line) {
  auto openid = openid_of(line.who);
  if (!openid) return openid.error();
  auto inbound = read_message(line.text);
  if (!inbound) return inbound.error();
  inbound->account = account;
  inbound->openid = *openid;
  inbound->to_user = "gh_demo";
  inbound->created = clock_.now();
  inbound->dedupe_key = fmt::format("m:{}", next_message_++);
  pipeline::Incoming incoming;
  incoming.inbound = *inbound;
  incoming.body = line.text;
  incoming.heard = pipeline::listen(*listener_, *inbound);
  incoming.seal_reply = [this](const std::string& text, Time) {
    if (faults_ > 0 && faults_-- > 0) throw std::runtime_error("a fault on purpose");
    return text;
  };
  auto outcomes = house_->pipeline().process(std::span(&incoming, 1));
  const auto& outcome = outcomes.front();
  if (!outcome.said.empty() && inbound->kind != platform::InboundKind::unsubscribe) {
    const auto& said = outcome.said.front();
    Received received{said.text, {}};
    for (const auto& p : said.paragraphs)
      received.paragraphs.emplace_back(p.id, said.text.substr(p.from, p.length));
    phones_[*openid].push_back(std::move(received));
    for (std::size_t i = 1; i < outcome.said.size(); ++i) {
      for (const auto& p : outcome.said[i].paragraphs)
        later_[outcome.said[i].text].emplace_back(p.id, outcome.said[i].text.substr(p.from, p.length));
    }
  }
  settle();
  return {};
}

/// Lets everything happen that is due now: schedule first, then the outbox.
void Stage::settle() {
  while (house_->pipeline().process_due() > 0) {
  }
  for (bool sent = true; sent;) {
    std::vector<outbox::Send> sends;
    house_->pipeline().in_transaction([&] { sends = house_->dispatch().claim(clock_.now() + shortly, 64); });
    sent = !sends.empty();
    for (const auto& send : sends) deliver(send);
  }
}

void Stage::deliver(const outbox::Send& send) {
  Received received;
  received.text = send.way == outbox::Way::custom ? send.text : with_blanks(send.card);
  for (DeliveryId id : send.rows) {
    auto row = house_->ledgers().deliveries.find(id);
    auto later = later_.find(row->body);
    if (later != later_.end()) {
      received.paragraphs.insert(received.paragraphs.end(), later->second.begin(), later->second.end());
    } else {
      received.paragraphs.emplace_back(row->text_id,
                                       send.way == outbox::Way::custom ? row->body : received.text);
    }
  }
  phones_[send.openid].push_back(std::move(received));
  house_->pipeline().in_transaction([&] {
    house_->dispatch().settle(
        send, {platform::SendClass::accepted, 0, fmt::format("{}", next_message_++), {}}, clock_.now());
  });
}

void Stage::advance_to(Time at) {
  for (;;) {
    auto next = house_->ledgers().dues.next();
    if (!next || *next > at) break;
    if (*next > clock_.now()) clock_.set(*next);
    settle();
  }
  clock_.set(std::max(at, clock_.now()));
  settle();
}

std::string Stage::expect(const Line& line) {
  auto& unread = phones_[cast_[line.who]];
  if (line.kind == Line::Kind::expect_nothing) {
    if (unread.empty()) return {};
    return fmt::format("{} should have received nothing, and has:\n    {}", line.who, unread.front().text);
  }
  std::string passed;
  while (!unread.empty()) {
    Received received = std::move(unread.front());
    unread.pop_front();
    if (matches(line.text, received.text)) {
      coverage_.asserted(literals(line.text), received.paragraphs);
      return {};
    }
    passed += "\n    " + received.text;
  }
  return fmt::format("{} should have received {}{}", line.who, line.text,
                     passed.empty() ? ", and has received nothing" : "; unread were:" + passed);
}

std::vector<std::string> Stage::unread() const {
  std::vector<std::string> found;
  for (const auto& [openid, messages] : phones_) {
    auto name = names_.find(openid);
    if (name == names_.end()) continue;  // somebody of the community whom no transcript can name
    for (const auto& message : messages) found.push_back(fmt::format("{}: {}", name->second, message.text));
  }
  return found;
}

}  // namespace linli::app
