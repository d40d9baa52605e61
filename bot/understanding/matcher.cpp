#include "bot/understanding/matcher.hpp"

#include <algorithm>
#include <cmath>

#include "bot/base/text.hpp"
#include "bot/base/toml_file.hpp"
#include "bot/community/claim_match.hpp"
#include "bot/understanding/comparison.hpp"
#include "bot/understanding/difference.hpp"

namespace linli::understanding {

namespace {

constexpr std::size_t most_candidates = 30;  // compared with the message
constexpr double least_cover = 0.8;          // of a claim that may be the same story
constexpr std::size_t most_offered = 3;
constexpr std::size_t most_compared = 600;  // characters of a claim: a story is told in fewer
constexpr std::size_t most_about = 64;      // pairs kept of what is known about a claim
constexpr double claim_power = 0.5, part_power = 0.1, whole_power = 0.3;
constexpr double near_the_best =
    0.7;  // a further one is offered if it is so much like it as this share of the best
constexpr double about_share = 0.5;   // of what the message shares with the clarification only
constexpr double half_evidence = 15;  // so many of the rarest pieces shared are half of certainty
constexpr double usual_score = 0.08;  // spreads the scores: half way between unlike and same is a half
constexpr double same_story = 0.9;    // the least score of a telling in which nothing that matters differs
constexpr double other_place = 0.35, some_places = 0.9, few_places = 0.75, place_missing = 0.7;
constexpr double other_thing = 0.8, one_more_thing = 0.8, least_things = 0.3;
constexpr std::size_t short_message = 40;  // characters of it are all part of one story
constexpr double other_number = 0.7, other_denial = 0.85;

double includes(const std::vector<std::uint32_t>& all, const std::vector<std::uint32_t>& some) {
  if (some.empty()) return 1;
  std::size_t found = 0;
  for (auto one : some) found += std::ranges::find(all, one) != all.end() ? 1 : 0;
  return static_cast<double>(found) / static_cast<double>(some.size());
}

/// Garlic for ginger makes another story, and so does garlic where a short message names nothing of the
/// claim's.
double compare_things(const std::vector<std::uint32_t>& claim, const std::vector<std::uint32_t>& part,
                      std::size_t asked) {
  double factor = 1;
  for (auto thing : part) {
    if (std::ranges::find(claim, thing) != claim.end()) continue;
    const bool other = std::ranges::any_of(
        claim, [&](std::uint32_t one) { return Meanings::kind(one) == Meanings::kind(thing); });
    if (other) {
      factor *= other_thing;
    } else if (asked < short_message) {
      factor *= one_more_thing;
    }
  }
  return std::max(factor, least_things);
}

/// The identity of the web address in a text; empty if there is none.
std::string link_in(std::string_view text) {
  auto url = community::find_url(normalise(text.substr(0, 4000)));
  return url ? community::url_identity(*url) : std::string();
}

}  // namespace

std::string_view name(Tier tier) {
  switch (tier) {
    case Tier::answer:
      return "answer";
    case Tier::suggest:
      return "suggest";
    case Tier::fresh:
      break;
  }
  return "new";
}

Result<Thresholds> read_thresholds(const std::string& file) {
  auto toml = TomlFile::read(file);
  if (!toml) return toml.error();
  auto answer = toml->number("answer");
  auto suggest = toml->number("suggest");
  if (!answer) return answer.error();
  if (!suggest) return suggest.error();
  if (*suggest < 0 || *answer > 2 || *suggest > *answer)
    return toml->wrong("suggest", "expected 0 <= suggest <= answer");
  return Thresholds{.answer = *answer, .suggest = *suggest};
}

std::uint32_t Matcher::add(std::string_view text, std::string_view about) {
  Claim claim;
  if (!about.empty()) claim.about = pairs_of(teller_->tell(about.substr(0, 1'500)).text, most_about);
  Telling telling = teller_->tell(text);
  std::string link = link_in(text);
  const auto number = static_cast<std::uint32_t>(claims_.size());
  claims_.push_back(std::move(claim));
  add_wording(number, std::move(telling), link);
  return number;
}

void Matcher::add_variant(std::uint32_t claim, std::string_view text) {
  Telling telling = teller_->tell(text);
  std::string link = link_in(text);
  add_wording(claim, std::move(telling), link);
}

void Matcher::remove(std::uint32_t claim) {
  claims_.at(claim).removed = true;
}

void Matcher::finish() {
  index_.finish();
}

std::size_t Matcher::size() const {
  return claims_.size();
}

void Matcher::add_wording(std::uint32_t claim, Telling telling, const std::string& link) {
  index_.add(telling.text, teller_->meanings().groups(telling.text));
  if (!link.empty()) {
    auto known = urls_.find(link);
    if (known == urls_.end() || claims_[known->second].removed) urls_.insert_or_assign(link, claim);
  }
  telling.text.shrink_to_fit();
  wordings_.push_back({claim, std::move(telling.text)});
}

Matcher::Compared Matcher::compare(const Telling& asked, const Weighed& weighed,
                                   const Wording& wording) const {
  Telling claim;
  claim.text = wording.text;
  teller_->read_facts(claim);
  Likeness likeness =
      liken(weighed, weigh(std::u32string_view(claim.text).substr(0, most_compared), index_, *teller_),
            claims_[wording.claim].about, teller_->meanings());
  Compared compared;
  if (likeness.claim_cover <= 0) return compared;
  compared.score = std::pow(likeness.claim_cover, claim_power) * std::pow(likeness.part_cover, part_power) *
                   std::pow(likeness.whole_cover, whole_power);
  const double evidence =
      (likeness.evidence + about_share * likeness.about) / static_cast<double>(index_.most_weight());
  compared.score *= evidence / (evidence + half_evidence);
  Telling part;
  part.text = asked.text.substr(likeness.begin, likeness.end - likeness.begin);
  teller_->read_facts(part);
  const bool claim_has = !claim.places.empty(), part_has = !part.places.empty();
  if (claim_has && part_has) {
    double held = includes(part.places, claim.places);
    double known = includes(claim.places, part.places);
    if (held == 0) {
      compared.score *= other_place;
    } else if (held < 1 || known < 1) {
      compared.score *= held * known >= 0.5 ? some_places : few_places;
    }
  } else if (claim_has) {
    if (includes(asked.places, claim.places) == 0) compared.score *= place_missing;
  } else if (part_has && asked.text.size() < short_message) {
    compared.score *= place_missing;
  }
  if (!claim.numbers.empty() && !part.numbers.empty()) {
    std::size_t agreed = 0;
    for (const auto& one : claim.numbers)
      agreed += std::ranges::find(part.numbers, one) != part.numbers.end() ? 1 : 0;
    if (agreed == 0) compared.score *= other_number;
  }
  if (claim.negations != part.negations) compared.score *= other_denial;
  compared.score *= compare_things(claim.things, part.things, asked.text.size());
  compared.score = same_story * compared.score / (compared.score + usual_score);
  if (likeness.claim_cover < least_cover) return compared;
  Difference difference = differ(part.text, claim.text, *teller_);
  compared.same = !difference.telling && difference.replaced == 0 && difference.missing == 0 &&
                  difference.added <= std::max<std::size_t>(2, claim.text.size() / 6) &&
                  asked.text.size() <= thresholds_.times * claim.text.size() + thresholds_.around &&
                  claim.negations == part.negations && claim.numbers == part.numbers &&
                  claim.places == part.places;
  if (compared.same) compared.score = same_story + (1 - same_story) * compared.score;
  return compared;
}

Match Matcher::match(std::string_view text) const {
  Match match;
  Telling asked = teller_->tell(text);
  std::string link = link_in(text);
  if (auto found = urls_.find(link); !link.empty() && found != urls_.end() && !claims_[found->second].removed)
    return {Tier::answer, 1.0, {found->second}};
  struct Candidate {
    std::uint32_t claim{};
    Compared compared;
  };
  const Weighed weighed = weigh(asked.text, index_, *teller_);
  std::vector<Candidate> candidates;
  for (const auto& found : index_.find(asked.text, teller_->meanings().groups(asked.text), most_candidates)) {
    const Wording& wording = wordings_[found.claim];
    if (!claims_[wording.claim].removed)
      candidates.push_back({wording.claim, compare(asked, weighed, wording)});
  }
  std::ranges::sort(candidates, [](const Candidate& a, const Candidate& b) {
    return a.compared.score != b.compared.score ? a.compared.score > b.compared.score : a.claim < b.claim;
  });
  if (candidates.empty()) return match;
  match.score = candidates.front().compared.score;
  for (const auto& candidate : candidates) {
    if (match.candidates.size() == most_offered) break;
    if (std::ranges::find(match.candidates, candidate.claim) != match.candidates.end()) continue;
    if (match.candidates.empty() ||
        candidate.compared.score >= std::max(thresholds_.suggest, match.score * near_the_best))
      match.candidates.push_back(candidate.claim);
  }
  if (asked.text.size() >= thresholds_.least_letters && candidates.front().compared.same &&
      match.score >= thresholds_.answer) {
    match.tier = Tier::answer;
  } else if (asked.text.size() >= thresholds_.least_offered && match.score >= thresholds_.suggest) {
    match.tier = Tier::suggest;
  }
  return match;
}

}  // namespace linli::understanding
