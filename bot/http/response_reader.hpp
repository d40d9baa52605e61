// Bytes in, a whole answer out: the client's parser without a socket. Used by client.cpp.
#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "bot/http/client.hpp"

namespace linli::http {

class ResponseReader {
 public:
  enum class Step { more, whole, broken };

  /// `to_head`: the request was HEAD, so the answer has no body whatever its header says.
  ResponseReader(std::size_t max_body, bool to_head);
  ~ResponseReader();
  ResponseReader(const ResponseReader&) = delete;
  ResponseReader& operator=(const ResponseReader&) = delete;

  std::span<char> room();
  Step take(std::size_t bytes);
  /// The other side closed: whole if the answer ends that way.
  Step end();

  /// No byte has come.
  bool untouched() const;
  ClientResponse response();
  /// The connection can carry another request.
  bool keep_alive() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace linli::http
