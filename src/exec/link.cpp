#include "exec/link.hpp"

#include <algorithm>
#include <bit>
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
      : program_(program), source_(source), out_(out), values_(source.values) {}

  void run();

 private:
  void choose_kernels();
  void allocate();
  void collect_operands();
  void collect_sources();
  void collect_moves();
  void number_registers();
  void fit_block();
  void emit_instrs();
  void emit_stores();
  void emit_state_stores();
  void emit_checked();
  std::uint16_t plane_of(const Operand& operand) const;
  std::uint16_t memory_index(const MemoryPlane& plane) const {
    return static_cast<std::uint16_t>(out_.registers + index_in(out_.memory, plane));
  }
  static Uniform uniform_of(const Operand& operand) { return {ir::SlotIx{operand.index}, operand.base}; }
  static bool in_memory(const Operand& operand) {
    return operand.source == Source::State || operand.source == Source::Plane;
  }
  static MemoryPlane memory_of(const Operand& operand) {
    return {operand.source == Source::State ? Memory::State : Memory::Plane, operand.component, operand.index};
  }
  Gathered gathered_of(const Node& node) const {
    const bool state = node.from.source == Source::State;
    const ir::InstanceIx instance =
        state ? program_.states[node.from.index].instance : program_.planes[node.from.index].instance;
    return {memory_of(node.from), instance, program_.instances[instance.v].lanes};
  }
  static MemoryPlane previous_of(const Store& store) { return {Memory::State, store.part, store.destination}; }
  MemoryPlane destination_of(const Store& store) const {
    const bool apart = program_.states[store.destination].double_buffered;
    return {apart ? Memory::NextState : Memory::State, store.part, store.destination};
  }
  /// Stores that take a plane as it is but must not pass on what is not finite.
  static bool checks_memory(const Store& store) {
    const bool finite =
        store.kind == StoreKind::State || store.kind == StoreKind::Target || store.kind == StoreKind::Partial;
    return finite && store.value.source == Source::Plane;
  }

  const ir::Program& program_;
  const ir::FieldProgram& source_;
  BlockProgram& out_;
  std::uint32_t values_;  // that nodes make
  std::vector<Node> nodes_;
  std::vector<std::uint8_t> masks_;            // by node: the arguments that its kernel takes as uniforms
  std::vector<kernels::BlockKernel> kernels_;  // by node
  std::vector<std::uint16_t> broadcast_;       // uniforms that need a register, in the order of these registers
  std::vector<std::uint16_t> moved_;           // state planes that need one, likewise
  std::vector<std::uint16_t> spared_;          // planes of others that may need one, likewise
  std::vector<bool> wants_moved_;              // by store
  Allocation allocation_;
};

/// Fewer lanes at a time where so many registers would not fit into a thread's scratch memory.
void Linker::fit_block() {
  const std::size_t tables = (out_.planes() + out_.registers) * sizeof(float*);
  const std::size_t room = kScratchBytes - std::min(tables, kScratchBytes);
  const std::size_t lanes = room / sizeof(float) / std::max<std::size_t>(out_.registers, 1);
  const std::size_t whole = std::max<std::size_t>(lanes / kernels::kLanePadding, 1) * kernels::kLanePadding;
  out_.block_lanes = std::min(out_.block_lanes, static_cast<std::uint32_t>(whole));
}

void Linker::run() {
  nodes_ = nodes_of(source_);
  remove_dead(nodes_, source_);
  if (out_.optimised) values_ = optimise(nodes_, source_);
  choose_kernels();
  allocate();
  collect_operands();
  collect_sources();
  collect_moves();
  number_registers();
  fit_block();
  emit_instrs();
  emit_stores();
  emit_state_stores();
  emit_checked();
}

/// Takes uniforms as they are where the table has such a kernel; else as many of them as there is one for.
void Linker::choose_kernels() {
  for (const Node& node : nodes_) {
    std::uint8_t mask = 0;
    for (std::size_t i = 0; i < node.arity; ++i) {
      if (node.args[i].source == Source::Uniform) mask = static_cast<std::uint8_t>(mask | 1u << i);
    }
    std::uint8_t best = mask;
    if (kernels::block_kernel(out_.isa, node.op, mask) == nullptr) {
      best = 0;
      for (std::uint8_t part = mask; part != 0; part = static_cast<std::uint8_t>((part - 1) & mask)) {
        const bool more = std::popcount(part) > std::popcount(best);
        if (more && kernels::block_kernel(out_.isa, node.op, part) != nullptr) best = part;
      }
    }
    masks_.push_back(best);
    kernels_.push_back(kernels::block_kernel(out_.isa, node.op, best));
    assert(kernels_.back() != nullptr);
  }
}

void Linker::allocate() {
  std::vector<std::uint32_t> live_at_end;
  for (const Store& store : source_.stores) {
    if (store.value.source == Source::Value) live_at_end.push_back(store.value.index);
  }
  allocation_ = allocate_registers(nodes_, live_at_end, values_);
}

