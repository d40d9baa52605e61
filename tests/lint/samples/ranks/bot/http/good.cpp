#include <boost/beast/http.hpp>

#include "bot/base/result.hpp"
