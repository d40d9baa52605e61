#include "bot/store/schema.hpp"

#include <fmt/format.h>
#include <string_view>

#include "bot/store/schema_parts.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

namespace {

// Conventions: times are seconds since 1970 (UTC), booleans 0/1, areas carry their path ("/1/4/9/") so that
// "all below" is a prefix and "all above" is in the text. Columns ending in _sealed hold FieldCipher's base64
// text.
constexpr std::string_view v1[] = {
    R"(create table area (
         id integer primary key, code text not null unique, kind text not null, name text not null,
         parent integer references area(id), path text not null, unmanaged integer not null default 0,
         lat real, lon real, level text))",
    "create index area_parent on area(parent)",
    "create index area_path on area(kind, path)",

    R"(create table person (
         id integer primary key, code text unique, name_sealed text not null default '',
         phone_sealed text not null default '', phone_hash text not null default '',
         home integer references area(id), created_at integer not null, quiet integer not null default 0,
         forget_asked_at integer, forgotten_at integer))",
    "create index person_phone on person(phone_hash) where phone_hash <> ''",
    "create index person_home on person(home) where home is not null",
    "create index person_forget on person(forget_asked_at) where forget_asked_at is not null and "
    "forgotten_at is null",

    // One row a person and platform account; what the platform still lets us send, and what the person is in
    // the middle of, live here because both change with every message.
    R"(create table contact (
         id integer primary key, person integer not null references person(id), account text not null,
         openid text not null, followed integer not null default 1,
         window_until integer not null default 0, window_left integer not null default 0,
         last_message_at integer not null default 0, dialog_sealed text not null default '',
         unique (account, openid)))",
    "create index contact_person on contact(person)",

    R"(create table appointment (
         id integer primary key, person integer not null references person(id), role text not null,
         area integer not null references area(id), from_at integer not null, until_at integer,
         substitute integer references person(id)))",
    "create index appointment_area on appointment(area, role)",
    "create index appointment_person on appointment(person)",
    "create index appointment_substitute on appointment(substitute) where substitute is not null",

    R"(create table member (
         id integer primary key, household integer not null references area(id),
         person integer references person(id), name_sealed text not null default '',
         relation text not null default '', birth_year integer, conditions_sealed text not null default '',
         lives_alone integer not null default 0, state text not null default 'confirmed',
         claimed_at integer, decided_at integer, decided_by integer, until_at integer))",
    "create index member_household on member(household)",
    "create index member_person on member(person) where person is not null",

    R"(create table consent (
         id integer primary key, person integer not null references person(id), purpose text not null,
         version text not null, about integer, granted_at integer not null, expires_at integer,
         withdrawn_at integer))",
    "create index consent_person on consent(person, purpose)",

    R"(create table code (
         id integer primary key, hash text not null unique, purpose text not null, person integer,
         area integer, role text not null default '', created_by integer, created_at integer not null,
         expires_at integer not null, used_at integer, used_by integer))",
    "create table code_try (person integer not null, at integer not null)",
    "create index code_try_person on code_try(person, at)",

    R"(create table task (
         id integer primary key, number integer not null unique, kind text not null, state text not null,
         urgency integer not null, area integer references area(id), household integer references area(id),
         reporter integer references person(id), owner integer references person(id),
         level integer not null default 0, reminders integer not null default 0,
         reopened integer not null default 0, opened_at integer not null, offered_at integer,
         accepted_at integer, done_at integer, closed_at integer, closed_how text not null default '',
         text_sealed text not null default '', data_sealed text not null default ''))",
    // Only what is looked for, and nothing that changes on the way: every index entry that a turn writes is a
    // page more in the log.
    "create index task_reporter on task(reporter)",
    "create index task_owner on task(owner) where state = 'accepted'",
    "create index task_gathering on task(id) where state = 'open' and offered_at is null",
    "create index task_kind on task(kind) where state <> 'closed'",

    // What happened to a task, for ever; `act` is the turn that did it (one turn may change several tasks).
    R"(create table task_event (
         id integer primary key, task integer not null references task(id), at integer not null,
         act integer not null default 0, actor integer, what text not null, person integer,
         note_sealed text not null default ''))",
    "create index task_event_task on task_event(task)",
    "create index task_event_actor on task_event(actor, at) where what in ('accepted', 'done', 'returned')",

    // Who was told of an open task and may take it.
    R"(create table task_offer (
         task integer not null references task(id), person integer not null references person(id),
         level integer not null, at integer not null, primary key (task, person)) without rowid)",
    "create index task_offer_person on task_offer(person)",

    // Everything that falls due, one row each; the key makes a slot unique, the row goes in the commit that
    // acts.
    R"(create table due (
         key text primary key, at integer not null, topic text not null, ref integer not null default 0,
         data text not null default '') without rowid)",
    "create index due_at on due(at)",

    // What has asked a person for a digit or a word, so that a bare answer finds the one thing it answers.
    R"(create table ask (
         person integer not null references person(id), topic text not null, ref integer not null,
         accepts text not null, hint text not null default '', asked_at integer not null,
         expires_at integer not null, primary key (person, topic, ref)) without rowid)",

    // People are never deleted, so the person needs no guard; one would cost every correction a journal.
    R"(create table checkin (
         id integer primary key, household integer not null references area(id), day text not null,
         person integer not null, at integer not null, state text not null,
         temperature integer, details_sealed text not null default '', via text not null default 'self',
         entered_by integer, corrections integer not null default 0, objected_at integer,
         unique (household, day)))",

    // A story that people pass on. Its words are sealed, because people write names into them: equal texts
    // are found by keyed hash, nearly equal ones by the keyed hashes of a few of their three-character
    // pieces.
    R"(create table claim (
         id integer primary key, code text not null unique, text_sealed text not null,
         verdict text not null default '', clarification text not null default '', source text not null default '',
         area integer references area(id), task integer references task(id), valid_until integer,
         created_at integer not null, decided_at integer))",
    "create index claim_task on claim(task) where task is not null",
    R"(create table claim_variant (
         id integer primary key, claim integer not null references claim(id), hash text not null unique,
         text_sealed text not null))",
    R"(create table claim_piece (
         piece integer not null, length integer not null, variant integer not null references claim_variant(id),
         primary key (piece, length, variant)) without rowid)",
    R"(create table claim_report (
         id integer primary key, claim integer not null references claim(id), person integer not null,
         at integer not null, told_at integer, told_verdict text not null default '',
         unique (claim, person)))",

    R"(create table post (
         id integer primary key, code text not null unique, area integer not null references area(id),
         name text not null, lat real not null, lon real not null, radius_m integer not null,
         code_word text not null default '', what text not null default ''))",
    R"(create table shift (
         id integer primary key, post integer not null references post(id),
         person integer references person(id), starts_at integer not null, ends_at integer not null,
         state text not null default 'planned', confirmed_at integer, in_at integer, in_by text not null default '',
         out_at integer, late_minutes integer not null default 0, note_sealed text not null default '',
         unique (post, starts_at, person)))",
    // Who stands at a post every day at the same hours; shifts are made of these some days ahead.
    R"(create table daily_shift (
         post integer not null references post(id), person integer not null references person(id),
         start_minute integer not null, end_minute integer not null,
         primary key (post, person, start_minute)) without rowid)",
    "create index shift_person on shift(person, starts_at)",
    "create index shift_starts on shift(starts_at)",

    // One row a message or event of the platform: the dedupe key, what came, and the exact bytes of the
    // answer. The ids rise as messages come, so that rows are appended and only the keys are scattered: a
    // quarter cheaper than by key, and old rows are found without an index of their own.
    R"(create table inbox (
         id integer primary key, key text not null unique, contact integer, received_at integer not null,
         kind text not null, body_sealed text not null default '', reply text not null default '',
         state text not null default 'done'))",

    R"(create table outbox (
         id integer primary key, contact integer not null references contact(id),
         person integer not null references person(id), text_id text not null, body_sealed text not null,
         card_sealed text not null default '', urgency integer not null, dedupe text unique,
         state text not null, created_at integer not null, not_before integer not null,
         expires_at integer not null, attempts integer not null default 0, epoch integer not null default 0,
         lease_until integer not null default 0, via text not null default '',
         client_msg_id text not null default '', platform_msgid text not null default '',
         errcode integer not null default 0, settled_at integer, task integer))",
    "create index outbox_due on outbox(not_before) where state = 'due'",
    "create index outbox_due_contact on outbox(contact) where state = 'due'",
    "create index outbox_unsettled on outbox(state) where state not in ('accepted', 'delivered', 'expired')",
    "create index outbox_contact on outbox(contact, id) where state in ('due', 'sending', 'waiting')",
    "create index outbox_sending on outbox(lease_until) where state = 'sending'",
    "create index outbox_msgid on outbox(platform_msgid) where platform_msgid <> ''",
};

