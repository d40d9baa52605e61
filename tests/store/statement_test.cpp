#include "bot/store/statement.hpp"

#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

class StatementTest : public StoreTest {
 protected:
  StatementTest() {
    db->execute("create table t (id integer primary key, n integer, x real, s text, k text unique)");
  }
  Statement put{*db, "insert into t (n, x, s, k) values (:n, :x, :s, :k)"};
  Statement get{*db, "select n, x, s from t where k = :k"};
};

TEST_F(StatementTest, CarriesEveryTypeThereAndBack) {
  std::string bytes("a\0b和", 6);
  EXPECT_EQ(put.run(std::int64_t{1} << 62, 0.1, bytes, "one"), 1);
  auto row = get.one<std::int64_t, double, std::string>("one");
  ASSERT_TRUE(row);
  EXPECT_EQ(*row, std::make_tuple(std::int64_t{1} << 62, 0.1, bytes));
}

TEST_F(StatementTest, TellsNullFromZeroAndEmpty) {
  using Number = std::optional<std::int64_t>;
  using Real = std::optional<double>;
  using Text = std::optional<std::string>;
  put.run(Number{}, Real{}, Text{}, "none");
  put.run(Number{0}, Real{0}, Text{""}, "zero");
  put.run(Number{7}, Real{7}, Text{"7"}, "seven");
  auto read = [&](const char* key) { return *get.one<Number, Real, Text>(key); };
  EXPECT_EQ(read("seven"), std::make_tuple(Number{7}, Real{7}, Text{"7"}));
  EXPECT_EQ(read("none"), std::make_tuple(Number{}, Real{}, Text{}));
  EXPECT_EQ(read("zero"), std::make_tuple(Number{0}, Real{0}, Text{""}));
}

TEST_F(StatementTest, NullReadsAsNothingWhereNoOptionalIsWanted) {
  put.run(7, 7.0, "seven", "seven");
  put.run(std::optional<std::int64_t>{}, std::optional<double>{}, std::optional<std::string>{}, "none");
  ASSERT_TRUE((get.one<std::int64_t, double, std::string>("seven")));
  auto row = get.one<std::int64_t, double, std::string>("none");
  EXPECT_EQ(*row, std::make_tuple(0, 0.0, ""));  // nothing of the row before
}

TEST_F(StatementTest, NoRowIsNothing) {
  put.run(7, 7.0, "seven", "seven");
  ASSERT_TRUE((get.one<std::int64_t, double, std::string>("seven")));
  EXPECT_FALSE((get.one<std::int64_t, double, std::string>("eight")));
  EXPECT_TRUE((get.all<std::int64_t, double, std::string>("eight").empty()));
}

TEST_F(StatementTest, IdsTimesAndTruthsAreIntegers) {
  Statement insert(*db, "insert into t (id, n, x) values (:id, :at, :yes)");
  insert.run(PersonId{5}, at(1'772'409'600), true);
  Statement select(*db, "select id, n, x, s from t");
  auto row = select.one<PersonId, Time, bool, PersonId>();
  EXPECT_EQ(*row, std::make_tuple(PersonId{5}, at(1'772'409'600), true, PersonId{}));
}

TEST_F(StatementTest, CountsWhatItChanged) {
  for (int i = 0; i < 5; ++i) put.run(i, 0.0, "", std::to_string(i));
  Statement update(*db, "update t set s = 'x' where n >= :n");
  EXPECT_EQ(update.run(2), 3);
  EXPECT_EQ(update.run(9), 0);
  Statement remove(*db, "delete from t");
  EXPECT_EQ(remove.run(), 5);
}

TEST_F(StatementTest, AnInsertThatGivesWayChangesNothing) {
  Statement gentle(*db, "insert into t (k) values (:k) on conflict (k) do nothing");
  EXPECT_EQ(gentle.run("a"), 1);
  EXPECT_EQ(gentle.run("a"), 0);
  EXPECT_EQ(gentle.run("b"), 1);
}

TEST_F(StatementTest, AnInsertCanAnswer) {
  Statement insert(*db, "insert into t (k) values (:k) returning id");
  EXPECT_EQ(std::get<0>(*insert.one<std::int64_t>("a")), 1);
  EXPECT_EQ(std::get<0>(*insert.one<std::int64_t>("b")), 2);
  EXPECT_EQ(number("select count(*) from t"), 2);
}

TEST_F(StatementTest, AUniqueViolationHasItsTypeAndLeaksNoValue) {
  put.run(1, 0.0, "", "13800138000");
  try {
    put.run(2, 0.0, "", "13800138000");
    FAIL() << "the key was taken twice";
  } catch (const UniqueViolation& error) {
    EXPECT_EQ(std::string(error.what()).find("138"), std::string::npos) << error.what();
  }
  put.run(3, 0.0, "", "another");  // the statement still works
  EXPECT_EQ(number("select count(*) from t"), 2);
}

TEST_F(StatementTest, OtherFailuresAreStorageErrors) {
  Statement wrong(*db, "select n from later");
  EXPECT_THROW(wrong.one<std::int64_t>(), StorageError);
  db->execute("create table later (n integer)");
  EXPECT_FALSE(wrong.one<std::int64_t>());  // prepared anew once it can be
  Statement orphan(*db, "insert into contact (person, account, openid) values (99, 'a', 'b')");
  try {
    orphan.run();
    FAIL() << "a contact of nobody";
  } catch (const UniqueViolation&) {
    FAIL() << "a missing person is no unique violation";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), 19);
  }
}

TEST_F(StatementTest, AnotherTypeOrNumberOfParametersIsAMistakeInTheProgram) {
  put.run(1, 0.0, "", "a");
  EXPECT_THROW(put.run("1", 0.0, "", "b"), std::logic_error);
  EXPECT_THROW(put.run(1), std::logic_error);
}

TEST_F(StatementTest, AThrowingVisitorLeavesNothingOpen) {
  for (int i = 0; i < 5; ++i) put.run(i, 0.0, "", std::to_string(i));
  Statement select(*db, "select n from t order by n");
  EXPECT_THROW(select.each<std::int64_t>([](std::int64_t) { throw std::runtime_error("x"); }),
               std::runtime_error);
  EXPECT_NO_THROW(db->execute("vacuum"));  // refused while any statement is open
  EXPECT_EQ((select.all<std::int64_t>().size()), 5u);
}

TEST_F(StatementTest, ReadingOneOfManyLeavesNothingOpen) {
  for (int i = 0; i < 5; ++i) put.run(i, 0.0, "", std::to_string(i));
  Statement select(*db, "select n from t order by n");
  EXPECT_EQ(std::get<0>(*select.one<std::int64_t>()), 0);
  EXPECT_NO_THROW(db->execute("vacuum"));
}

}  // namespace
}  // namespace linli::store
