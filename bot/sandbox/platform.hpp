// The imitated platform as pure state: who follows the account, what each phone shows, what the account may
// still send to whom, tokens, menu, QR tickets. No network: sandbox::Api is its door for the account's
// server, sandbox::Phones the one for the page, sandbox::Pusher carries what `act` returns to the account's
// server. Facts and numbers are those of the WeChat service-account documentation. Nothing is durable.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/clock.hpp"
#include "bot/base/random.hpp"
#include "bot/base/result.hpp"
#include "bot/sandbox/feed.hpp"
#include "bot/sandbox/media.hpp"
#include "bot/sandbox/menu.hpp"
#include "bot/sandbox/refusal.hpp"
#include "bot/sandbox/template_rules.hpp"
#include "bot/sandbox/tokens.hpp"
#include "bot/sandbox/window.hpp"

namespace linli::sandbox {

struct Person {
  std::string name;
  std::string openid;
  bool cast = true;  // offered first on the phone page; the others below them
};

struct PlatformOptions {
  std::string app_id;
  std::string app_secret;
  std::string account;                  // gh_..., the original id
  std::vector<Person> people;           // they follow the account from the beginning
  std::vector<TemplateInfo> templates;  // empty: every template id is known
};

struct Follower {
  std::string name;
  std::string openid;
  bool following{};
  Time followed_at{};
  std::string scene;  // of the code that led here; empty if found by search
  SendingWindow window;
  bool cast = true;
};

/// One thing a person does on the phone. `kind`: text image voice location location_report link scan click
/// view menu_entry follow unfollow.
struct Action {
  std::string kind{};
  std::string text{};      // text, what a voice message says, the label of a menu entry
  std::string media_id{};  // of a picture uploaded before; empty: a sample picture
  double latitude{}, longitude{};
  std::string label{};                        // of a location
  std::string title{}, description{}, url{};  // link, view
  std::string key{};                          // click; scan: the scene; menu_entry: its id
};

/// What the account's server gets because of it.
struct Push {
  std::string openid;
  std::string xml;       // before encryption; the same for every try
  std::uint64_t line{};  // the event number of the line it stands for; 0 if none
  bool in_chat{};        // the person did it in the chat: a reply, or the failure to get one, shows there
};

/// message/custom/send.
struct CustomMessage {
  std::string openid;
  std::string kind;  // text, image, voice, news
  std::string text, media_id;
  std::vector<NewsEntry> articles;
};

/// message/template/send.
struct TemplateSend {
  std::string openid, template_id, url, client_msg_id;
  std::vector<std::pair<std::string, std::string>> fields;
};

struct TemplateSent {
  std::uint64_t msg_id{};
  bool repeated{};  // the key was used within ten minutes: nothing was shown again
};

struct Ticket {
  std::string ticket, scene, url;
  Time until{};  // Time::max(): permanent
};

class Platform {
 public:
  Platform(PlatformOptions options, const Clock& clock, Random& random);

  /// Where pictures are fetched: http://127.0.0.1:port. Known once the sandbox listens.
  void set_base_url(std::string url) { base_url_ = std::move(url); }

  // --- phones
  /// Errc::not_found: no such person; Errc::conflict: not possible now (not following); Errc::bad_input. The
  /// text is for the person at the page.
  Result<Push> act(std::string_view openid, const Action& action);
  /// A new person who does not follow yet: 陌生人甲, 陌生人乙 ...
  const Follower& add_stranger();
  void show_reply(Line line);
  /// The grey line after the third try without a usable answer.
  void show_fault(std::string_view openid);

  // --- the account's server
  int check_token(std::string_view token) const { return tokens_.check(token, clock_.now()); }
  Answered<Tokens::Issued> stable_token(std::string_view app_id, std::string_view secret, bool force);
  Answered<Tokens::Issued> ordinary_token(std::string_view app_id, std::string_view secret);
  Answered<void> custom_send(const CustomMessage& message);
  Answered<TemplateSent> template_send(const TemplateSend& message);
  /// "success", or "failed:user block" if the person has left meanwhile.
  Push template_result(std::string_view openid, std::uint64_t msg_id) const;
  void set_menu(Menu menu);
  const Menu& menu() const { return menu_; }
  /// `expires` 0: permanent.
  Ticket create_ticket(std::string_view scene, Seconds expires);
  /// nullptr if there is none, or it has expired.
  const Ticket* find_ticket(std::string_view ticket) const;

  const Follower* find(std::string_view openid) const;
  const std::vector<Follower>& people() const { return people_; }
  const PlatformOptions& options() const { return options_; }
  Feed& feed() { return feed_; }
  MediaStore& media() { return media_; }
  Tokens& tokens() { return tokens_; }
  Time now() const { return clock_.now(); }
  Random& random() { return random_; }

 private:
  Follower* find_person(std::string_view openid);
  Line line_of(const Follower& person, From from, std::string_view kind) const;
  Result<Push> message(Follower& person, const Action& action);
  Result<Push> follow(Follower& person, std::string_view scene);
  Push scan(Follower& person, std::string_view scene);
  Push unfollow(Follower& person);
  Push event(Follower& person, std::string_view name, std::string_view key);
  std::string ticket_for(std::string_view scene);
  void note(const Follower& person, std::string_view text);
  std::uint64_t next_msg_id() { return next_msg_id_++; }
  int credentials(std::string_view app_id, std::string_view secret) const;
  const TemplateInfo* find_template(std::string_view id) const;

  PlatformOptions options_;
  std::string base_url_;
  const Clock& clock_;
  Random& random_;
  Feed feed_;
  MediaStore media_;
  Tokens tokens_;
  Menu menu_;
  std::vector<Follower> people_;
  std::vector<Ticket> tickets_;
  struct SentKey {
    std::uint64_t msg_id{};
    Time at{};
  };
  std::map<std::pair<std::string, std::string>, SentKey> sent_keys_;  // (openid, client_msg_id)
  std::uint64_t next_msg_id_;
  std::size_t strangers_{};
};

}  // namespace linli::sandbox
