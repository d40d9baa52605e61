#include "bot/pipeline/intake.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/pipeline/hearing.hpp"
#include "bot/platform/reply.hpp"

namespace linli::pipeline {

namespace asio = boost::asio;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

http::Response forbidden() {
  return {403, "text/plain; charset=utf-8", "forbidden\n", {}};
}

std::string account_of(const std::string& path) {
  return path.substr(path.rfind('/') + 1);
}

}  // namespace

/// One message on its way to the commit, and the connections that wait for it.
struct Intake::Pending {
  std::vector<asio::steady_timer*> bells;  // one a connection
  std::string key;
  int tries = 0;
  bool done = false;
  std::optional<Outcome> outcome;
  bool answered = false;
};

Intake::Intake(asio::any_io_executor executor, StoreThread& store, Pipeline& pipeline,
               std::map<std::string, Account> accounts, const Clock& clock, Metrics& metrics,
               IntakeSettings settings, understanding::Listener* listener,
               std::function<bool()> reads_pictures)
    : executor_(std::move(executor)),
      store_(store),
      pipeline_(pipeline),
      accounts_(std::move(accounts)),
      clock_(clock),
      settings_(settings),
      listener_(listener),
      reads_pictures_(std::move(reads_pictures)),
      refused_(metrics.counter("linli_callbacks_refused_total", "Callbacks that were not authenticated")),
      unanswered_(metrics.counter("linli_callbacks_unanswered_total",
                                  "Connections closed because the commit was late")),
      not_read_(metrics.counter("linli_callbacks_not_read_total",
                                "Authenticated callbacks that could not be read")) {}

asio::awaitable<http::Answer> Intake::get(http::Request request) {
  auto account = accounts_.find(account_of(request.path));
  if (account == accounts_.end()) {
    refused_.Increment();
    co_return forbidden();
  }
  auto echo = account->second.to_open->verify_get(request.query_values());
  if (!echo) {
    refused_.Increment();
    co_return forbidden();
  }
  http::Response response;
  response.body = *echo;
  co_return response;
}

asio::awaitable<http::Answer> Intake::post(http::Request request) {
  auto account = accounts_.find(account_of(request.path));
  if (account == accounts_.end()) {
    refused_.Increment();
    co_return forbidden();
  }
  auto opened = account->second.to_open->open_post(request.query_values(), request.body);
  if (!opened) {
    refused_.Increment();
    co_return forbidden();
  }
  auto inbound = platform::parse_inbound(account->first, opened->xml);
  if (!inbound) {
    // Authenticated, and nothing that a person wrote: acknowledged, or it would come twice more.
    not_read_.Increment();
    http::Response response;
    response.body = platform::plain_success;
    co_return response;
  }
  Incoming incoming;
  incoming.body = std::move(opened->xml);
  std::string to = inbound->openid;
  std::string from = inbound->to_user;
  auto seal = [callback = account->second.to_seal, opened = std::move(*opened), to = std::move(to),
               from = std::move(from)](const std::string& text, Time now) {
    platform::Reply reply;
    reply.kind = platform::Reply::Kind::text;
    reply.text = text;
    return callback->seal_reply(opened, platform::encode_reply(reply, to, from, now), now);
  };
  incoming.seal_reply = std::move(seal);
  incoming.inbound = std::move(*inbound);
  std::string key = incoming.inbound.account + "/" + incoming.inbound.dedupe_key;
  http::Answer answer = co_await answer_when_committed(std::move(key), std::move(incoming));
  co_return answer;
}

asio::awaitable<http::Answer> Intake::answer_when_committed(std::string key, Incoming incoming) {
  auto found = pending_.find(key);
  std::shared_ptr<Pending> pending = found == pending_.end() ? nullptr : found->second;
  if (!pending) {
    if (pending_.size() >= settings_.most_waiting) {
      unanswered_.Increment();
      co_return std::nullopt;
    }
    pending = std::make_shared<Pending>();
    pending->key = key;
    pending_[std::move(key)] = pending;
    if (listener_) incoming.heard = listen(*listener_, incoming.inbound);
    bool picture =
        incoming.inbound.kind == platform::InboundKind::image && !incoming.inbound.media_id.empty();
    if (picture && reads_pictures_) incoming.readable = reads_pictures_();
    submit(pending, std::move(incoming));
  }
  ++pending->tries;
  auto deadline = std::chrono::steady_clock::now() + settings_.budget;
  asio::steady_timer bell(executor_, deadline);
  pending->bells.push_back(&bell);
  while (!pending->done && std::chrono::steady_clock::now() < deadline) co_await bell.async_wait(no_throw);
  std::erase(pending->bells, &bell);
  if (!pending->done || !pending->outcome) {
    unanswered_.Increment();
    co_return std::nullopt;
  }
  pending->answered = true;
  http::Response response;
  response.content_type = "text/xml; charset=utf-8";
  response.body = pending->outcome->reply;
  co_return response;
}

void Intake::submit(std::shared_ptr<Pending> pending, Incoming incoming) {
  // Behind the connections that are readable now, so that they come along.
  if (collected_.empty()) asio::post(executor_, [this] { submit_collected(); });
  collected_.push_back(std::move(incoming));
  collected_for_.push_back(std::move(pending));
  if (collected_.size() >= StoreThread::most_in_batch) submit_collected();
}

void Intake::submit_collected() {
  if (collected_.empty()) return;
  auto done = [this, group = std::exchange(collected_for_, {})](std::vector<Outcome> outcomes) {
    auto finish = [this, group, outcomes = std::move(outcomes)]() mutable {
      for (std::size_t i = 0; i < group.size(); ++i) {
        finished(group[i], i < outcomes.size() ? std::optional(std::move(outcomes[i])) : std::nullopt);
      }
    };
    asio::post(executor_, std::move(finish));
  };
  store_.submit(std::exchange(collected_, {}), std::move(done));
}

void Intake::finished(const std::shared_ptr<Pending>& pending, std::optional<Outcome> outcome) {
  pending->outcome = std::move(outcome);
  pending->done = true;
  for (asio::steady_timer* bell : pending->bells) bell->cancel();
  pending_.erase(pending->key);
  bool too_late = pending->tries >= settings_.platform_tries && pending->outcome;
  if (!too_late) return;
  auto check = [this, pending] {
    if (pending->answered) return;  // somebody was still waiting and got it
    auto say = [this, pending] { pipeline_.say_by_outbox(pending->key, *pending->outcome); };
    store_.post(say);
  };
  asio::post(executor_, check);  // behind the connections that the bell has just woken
}

}  // namespace linli::pipeline
