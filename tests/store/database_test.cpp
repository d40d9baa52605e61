#include "bot/store/database.hpp"

#include <fstream>

#include "bot/store/schema.hpp"
#include "tests/store/fixture.hpp"

namespace linli::store {
namespace {

namespace fs = std::filesystem;

class DatabaseTest : public StoreTest {
 protected:
  DatabaseTest() { reopen(); }
  void reopen(DatabaseOptions options = {}) {
    options.path = file;
    db.reset();
    db = open_database(options);
    db->execute("create table if not exists note (id integer primary key, body text)");
  }
  std::int64_t notes() { return number("select count(*) from note"); }

  TemporaryFolder folder;
  std::string file = folder.file("linli.db");
};

TEST_F(DatabaseTest, TheSqliteBehindSociIsTheSoundOne) {
  // Asked through SOCI: what its back-end is bound to, not what this program was linked with.
  std::string version = text("select sqlite_version()");
  int major = 0, minor = 0, patch = 0;
  ASSERT_EQ(std::sscanf(version.c_str(), "%d.%d.%d", &major, &minor, &patch), 3) << version;
  EXPECT_GE(std::make_tuple(major, minor, patch), std::make_tuple(3, 51, 3));
  std::ifstream maps("/proc/self/maps");
  std::string everything{std::istreambuf_iterator<char>(maps), {}};
  EXPECT_EQ(everything.find("libsqlite3.so"), std::string::npos) << "a second SQLite is in the process";
}

TEST_F(DatabaseTest, IsSetUpToKeepItsPromises) {
  EXPECT_EQ(text("pragma journal_mode"), "wal");
  EXPECT_EQ(number("pragma synchronous"), 2);
  EXPECT_EQ(number("pragma foreign_keys"), 1);
  EXPECT_EQ(number("pragma wal_autocheckpoint"), 0);
}

TEST_F(DatabaseTest, CommittedStaysAndRolledBackGoes) {
  db->begin();
  EXPECT_TRUE(db->in_transaction());
  db->execute("insert into note (body) values ('kept')");
  db->commit();
  EXPECT_FALSE(db->in_transaction());
  db->begin();
  db->execute("insert into note (body) values ('gone')");
  db->rollback();
  EXPECT_FALSE(db->in_transaction());
  db->rollback();  // nothing to do
  reopen();
  EXPECT_EQ(notes(), 1);
}

TEST_F(DatabaseTest, ASavepointTakesBackOneTurnOnly) {
  db->begin();
  db->savepoint();
  db->execute("insert into note (body) values ('first')");
  db->release_savepoint();
  db->savepoint();
  db->execute("insert into note (body) values ('second')");
  db->rollback_to_savepoint();
  db->release_savepoint();
  EXPECT_TRUE(db->in_transaction());
  db->commit();
  EXPECT_EQ(text("select group_concat(body) from note"), "first");
}

TEST_F(DatabaseTest, AFullDiskLeavesNothingHalfDone) {
  Statement put(*db, "insert into note (body) values (:body)");
  db->begin();
  put.run("before");
  db->commit();
  auto pages = number("select page_count from pragma_page_count");
  db->execute("pragma max_page_count=" + std::to_string(pages + 3));
  db->begin();
  std::string large(2000, 'x');
  try {
    for (int i = 0; i < 100; ++i) put.run(large);
    FAIL() << "the disk did not fill";
  } catch (const StorageError& error) {
    EXPECT_TRUE(error.disk_full()) << error.what();
    EXPECT_EQ(std::string(error.what()).find("xxx"), std::string::npos);
  }
  db->rollback();
  EXPECT_FALSE(db->in_transaction());
  EXPECT_EQ(notes(), 1);
  db->execute("pragma max_page_count=1000000");  // room again: the same statement goes on
  db->begin();
  put.run(large);
  db->commit();
  EXPECT_EQ(notes(), 2);
}

TEST_F(DatabaseTest, TheLogStaysBoundedUnderLoad) {
  reopen({.synchronous_full = false, .checkpoint_pages = 50});
  Statement put(*db, "insert into note (body) values (:body)");
  Statement get(*db, "select body from note order by id desc limit 1");
  std::string body(1000, 'x');
  for (int i = 0; i < 2000; ++i) {
    db->begin();
    put.run(body);
    ASSERT_TRUE(get.one<std::string>());
    db->commit();
    db->checkpoint_if_due();
  }
  EXPECT_LT(fs::file_size(file + "-wal"), 100u * 4120u);
  EXPECT_GT(fs::file_size(file), 2'000'000u);  // it went where it belongs
}

TEST_F(DatabaseTest, WithoutCheckpointsTheLogGrows) {  // the test above can fail
  reopen({.synchronous_full = false});
  Statement put(*db, "insert into note (body) values (:body)");
  std::string body(1000, 'x');
  for (int i = 0; i < 500; ++i) put.run(body);
  EXPECT_GT(fs::file_size(file + "-wal"), 100u * 4120u);
}

TEST_F(DatabaseTest, ABackupIsWholeAndOfTheMoment) {
  db->execute("insert into note (body) values ('a')");
  std::string copy = folder.file("back up's.db");
  db->backup_to(copy);
  db->execute("insert into note (body) values ('b')");
  file = copy;
  reopen();
  EXPECT_EQ(notes(), 1);
  EXPECT_EQ(text("select integrity_check from pragma_integrity_check"), "ok");
}

TEST_F(DatabaseTest, ABackupNeverOverwrites) {
  std::string copy = folder.file("copy.db");
  db->backup_to(copy);
  EXPECT_THROW(db->backup_to(copy), StorageError);
}

TEST_F(DatabaseTest, APathMayHoldBlanks) {
  file = folder.file("two  words and a quote's.db");
  reopen();
  EXPECT_TRUE(fs::exists(file));
}

TEST_F(DatabaseTest, RefusesWhatIsNotItsOwn) {
  auto refused = [&](const std::string& path) {
    auto opened = Database::open({.path = path});
    EXPECT_FALSE(opened) << path;
    return opened ? Error{} : opened.error();
  };
  EXPECT_EQ(refused(folder.file("missing/linli.db")).code, Errc::storage);
  std::ofstream(folder.file("text.db")) << std::string(5000, 'x');
  EXPECT_NE(refused(folder.file("text.db")).text.find("text.db"), std::string::npos);
  db->execute("insert into schema_version values (999)");
  db.reset();
  EXPECT_NE(refused(file).text.find("999"), std::string::npos);
}

TEST_F(DatabaseTest, RefusesADatabaseOfSomebodyElse) {
  db->execute("pragma application_id=0");
  db.reset();
  auto opened = Database::open({.path = file});
  ASSERT_FALSE(opened);
  EXPECT_NE(opened.error().text.find("another program"), std::string::npos) << opened.error().text;
}

TEST_F(DatabaseTest, AMigrationThatStopsHalfwayLeavesTheOlderSchemaWhole) {
  // Stops it at every statement in turn by a limit that lets so many pages be written and no more.
  for (int pages = 4; pages < 400; ++pages) {
    std::string path = folder.file("half.db");
    fs::remove(path);
    fs::remove(path + "-wal");
    fs::remove(path + "-shm");
    bool complete = Database::open({.path = path, .synchronous_full = false, .max_pages = pages}).has_value();
    auto again = Database::open({.path = path, .synchronous_full = false});
    ASSERT_TRUE(again) << pages << ": " << again.error().text;
    Statement version(**again, "select max(version) from schema_version");
    EXPECT_EQ(std::get<0>(*version.one<std::int64_t>()), newest_schema());
    Statement check(**again, "select integrity_check from pragma_integrity_check");
    EXPECT_EQ(std::get<0>(*check.one<std::string>()), "ok");
    if (complete) {
      EXPECT_GT(pages, 10) << "it never stopped";
      return;
    }
  }
  FAIL() << "400 pages are not enough for an empty database";
}

}  // namespace
}  // namespace linli::store
