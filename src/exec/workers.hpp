// What each thread needs to run blocks, made once for a set of programs: registers in scratch memory, the table of
// planes, and what it counts. No two threads share a cache line.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "base/buffer.hpp"
#include "exec/block_program.hpp"

namespace oscilla::exec {

struct alignas(kBufferAlignment) Worker {
  AlignedBuffer<float> registers;
  std::unique_ptr<float*[]> planes;         ///< registers, then state planes at the current block
  std::unique_ptr<const float*[]> checked;  ///< what is to be checked of a block
  AlignedBuffer<float> glided;              ///< of a sink, by role: the block with its offsets
  const BlockProgram* filled = nullptr;     ///< whose broadcasts the registers hold
  // Of the unit that it works on:
  std::uint64_t replaced = 0;      ///< lanes that were not finite
  std::uint32_t zero_divisor = 0;  ///< something was divided by zero
  bool state_moved = false;        ///< a state is not what it was
};

struct Workers {
  std::unique_ptr<Worker[]> each;
  std::uint32_t count = 0;
  std::size_t bytes = 0;
};

Workers make_workers(std::span<const BlockProgram> programs, std::uint32_t count);

}  // namespace oscilla::exec
