#include "bot/pipeline/hearing.hpp"

namespace linli::pipeline {

understanding::Heard listen(understanding::Listener& listener, const platform::Inbound& in) {
  switch (in.kind) {
    case platform::InboundKind::text:
      return listener.listen(in.text);
    case platform::InboundKind::link:
      return listener.listen(in.title + "。" + in.description);
    default:
      return {};
  }
}

}  // namespace linli::pipeline
