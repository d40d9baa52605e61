// Is this a story that we know? Candidates come from the index; each is then compared with the part of the
// message that is most like it. Three tiers: answered only if nothing that matters differs and the message is
// long enough to be told apart, offered (up to three) if it is probably one of them, otherwise new.
// Thresholds are config/claim_thresholds.toml, written by `linli match --calibrate`. Nothing is kept on disk: who
// owns the claims adds them again.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "bot/base/result.hpp"
#include "bot/understanding/claim_index.hpp"
#include "bot/understanding/comparison.hpp"
#include "bot/understanding/story.hpp"

namespace linli::understanding {

enum class Tier { answer, suggest, fresh };
std::string_view name(Tier tier);

struct Thresholds {
  double answer = 0.9;
  double suggest = 0.45;
  std::size_t least_letters = 8;  // fewer never answer alone
  std::size_t least_offered = 4;  // and fewer are not even offered for
  // How long a message may be that a claim answers: so many times the claim and so many characters around it.
  std::size_t times = 3, around = 30;
};

/// config/claim_thresholds.toml. Errc::bad_config names file and key.
Result<Thresholds> read_thresholds(const std::string& file);

struct Match {
  Tier tier = Tier::fresh;
  double score{};                         // of the best candidate; 0 if there is none
  std::vector<std::uint32_t> candidates;  // the best first, at most three
};

/// Belongs to one thread; `match` alone may be asked by many.
class Matcher {
 public:
  Matcher(const Storyteller& teller, Thresholds thresholds) : teller_(&teller), thresholds_(thresholds) {}

  /// Claims are numbered from 0 in the order added; `finish` after the last one of a list. A claim added
  /// later is known at once, weighed with what was known at `finish`, for some microseconds.
  /// `about`: what is known about it (its clarification); it helps to recognise long tellings.
  std::uint32_t add(std::string_view claim, std::string_view about = {});
  /// Another wording of the same claim, before or after `finish`: a message is like a claim as much as it is
  /// like the most alike of its wordings.
  void add_variant(std::uint32_t claim, std::string_view text);
  /// The claim is found no more (withdrawn, merged into another). Its number is not given again.
  void remove(std::uint32_t claim);
  void finish();

  Match match(std::string_view text) const;
  /// Claims ever added.
  std::size_t size() const;
  /// Before anyone asks.
  void set(const Thresholds& thresholds) { thresholds_ = thresholds; }

 private:
  struct Compared {
    double score{};  // how alike, 0 to 1
    bool same{};     // nothing that matters differs
  };
  struct Wording {
    std::uint32_t claim{};
    std::u32string text;  // of its telling; its facts are read when it is compared, which costs less memory
  };
  struct Claim {
    std::vector<std::uint32_t> about;  // pairs of what is known about it
    bool removed{};
  };
  void add_wording(std::uint32_t claim, Telling telling, const std::string& link);
  Compared compare(const Telling& asked, const Weighed& weighed, const Wording& wording) const;

  const Storyteller* teller_;
  Thresholds thresholds_;
  ClaimIndex index_;                 // of wordings
  std::vector<Wording> wordings_;
  std::vector<Claim> claims_;
  std::unordered_map<std::string, std::uint32_t> urls_;
};

}  // namespace linli::understanding
