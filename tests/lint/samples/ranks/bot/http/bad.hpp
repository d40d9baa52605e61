#include <boost/asio/awaitable.hpp>
#include <boost/beast/http.hpp>  // found: may be included only in
