#include "bot/app/trained.hpp"

namespace linli::app {

namespace {

using understanding::Book;
using understanding::Listener;

Book book_of(store::ClaimLedger& claims, ClaimId id) {
  auto claim = claims.find(id);
  return {id.value, claims.wordings(id), claim ? claim->clarification : std::string()};
}

std::vector<Book> books_of(store::QuestionLedger& questions, const std::vector<std::int64_t>& shelved,
                           const understanding::QuestionForm& form) {
  std::vector<Book> books;
  for (std::int64_t id : shelved) {
    auto wordings = questions.wordings(id);
    for (auto& wording : wordings) wording = form.of(wording);
    books.push_back({id, std::move(wordings), {}});
  }
  return books;
}

}  // namespace

std::vector<understanding::TaughtExample> taught_in(House& house) {
  std::vector<understanding::TaughtExample> taught;
  for (auto& [wording, intent] : house.ledgers().examples.approved()) {
    if (auto known = understanding::intent_of(intent)) taught.push_back({std::move(wording), *known});
  }
  return taught;
}

understanding::Thresholds question_thresholds(const community::QuestionRules& rules) {
  return {.answer = rules.answer,
          .suggest = rules.suggest,
          .least_letters = static_cast<std::size_t>(rules.least_letters),
          .least_offered = static_cast<std::size_t>(rules.least_offered),
          .times = 1,
          .around = static_cast<std::size_t>(rules.beside)};
}

Result<Trained> train(const Settings& settings, std::span<const understanding::TaughtExample> taught) {
  auto understanding = understanding::Understanding::load(settings.words, settings.understanding, taught);
  if (!understanding) return understanding.error();
  Trained trained;
  trained.understanding = std::move(*understanding);
  auto teller = understanding::Storyteller::load(settings.words, trained.understanding->reader());
  if (!teller) return teller.error();
  trained.teller = std::make_shared<const understanding::Storyteller>(std::move(*teller));
  auto form = understanding::QuestionForm::load(settings.words, trained.understanding->reader());
  if (!form) return form.error();
  trained.form = std::make_shared<const understanding::QuestionForm>(std::move(*form));
  auto thresholds =
      understanding::read_thresholds((settings.understanding / "claim_thresholds.toml").string());
  if (!thresholds) return thresholds.error();
  trained.thresholds = *thresholds;
  auto rules = community::QuestionRules::read(settings.questions);
  if (!rules) return rules.error();
  trained.question_thresholds = question_thresholds(*rules);
  return trained;
}

std::unique_ptr<Listener> make_listener(const Trained& trained, House& house,
                                        std::function<void(std::function<void()>)> hand_over) {
  auto listener = std::make_unique<Listener>(trained.understanding, trained.teller, trained.form,
                                             trained.thresholds, trained.question_thresholds);
  auto& claims = house.ledgers().claims;
  std::vector<Book> stories;
  for (ClaimId id : claims.all()) stories.push_back(book_of(claims, id));
  claims.take_changed();
  listener->stories().fill(stories);
  auto& questions = house.ledgers().questions;
  listener->questions().fill(books_of(questions, questions.all_shelved(), *trained.form));
  questions.take_changed();
  auto& examples = house.ledgers().examples;
  listener->taught().know(taught_in(house));
  auto taught_anew = [&house, &examples, to = listener.get(), hand_over] {
    if (!examples.take_changed()) return;
    auto know = [to, taught = taught_in(house)] { to->taught().know(taught); };
    hand_over(std::move(know));
  };
  auto committed = [taught_anew, &claims, &questions, form = trained.form, to = listener.get(),
                    hand_over = std::move(hand_over)] {
    taught_anew();
    auto changed = claims.take_changed();
    auto asked = questions.take_changed();
    if (changed.empty() && asked.empty()) return;
    std::vector<Book> books;
    for (ClaimId id : changed) books.push_back(book_of(claims, id));
    auto put = [to, books = std::move(books), asked = books_of(questions, asked, *form)] {
      for (const auto& book : books) to->stories().put(book);
      for (const auto& book : asked) to->questions().put(book);
    };
    hand_over(std::move(put));
  };
  house.pipeline().on_commit(std::move(committed));
  return listener;
}

}  // namespace linli::app
