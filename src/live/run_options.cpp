#include "live/run_options.hpp"

#ifndef __wasm__
#include <unistd.h>
#endif

#include <algorithm>
#include <optional>
#include <string>

namespace oscilla::live {
namespace {

kernels::Isa choose_isa(const std::string& name) {
  const std::optional<kernels::Isa> wanted = kernels::isa_of_name(name);
  for (const kernels::Isa isa : kernels::available_isas())
    if (wanted == isa) return isa;
  return kernels::best_isa();
}

/// The nearest number of lanes above that blocks and chunks can have.
std::uint32_t lanes_in_range(std::uint32_t lanes) {
  constexpr std::uint32_t kStep = kernels::kLanePadding;
  return (std::clamp(lanes, kStep, kernels::kUnitLanes) + kStep - 1) / kStep * kStep;
}

/// What is larger than half of a cache is no longer all in it when somebody reads the beginning: the second one keeps a
/// picture that was just written, the last one a picture that is about to be read. Where many processors share a very
/// large last cache it is not all ours (335 MB, a million lanes: 4.1 ns a lane with the half of it, 3.3 with 16 MiB).
/// It decides how bytes are stored, never which.
void fit_caches([[maybe_unused]] runtime::RunOptions& run) {
#ifdef _SC_LEVEL3_CACHE_SIZE
  const auto half_of = [](int level) { return static_cast<std::size_t>(std::max(0l, sysconf(level))) / 2; };
  const std::size_t second = half_of(_SC_LEVEL2_CACHE_SIZE), last = half_of(_SC_LEVEL3_CACHE_SIZE);
  if (second != 0) run.near_bytes = second;
  if (const std::size_t most = std::max(second, last); most != 0)
    run.streaming_bytes = std::min(most, run.streaming_bytes);
#endif
}

}  // namespace

runtime::RunOptions run_options(const SessionOptions& options, TaskRunner runner, runtime::Sabotage sabotage) {
  runtime::RunOptions run;
  run.isa = choose_isa(options.isa);
  run.block_lanes = lanes_in_range(options.block_lanes);
  run.chunk_lanes = lanes_in_range(options.chunk_lanes);
  run.optimise = options.optimise;
  run.skip = options.skip;
  fit_caches(run);
  run.runner = runner;
  run.sabotage = sabotage;
  if (options.parallel_lanes) run.min_parallel_lanes = *options.parallel_lanes;
  return run;
}

}  // namespace oscilla::live
