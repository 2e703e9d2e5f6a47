// Random edits of a patch, as somebody makes them who plays: small ones, large ones, mistakes. For testing what edits
// do to a running session.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "oscilla/patch.hpp"
#include "oscilla/program.hpp"

namespace oscilla {

enum class EditKind : std::uint8_t {
  Literal,  ///< another number or colour
  Count,    ///< more or fewer lanes
  Rewire,   ///< another value of the same type is read
  Wrap,     ///< arithmetic or a function around an expression
  Lens,     ///< one more lens behind an expression
  Extract,  ///< an expression gets a name of its own; what remembers in it gets `was:`
  Add,      ///< a new block that something reads, or a new sink
  Remove,   ///< a block goes, its readers read something else; or a sink goes
  Rename,   ///< a block and all its readers; with `was:`
  Undo,     ///< back to the patch that the storm began with
  Broken,   ///< a text that does not compile
};
inline constexpr std::size_t kEditKinds = 11;
std::string_view word_of(EditKind kind);

struct RandomEdit {
  EditKind kind = EditKind::Literal;
  std::string what;                ///< in words: "`draw.size`: `0.5` becomes `0.62`"
  Patch patch;                     ///< after the edit
  std::optional<Program> program;  ///< of it; nothing if it does not compile
  bool changes = false;            ///< it compiles, and one of two frames is another picture than before
};

/// A sequence of edits: the same patch, options and seed give the same ones. Each is made on the newest patch that
/// compiles. All kinds are equally far from never: of n edits at least n / 20 are of each kind that the patch has a
/// place for.
class RandomEdits {
 public:
  /// `before_compiling`, if given, sees every patch that is tried, also those that are not taken.
  RandomEdits(const Patch& origin, std::uint32_t seed, const CompileOptions& options = {},
              std::function<void(const RandomEdit&)> before_compiling = {});
  ~RandomEdits();
  RandomEdits(RandomEdits&&) noexcept;
  RandomEdits& operator=(RandomEdits&&) noexcept;

  RandomEdit next();
  /// How many edits of a kind found no place in the patch and were of another kind instead.
  std::size_t without_place(EditKind kind) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace oscilla
