// What became of everything when a new program took over from a running one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/diagnostic.hpp"

namespace oscilla {

/// What an edit did to something that the running program remembered.
enum class Fate : std::uint8_t {
  Kept,      ///< goes on as it was, every lane of it
  Renamed,   ///< goes on under a new name, because `was:` says so
  Remapped,  ///< the lanes whose elements are still there go on, the others begin
  Reset,     ///< begins again; `why` says for what reason
  Born,      ///< did not exist before
  Dropped,   ///< the new patch has no use for it
  Moved,     ///< of a target: its numbers are made in another way; they glide from what they were
};

struct StateFate {
  std::string name{};  ///< full name of the block that remembers
  std::string was{};   ///< the name it had in the old program, where that is another
  Fate fate = Fate::Born;
  std::uint32_t lanes = 1;  ///< of the new program (Dropped: of the old one); 1 for a signal
  std::uint32_t kept = 0;   ///< lanes that go on
  std::string why{};        ///< of a Reset
};

/// What an edit did to numbers of the picture: a port of a sink ("draw.position"), a part that is no lane's ("camera",
/// "draw.shape"), or a whole sink that is gone.
struct TargetFate {
  std::string name{};
  Fate fate = Fate::Kept;
  std::uint32_t lanes = 0;   ///< of the new program (Dropped: of the old one)
  std::uint32_t kept = 0;    ///< lanes whose element was there before
  double jump = 0;           ///< the largest that was absorbed, in the port's unit; colours by component
  std::uint32_t abrupt = 0;  ///< lanes that jumped just before: their value goes on, their speed does not
  std::string why{};         ///< of a Reset
};

enum class SwapOutcome : std::uint8_t {
  Swapped,
  Refused,     ///< the patch has errors, or `why`; the old program runs on
  Superseded,  ///< a newer request came before this one was ready
  Restored,    ///< everything is what it was after the tick `restored`, the patch too
};

/// One requested edit and what came of it.
struct SwapReport {
  std::uint64_t generation = 0;  ///< requests count from 1
  SwapOutcome outcome = SwapOutcome::Refused;
  std::int64_t tick = -1;           ///< the first tick of the new program
  std::int64_t restored = -1;       ///< Restored: the tick that was gone back to
  std::string why{};                ///< Refused: why nothing could be gone back to
  std::vector<StateFate> states{};  ///< those of the new program in its order, then the dropped ones
  /// Seven ports a sink, in painter's order; then camera, background, layers, fills, dashes and figures, as far as they
  /// have numbers; then the sinks that are gone.
  std::vector<TargetFate> targets{};
  bool rehearsed = false;  ///< slopes were measured as well as values
  std::vector<Diagnostic> diagnostics{};
  std::uint64_t prepare_nanoseconds =
      0;  ///< compiling, linking, allocating; of a Restored from its request on; 0 without a clock
  std::uint64_t boundary_nanoseconds = 0;  ///< what the frame thread spent between two ticks; 0 without a clock
};

/// So many wait to be taken; beyond, the oldest are forgotten.
inline constexpr std::size_t kMostSwapReports = 1024;

std::string_view word_of(Fate fate);

/// The report as text for people, a line a state, and one line about all of it.
std::string describe(const SwapReport& report);

}  // namespace oscilla