/// Lists the uniforms and planes in memory that occur, and which of them need a register.
void Linker::collect_operands() {
  std::vector<Uniform> broadcast;
  const auto look_at = [&](const Operand& operand, bool as_uniform) {
    if (in_memory(operand)) out_.memory.push_back(memory_of(operand));
    if (operand.source != Source::Uniform) return;
    out_.uniforms.push_back(uniform_of(operand));
    if (!as_uniform) broadcast.push_back(uniform_of(operand));
  };
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    for (std::size_t i = 0; i < nodes_[n].arity; ++i) look_at(nodes_[n].args[i], (masks_[n] >> i & 1u) != 0);
  }
  for (const Store& store : source_.stores) {
    look_at(store.value, false);
    if (store.kind != StoreKind::State) continue;
    out_.memory.push_back(destination_of(store));
    out_.memory.push_back(previous_of(store));
  }
  sort_unique(out_.uniforms);
  sort_unique(out_.memory);
  for (const Uniform& uniform : broadcast) broadcast_.push_back(index_in(out_.uniforms, uniform));
  sort_unique(broadcast_);
  for (const Store& store : source_.stores)
    if (checks_memory(store)) spared_.push_back(index_in(out_.memory, memory_of(store.value)));
  sort_unique(spared_);
}

void Linker::collect_sources() {
  for (const Node& node : nodes_)
    if (node.op == kernels::Op::Gather) out_.sources.push_back(gathered_of(node));
  sort_unique(out_.sources);
}

/// A state's previous value, wanted by the store of a state whose turn comes after that state's own store.
void Linker::collect_moves() {
  std::vector<bool> stored(out_.memory.size(), false);
  wants_moved_.assign(source_.stores.size(), false);
  for (std::size_t s = 0; s < source_.stores.size(); ++s) {
    const Store& store = source_.stores[s];
    if (store.kind != StoreKind::State) continue;
    if (store.value.source == Source::State) {
      const std::uint16_t wanted = index_in(out_.memory, memory_of(store.value));
      wants_moved_[s] = stored[wanted];
      if (stored[wanted]) moved_.push_back(wanted);
    }
    stored[index_in(out_.memory, destination_of(store))] = true;
  }
  sort_unique(moved_);
}

/// Registers of values, then of broadcasts, then of moves, then the spare ones.
void Linker::number_registers() {
  const std::size_t first_broadcast = allocation_.registers;
  const std::size_t first_move = first_broadcast + broadcast_.size();
  const std::size_t first_spare = first_move + moved_.size();
  assert(first_spare + spared_.size() + out_.memory.size() <= 0xffff);
  out_.registers = static_cast<std::uint16_t>(first_spare + spared_.size());
  for (std::size_t b = 0; b < broadcast_.size(); ++b) {
    out_.broadcasts.push_back({static_cast<std::uint16_t>(first_broadcast + b), broadcast_[b]});
  }
  for (std::size_t m = 0; m < moved_.size(); ++m) {
    const auto from = static_cast<std::uint16_t>(out_.registers + moved_[m]);
    out_.moves.push_back({from, static_cast<std::uint16_t>(first_move + m)});
  }
  for (std::size_t s = 0; s < spared_.size(); ++s) {
    const auto plane = static_cast<std::uint16_t>(out_.registers + spared_[s]);
    out_.checked_memory.push_back({plane, static_cast<std::uint16_t>(first_spare + s)});
  }
}

std::uint16_t Linker::plane_of(const Operand& operand) const {
  switch (operand.source) {
    case Source::Value: return static_cast<std::uint16_t>(allocation_.register_of[operand.index]);
    case Source::Uniform:
      return out_.broadcasts[index_in(broadcast_, index_in(out_.uniforms, uniform_of(operand)))].plane;
    case Source::State:
    case Source::Plane: return memory_index(memory_of(operand));
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
    if (node.op == kernels::Op::Gather) instr.args[1] = index_in(out_.sources, gathered_of(node));
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
          out_.sinks.push_back({.sink = sink});
        }
        out_.sinks.back().has[store.part] = true;
        out_.sinks.back().from[store.part] = from;
        if (store.part == static_cast<std::uint8_t>(ir::Role::Z))
          out_.sinks.back().flat = store.value.source == Source::Uniform;
        break;
      }
      case StoreKind::Spill:
      case StoreKind::Cache:
        out_.planes_out.push_back({from, ir::PlaneIx{store.destination}});
        if (store.value.source == Source::Value && store.value.base != ir::Base::Bits) out_.passed_on.push_back(from);
        break;
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
    const std::uint16_t to = memory_index(destination_of(store));
    if (from != to) out_.stores.push_back({from, to, memory_index(previous_of(store))});
  }
}

/// What was computed and goes where a non-finite number must not; and what of it no sink's epilogue reads.
void Linker::emit_checked() {
  for (const Store& store : source_.stores) {
    const bool raw = store.kind == StoreKind::Tap || store.kind == StoreKind::Spill || store.kind == StoreKind::Cache;
    if (raw || store.value.source != Source::Value) continue;
    out_.checked.push_back(plane_of(store.value));
  }
  sort_unique(out_.checked);
  const auto is_packed = [&](std::uint16_t plane) {
    return std::ranges::any_of(out_.sinks, [&](const SinkStore& sink) {
      for (std::size_t role = 0; role < kCoreRoles; ++role)
        if (sink.has[role] && sink.from[role] == plane) return true;
      return false;
    });
  };
  for (const std::uint16_t plane : out_.checked)
    if (!is_packed(plane)) out_.apart.push_back(plane);
  for (const CheckedPlane& checked : out_.checked_memory)
    if (!is_packed(checked.plane)) out_.apart.push_back(checked.plane);
}

}  // namespace

BlockProgram link(const ir::Program& program, std::uint32_t field, const LinkOptions& options) {
  return link(program, program.fields[field], field, options);
}

BlockProgram link(const ir::Program& program, const ir::FieldProgram& source, std::uint32_t field,
                  const LinkOptions& options) {
  assert(options.block_lanes % kernels::kLanePadding == 0 && options.block_lanes <= kUnitLanes);
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
