#include "bot/app/trained.hpp"

namespace linli::app {

namespace {

using understanding::Book;
using understanding::Listener;

Book book_of(store::ClaimLedger& claims, ClaimId id) {
  auto claim = claims.find(id);
  return {id.value, claims.wordings(id), claim ? claim->clarification : std::string()};
}

}  // namespace

Result<Trained> train(const Settings& settings) {
  auto understanding = understanding::Understanding::load(settings.words, settings.understanding);
  if (!understanding) return understanding.error();
  Trained trained;
  trained.understanding = std::move(*understanding);
  auto teller = understanding::Storyteller::load(settings.words, trained.understanding->reader());
  if (!teller) return teller.error();
  trained.teller = std::make_shared<const understanding::Storyteller>(std::move(*teller));
  auto thresholds =
      understanding::read_thresholds((settings.understanding / "claim_thresholds.toml").string());
  if (!thresholds) return thresholds.error();
  trained.thresholds = *thresholds;
  return trained;
}

std::unique_ptr<Listener> make_listener(const Trained& trained, House& house,
                                        std::function<void(std::function<void()>)> hand_over) {
  auto listener = std::make_unique<Listener>(trained.understanding, trained.teller, trained.thresholds);
  auto& claims = house.ledgers().claims;
  std::vector<Book> stories;
  for (ClaimId id : claims.all()) stories.push_back(book_of(claims, id));
  claims.take_changed();
  listener->stories().fill(stories);
  auto committed = [&claims, to = listener.get(), hand_over = std::move(hand_over)] {
    auto changed = claims.take_changed();
    if (changed.empty()) return;
    std::vector<Book> books;
    for (ClaimId id : changed) books.push_back(book_of(claims, id));
    auto put = [to, books = std::move(books)] {
      for (const auto& book : books) to->stories().put(book);
    };
    hand_over(std::move(put));
  };
  house.pipeline().on_commit(std::move(committed));
  return listener;
}

}  // namespace linli::app