std::span<const std::string_view> first_tables() {
  return v1;
}

using Tables = std::span<const std::string_view> (*)();
// clang-format off
constexpr Tables migrations[] = {
    first_tables,
    organisation_tables,
    duty_tables,
    front_line_tables,
    coverage_tables,
    outbox_tables,
    window_tables,
    area_names_tables,
    prolonged_tables,
    campaign_tables,
    rounds_tables,
    voice_tables,
    weekly_tables,
    language_tables,
    examples_tables,
    question_tables,
    claims_tables,
    picture_tables,
};
// clang-format on

std::int64_t version_of(Database& db) {
  db.execute("create table if not exists schema_version (version integer not null)");
  Statement read(db, "select coalesce(max(version), 0) from schema_version");
  return std::get<0>(*read.one<std::int64_t>());
}

}  // namespace

std::int64_t newest_schema() {
  return static_cast<std::int64_t>(std::size(migrations));
}

Result<void> migrate(Database& db) {
  const std::int64_t newest = newest_schema();
  std::int64_t version = version_of(db);
  if (version > newest) {
    return Error{Errc::storage,
                 fmt::format("the database has schema {}, this program knows {}: start the newer "
                             "linli, or restore a backup from before the upgrade",
                             version, newest)};
  }
  for (; version < newest; ++version) {
    db.begin();
    for (std::string_view statement : migrations[version]()) db.execute(std::string(statement));
    db.execute(fmt::format("insert into schema_version values ({})", version + 1));
    db.commit();
  }
  return {};
}

void drop_unique_inbox_key(Database& db) {
  Statement keyed(db, "select count(*) from sqlite_schema where name = 'inbox' and sql like '%primary key%'");
  if (std::get<0>(*keyed.one<std::int64_t>()) == 0) return;
  db.begin();
  db.execute("create table inbox_any as select * from inbox");
  db.execute("drop table inbox");
  db.execute("alter table inbox_any rename to inbox");
  db.commit();
}

}  // namespace linli::store
