// An example patch for what the catalogue lists: the files of examples/, one for each block, kept as text. Each shows
// what its block does, draws, and is free of mistakes (tests/golden renders them all).
#pragma once

#include <span>
#include <string_view>

namespace oscilla::blocks {

struct Example {
  std::string_view name;  ///< of the block or function that it is about
  std::string_view text;  ///< a whole patch
};

/// All of them, in the order of their names.
std::span<const Example> examples();

/// The example about `name`; where there is none of its own, the first that calls it; else empty.
std::string_view example_of(std::string_view name);

}  // namespace oscilla::blocks
