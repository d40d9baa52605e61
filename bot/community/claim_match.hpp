// Is this the story that we know? Sure or silent: two texts are the same story if they are equal after
// everything is taken away that people put around a story (forward marks, "@", "听说 ... 是真的吗",
// punctuation, particles), or if one is the other with a few characters more while numbers, dates, times,
// places, buildings and negations agree. A changed word is never the same story: that is for a person to say.
// Pure; used by the claim ledger and the rumour topic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linli::community {

struct Story {
  std::u32string skeleton;  // what is left to compare; may be empty
  std::string facts;        // what must agree, in order

  bool empty() const { return skeleton.empty(); }
  /// Too short to be told apart by its words alone: its answer is offered, not given.
  bool is_short() const { return skeleton.size() < 10; }
};

/// `text` as written or normalised (base/text.hpp).
Story read_story(std::string_view text);
/// From a stored skeleton.
Story story_of_skeleton(std::u32string skeleton);

/// The story as it was written, without what people put around it: how others are shown it. The text itself
/// if nothing would be left.
std::string without_trimmings(std::string_view text);

bool same_story(const Story& a, const Story& b);

/// Agreement of the character pairs, 0 to 1.
double dice(std::u32string_view a, std::u32string_view b);

/// At most eight of the story's three-character pieces as numbers, always the same ones: two nearly equal
/// stories share one of them. `seed` keeps the numbers from telling the pieces.
std::vector<std::int64_t> pieces(const Story& story, std::uint64_t seed);
/// Lengths that a nearly equal story can have.
struct Lengths {
  std::int64_t least{}, most{};
};
Lengths near_lengths(const Story& story);

/// The first web address in a text.
std::optional<std::string> find_url(std::string_view text);
/// What makes two addresses the same page: host without "www." and "m.", path without its last slash, and the
/// parameters that name the page, without those that only say who passed it on. Empty if it is no web
/// address.
std::string url_identity(std::string_view url);

}  // namespace linli::community
