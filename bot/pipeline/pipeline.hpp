// The way of a message, on the store thread:
//
//   admit    find the person, and what they were in the middle of
//   route    life safety, dialog, commands, digits, rules: one handler answers
//   keep     what is to be said elsewhere, the contact, and last the inbox row with its unique key and the
//   reply commit   one fsync for the whole batch; only then is anything answered
//
// A batch runs without savepoints. If a turn throws, or a key was there already, the batch is rolled back and
// run again with a savepoint a turn: handlers are repeatable. The one that throws is kept as failed, the
// person gets an apology and a human is told; a duplicate gets the stored reply.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "bot/base/metrics.hpp"
#include "bot/community/datum.hpp"
#include "bot/dialog/router.hpp"
#include "bot/outbox/dispatch.hpp"
#include "bot/platform/inbound.hpp"
#include "bot/schedule/agenda.hpp"
#include "bot/store/inbox_ledger.hpp"
#include "bot/store/picture_ledger.hpp"

namespace linli::pipeline {

/// One callback, verified, decrypted and parsed.
struct Incoming {
  platform::Inbound inbound;
  std::string body;  // as decrypted, kept sealed with the message
  std::function<std::string(const std::string& text, Time now)>
      seal_reply;                   // the HTTP body for a passive text reply
  understanding::Heard heard = {};  // pipeline/hearing.hpp; nothing if nobody listened
  bool readable{};                  // an image that picture_reader.hpp would read
};

/// What was read in a picture that somebody sent before.
struct Reading {
  PictureId picture;
  std::string text;  // empty: nothing could be
  understanding::Heard heard = {};
};

struct Outcome {
  std::string reply;  // the HTTP response body, byte for byte as stored
  ContactId contact;
  PersonId person;
  std::vector<dialog::Said> said;  // what was said to the sender, the reply first
  bool duplicate{};
  bool failed{};  // the handler threw; the reply is an apology
};

struct Parts {
  store::Database& db;
  store::PersonLedger& people;
  store::InboxLedger& inbox;
  store::DeliveryLedger& deliveries;
  dialog::Router& router;
  dialog::Surroundings& around;
  outbox::Dispatch& dispatch;
  schedule::Agenda& agenda;
  const Clock& clock;
  Metrics& metrics;
  std::int64_t first_act = 1;                // acts number the turns; the last one of the database plus one
  store::PictureLedger* pictures = nullptr;  // none in tests that read no pictures
  community::Datum map_datum{};  // of the places in the database; the platform's are converted to it
};

class Pipeline {
 public:
  explicit Pipeline(Parts parts);

  /// Called after every commit, on the store thread: what others keep in memory may have changed.
  void on_commit(std::function<void()> committed) { committed_ = std::move(committed); }

  /// One outcome for each message, in order, all committed. Throws store::StorageError if nothing could be
  /// committed: then nobody is answered, and the platform tries again.
  std::vector<Outcome> process(std::span<const Incoming> batch);
  /// A turn of whoever sent the picture; all that it says goes by the outbox. Nothing if nobody waits for it
  /// any more. If the topic throws at what was read, the person is asked instead.
  std::optional<Outcome> process_reading(const Reading& reading);
  /// Turns what is due into turns; the number of rows acted on. Call again while it is Agenda::batch.
  int process_due();
  /// Runs a piece of work in one transaction.
  void in_transaction(const std::function<void()>& work);
  /// The reply did not reach the platform in three tries: the person hears by the outbox.
  void say_by_outbox(const std::string& key, const Outcome& outcome);

 private:
  void heard(store::Contact& contact, const platform::Inbound& in, Time now);
  Outcome run_turn(const Incoming& incoming);
  void run_plain_event(const Incoming& incoming, Outcome& outcome);
  Outcome run_alone(const Incoming& incoming);
  Outcome keep_failed(const Incoming& incoming);
  void keep_reply(const Incoming& incoming, dialog::Turn& turn, Outcome& outcome);
  std::optional<Outcome> run_reading(const Reading& reading);
  void say_later(const dialog::Turn& turn, std::string text, Time from);
  void run_due(const store::Due& due);
  void run_due_alone(const store::Due& due);

  void commit();

  Parts p_;
  std::function<void()> committed_;
  std::int64_t next_act_;
  Counter& turns_;
  Counter& duplicates_;
  Counter& failures_;
  Counter& due_turns_;
  Counter& batches_;
};

}  // namespace linli::pipeline
