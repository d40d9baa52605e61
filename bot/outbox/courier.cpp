#include "bot/outbox/courier.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "bot/base/log.hpp"

namespace linli::outbox {

namespace asio = boost::asio;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);
constexpr std::chrono::milliseconds tick{500};
constexpr int claim_limit = 64;
constexpr int most_under_way = 256;

}  // namespace

platform::Outgoing outgoing(const Send& send, const TemplateSettings& templates) {
  platform::Outgoing out;
  if (send.way == Way::custom) {
    out.what = platform::CustomText{send.openid, send.text};
    return out;
  }
  platform::TemplateMessage message;
  message.openid = send.openid;
  message.template_id = templates.id;
  message.client_msg_id = send.client_msg_id;
  std::size_t from = 0;
  for (const std::string& field : templates.fields) {
    auto end = std::min(send.card.find('\n', from), send.card.size());
    std::string line = from <= send.card.size() ? send.card.substr(from, end - from) : std::string();
    message.fields.emplace_back(field, line.empty() ? "-" : line);  // the platform refuses empty fields
    from = end + 1;
  }
  out.what = std::move(message);
  return out;
}

Courier::Courier(asio::any_io_executor executor, InStore in_store, std::map<std::string, Account> accounts)
    : executor_(std::move(executor)),
      in_store_(std::move(in_store)),
      accounts_(std::move(accounts)),
      bell_(executor_, asio::steady_timer::time_point::max()),
      drained_(executor_, asio::steady_timer::time_point::max()) {}

void Courier::ring() {
  rung_ = true;
  bell_.cancel();
}

void Courier::stop() {
  stopping_ = true;
  bell_.cancel();
}

asio::awaitable<void> Courier::run() {
  auto recover = [](Dispatch& dispatch, Time now) {
    auto recovered = dispatch.recover(now);
    if (recovered.resent + recovered.unknown > 0) {
      log::warn("outbox.recovered", {{"resent", recovered.resent}, {"unknown", recovered.unknown}});
    }
  };
  std::function<void(Dispatch&, Time)> recover_work = recover;
  co_await in_store_(recover_work);
  auto last_recovery = std::chrono::steady_clock::now();
  while (!stopping_) {
    rung_ = false;
    std::vector<Send> sends;
    if (under_way_ < most_under_way) {
      std::function<void(Dispatch&, Time)> claim = [&sends](Dispatch& dispatch, Time now) {
        sends = dispatch.claim(now, claim_limit);
      };
      bool committed = co_await in_store_(claim);
      if (!committed) sends.clear();  // rolled back: the rows are still due
    }
    for (Send& send : sends) spawn(std::move(send));
    if (std::chrono::steady_clock::now() - last_recovery > std::chrono::seconds(30)) {
      co_await in_store_(recover_work);
      last_recovery = std::chrono::steady_clock::now();
    }
    if (!sends.empty() || rung_ || stopping_) continue;
    bell_.expires_after(tick);
    co_await bell_.async_wait(no_throw);
  }
  while (under_way_ > 0) co_await drained_.async_wait(no_throw);
}

void Courier::spawn(Send send) {
  ++under_way_;
  auto on_end = [this](std::exception_ptr error) {
    --under_way_;
    drained_.cancel();
    // The row stays `sending`; its lease passes and recover() decides.
    if (error) log::error("outbox.courier_failed");
    bell_.cancel();
  };
  asio::co_spawn(executor_, deliver(std::move(send)), on_end);
}

asio::awaitable<void> Courier::deliver(Send send) {
  platform::SendOutcome outcome{platform::SendClass::final_refusal, 0, {}, {}};
  auto account = accounts_.find(send.account);
  bool possible =
      account != accounts_.end() && (send.way == Way::custom || !account->second.templates.id.empty());
  if (possible) {
    auto message = outgoing(send, account->second.templates);
    outcome = co_await account->second.sender->send(std::move(message));
  }
  std::function<void(Dispatch&, Time)> settle = [&send, &outcome](Dispatch& dispatch, Time now) {
    dispatch.settle(send, outcome, now);
  };
  for (int tries = 0; tries < 5; ++tries) {
    bool settled = co_await in_store_(settle);
    if (settled) co_return;
    asio::steady_timer pause(executor_, std::chrono::seconds(1));
    co_await pause.async_wait(no_throw);
  }
}

}  // namespace linli::outbox
