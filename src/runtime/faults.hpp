// Where the faults of a program's fields and signals come from, and when to look: once they happen, at most every
// kLookTicks ticks for each program, so that a fault that stays costs next to nothing. In: what a run came to. Out:
// records in the error log. Nothing is allocated in a tick.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "exec/examine.hpp"
#include "exec/findings.hpp"
#include "ir/program.hpp"
#include "oscilla/runtime_error.hpp"
#include "runtime/numbers.hpp"
#include "runtime/picture_limits.hpp"

namespace oscilla::runtime {

struct ProgramState;

inline constexpr std::int64_t kLookTicks = 60;

/// What is known of one field program, or of all signals.
struct KnownFaults {
  static constexpr std::int64_t kNever = -1'000'000;
  std::array<std::int64_t, exec::kFaults> looked_at{kNever, kNever, kNever};
  std::array<exec::Finding, exec::kFaults> findings;
  std::uint8_t unseen = 0;  ///< faults of its last run that it did not look for, a bit for each

  bool may_look(exec::Fault fault, std::int64_t tick) const {
    return tick - looked_at[static_cast<std::size_t>(fault)] >= kLookTicks;
  }
  const exec::Finding& operator[](exec::Fault fault) const { return findings[static_cast<std::size_t>(fault)]; }
};

struct Faults {
  std::unique_ptr<exec::Examiner> examiner;
  std::vector<KnownFaults> fields;       ///< by field program
  std::vector<std::uint8_t> looks;       ///< by field program: what it may look for in this tick
  std::vector<exec::Finding> planes;     ///< by plane, of caches: what is not finite in them
  std::vector<std::uint32_t> makers;     ///< by plane: the field program that stores it
  std::vector<std::uint32_t> scan_of;    ///< by plane: the scan that makes it
  std::vector<std::uint32_t> ports;      ///< by expression: the nearest port that it is a part of
  std::vector<std::string_view> blocks;  ///< by port
  KnownFaults signals;
  ir::PlaneIx points;                  ///< of this tick: has points of a figure that are not finite
  std::vector<PictureLimit> limits;    ///< of numbers of the picture
  std::vector<std::uint8_t> prepared;  ///< by scalar instruction: it runs before the first tick
  std::vector<std::uint8_t> roots;     ///< by slot: somebody beside scalar instructions reads it
  std::vector<std::uint8_t> wanted;    ///< by slot, while looking
};

/// `numbers` are those of its frames.
Faults make_faults(const ir::Program& program, const NumberRow& numbers);

/// What field program `field` may look for in this tick.
std::uint8_t looks_of(const Faults& faults, std::uint32_t field, std::int64_t tick);

/// Whether a program that could be skipped must run, so that it is found what its last run could not look for.
bool must_look(const Faults& faults, std::uint32_t field, std::int64_t tick);

/// Takes over what field program `field` found, and reports what stands.
void note_field_faults(ProgramState& state, std::uint32_t field, std::uint32_t step, std::int64_t tick);
/// What happened while the program was prepared.
void report_before_first(ProgramState& state, RuntimeErrorKind kind, const exec::Finding& finding);
/// Who reads a plane as a whole met lanes in it that are not finite.
void note_plane_fault(ProgramState& state, ir::PlaneIx plane, std::uint32_t step, std::int64_t tick);
/// Signals divided by zero, or one that is used was not finite; before states take their next values.
void note_signal_faults(ProgramState& state, bool zero_divisor, bool not_finite, std::uint32_t step, std::int64_t tick);

}  // namespace oscilla::runtime
