#include "bot/store/organisation_ledger.hpp"

#include <gmock/gmock.h>

#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

using enum community::OrganisationKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class OrganisationLedgerTest : public StoreTest {
 protected:
  AreaId area(const char* code, AreaKind kind, AreaId parent) {
    return areas.add(code, kind, code, parent, false, {}, {});
  }
  std::vector<std::string> codes(const std::vector<Organisation>& found) {
    std::vector<std::string> all;
    for (const auto& one : found) all.push_back(one.code);
    return all;
  }

  AreaLedger areas{*db};
  OrganisationLedger organisations{*db, areas};
  AreaId district = area("d", AreaKind::district, {});
  AreaId street = area("s", AreaKind::street, district);
  AreaId community = area("c", AreaKind::community, street);
  AreaId compound = area("hp", AreaKind::compound, community);
  AreaId building = area("b", AreaKind::building, compound);
  AreaId neighbour = area("hp2", AreaKind::compound, community);
  AreaId elsewhere = area("c2", AreaKind::community, street);
};

TEST_F(OrganisationLedgerTest, InReachAreThoseOfTheAreaAboveItAndInItsCommunity) {
  organisations.add("police", "青槐派出所", police, street);
  organisations.add("shop", "惠民超市", shop, neighbour);
  organisations.add("firm", "和平苑物业", property, compound);
  organisations.add("far", "远处超市", shop, elsewhere);
  EXPECT_THAT(codes(organisations.in_reach(building)), ElementsAre("shop", "firm", "police"));
  EXPECT_THAT(codes(organisations.in_reach(elsewhere)), ElementsAre("far", "police"));
  EXPECT_THAT(codes(organisations.in_reach(street)), ElementsAre("shop", "firm", "far", "police"));
}

TEST_F(OrganisationLedgerTest, ByNameOrElseByKind) {
  organisations.add("one", "惠民超市", shop, community);
  organisations.add("two", "家家乐超市", shop, community);
  organisations.add("police", "青槐派出所", police, street);
  EXPECT_THAT(codes(organisations.by_words(building, "惠民超市")), ElementsAre("one"));
  EXPECT_THAT(codes(organisations.by_words(building, "家家乐")), ElementsAre("two"));
  EXPECT_THAT(codes(organisations.by_words(building, "超市")), ElementsAre("one", "two"));
  EXPECT_THAT(codes(organisations.by_words(building, "民警同志")), ElementsAre("police"));
  EXPECT_THAT(codes(organisations.by_words(building, "城管")), IsEmpty());
  EXPECT_THAT(codes(organisations.by_words(building, "")), IsEmpty());
  EXPECT_THAT(codes(organisations.by_words(elsewhere, "惠民超市")), IsEmpty());
}

TEST_F(OrganisationLedgerTest, ACodeIsOfOne) {
  OrganisationId id = organisations.add("one", "惠民超市", shop, community);
  EXPECT_EQ(organisations.find(id)->name, "惠民超市");
  EXPECT_EQ(organisations.find_by_code("one")->id, id);
  EXPECT_FALSE(organisations.find_by_code("two"));
  EXPECT_THROW(organisations.add("one", "别的", other, community), UniqueViolation);
}

}  // namespace
}  // namespace linli::store
