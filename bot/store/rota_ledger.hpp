// Rotas as they are kept, published ones and drafts. A draft is a rota, or an override of one, that nobody
// has heard of yet; publishing makes both count. ShiftLedger makes shifts of what is published.
#pragma once

#include <optional>
#include <vector>

#include "bot/community/rota.hpp"
#include "bot/store/statement.hpp"

namespace linli::store {

class RotaLedger {
 public:
  explicit RotaLedger(Database& db);

  /// Public holidays and make-up days; without this every week is like any other.
  void set_calendar(community::Calendar calendar) { calendar_ = std::move(calendar); }
  const community::Calendar& calendar() const { return calendar_; }

  /// With its slots and people; a draft unless `published_at` is given.
  RotaId add(const community::Rota& rota, std::optional<Time> published_at);
  /// One more slot, stood by one person every day, in the post's published rota of that kind; the same person
  /// at the same start gets the new end.
  /// False if it was there already just so.
  bool add_daily(PostId post, PersonId person, int start_minute, int end_minute);
  void add_override(RotaId rota, const community::RotaOverride& change);

  /// What is published; `drafts`: as it would be if the drafts were published too.
  std::vector<community::Rota> of_post(PostId post, bool drafts);
  std::vector<community::Rota> published();
  bool has_draft(PostId post);
  /// The overrides of drafts and the rotas of drafts of a post.
  std::vector<community::Rota> only_drafts(PostId post);
  void publish(PostId post, Time now);
  /// Forgets the changes that were not published; rotas that were never published stay drafts.
  void drop_changes(PostId post);
  /// The post is not stood any more.
  void end(PostId post);

 private:
  std::vector<community::Rota> read(PostId post, bool drafts);

  Statement add_, add_slot_, add_person_, fixed_of_, slots_of_, same_slot_, set_end_, add_override_, of_post_,
      rotas_, slots_, people_, overrides_, has_draft_, publish_, publish_changes_, drop_changes_,
      end_changes_, end_people_, end_slots_, end_;
  community::Calendar calendar_;
};

}  // namespace linli::store
