// What a program holds in memory, by what it is for.
#pragma once

#include <cstddef>

#include "runtime/program_state.hpp"

namespace oscilla::runtime {

struct MemoryUse {
  std::size_t code = 0;        ///< linked instructions, slots, tables: the same for any number of lanes
  std::size_t state = 0;       ///< of fields; doubled where other lanes read it
  std::size_t outputs = 0;     ///< two frames
  std::size_t sort = 0;        ///< keys are outputs; this is where they are sorted
  std::size_t caches = 0;      ///< stable fields, shared with other programs that have the same
  std::size_t spills = 0;      ///< fields between the programs of a tick, partial sums
  std::size_t probes = 0;      ///< fields that somebody asked for
  std::size_t continuity = 0;  ///< offsets of what an edit has moved
  std::size_t threads = 0;     ///< registers of every thread
  std::size_t total() const { return code + state + outputs + sort + caches + spills + probes + continuity + threads; }
};

MemoryUse memory_use(const ProgramState& state);

}  // namespace oscilla::runtime
