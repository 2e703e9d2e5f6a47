// A few edits in a session of their own, beside one that lacks the last of them. In: patches and when each takes over.
// Out: the first thing wrong at the last swap. The same bits in every run, so what is found here can be made smaller.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "oscilla/edit_storm.hpp"
#include "oscilla/patch.hpp"
#include "runtime/sabotage.hpp"

namespace oscilla::live {

struct Episode {
  std::vector<Patch> patches;       ///< the first one runs from the beginning
  std::vector<std::int64_t> ticks;  ///< before each other one takes over
};

struct EpisodeSettings {
  CompileOptions compile;
  SessionOptions session;
  runtime::Sabotage sabotage = runtime::Sabotage::None;
};

struct EpisodeFault {
  StormFault fault = StormFault::Jump;
  std::string what;
};

/// `kept_checks` grows by the values that were compared.
std::optional<EpisodeFault> play(const Episode& episode, const EpisodeSettings& settings, std::uint64_t& kept_checks);

/// As few patches with as few definitions as still show a fault of this kind.
Episode reduced(Episode episode, const EpisodeSettings& settings, StormFault fault);

}  // namespace oscilla::live
