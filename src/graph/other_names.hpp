// What names of other systems are called here: shading languages, and the earlier systems whose patches people know
// (docs/equivalents.md).
#pragma once

#include <string_view>

namespace oscilla::graph {

/// How to write here what `name` means elsewhere, such as "mix(a, b, t)" for `lerp`; empty if nobody knows. Case counts
/// for Kinds and functions alike.
std::string_view other_name(std::string_view name);

}  // namespace oscilla::graph
