// rotas.csv: who stands at a post by turns. Each row is a slot; rows of a post with the same name in `rota`
// are one rota, whose people and way of moving on stand in its first row. They come in as drafts: nobody
// hears of them before they are proved and published in the chat.
#include <algorithm>

#include "bot/app/import_rows.hpp"

namespace linli::app {

bool Import::is_known(const community::Rota& rota, const community::RotaSlot& slot) {
  for (const community::Rota& known : shifts_.rotas().of_post(rota.post, true)) {
    bool same = std::ranges::any_of(known.slots, [&](const community::RotaSlot& other) {
      return other.when == slot.when && other.start_minute == slot.start_minute &&
             other.end_minute == slot.end_minute;
    });
    if (same && known.people == rota.people) return true;
  }
  return false;
}

void Import::rotas() {
  std::map<std::pair<PostId, std::string>, std::size_t> named;
  std::vector<community::Rota> all;
  for (const CsvRow& row :
       rows("rotas.csv", {"post", "days", "start", "end"}, {"least", "most", "advance", "people", "rota"})) {
    community::Rota rota;
    community::RotaSlot slot;
    bool good = sound([&] {
      for (const char* column : {"post", "days"}) required(row, column);
      if (!row["post"].empty()) rota.post = post(row, "post");
      if (!row["days"].empty()) {
        auto when = community::parse_recurrence(row["days"]);
        if (when)
          slot.when = *when;
        else
          fault(row, "days",
                "names no days; write daily, workdays, rest_days, holidays, off, or days like Mon-Fri");
      }
      auto start = clock(row, "start"), end = clock(row, "end");
      if (start && end && *start == *end)
        fault(row, "end", "is the same as start; a whole day is 00:00 to 24:00");
      slot.start_minute = start.value_or(0);
      slot.end_minute = end.value_or(0) > slot.start_minute ? *end : end.value_or(0) + community::day_minutes;
      if (!row["least"].empty()) slot.least = integer(row, "least", 0, 50).value_or(1);
      slot.most = row["most"].empty() ? std::max(slot.least, 1) : integer(row, "most", 1, 50).value_or(1);
      if (slot.most < slot.least) fault(row, "most", "is less than least");
      auto advance = community::advance(row["advance"].empty() ? "fixed" : row["advance"]);
      if (!advance) fault(row, "advance", "must be fixed, slot, day or week, or empty for fixed");
      rota.advance = advance.value_or(community::Advance::fixed);
      for (const std::string& code : parts(row["people"])) {
        auto found = person_codes_.find(code);
        auto known = found != person_codes_.end() ? found->second : people_.find_by_code(code);
        bool wrong_elsewhere = found != person_codes_.end() && !known;
        if (known) rota.people.push_back(*known);
        if (!known && !wrong_elsewhere)
          fault(row, "people", "somebody here has a code that is neither in people.csv nor in the database");
      }
    });
    if (!good || !rota.post) continue;
    if (is_known(rota, slot)) {
      ++summary_.unchanged;
      continue;
    }
    auto key = std::pair{rota.post, std::string(row["rota"])};
    auto before = row["rota"].empty() ? named.end() : named.find(key);
    if (before != named.end()) {
      all[before->second].slots.push_back(slot);
      continue;
    }
    rota.anchor = options_.zone.day(options_.now);
    rota.slots.push_back(slot);
    if (!row["rota"].empty()) named[key] = all.size();
    all.push_back(std::move(rota));
  }
  for (const community::Rota& rota : all) {
    shifts_.rotas().add(rota, {});
    summary_.rotas += static_cast<int>(rota.slots.size());
    added("rota of post " + shifts_.find_post(rota.post)->code);
  }
}

}  // namespace linli::app
