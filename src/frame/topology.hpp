// How many points a path's verbs use.
#pragma once

#include <cstddef>

#include "oscilla/frame.hpp"

namespace oscilla::frame {

constexpr std::size_t points_used(PathVerb verb) {
  switch (verb) {
    case PathVerb::Move:
    case PathVerb::Line: return 1;
    case PathVerb::Quadratic: return 2;
    case PathVerb::Cubic: return 3;
    case PathVerb::Close: return 0;
  }
  return 0;
}

constexpr std::size_t points_used(const Topology& topology) {
  std::size_t points = 0;
  for (const PathVerb verb : topology.verbs) points += points_used(verb);
  return points;
}

}  // namespace oscilla::frame
