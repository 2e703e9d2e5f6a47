// A storm of random edits over a running session, and what went wrong in it: for testing an engine, a machine or a
// patch. The storm itself reads no clock and starts no thread; what it measures comes from its host.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/patch.hpp"
#include "oscilla/program.hpp"
#include "oscilla/random_edits.hpp"
#include "oscilla/session.hpp"

namespace oscilla {

struct StormOptions {
  std::int64_t edits = 1000;
  std::uint32_t seed = 1;
  std::uint64_t budget_nanoseconds = 0;  ///< of the frame thread's processor time a tick; 0: one frame of the patch
  CompileOptions compile{};
  SessionOptions session{};
};

/// What only the host knows, of the thread that runs the storm. What is null is not checked.
struct StormHost {
  std::uint64_t (*processor_nanoseconds)() = nullptr;  ///< that this thread has used
  std::uint64_t (*waits)() = nullptr;                  ///< how often it has waited: for a lock, a device, a sleep
  std::uint64_t (*heap_bytes)() = nullptr;             ///< that the process has asked for and not given back
  std::function<void()> rest{};                        ///< between two ticks: time for the worker
  /// Before a patch is compiled for the first time: one that the storm may request.
  std::function<void(const RandomEdit& edit)> try_edit{};
  /// Before an edit is requested, the patch that it was made on with it; false ends the storm.
  std::function<bool(std::int64_t number, const RandomEdit& edit, const Patch& before)> begin_edit{};
};

enum class StormFault : std::uint8_t {
  Blank,    ///< a frame without anything to see, where there should be something
  Late,     ///< a tick took more processor time than a frame has
  Waited,   ///< a tick waited
  Unsound,  ///< a number that is none, or an array that does not fit
  Jump,     ///< something jumped that should not have
  Glide,    ///< something jumped further than it may where an edit has another course for it
  State,    ///< the report says nothing, or nothing true, of a state
  Replay,   ///< the same edits at the same ticks gave another frame
  Memory,   ///< memory grows
  Lost,     ///< an edit was never reported
  Kinds,    ///< the edits were not as various as a storm has to be
};
std::string_view word_of(StormFault fault);

/// The first thing that went wrong.
struct StormFailure {
  StormFault fault = StormFault::Blank;
  std::int64_t edit = -1;  ///< its number, from 0; -1: no single one
  std::int64_t tick = -1;
  std::string what;  ///< a sentence
  /// Patches that show it in a session of their own, as few and as short as were found: the first one runs, each other
  /// takes over after `ticks` more ticks. Empty if it does not come again in such a session.
  std::vector<std::string> patches;
  std::vector<std::int64_t> ticks;
};

struct KindCount {
  std::uint64_t edits = 0;
  std::uint64_t compiled = 0;
  std::uint64_t changed = 0;  ///< of those that compiled: the picture became another one
};

struct StormResult {
  std::array<KindCount, kEditKinds> kinds{};
  std::uint64_t swapped = 0;
  std::uint64_t refused = 0;
  std::uint64_t superseded = 0;
  std::uint64_t frames = 0;
  std::uint64_t kept_checks = 0;  ///< values that were compared with the old program's at the same tick
  std::uint64_t longest_tick_nanoseconds = 0;
  std::optional<StormFailure> failure;

  KindCount total() const;
};

/// Edits `patch`, which must compile, until the edits are over, something goes wrong or the host ends it.
StormResult run_edit_storm(const Patch& patch, const StormOptions& options, const StormHost& host = {});

}  // namespace oscilla
