#include "bot/http/request_reader.hpp"

#include <algorithm>
#include <functional>
#include <optional>

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/status.hpp>

#include "bot/http/ascii.hpp"

namespace linli::http {
namespace {

namespace beast = boost::beast;
using beast::http::error;
using beast::http::field;
using ErrorCode = beast::error_code;
using Text = beast::string_view;

constexpr std::size_t read_size = 8192;
constexpr std::size_t framing_allowance = 4096;  // chunk sizes and trailers that an honest client may need
constexpr std::size_t reserve_at_once = 65536;   // of a stated length; a larger body must first arrive

bool is_host(std::string_view text) {
  const auto allowed = [](char c) {
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view(".-_:[]").find(c) != std::string_view::npos;
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), allowed);
}

/// Collects one request. It keeps the header as text instead of Beast's list of fields, which allocates for
/// each.
class Parser final : public beast::http::basic_parser<true> {
 public:
  Request request;
  bool http_1_0 = false;
  bool ambiguous = false;  // could be read as another request by somebody else
  bool chunked = false;
  bool expects_continue = false;
  const char* input_begin = nullptr;
  const char* input_end = nullptr;

  bool has_one_host() const { return hosts_ == 1 || (hosts_ == 0 && http_1_0); }

 private:
  void on_request_impl(beast::http::verb, Text method, Text target, int version, ErrorCode&) override {
    const std::string_view text(target.data(), target.size());
    const std::size_t question = std::min(text.find('?'), text.size());
    request.method.assign(method.data(), method.size());
    request.path = text.substr(0, question);
    if (question < text.size()) request.query = text.substr(question + 1);
    http_1_0 = version < 11;
    // Absolute and authority forms are for proxies; a fragment never belongs here.
    ambiguous = !request.path.starts_with('/') || text.find('#') != std::string_view::npos;
    request.fields.reserve(512);
  }

  void on_field_impl(field id, Text name, Text value, ErrorCode&) override {
    if (in_body_) return;  // trailers: nobody here wants them
    ambiguous |= is_continued(name, value);
    const std::string_view text(value.data(), value.size());
    note(id, text);
    request.fields.append(name.data(), name.size()).append(": ").append(text).append("\r\n");
  }

  /// A value on several lines (obs-fold) is put together outside the input, or begins lines below its name.
  bool is_continued(Text name, Text value) const {
    const std::less<const char*> before;
    if (before(value.data(), input_begin) || before(input_end, value.data())) return true;
    const char* const name_end = name.data() + name.size();
    return std::find(name_end, value.data(), '\n') != value.data();
  }

  void note(field id, std::string_view value) {
    switch (id) {
      case field::host:
        ++hosts_;
        ambiguous |= !is_host(value);
        return;
      case field::content_length:
        ambiguous |= ++lengths_ > 1 || value.find_first_not_of("0123456789") != std::string_view::npos;
        return;
      case field::transfer_encoding:
        ambiguous |= chunked || http_1_0 || !equal_any_case(value, "chunked");
        chunked = true;
        return;
      case field::expect:
        expects_continue = !http_1_0 && equal_any_case(value, "100-continue");
        return;
      case field::content_type:
        if (request.content_type.empty()) request.content_type = value;
        return;
      default:
        return;
    }
  }

  void on_header_impl(ErrorCode&) override { in_body_ = true; }
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) override {
    if (length) request.body.reserve(std::min<std::size_t>(*length, reserve_at_once));
  }
  std::size_t on_body_impl(Text bytes, ErrorCode&) override {
    request.body.append(bytes.data(), bytes.size());
    return bytes.size();
  }
  std::size_t on_chunk_body_impl(std::uint64_t, Text bytes, ErrorCode& failed) override {
    return on_body_impl(bytes, failed);
  }
  void on_chunk_header_impl(std::uint64_t, Text, ErrorCode&) override {}
  void on_response_impl(int, Text, int, ErrorCode&) override {}
  void on_finish_impl(ErrorCode&) override {}

  bool in_body_ = false;
  int hosts_ = 0;
  int lengths_ = 0;
};

int status_of(const ErrorCode& failed) {
  if (failed == error::header_limit) return 431;
  if (failed == error::body_limit) return 413;
  return 400;
}

}  // namespace

class RequestReader::Impl {
 public:
  explicit Impl(const RouteTable& routes) : routes_(routes) {}

  Step next() {
    parser_.emplace();
    parser_->header_limit(static_cast<std::uint32_t>(routes_.max_header_bytes()));
    parser_->body_limit(boost::none);  // the route is not known yet; check_header() sets it
    route_ = nullptr;
    taken_ = 0;
    status_ = 0;
    header_done_ = false;
    return advance();
  }

