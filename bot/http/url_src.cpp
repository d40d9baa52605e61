// Boost.URL, compiled once for the whole program; Debian ships it as a library of its own, which this
// replaces.
#include <boost/url/src.hpp>
