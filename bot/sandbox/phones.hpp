// The door for the phone page (and for tests that act as people): who is there, what they do, what they see,
// and the clock control. JSON over HTTP:
//   GET  /phones                     everything but the chats
//   POST /phones                     one more person, who does not follow yet -> {"openid","name"}
//   POST /phones/{openid}/send       {"kind":"text","text":"..."} and so on, see Action
//   POST /phones/{openid}/photo      the bytes of a picture -> {"media_id"}
//   GET  /phones/events?after=N&moves=M   what happened after event N, or the clock after its move M; waits
//   up to
//                                    25 s for something
//   POST /clock                      {"advance_seconds":60} or {"fast":true}: from then on 60 times as fast
//   GET  /media/{id}                 a picture that somebody sent
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "bot/http/server.hpp"
#include "bot/sandbox/platform.hpp"

namespace linli::sandbox {

struct PhonesOptions {
  std::string title;                    // the account's name above each chat
  std::string time_zone;                // IANA name, for the times that the page shows
  std::vector<std::string> open_first;  // names of the people whose phones are shown at first
  std::function<void(Push)> push;
  std::function<void(Seconds)> shift_clock;
};

class Phones {
 public:
  Phones(boost::asio::io_context& io, Platform& platform, PhonesOptions options);
  Phones(const Phones&) = delete;
  Phones& operator=(const Phones&) = delete;

  /// This object must outlive the server they are given to.
  std::vector<http::Route> routes();
  /// Lets time run fast until told otherwise; ends at stop().
  boost::asio::awaitable<void> run_clock();
  /// Whoever waits for news is answered now.
  void stop();

 private:
  http::Response state();
  http::Response add_person();
  http::Response send(const http::Request& request);
  http::Response add_photo(const http::Request& request);
  http::Response move_clock(const http::Request& request);
  http::Response media(const http::Request& request);
  boost::asio::awaitable<http::Answer> events(http::Request request);
  void shift_clock(Seconds by);
  void wake();

  static constexpr int times_as_fast = 60;

  boost::asio::io_context& io_;
  Platform& platform_;
  PhonesOptions options_;
  std::string run_;  // of this process: a page that knows another one starts anew
  boost::asio::steady_timer tick_;
  bool fast_ = false;
  std::uint64_t clock_moves_{};  // a page that has seen fewer is answered at once
  bool stopping_ = false;
  std::set<boost::asio::steady_timer*> waiting_;
};

}  // namespace linli::sandbox
