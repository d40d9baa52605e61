#include "bot/http/response_reader.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

namespace linli::http {
namespace {

namespace beast = boost::beast;
using beast::http::error;
using ErrorCode = beast::error_code;
using Text = beast::string_view;

constexpr std::size_t read_size = 16384;
constexpr std::size_t max_header = 32768;
constexpr std::size_t reserve_at_once = 65536;

class Parser final : public beast::http::basic_parser<false> {
 public:
  ClientResponse response;
  bool ambiguous = false;

 private:
  void on_response_impl(int status, Text, int, ErrorCode&) override { response.status = status; }
  void on_field_impl(beast::http::field id, Text name, Text value, ErrorCode&) override {
    if (in_body_) return;
    // Anything but "chunked" would leave the body to a guess.
    if (id == beast::http::field::transfer_encoding) ambiguous |= !beast::iequals(value, "chunked");
    response.headers.emplace_back(std::string(name), std::string(value));
  }
  void on_header_impl(ErrorCode&) override { in_body_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) override {
    if (length) response.body.reserve(std::min<std::size_t>(*length, reserve_at_once));
  }
  std::size_t on_body_impl(Text bytes, ErrorCode&) override {
    response.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, ErrorCode& failed) override {
    return on_body_impl(bytes, failed);
  }
  void on_chunk_header_impl(std::uint64_t, Text, ErrorCode&) override {}
  void on_request_impl(beast::http::verb, Text, Text, int, ErrorCode&) override {}
  void on_finish_impl(ErrorCode&) override {}

  bool in_body_ = false;
};

}  // namespace

class ResponseReader::Impl {
 public:
  Impl(std::size_t max_body, bool to_head) : max_body_(max_body), to_head_(to_head) { begin(); }

  std::span<char> room() {
    const auto space = buffer_.prepare(read_size);
    return {static_cast<char*>(space.data()), space.size()};
  }

  Step take(std::size_t bytes) {
    buffer_.commit(bytes);
    total_ += bytes;
    // The parser bounds neither chunk extensions nor trailers nor "100 Continue"s.
    if (total_ > max_header + max_body_ + max_body_ / 8) return Step::broken;
    while (buffer_.size() >= least_input() && !parser_->is_done()) {
      ErrorCode failed;
      const std::size_t used = parser_->put(buffer_.cdata(), failed);
      buffer_.consume(used);
      if (failed == error::need_more) return Step::more;
      if (failed || parser_->ambiguous) return Step::broken;
      if (parser_->is_done() && is_interim() && !begin_final()) return Step::broken;
    }
    return parser_->is_done() ? Step::whole : Step::more;
  }

  Step end() {
    if (!parser_->got_some()) return Step::broken;
    ErrorCode failed;
    parser_->put_eof(failed);
    return failed || !parser_->is_done() || is_interim() ? Step::broken : Step::whole;
  }

  bool untouched() const { return total_ == 0; }
  ClientResponse response() { return std::move(parser_->response); }
  bool keep_alive() const { return parser_->is_done() && buffer_.size() == 0 && parser_->keep_alive(); }

 private:
  void begin() {
    parser_.emplace();
    parser_->header_limit(max_header);
    parser_->body_limit(max_body_);
    parser_->skip(to_head_);
  }

  /// Beast 1.81 asserts that it sees the last chunk, "0\r\n\r\n" at least, in no smaller pieces. That many
  /// bytes are always still to come in a chunked body.
  std::size_t least_input() const { return parser_->is_header_done() && parser_->chunked() ? 5 : 1; }

  bool is_interim() const { return parser_->response.status / 100 == 1; }

  bool begin_final() {
    if (parser_->response.status == 101) return false;  // nobody asked for another protocol
    begin();
    return true;
  }

  std::size_t max_body_;
  bool to_head_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::size_t total_ = 0;
};

ResponseReader::ResponseReader(std::size_t max_body, bool to_head)
    : impl_(std::make_unique<Impl>(max_body, to_head)) {}
ResponseReader::~ResponseReader() = default;

std::span<char> ResponseReader::room() {
  return impl_->room();
}
ResponseReader::Step ResponseReader::take(std::size_t bytes) {
  return impl_->take(bytes);
}
ResponseReader::Step ResponseReader::end() {
  return impl_->end();
}
bool ResponseReader::untouched() const {
  return impl_->untouched();
}
ClientResponse ResponseReader::response() {
  return impl_->response();
}
bool ResponseReader::keep_alive() const {
  return impl_->keep_alive();
}

}  // namespace linli::http
