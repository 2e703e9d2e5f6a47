// An explanation as a tree that an artist can read, and as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oscilla/json.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/playback.hpp"
#include "oscilla/why.hpp"

namespace oscilla::cli {

/// A frame and its time.
struct WhyMoment {
  std::int64_t frame = 0;
  double t_ms = 0;
};

/// When a cause last changed; nothing: it is what it was at the beginning, or nobody looked.
using Changes = std::vector<std::optional<WhyMoment>>;

/// What the frames before say of the causes.
struct WhyHistory {
  Changes changes;  ///< by cause: the frame at whose end a state was written, in which an input came
  std::vector<std::vector<std::optional<std::int64_t>>> entered;  ///< by cause: of a delay's events when they came in
};

struct WhyScene {
  const Explanation& explanation;
  const Patch& patch;
  std::int64_t frame = 0;
  double t_ms = 0;
  WhyHistory history;
  std::optional<PlayedEdit> since = {};  ///< the edit that the explained program came with
  bool all = false;                      ///< inner steps of blocks and numbers of the engine too
  bool looked_back = true;               ///< `history` knows when things changed
};

/// A link of the chain, with what it is made of below it: deeper, up to the next line that is not.
struct WhyLine {
  std::uint32_t depth = 0;
  std::string text;
  std::optional<CausePlace> place = {};  ///< where it stands in the text
};

/// The chain; behind it what an edit took to another course and is not all there yet.
std::vector<WhyLine> why_lines(const WhyScene& scene);

std::string why_text(const WhyScene& scene);
Json why_json(const WhyScene& scene);

}  // namespace oscilla::cli
