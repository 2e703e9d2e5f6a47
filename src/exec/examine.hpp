// Finds the op behind what a block tripped over: the field program once more as it was compiled, one op after the
// other over a few lanes, every value kept. In: a block of which nothing is stored yet that the program reads. Out: the
// first lane in which it happened and the first op in it that made it. Rare, one thread at a time, allocates in its
// constructor only.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/buffer.hpp"
#include "exec/findings.hpp"
#include "exec/run_fields.hpp"

namespace oscilla::exec {

/// A block of programs[index].
struct ExaminedBlock {
  std::size_t index = 0;
  std::uint32_t first_lane = 0;
  std::uint32_t lanes = 0;
  std::uint8_t faults = 0;  ///< what to look for: a bit for each Fault
};

class Examiner {
 public:
  explicit Examiner(const ir::Program& program);

  /// Puts what it finds into the outcome of the program, if that is before what is there.
  void look(const FieldRun& run, const ExaminedBlock& block, Outcome& outcome);

  std::size_t bytes() const;

 private:
  struct Chunk;
  using LaneMask = std::uint16_t;

  void compute(const Chunk& chunk);
  void find_zero_divisor(const Chunk& chunk, Finding& finding);
  void find_not_finite(const Chunk& chunk, Fault fault, Finding& finding);
  Finding found_at(const Chunk& chunk, std::uint32_t instr, LaneMask lanes) const;
  const float* lanes_of(const Chunk& chunk, const ir::Operand& operand) const;
  double number(const Chunk& chunk, const ir::Operand& operand, std::uint32_t lane) const;
  LaneMask bad_lanes(const Chunk& chunk, const ir::Operand& operand) const;
  LaneMask true_lanes(const Chunk& chunk, const ir::Operand& condition) const;
  bool is_bits(ir::ExprId origin) const;

  const ir::Program& program_;
  AlignedBuffer<float> values_;    // of a chunk, one value after the other
  AlignedBuffer<float> uniforms_;  // of one instruction
  std::vector<LaneMask> bad_;      // by value: lanes that are not finite
  std::vector<LaneMask> wanted_;   // by value: lanes that what was asked for depends on
  std::vector<LaneMask> zero_;     // by instruction: lanes that divide by zero
  std::atomic_flag busy_;
};

}  // namespace oscilla::exec
