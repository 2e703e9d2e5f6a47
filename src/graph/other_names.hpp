// What names of other systems are called here: shading languages, programs for moving pictures, and the earlier systems
// whose patches people know (docs/equivalents.md).
#pragma once

#include <string_view>

namespace oscilla::graph {

/// How to write here what the Kind or function `name` means elsewhere, such as "mix(a, b, t)" for `lerp`; empty if
/// nobody knows. Case does not count.
std::string_view other_name(std::string_view name);

/// The same of a value that has no brackets, such as "canvas.width" for `width`.
std::string_view other_value(std::string_view name);

}  // namespace oscilla::graph
