// What of a picture can be seen: sink by sink, over all frames that somebody looks at.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/frame.hpp"

namespace oscilla::live {

/// Why no lane of a sink is seen in a frame; the first that holds for all its lanes.
enum class Hidden : std::uint8_t { NoLanes, Transparent, NoSize, Outside };

struct Sight {
  std::string sink;
  std::uint32_t lanes = 0;          ///< in the last frame
  bool seen = false;                ///< some lane, in some frame
  bool apart = false;               ///< two lanes did not cover each other
  Hidden hidden = Hidden::NoLanes;  ///< in the last frame in which none was seen
};

/// Takes down a frame's passes; those of a sink that was seen, and whose lanes stood apart, cost nothing any more.
void look_at(const RenderFrame& frame, std::vector<Sight>& sights);

/// "its lanes are transparent".
std::string_view words_of(Hidden hidden);

}  // namespace oscilla::live
