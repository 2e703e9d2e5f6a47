#include "runtime/faults.hpp"

#include <algorithm>
#include <limits>

#include "kernels/op_table.hpp"
#include "runtime/program_state.hpp"

namespace oscilla::runtime {
namespace {

using exec::Fault;
using exec::Finding;
using ir::StoreKind;
using kernels::Op;

constexpr std::uint32_t kNone = ~0u;

/// A definition ("far") before what only takes its value ("draw.position"), then by name.
bool is_nearer(std::string_view name, std::string_view than) {
  return std::pair(std::ranges::count(name, '.'), name) < std::pair(std::ranges::count(than, '.'), than);
}

/// From the values of ports down to what they are computed from, all ports one step at a time: who comes first is
/// nearest, and of several the one by whose name it is made.
void find_ports(const ir::Program& program, Faults& faults) {
  faults.ports.assign(program.exprs.size(), kNone);
  std::vector<std::uint32_t> claimed(program.exprs.size());  // in which step
  std::vector<ir::ExprId> now, next;
  std::uint32_t step = 0;
  const auto claim = [&](ir::ExprId expr, std::uint32_t port) {
    if (!expr.valid()) return;
    std::uint32_t& owner = faults.ports[expr.v];
    if (owner == kNone) {
      claimed[expr.v] = step;
      next.push_back(expr);
    } else if (claimed[expr.v] != step || !is_nearer(program.ports[port].name, program.ports[owner].name)) {
      return;
    }
    owner = port;
  };
  for (std::uint32_t port = 0; port < program.ports.size(); ++port) {
    const std::string_view name = program.ports[port].name;
    faults.blocks.push_back(name.substr(0, name.rfind('.')));
    for (const ir::ExprId value : program.ports[port].values) claim(value, port);
  }
  while (!next.empty()) {
    std::swap(now, next);
    next.clear();
    ++step;
    for (const ir::ExprId expr : now)
      for (const ir::ExprId arg : program.exprs.args_of(program.exprs[expr])) claim(arg, faults.ports[expr.v]);
  }
}

void find_prepared(const ir::Program& program, Faults& faults) {
  faults.prepared.assign(program.scalars.size(), 0);
  for (const ir::Step& step : program.prepare)
    if (step.kind == ir::StepKind::Scalars)
      std::fill_n(faults.prepared.begin() + step.first, step.count, std::uint8_t{1});
}

void find_roots(const ir::Program& program, const NumberRow& numbers, Faults& faults) {
  faults.roots.assign(program.slots.size(), 0);
  faults.wanted.assign(program.slots.size(), 0);
  const auto root = [&](ir::SlotIx slot) {
    if (slot.valid()) faults.roots[slot.v] = 1;
  };
  const auto operand = [&](const ir::Operand& from) {
    if (from.source == ir::Source::Uniform) root(ir::SlotIx{from.index});
  };
  for (const ir::FieldProgram& field : program.fields) {
    for (const ir::FieldInstr& instr : field.body) std::for_each_n(instr.args.begin(), instr.arity, operand);
    for (const ir::Store& store : field.stores) operand(store.value);
  }
  for (const ir::State& state : program.states)
    if (!state.instance.valid()) std::for_each_n(state.next.begin(), state.components, root);
  for (const ir::EventInstr& instr : program.events) std::for_each(instr.args.begin(), instr.args.end(), root);
  for (const ir::ShapeEntry& shape : program.shapes) {
    std::for_each(shape.fixed.begin(), shape.fixed.end(), root);
    if (shape.kind == ShapeKind::Path) std::for_each(shape.points.begin(), shape.points.end(), operand);
  }
  for (const NumberSource& number : numbers.sources) root(number.slot);
}

/// As it is used: rounded to 32 bits.
bool is_finite(double value) {
  const auto narrow = static_cast<float>(value);
  return narrow - narrow == 0;
}

RuntimeError record_of(const ProgramState& state, RuntimeErrorKind kind, const Finding& finding, std::uint32_t step) {
  const ir::Program& program = *state.program;
  RuntimeError error{.kind = kind, .step = step};
  const std::uint32_t port = finding.origin.valid() ? state.faults.ports[finding.origin.v] : kNone;
  if (port != kNone) {
    error.block = state.faults.blocks[port];
    error.port = program.ports[port].name;
  }
  if (finding.origin.valid()) {
    const ir::InstanceIx instance = program.exprs[finding.origin].instance;
    if (instance.valid()) error.instance = program.instances[instance.v].name;
  }
  if (!finding.plane.valid() && finding.origin.valid()) error.operation = kernels::row_of(finding.op).name;
  error.lane = finding.lane;
  error.operand_count = finding.plane.valid() ? 0 : finding.arity;
  std::copy_n(finding.operands.begin(), finding.arity, error.operands.begin());
  return error;
}

/// Who made what a program found in a plane; what nobody knows is the plane's own expression.
Finding maker_of(const ProgramState& state, const Finding& finding) {
  const ir::Program& program = *state.program;
  Finding found = finding;
  for (std::size_t hop = 0; hop <= program.planes.size() && found.plane.valid(); ++hop) {
    const std::uint32_t plane = found.plane.v;
    const std::uint32_t maker = state.faults.makers[plane], scan = state.faults.scan_of[plane];
    Finding deeper = state.faults.planes[plane];
    if (!deeper.found() && maker != kNone) deeper = state.faults.fields[maker][Fault::PassedOn];
    if (!deeper.found() && scan != kNone && program.scans[scan].source.source == ir::Source::Plane) {
      deeper = found;
      deeper.plane = ir::PlaneIx{program.scans[scan].source.index};
    }
    if (!deeper.found()) {
      found.origin = program.planes[plane].origin;
      break;
    }
    found = deeper;
  }
  return found;
}

void report(ProgramState& state, RuntimeErrorKind kind, const Finding& finding, std::uint32_t step, std::int64_t tick) {
  state.errors.report(record_of(state, kind, maker_of(state, finding), step), tick);
}

/// Backward over all scalar instructions: which slots what is used depends on. `follow` says it for one argument.
template <class Start, class Follow>
Finding first_signal(ProgramState& state, Start wants, Follow follow) {
  const ir::Program& program = *state.program;
  std::vector<std::uint8_t>& wanted = state.faults.wanted;
  for (std::size_t slot = 0; slot < wanted.size(); ++slot) wanted[slot] = wants(slot);
  Finding finding;
  for (std::size_t n = program.scalars.size(); n-- > 0;) {
    const ir::ScalarInstr& instr = program.scalars[n];
    const auto result = std::find_if(instr.result_slots.begin(), instr.result_slots.begin() + instr.results,
                                     [&](ir::SlotIx slot) { return slot.valid() && wanted[slot.v] != 0; });
    if (result == instr.result_slots.begin() + instr.results) continue;
    const bool chooses = instr.op == Op::Select;
    const bool taken = chooses && state.slots[instr.arg_slots[0].v] != 0;
    bool its_own = true;
    for (std::size_t i = 0; i < instr.arity; ++i) {
      if (chooses && i != 0 && (i == 1) != taken) continue;
      const std::uint32_t slot = instr.arg_slots[i].v;
      if (!follow(slot)) continue;
      wanted[slot] = 1;
      its_own = false;
    }
    if (!wants.is_fault(n, its_own)) continue;
    finding = {.lane = 0, .instr = static_cast<std::uint32_t>(n), .op = instr.op, .arity = instr.arity};
    finding.origin = program.slot_origins[result->v];
    for (std::size_t i = 0; i < instr.arity; ++i) finding.operands[i] = state.slots[instr.arg_slots[i].v];
  }
  return finding;
}

/// Of those that run before the first tick, or in a tick.
struct WantsQuotients {
  const ProgramState& state;
  bool prepared;
  std::uint8_t operator()(std::size_t slot) const { return state.faults.roots[slot]; }
  bool is_fault(std::size_t number, bool) const {
    const ir::ScalarInstr& instr = state.program->scalars[number];
    return prepared == (state.faults.prepared[number] != 0) &&
           kernels::row_of(instr.op).purity == kernels::Purity::Divides && state.slots[instr.arg_slots[1].v] == 0;
  }
};

struct WantsFinite {
  const ProgramState& state;
  std::uint8_t operator()(std::size_t slot) const {
    return state.faults.roots[slot] != 0 && !is_finite(state.slots[slot]);
  }
  bool is_fault(std::size_t, bool its_own) const { return its_own; }
};

}  // namespace

Faults make_faults(const ir::Program& program, const NumberRow& numbers) {
  Faults faults;
  faults.examiner = std::make_unique<exec::Examiner>(program);
  faults.fields.resize(program.fields.size());
  faults.looks.resize(program.fields.size());
  faults.planes.resize(program.planes.size());
  faults.makers.assign(program.planes.size(), kNone);
  faults.scan_of.assign(program.planes.size(), kNone);
  for (std::uint32_t f = 0; f < program.fields.size(); ++f)
    for (const ir::Store& store : program.fields[f].stores)
      if (store.kind == StoreKind::Spill || store.kind == StoreKind::Cache) faults.makers[store.destination] = f;
  for (std::uint32_t s = 0; s < program.scans.size(); ++s) faults.scan_of[program.scans[s].result.v] = s;
  find_ports(program, faults);
  find_roots(program, numbers, faults);
  faults.limits = picture_limits(program);
  find_prepared(program, faults);
  return faults;
}

std::uint8_t looks_of(const Faults& faults, std::uint32_t field, std::int64_t tick) {
  std::uint8_t looks = exec::bit_of(Fault::PassedOn);  // who stores it may ask in any tick
  for (const Fault fault : {Fault::ZeroDivisor, Fault::NotFinite})
    if (faults.fields[field].may_look(fault, tick)) looks = static_cast<std::uint8_t>(looks | exec::bit_of(fault));
  return looks;
}

bool must_look(const Faults& faults, std::uint32_t field, std::int64_t tick) {
  return (faults.fields[field].unseen & looks_of(faults, field, tick)) != 0;
}

void note_field_faults(ProgramState& state, std::uint32_t field, std::uint32_t step, std::int64_t tick) {
  exec::Outcome& outcome = state.outcomes[field];
  KnownFaults& known = state.faults.fields[field];
  for (std::size_t fault = 0; fault < exec::kFaults; ++fault)
    if ((outcome.looked >> fault & 1) != 0) known.findings[fault] = outcome.findings[fault];
  if (state.ran[field] != 0) {
    const int tripped = (outcome.zero_divisor ? exec::bit_of(Fault::ZeroDivisor) : 0) |
                        (outcome.replaced != 0 ? exec::bit_of(Fault::NotFinite) : 0);
    known.unseen = static_cast<std::uint8_t>(tripped & ~outcome.looked);
  }
  outcome.looked = 0;
  // A program that is skipped would find what it found.
  const auto stands = [&](Fault fault, bool tripped) {
    if (tripped && known.may_look(fault, tick)) known.looked_at[static_cast<std::size_t>(fault)] = tick;
    return tripped && known[fault].found();
  };
  if (stands(Fault::ZeroDivisor, outcome.zero_divisor))
    report(state, RuntimeErrorKind::DivisionByZero, known[Fault::ZeroDivisor], step, tick);
  if (stands(Fault::NotFinite, outcome.replaced != 0))
    report(state, RuntimeErrorKind::NanProduced, known[Fault::NotFinite], step, tick);
}

void report_before_first(ProgramState& state, RuntimeErrorKind kind, const Finding& finding) {
  report(state, kind, finding, 0, -1);
}

void note_plane_fault(ProgramState& state, ir::PlaneIx plane, std::uint32_t step, std::int64_t tick) {
  Finding finding{.lane = 0};
  finding.plane = plane;
  report(state, RuntimeErrorKind::NanProduced, finding, step, tick);
}

void note_signal_faults(ProgramState& state, bool zero_divisor, bool not_finite, std::uint32_t step,
                        std::int64_t tick) {
  KnownFaults& known = state.faults.signals;
  const auto look = [&](Fault fault, const auto& wants, const auto& follow) -> const Finding& {
    const auto index = static_cast<std::size_t>(fault);
    if (known.may_look(fault, tick)) {
      known.findings[index] = first_signal(state, wants, follow);
      known.looked_at[index] = tick;
    }
    return known.findings[index];
  };
  if (zero_divisor) {
    const Finding& found =
        look(Fault::ZeroDivisor, WantsQuotients{state, tick < 0}, [](std::uint32_t) { return true; });
    if (found.found()) report(state, RuntimeErrorKind::DivisionByZero, found, step, tick);
  }
  if (not_finite) {
    const Finding& found =
        look(Fault::NotFinite, WantsFinite{state}, [&](std::uint32_t slot) { return !is_finite(state.slots[slot]); });
    if (found.found()) report(state, RuntimeErrorKind::NanProduced, found, step, tick);
  }
}

}  // namespace oscilla::runtime
