// A campaign over 3,000 and over 300,000 households, in one run: opening it, one answer and one total must
// cost the same. Prints microseconds a call on either register, and the ratio; exits 1 if a ratio is above
// the bound.
#include <chrono>
#include <cstdio>
#include <functional>
#include <random>

#include "bot/store/area_ledger.hpp"
#include "bot/store/campaign_ledger.hpp"
#include "bot/store/person_ledger.hpp"

namespace {

using namespace linli;
using namespace linli::store;

constexpr double most = 2.0;  // times dearer on a register a hundred times larger: caches, and a deeper index

struct Register {
  explicit Register(int households) : db(std::move(*Database::open({}))) {
    db->begin();
    AreaId district = add("d", AreaKind::district, {}), community, building;
    for (int i = 0; i < households; ++i) {
      if (i % 1500 == 0) community = add("c" + std::to_string(i), AreaKind::community, district);
      if (i % 60 == 0) building = add("b" + std::to_string(i), AreaKind::building, community);
      doors.push_back(add("h" + std::to_string(i), AreaKind::household, building));
      if (i % 60 == 0) buildings.push_back(building);
    }
    top = district;
    officer = PersonLedger(*db, cipher).create("officer", "", "", Time{});
    db->commit();
  }
  AreaId add(const std::string& code, AreaKind kind, AreaId parent) {
    return areas.add(code, kind, code, parent, false, {}, {});
  }

  SeededRandom random{1};
  FieldCipher cipher{Secret(std::string(32, 'k')), random};
  std::unique_ptr<Database> db;
  AreaLedger areas{*db};
  CampaignLedger campaigns{*db, cipher};
  AreaId top;
  std::vector<AreaId> doors, buildings;
  PersonId officer;
  Campaign campaign;
};

/// The middle of five rounds, microseconds a call.
double cost(int calls, const std::function<void(int)>& call) {
  std::vector<double> rounds;
  for (int round = 0; round < 5; ++round) {
    auto from = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) call(round * calls + i);
    rounds.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - from).count() / calls);
  }
  std::ranges::sort(rounds);
  return rounds[2];
}

}  // namespace

int main() {
  Register small(3000), large(300000);
  bool good = true;
  auto compare = [&](const char* what, int calls, const std::function<void(Register&, int)>& act) {
    double costs[2];
    for (int which = 0; which < 2; ++which) {
      Register& r = which == 0 ? small : large;
      r.db->begin();
      costs[which] = cost(calls, [&](int i) { act(r, i); });
      r.db->commit();
    }
    double ratio = costs[1] / costs[0];
    std::printf("%-18s %8.1f us of 3,000 %8.1f us of 300,000 ratio %.2f\n", what, costs[0], costs[1], ratio);
    good = good && ratio <= most;
  };
  compare("opening", 200, [](Register& r, int i) {
    r.campaign = {.kind = "k" + std::to_string(i),
                  .area = r.top,
                  .opened_at = Time{},
                  .deadline = Time{},
                  .opened_by = r.officer};
    r.campaigns.open(r.campaign);
  });
  std::mt19937 dice(1);
  compare("one answer", 2000, [&](Register& r, int) {
    AreaId door = r.doors[dice() % r.doors.size()];
    r.campaigns.set(r.campaign.id,
                    {door, static_cast<CampaignState>(1 + dice() % 5), Time{}, {}, r.officer, "staff", ""});
  });
  compare("total of the whole", 2000, [](Register& r, int) {
    if (r.campaigns.totals(r.campaign, r.top).base == 0) std::abort();
  });
  compare("total of a building", 2000, [&](Register& r, int) {
    if (r.campaigns.totals(r.campaign, r.buildings[dice() % r.buildings.size()]).base == 0) std::abort();
  });
  compare("a found household", 500, [](Register& r, int i) {
    static int number = 0;
    r.campaigns.found(r.campaign, {r.add("n" + std::to_string(++number), AreaKind::household,
                                         r.buildings[static_cast<std::size_t>(i) % r.buildings.size()]),
                                   CampaignState::found,
                                   Time{},
                                   {},
                                   r.officer,
                                   "found",
                                   ""});
  });
  return good ? 0 : 1;
}
