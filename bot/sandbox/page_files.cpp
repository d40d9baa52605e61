#include "bot/sandbox/page_files.hpp"

#include <array>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

#include <boost/asio/awaitable.hpp>

namespace linli::sandbox {

namespace {

struct Listed {
  std::string_view path, file, content_type;
};

constexpr std::string_view css = "text/css; charset=utf-8";
constexpr std::string_view javascript = "text/javascript; charset=utf-8";
constexpr std::array page_list{
    Listed{"/", "index.html", "text/html; charset=utf-8"},
    Listed{"/page.css", "page.css", css},
    Listed{"/page.js", "page.js", javascript},
    Listed{"/phone.js", "phone.js", javascript},
    Listed{"/bubbles.js", "bubbles.js", javascript},
    Listed{"/panels.js", "panels.js", javascript},
    Listed{"/clock.js", "clock.js", javascript},
    Listed{"/dom.js", "dom.js", javascript},
    Listed{"/favicon.svg", "favicon.svg", "image/svg+xml"},
};

constexpr std::string_view policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src "
    "'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file || bytes.empty()) {
    return Error{Errc::bad_config,
                 fmt::format("the phone page's file {} cannot be read; it comes with the source, "
                             "and weui with 'npm ci'",
                             path)};
  }
  return bytes;
}

http::Response response_of(const PageFile& file) {
  http::Response response{200, file.content_type, file.bytes, {}};
  response.headers.emplace_back("Content-Security-Policy", policy);
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  response.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  response.headers.emplace_back("Cache-Control", "no-cache");
  return response;
}

}  // namespace

Result<std::vector<PageFile>> read_page_files(const std::string& page_dir, const std::string& node_modules) {
  std::vector<PageFile> files;
  for (const Listed& listed : page_list) {
    auto bytes = read_file(fmt::format("{}/{}", page_dir, listed.file));
    if (!bytes) return bytes.error();
    files.push_back({std::string(listed.path), std::string(listed.content_type), std::move(*bytes)});
  }
  auto weui = read_file(node_modules + "/weui/dist/style/weui.min.css");
  if (!weui) return weui.error();
  files.push_back({"/weui.css", std::string(css), std::move(*weui)});
  return files;
}

std::vector<http::Route> page_routes(std::vector<PageFile> files) {
  std::vector<http::Route> routes;
  for (PageFile& file : files) {
    std::string path = file.path;
    http::Response response = response_of(file);
    // "/" is a prefix to the router: anything else below it is not a page.
    auto handle = [path, response = std::move(response)](
                      http::Request request) -> boost::asio::awaitable<http::Answer> {
      if (request.path != path) co_return http::Response{404, "text/plain; charset=utf-8", "not found\n", {}};
      co_return response;
    };
    routes.push_back({"GET", path, {}, std::move(handle)});
  }
  return routes;
}

}  // namespace linli::sandbox
