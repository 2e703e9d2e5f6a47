// Runs what is stable, once, before the first tick: scalars, reductions and caches. In: a program state without caches,
// and a store that may have some of them. Out: the same with every cache, of which those that the store lacked were
// computed and are in it now.
#pragma once

#include <cstdint>

#include "runtime/cache_store.hpp"
#include "runtime/program_state.hpp"

namespace oscilla::runtime {

/// Returns how many caches had to be computed. `runner` is the caller's own: the state's may be in use.
std::uint32_t prepare(ProgramState& state, CacheStore& store, const TaskRunner& runner);

}  // namespace oscilla::runtime
