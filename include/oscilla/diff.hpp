// What changed between two patches, in words: which definitions came, went, changed or have another name. Layout,
// comments and the order of definitions are no changes; the order of writers is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "oscilla/patch.hpp"

namespace oscilla {

/// A port or a part of one thing that changed. `before` and `after` are expressions; empty: there was or is none.
struct PartChange {
  std::string part;  ///< a port ("size"), "value" where the whole differs, "kind" of a block, "parameters", "outputs"
  std::string before;
  std::string after;
};

struct Change {
  enum class Kind : std::uint8_t { Added, Removed, Changed, Renamed };
  Kind kind = Kind::Changed;
  std::string what;               ///< "block", "value", "input", "define", "setting", "use", "text" (cannot be read)
  std::string name;               ///< of today; "Swing.spin" inside a define
  std::string before;             ///< Renamed: the name before
  std::vector<PartChange> parts;  ///< Added and Removed: one, the value
};

/// In the order of the patches: what is there now by its place, then what is gone.
std::vector<Change> diff_patches(const Patch& before, const Patch& after);

/// "`draw` changed: size 1 -> 2, color is new: #ffffff".
std::string change_text(const Change& change);

}  // namespace oscilla