  std::span<char> room() {
    const std::size_t spare = buffer_.capacity() - buffer_.size();
    const auto space = buffer_.prepare(spare >= read_size / 8 ? spare : read_size);
    return {static_cast<char*>(space.data()), space.size()};
  }

  Step take(std::size_t bytes) {
    buffer_.commit(bytes);
    return advance();
  }

  Step advance() {
    while (!parser_->is_done()) {
      if (buffer_.size() < least_input()) return Step::more;
      const ErrorCode failed = put();
      if (failed == error::need_more) return over_cap() ? refuse(header_done_ ? 413 : 431) : Step::more;
      if (failed) return refuse(status_of(failed));
      if (header_done_ || !parser_->is_header_done()) continue;
      header_done_ = true;
      if (const int status = check_header()) return refuse(status);
      if (parser_->expects_continue && !parser_->is_done() && buffer_.size() == 0) return Step::confirm_body;
    }
    return over_cap() ? refuse(413) : Step::whole;
  }

  bool begun() const { return taken_ > 0 || buffer_.size() > 0; }
  const Route* route() const { return route_; }
  Parser& parser() { return *parser_; }

  Response refusal() const {
    Response response;
    response.status = status_;
    response.body =
        std::string(beast::http::obsolete_reason(static_cast<beast::http::status>(status_))) + "\n";
    if (status_ == 405) response.headers.emplace_back("Allow", routes_.allowed(parser_->request.path));
    return response;
  }

  bool keep_alive() const {
    return (status_ == 0 || status_ == 404 || status_ == 405) && parser_->is_done() && parser_->keep_alive();
  }

 private:
  /// Beast 1.81 asserts that it sees the last chunk, "0\r\n\r\n" at least, in no smaller pieces. That many
  /// bytes are always still to come in a chunked body.
  std::size_t least_input() const { return header_done_ && parser_->chunked ? 5 : 1; }

  ErrorCode put() {
    const auto input = buffer_.cdata();
    parser_->input_begin = static_cast<const char*>(input.data());
    parser_->input_end = parser_->input_begin + input.size();
    ErrorCode failed;
    const std::size_t used = parser_->put(input, failed);
    buffer_.consume(used);
    taken_ += used;
    return failed;
  }

  /// The parser bounds neither chunk extensions nor trailers. While it is not done, all that is buffered is
  /// of this request.
  bool over_cap() const {
    const std::size_t bytes = taken_ + (parser_->is_done() ? 0 : buffer_.size());
    if (!header_done_) return bytes > routes_.max_header_bytes();
    return bytes > route_->limits.header_bytes + route_->limits.body_bytes + framing_allowance;
  }

  int check_header() {
    if (parser_->ambiguous || !parser_->has_one_host()) return 400;
    const Request& request = parser_->request;
    route_ = routes_.find(request.method, request.path);
    if (!route_) return routes_.allowed(request.path).empty() ? 404 : 405;
    const Limits& limits = route_->limits;
    if (taken_ > limits.header_bytes) return 431;
    if (parser_->chunked && limits.refuse_transfer_encoding) return 411;
    if (parser_->content_length().value_or(0) > limits.body_bytes) return 413;
    parser_->body_limit(limits.body_bytes);
    parser_->request.pattern = route_->path;
    return 0;
  }

  Step refuse(int status) {
    status_ = status;
    return Step::refused;
  }

  const RouteTable& routes_;
  beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  const Route* route_ = nullptr;
  std::size_t taken_ = 0;
  int status_ = 0;
  bool header_done_ = false;
};

RequestReader::RequestReader(const RouteTable& routes) : impl_(std::make_unique<Impl>(routes)) {}
RequestReader::~RequestReader() = default;

RequestReader::Step RequestReader::next() {
  return impl_->next();
}
std::span<char> RequestReader::room() {
  return impl_->room();
}
RequestReader::Step RequestReader::take(std::size_t bytes) {
  return impl_->take(bytes);
}
RequestReader::Step RequestReader::go_on() {
  return impl_->advance();
}
bool RequestReader::begun() const {
  return impl_->begun();
}
const Route* RequestReader::route() const {
  return impl_->route();
}
Request& RequestReader::request() {
  return impl_->parser().request;
}
Response RequestReader::refusal() const {
  return impl_->refusal();
}
bool RequestReader::keep_alive() const {
  return impl_->keep_alive();
}
bool RequestReader::http_1_0() const {
  return impl_->parser().http_1_0;
}
bool RequestReader::is_head() const {
  return impl_->parser().request.method == "HEAD";
}

}  // namespace linli::http
