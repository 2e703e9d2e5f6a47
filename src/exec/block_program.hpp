// A field program made ready for this machine: kernels chosen, values in registers, one instruction after the other
// over a block of lanes. Plain data, made by link(), shown by print(), executed by run_fields() as it stands;
// immutable.
//
// A plane index names a stream of floats: first the program's registers (block_lanes floats each, in the worker's
// scratch memory), then the planes in memory that it touches, at the block's place. Constants and signals are uniforms:
// narrowed to 32 bits before the program runs; where no kernel takes one as it is, it is broadcast into a register of
// its own.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "ir/program.hpp"
#include "kernels/kernel_table.hpp"
#include "kernels/reduce.hpp"

namespace oscilla::exec {

/// Lanes that one thread takes at a time; also the grain of reductions and digests, so part of what a frame is.
using kernels::kUnitLanes;

/// What a thread may hold of one program: registers and the table of planes. Where they do not fit, blocks are shorter.
inline constexpr std::size_t kScratchBytes = 64000;

/// A plane of `lanes` floats in memory has room for whole vectors.
constexpr std::uint32_t padded_lanes(std::uint32_t lanes) {
  return (lanes + kernels::kLanePadding - 1) / kernels::kLanePadding * kernels::kLanePadding;
}
constexpr std::uint32_t units_of(std::uint32_t lanes) { return (lanes + kUnitLanes - 1) / kUnitLanes; }

/// What an instruction is, beside the kernel that does it.
struct BlockOp {
  kernels::Op op{};
  std::uint8_t results = 0;
  std::uint8_t arity = 0;
  std::uint8_t uniform_mask = 0;
  bool operator==(const BlockOp&) const = default;
};

struct Uniform {
  ir::SlotIx slot;
  ir::Base base = ir::Base::Float;
  auto operator<=>(const Uniform&) const = default;
};

/// A register that holds one uniform in every lane.
struct Broadcast {
  std::uint16_t plane = 0;
  std::uint16_t uniform = 0;
};

enum class Memory : std::uint8_t {
  State,      ///< index = StateIx: previous values; next ones as well where it is stored in place
  NextState,  ///< index = StateIx: next values of one with two buffers
  Plane,      ///< index = PlaneIx
};

/// One component of a field in memory.
struct MemoryPlane {
  Memory memory = Memory::State;
  std::uint8_t component = 0;
  std::uint32_t index = 0;
  auto operator<=>(const MemoryPlane&) const = default;
};

/// A whole field in memory, of any instance.
struct Gathered {
  MemoryPlane plane;
  ir::InstanceIx instance;
  std::uint32_t lanes = 0;  ///< that there is room for
  auto operator<=>(const Gathered&) const = default;
};

/// The previous value of a state, kept in a register because its own store comes before the one that wants it.
struct Move {
  std::uint16_t from = 0;
  std::uint16_t to = 0;
};

/// `previous` is where the state is read: `to` itself where it is stored in place.
struct StateStore {
  std::uint16_t from = 0;
  std::uint16_t to = 0;
  std::uint16_t previous = 0;
};

/// Raw bits to a spill or cache.
struct PlaneStore {
  std::uint16_t from = 0;
  ir::PlaneIx plane;
};

/// A plane in memory that is stored where numbers must be finite, and the register that takes its place where they are
/// not: others read the plane.
struct CheckedPlane {
  std::uint16_t plane = 0;
  std::uint16_t spare = 0;
};

struct TapStore {
  std::uint16_t from = 0;
  std::uint8_t component = 0;
  ir::ProbeIx probe;
};

struct PartialStore {
  std::uint16_t from = 0;
  std::uint32_t reduction = 0;  ///< index into Program::reduces
};

/// The roles that make InstanceCore and the key; the others go to planes of their own.
inline constexpr std::size_t kCoreRoles = 8;

/// What the epilogue of one sink reads, by Role.
struct SinkStore {
  ir::SinkIx sink;
  std::array<bool, ir::kRoles> has{};
  std::array<std::uint16_t, ir::kRoles> from{};
  bool flat = false;  ///< Z is one number for all lanes
};

/// In the order of execution: broadcasts (once), then for every block instrs, taps, planes, the check, partials, sinks,
/// moves, states.
struct BlockProgram {
  ir::InstanceIx instance;
  std::uint32_t field = 0;  ///< index into Program::fields
  std::uint32_t lanes = 0;
  kernels::Isa isa = kernels::Isa::Scalar;
  std::uint32_t block_lanes = kernels::kBlockLanes;
  bool optimised = false;

  std::uint16_t registers = 0;
  std::vector<MemoryPlane> memory;  ///< plane index = registers + position
  std::vector<Gathered> sources;    ///< for Gather
  std::vector<Uniform> uniforms;
  std::vector<Broadcast> broadcasts;

  std::vector<BlockOp> ops;  ///< beside instrs
  std::vector<kernels::BlockInstr> instrs;

  std::vector<TapStore> taps;
  std::vector<PlaneStore> planes_out;
  std::vector<std::uint16_t> checked;  ///< registers whose lanes must be finite from here on
  std::vector<CheckedPlane> checked_memory;
  std::vector<std::uint16_t> apart;      ///< of both those that no epilogue reads
  std::vector<std::uint16_t> passed_on;  ///< numbers among planes_out that were computed here
  std::vector<PartialStore> partials;
  std::vector<SinkStore> sinks;
  std::vector<Move> moves;
  std::vector<StateStore> stores;

  std::uint32_t planes() const { return registers + static_cast<std::uint32_t>(memory.size()); }
};

}  // namespace oscilla::exec
