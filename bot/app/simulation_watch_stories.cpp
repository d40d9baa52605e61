// The part of Watch that looks at what people were told about stories: whoever asked has heard the verdict
// that stands, and nobody the same one twice in a row. Judged by the messages in the outbox and the list of
// who asked.
#include <fmt/format.h>
#include <map>
#include <set>

#include "bot/app/simulation_watch.hpp"

namespace linli::app::simulation {

namespace {

/// "claim:12:false:1772409600:7": the verdict in the key of a message.
std::pair<std::int64_t, std::string> claim_and_verdict(const std::string& key) {
  auto first = key.find(':'), second = key.find(':', first + 1), third = key.find(':', second + 1);
  if (third == key.npos) return {};
  return {std::stoll(key.substr(first + 1, second - first - 1)), key.substr(second + 1, third - second - 1)};
}

}  // namespace

void Watch::look_at_stories() {
  auto& db = scene_.house().database();
  std::map<std::pair<std::int64_t, std::int64_t>, std::string> last;  // by claim and person
  store::Statement told(db,
                        "select person, dedupe from outbox where text_id in ('rumour_report.verdict_told', "
                        "'rumour_report.verdict_changed', 'rumour_report.withdrawn_told') order by id");
  told.each<std::int64_t, std::string>([&](std::int64_t person, const std::string& key) {
    auto [claim, verdict] = claim_and_verdict(key);
    std::string& before = last[{claim, person}];
    check("told_once", claim > 0 && before != verdict, "somebody was told one verdict twice, claim", claim);
    before = verdict;
  });
  // Whoever left the account in between could not be told.
  std::set<std::int64_t> left;
  store::Statement gone(db,
                        "select distinct c.person from inbox i join contact c on c.id = i.contact "
                        "where i.kind = 'unsubscribe'");
  gone.each<std::int64_t>([&](std::int64_t person) { left.insert(person); });
  store::Statement askers(db,
                          "select r.claim, r.person, r.told_verdict, c.verdict from claim_report r "
                          "join claim c on c.id = r.claim where c.verdict <> '' and c.withdrawn_at is null "
                          "and c.merged_into is null order by r.id");
  askers.each<std::int64_t, std::int64_t, std::string, std::string>(
      [&](std::int64_t claim, std::int64_t person, const std::string& heard, const std::string& verdict) {
        if (left.contains(person)) return;
        check("told_once", heard == verdict, "whoever asked has not heard the verdict, claim", claim);
      });
}

}  // namespace linli::app::simulation
