// The phone page's files: a fixed list, read once at start, so that no path from outside reaches the disk and
// a missing file is an error at start and not a blank page.
#pragma once

#include <string>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/http/server.hpp"

namespace linli::sandbox {

struct PageFile {
  std::string path;  // in the URL
  std::string content_type;
  std::string bytes;
};

/// Errc::bad_config naming the file that cannot be read. `node_modules` holds weui.
Result<std::vector<PageFile>> read_page_files(const std::string& page_dir, const std::string& node_modules);

/// The routes keep the files.
std::vector<http::Route> page_routes(std::vector<PageFile> files);

}  // namespace linli::sandbox
