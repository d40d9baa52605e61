// The durable floor that a turn is measured against: Beast, signature, decryption, one parse, one inserted
// row, group commit with fsync, encrypted reply. No routing, no person, no dialog, no outbox. Prints its
// port.
#include <deque>
#include <fmt/format.h>
#include <thread>

#include <boost/asio.hpp>
#include <boost/beast.hpp>

#include "bot/base/random.hpp"
#include "bot/http/message.hpp"
#include "bot/platform/callback.hpp"
#include "bot/platform/inbound.hpp"
#include "bot/platform/reply.hpp"
#include "bot/store/statement.hpp"

using namespace linli;
namespace asio = boost::asio;
namespace beast = boost::beast;
namespace wire = beast::http;
using tcp = asio::ip::tcp;

namespace {

constexpr auto no_throw = asio::as_tuple(asio::use_awaitable);

platform::AccountSettings account() {
  platform::AccountSettings settings;
  settings.name = "bench";
  settings.app_id = "wxbench";
  settings.app_secret = Secret("secret");
  settings.token = Secret("benchtoken");
  settings.aes_key = Secret("benchbenchbenchbenchbenchbenchbenchbenchben");
  return settings;
}

struct Row {
  platform::Inbound inbound;
  std::string body;
  asio::steady_timer* bell{};
  bool* done{};
};

/// One writer; rows that arrive during a commit share the next.
class Writer {
 public:
  Writer(asio::io_context& back, const std::string& path)
      : back_(back),
        db_(std::move(store::Database::open({.path = path})).value()),
        guard_(asio::make_work_guard(work_)) {
    db_->execute(
        "create table if not exists floor (key text primary key, sender text, receiver text, at integer, "
        "kind text, body text) without rowid");
    insert_ = std::make_unique<store::Statement>(
        *db_,
        "insert into floor values (:key, :sender, :receiver, :at, :kind, :body) on conflict do nothing");
    thread_ = std::thread([this] { work_.run(); });
  }
  void submit(Row row) {
    auto collect = [this, row = std::move(row)]() mutable {
      waiting_.push_back(std::move(row));
      if (waiting_.size() == 1) asio::post(work_, [this] { flush(); });
    };
    asio::post(work_, std::move(collect));
  }

 private:
  void flush() {
    auto batch = std::exchange(waiting_, {});
    db_->begin();
    for (const Row& row : batch) {
      insert_->run(row.inbound.dedupe_key, row.inbound.openid, row.inbound.to_user, row.inbound.created,
                   std::string_view("text"), row.body);
    }
    db_->commit();
    db_->checkpoint_if_due();
    for (Row& row : batch) {
      auto wake = [bell = row.bell, done = row.done] {
        *done = true;
        bell->cancel();
      };
      asio::post(back_, wake);
    }
  }

  asio::io_context& back_;
  std::unique_ptr<store::Database> db_;
  std::unique_ptr<store::Statement> insert_;
  asio::io_context work_{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard_;
  std::vector<Row> waiting_;
  std::thread thread_;
};

asio::awaitable<void> session(tcp::socket socket, platform::Callback& callback, Writer& writer) {
  beast::tcp_stream stream(std::move(socket));
  stream.socket().set_option(tcp::no_delay(true));
  beast::flat_buffer buffer;
  asio::steady_timer bell(stream.get_executor(), asio::steady_timer::time_point::max());
  for (;;) {
    wire::request_parser<wire::string_body> parser;
    parser.body_limit(65536);
    stream.expires_after(std::chrono::seconds(30));
    auto [ec, n] = co_await wire::async_read(stream, buffer, parser, no_throw);
    if (ec) co_return;
    linli::http::Request query;
    std::string target(parser.get().target());
    query.query = target.substr(std::min(target.find('?'), target.size() - 1) + 1);
    auto values = query.query_values();
    auto opened = callback.open_post(values, parser.get().body());
    if (!opened) co_return;
    auto inbound = platform::parse_inbound("bench", opened->xml);
    if (!inbound) co_return;
    std::string from = inbound->openid, to = inbound->to_user;
    bool done = false;
    Row row{std::move(*inbound), opened->xml, &bell, &done};
    writer.submit(std::move(row));
    while (!done) co_await bell.async_wait(no_throw);
    platform::Reply reply;
    reply.kind = platform::Reply::Kind::text;
    reply.text = "收到";
    Time now = SystemClock{}.now();
    std::string xml = platform::encode_reply(reply, from, to, now);
    wire::response<wire::string_body> response{wire::status::ok, 11};
    response.body() = callback.seal_reply(*opened, xml, now);
    response.keep_alive(true);
    response.prepare_payload();
    auto [write_ec, m] = co_await wire::async_write(stream, response, no_throw);
    if (write_ec) co_return;
  }
}

asio::awaitable<void> listen(asio::io_context& io, tcp::acceptor& acceptor, platform::Callback& callback,
                             Writer& writer) {
  for (;;) {
    auto [ec, socket] = co_await acceptor.async_accept(no_throw);
    if (ec) co_return;
    auto on_end = [](std::exception_ptr) {};
    asio::co_spawn(io, session(std::move(socket), callback, writer), on_end);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_floor DATABASE\n", stderr);
    return 2;
  }
  asio::io_context io(1);
  SystemRandom random;
  platform::Callback callback(account(), random);
  Writer writer(io, argv[1]);
  tcp::acceptor acceptor(io, {asio::ip::make_address("127.0.0.1"), 0});
  fmt::print("{}\n", acceptor.local_endpoint().port());
  std::fflush(stdout);
  auto on_end = [](std::exception_ptr) {};
  asio::co_spawn(io, listen(io, acceptor, callback, writer), on_end);
  io.run();
}
