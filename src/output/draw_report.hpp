// What became of a frame's figures when it was drawn.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace oscilla::output {

struct DrawReport {
  std::uint64_t drawn = 0;
  std::uint64_t outside = 0;        ///< their bounds do not touch the picture
  std::uint64_t unseen = 0;         ///< nothing of them has size and colour
  std::vector<std::string> broken;  ///< passes that were not drawn: "NAME: what is wrong"; marked in the picture

  void add(const DrawReport& other) {
    drawn += other.drawn;
    outside += other.outside;
    unseen += other.unseen;
    broken.insert(broken.end(), other.broken.begin(), other.broken.end());
  }
};

}  // namespace oscilla::output
