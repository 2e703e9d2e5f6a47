// What a block of a field program draws: the roles of its sinks, with what glides and fades on top of them, projected
// and packed into the frame's records and keys. In: a computed block, whose registers stay as they are. Out: its lanes
// of the sinks' memory.
#pragma once

#include "exec/field_block.hpp"

namespace oscilla::exec {

/// Whether what the program draws goes past the caches: then a chunk ends with finish_streaming().
bool is_streaming(const FieldRun& run, const BlockProgram& program);

/// All sinks show what was computed, and nothing else: nobody has to know beforehand whether it is finite.
bool draws_plainly(const FieldBlock& block);

/// False if there may be something among the lanes that is not finite.
bool draw_sinks(const FieldBlock& block);

inline constexpr std::size_t kLineBytes = 64;  // of a cache

/// A part of memory that is asked for a few cache lines at a time.
struct LinesAhead {
  const char* next = nullptr;
  std::size_t left = 0, each = 0;

  void step() {
    for (std::size_t i = 0; i < each && left > 0; ++i, --left, next += kLineBytes) __builtin_prefetch(next, 1);
  }
};

/// What a block's first sink will fill, asked for while the block is computed: written all at once at its end, every
/// line would be waited for (100,000 lanes, 30 operations: 6.5 ns a lane without, 5.6 with). A picture that stays in
/// the second cache needs no asking (16,384 lanes, 2 MiB of it: 3.8 ns a lane with, 3.3 without).
class SinkAhead {
 public:
  explicit SinkAhead(const FieldBlock& block);

  void step() {
    core_.step();
    keys_.step();
  }

 private:
  LinesAhead core_, keys_;
};

}  // namespace oscilla::exec
