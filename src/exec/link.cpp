#include "exec/link.hpp"

#include <algorithm>
#include <cassert>

#include "exec/optimise.hpp"
#include "exec/registers.hpp"

namespace oscilla::exec {
namespace {

using ir::Operand;
using ir::Source;
using ir::Store;
using ir::StoreKind;

template <class T>
void sort_unique(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

/// Where `item` is in a sorted list that has it.
template <class T>
std::uint16_t index_in(const std::vector<T>& list, const T& item) {
  return static_cast<std::uint16_t>(std::lower_bound(list.begin(), list.end(), item) - list.begin());
}

/// Links one program; one instance per call.
class Linker {
 public:
  Linker(const ir::Program& program, const ir::FieldProgram& source, BlockProgram& out)
      : program_(program), source_(source), out_(out) {}

  void run();

 private:
  void choose_kernels();
  void allocate();
  void collect_operands();
  void collect_moves();
  void number_registers();
  void emit_instrs();
  void emit_stores();
  void emit_state_stores();
  void emit_checked();
  std::uint16_t plane_of(const Operand& operand) const;
  std::uint16_t state_index(const StatePlane& plane) const {
    return static_cast<std::uint16_t>(out_.registers + index_in(out_.states, plane));
  }
  static Uniform uniform_of(const Operand& operand) { return {ir::SlotIx{operand.index}, operand.base}; }
  static StatePlane state_plane_of(const Operand& operand) { return {ir::StateIx{operand.index}, operand.component}; }
  static StatePlane destination_of(const Store& store) { return {ir::StateIx{store.destination}, store.part}; }

  const ir::Program& program_;
  const ir::FieldProgram& source_;
  BlockProgram& out_;
  std::vector<Node> nodes_;
  std::vector<std::uint8_t> masks_;            // by node: the arguments that its kernel takes as uniforms
  std::vector<kernels::BlockKernel> kernels_;  // by node
  std::vector<std::uint16_t> broadcast_;       // uniforms that need a register, in the order of these registers
  std::vector<std::uint16_t> moved_;           // state planes that need one, likewise
  std::vector<bool> wants_moved_;              // by store
  Allocation allocation_;
};

void Linker::run() {
  nodes_ = nodes_of(source_);
  remove_dead(nodes_, source_);
  if (out_.optimised) optimise(nodes_, source_);
  choose_kernels();
  allocate();
  collect_operands();
  collect_moves();
  number_registers();
  emit_instrs();
  emit_stores();
  emit_state_stores();
  emit_checked();
}

/// Takes uniforms as they are where the table has such a kernel.
void Linker::choose_kernels() {
  for (const Node& node : nodes_) {
    std::uint8_t mask = 0;
    for (std::size_t i = 0; i < node.arity; ++i) {
      if (node.args[i].source == Source::Uniform) mask = static_cast<std::uint8_t>(mask | 1u << i);
    }
    kernels::BlockKernel kernel = kernels::block_kernel(out_.isa, node.op, mask);
    if (kernel == nullptr) {
      mask = 0;
      kernel = kernels::block_kernel(out_.isa, node.op, 0);
    }
    assert(kernel != nullptr);
    masks_.push_back(mask);
    kernels_.push_back(kernel);
  }
}

void Linker::allocate() {
  std::vector<std::uint32_t> live_at_end;
  for (const Store& store : source_.stores) {
    if (store.value.source == Source::Value) live_at_end.push_back(store.value.index);
  }
  allocation_ = allocate_registers(nodes_, live_at_end, source_.values);
}

/// Lists the uniforms and state planes that occur, and which of them need a register.
void Linker::collect_operands() {
  std::vector<Uniform> broadcast;
  const auto look_at = [&](const Operand& operand, bool as_uniform) {
    if (operand.source == Source::State) out_.states.push_back(state_plane_of(operand));
    if (operand.source != Source::Uniform) return;
    out_.uniforms.push_back(uniform_of(operand));
    if (!as_uniform) broadcast.push_back(uniform_of(operand));
  };
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    for (std::size_t i = 0; i < nodes_[n].arity; ++i) look_at(nodes_[n].args[i], (masks_[n] >> i & 1u) != 0);
  }
  for (const Store& store : source_.stores) {
    look_at(store.value, false);
    if (store.kind == StoreKind::State) out_.states.push_back(destination_of(store));
  }
  sort_unique(out_.uniforms);
  sort_unique(out_.states);
  for (const Uniform& uniform : broadcast) broadcast_.push_back(index_in(out_.uniforms, uniform));
  sort_unique(broadcast_);
}

/// A state's previous value, wanted by the store of a state whose turn comes after that state's own store.
void Linker::collect_moves() {
  std::vector<bool> stored(out_.states.size(), false);
  wants_moved_.assign(source_.stores.size(), false);
  for (std::size_t s = 0; s < source_.stores.size(); ++s) {
    const Store& store = source_.stores[s];
    if (store.kind != StoreKind::State) continue;
    if (store.value.source == Source::State) {
      const std::uint16_t wanted = index_in(out_.states, state_plane_of(store.value));
      wants_moved_[s] = stored[wanted];
      if (stored[wanted]) moved_.push_back(wanted);
    }
    stored[index_in(out_.states, destination_of(store))] = true;
  }
  sort_unique(moved_);
}

/// Registers of values, then of broadcasts, then of moves.
void Linker::number_registers() {
  const std::size_t first_broadcast = allocation_.registers;
  const std::size_t first_move = first_broadcast + broadcast_.size();
  assert(first_move + moved_.size() + out_.states.size() <= 0xffff);
  out_.registers = static_cast<std::uint16_t>(first_move + moved_.size());
  for (std::size_t b = 0; b < broadcast_.size(); ++b) {
    out_.broadcasts.push_back({static_cast<std::uint16_t>(first_broadcast + b), broadcast_[b]});
  }
  for (std::size_t m = 0; m < moved_.size(); ++m) {
    const auto from = static_cast<std::uint16_t>(out_.registers + moved_[m]);
    out_.moves.push_back({from, static_cast<std::uint16_t>(first_move + m)});
  }
}

std::uint16_t Linker::plane_of(const Operand& operand) const {
  switch (operand.source) {
    case Source::Value: return static_cast<std::uint16_t>(allocation_.register_of[operand.index]);
    case Source::Uniform:
      return out_.broadcasts[index_in(broadcast_, index_in(out_.uniforms, uniform_of(operand)))].plane;
    case Source::State: return state_index(state_plane_of(operand));
  }
  return 0;
}

void Linker::emit_instrs() {
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const Node& node = nodes_[n];
    kernels::BlockInstr instr{.run = kernels_[n]};
    std::copy_n(allocation_.results[n].begin(), node.results, instr.results);
    for (std::size_t i = 0; i < node.arity; ++i) {
      const bool uniform = (masks_[n] >> i & 1u) != 0;
      instr.args[i] = uniform ? index_in(out_.uniforms, uniform_of(node.args[i])) : plane_of(node.args[i]);
    }
    out_.instrs.push_back(instr);
    out_.ops.push_back({node.op, node.results, node.arity, masks_[n]});
  }
}

void Linker::emit_stores() {
  for (const Store& store : source_.stores) {
    const std::uint16_t from = plane_of(store.value);
    switch (store.kind) {
      case StoreKind::Tap: out_.taps.push_back({from, store.part, ir::ProbeIx{store.destination}}); break;
      case StoreKind::Partial: out_.partials.push_back({from, store.destination}); break;
      case StoreKind::Target: {
        const ir::SinkIx sink{store.destination};
        if (out_.sinks.empty() || out_.sinks.back().sink != sink) {
          out_.sinks.push_back({.sink = sink, .has_rotation = program_.sinks[sink.v].has_rotation, .from = {}});
        }
        out_.sinks.back().from[store.part] = from;
        break;
      }
      case StoreKind::State: break;
    }
  }
}

/// In the program's order; a state that is overwritten before it is wanted comes from the register it was moved to.
void Linker::emit_state_stores() {
  for (std::size_t s = 0; s < source_.stores.size(); ++s) {
    const Store& store = source_.stores[s];
    if (store.kind != StoreKind::State) continue;
    std::uint16_t from = plane_of(store.value);
    if (wants_moved_[s]) from = out_.moves[index_in(moved_, static_cast<std::uint16_t>(from - out_.registers))].to;
    const std::uint16_t to = state_index(destination_of(store));
    if (from != to) out_.stores.push_back({from, to});
  }
}

/// What was computed and goes where a non-finite number must not.
void Linker::emit_checked() {
  for (const Store& store : source_.stores) {
    if (store.kind == StoreKind::Tap || store.value.source != Source::Value) continue;
    out_.checked.push_back(plane_of(store.value));
  }
  sort_unique(out_.checked);
}

}  // namespace

BlockProgram link(const ir::Program& program, std::uint32_t field, const LinkOptions& options) {
  assert(options.block_lanes % kernels::kLanePadding == 0 && options.block_lanes <= kUnitLanes);
  const ir::FieldProgram& source = program.fields[field];
  BlockProgram out;
  out.instance = source.instance;
  out.field = field;
  out.lanes = program.instances[source.instance.v].lanes;
  out.isa = options.isa;
  out.block_lanes = options.block_lanes;
  out.optimised = options.optimise;
  Linker(program, source, out).run();
  return out;
}

}  // namespace oscilla::exec
