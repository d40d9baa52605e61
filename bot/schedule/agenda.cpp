#include "bot/schedule/agenda.hpp"

namespace linli::schedule {

void Agenda::postpone(store::Due due, Time now) {
  due.at = now + put_off;
  dues_.set(due);
}

}  // namespace linli::schedule
