// What is to be seen on the phones, in the order in which it happened: lines of the chats, and notes that
// something beside them changed. The page follows it by number. In memory only: a restarted sandbox starts
// empty.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "bot/base/clock.hpp"

namespace linli::sandbox {

enum class From { person, account, platform };  // right, left, grey in the middle
std::string_view name(From from);

struct NewsEntry {
  std::string title, description, pic_url, url;
};

struct Line {
  std::string openid;
  Time at{};
  From from{};
  std::string kind;  // text image voice location link news template notice
  std::string text;  // what is read; for voice, what was said (the account gets no transcript)
  std::string title;
  std::string url;
  std::string media_id;
  double latitude{};
  double longitude{};
  std::vector<std::pair<std::string, std::string>> fields;  // of a template message: label, value
  std::vector<NewsEntry> articles;
};

enum class What {
  line,    // a new line in a chat
  state,   // how far the account's server has come with `line`
  phones,  // people, following or menu changed
};

enum class LineState { waiting, answered, retrying, failed };
std::string_view name(LineState state);

struct Event {
  std::uint64_t n{};
  What what{};
  Line line;              // What::line
  std::uint64_t about{};  // What::state: the number of the line's event
  LineState state{};
};

class Feed {
 public:
  /// Called after every new event: whoever waits for one looks again.
  void on_change(std::function<void()> changed) { changed_ = std::move(changed); }

  std::uint64_t add_line(Line line);
  void add_state(std::uint64_t about, LineState state);
  void add(What what);

  std::uint64_t last() const { return next_ - 1; }
  /// Everything younger than `n` that is still kept.
  std::vector<const Event*> after(std::uint64_t n) const;
  std::vector<const Line*> lines_of(std::string_view openid) const;

 private:
  std::uint64_t push(Event event);

  std::deque<Event> events_;
  std::uint64_t next_ = 1;
  std::function<void()> changed_;
};

}  // namespace linli::sandbox
