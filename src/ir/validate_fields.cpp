#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "ir/validate.hpp"
#include "ir/validation.hpp"

namespace oscilla::ir {
namespace {

using Destination = std::tuple<StoreKind, std::uint32_t, std::uint8_t>;

/// Everything that stores of all programs write, and by whom.
using Written = std::map<Destination, std::size_t>;

/// One field program and how far it has been read.
struct Reading {
  Validation& v;
  const FieldProgram& program;
  std::size_t index;
  std::uint32_t steps_done;  // before its step
  std::uint32_t values = 0;  // defined so far

  std::string name() const { return fmt::format("field program {}", index); }
};

/// A field's state or plane that is read by lanes of any instance.
void check_memory(Reading& r, const Operand& operand) {
  if (operand.source == Source::Plane) {
    r.v.require_readable(PlaneIx{operand.index}, r.steps_done, r.name());
    return;
  }
  const StateIx state{operand.index};
  const bool exists = operand.source == Source::State && r.v.in(r.v.program.states, state);
  if (!r.v.require(exists && !r.program.stable, "{} gathers from what is no memory of a tick", r.name())) return;
  const State& read = r.v.program.states[state.v];
  r.v.require(read.instance.valid() && operand.component < read.components, "{} cannot gather component {} of state {}",
              r.name(), operand.component, read.name);
}

void check_operand(Reading& r, const Operand& operand) {
  switch (operand.source) {
    case Source::Value:
      r.v.require(operand.index < r.values, "{} uses value {} before it is made", r.name(), operand.index);
      break;
    case Source::Uniform: r.v.require_readable(SlotIx{operand.index}, r.steps_done, r.name()); break;
    case Source::State: {
      const StateIx state{operand.index};
      if (!r.v.require(r.v.in(r.v.program.states, state), "{} reads a state that does not exist", r.name())) return;
      const State& read = r.v.program.states[state.v];
      r.v.require(read.instance == r.program.instance && operand.component < read.components && !r.program.stable,
                  "{} cannot read component {} of state {} lane by lane", r.name(), operand.component, read.name);
      break;
    }
    case Source::Plane: {
      const PlaneIx plane{operand.index};
      if (!r.v.require_readable(plane, r.steps_done, r.name())) return;
      r.v.require(r.v.program.planes[plane.v].instance == r.program.instance, "{} cannot read plane {} lane by lane",
                  r.name(), plane.v);
      break;
    }
  }
}

void check_body(Reading& r) {
  for (const FieldInstr& instr : r.program.body) {
    const kernels::OpRow& row = kernels::row_of(instr.op);
    r.v.require(instr.arity == row.arity && instr.results == row.results, "{}: {} has {} arguments and {} results",
                r.name(), row.name, instr.arity, instr.results);
    r.v.require(!instr.origin.valid() || instr.origin.v < r.v.program.exprs.size(), "{}: an origin is out of range",
                r.name());
    for (std::size_t i = 0; i < std::min<std::size_t>(instr.arity, instr.args.size()); ++i)
      check_operand(r, instr.args[i]);
    if (instr.op == kernels::Op::Gather) check_memory(r, instr.from);
    r.v.require(instr.first_result.v == r.values, "{}: value {} where {} is next", r.name(), instr.first_result.v,
                r.values);
    r.values += instr.results;
  }
  r.v.require(r.values == r.program.values, "{} makes {} values, not {}", r.name(), r.values, r.program.values);
}

/// The instance whose lanes a store's destination has; invalid if there is no such destination or part.
InstanceIx instance_of(const Program& program, const Store& store) {
  switch (store.kind) {
    case StoreKind::State:
      if (store.destination >= program.states.size()) break;
      if (store.part >= program.states[store.destination].components) break;
      return program.states[store.destination].instance;
    case StoreKind::Target:
      if (store.destination >= program.sinks.size() || store.part >= kRoles) break;
      if (!has_role(program.sinks[store.destination], static_cast<Role>(store.part))) break;
      return program.sinks[store.destination].instance;
    case StoreKind::Partial:
      if (store.destination >= program.reduces.size() || store.part != 0) break;
      return program.reduces[store.destination].instance;
    case StoreKind::Tap:
      if (store.destination >= program.probes.size()) break;
      if (store.part >= program.probes[store.destination].components) break;
      return program.probes[store.destination].instance;
    case StoreKind::Spill:
    case StoreKind::Cache:
      if (store.destination >= program.planes.size() || store.part != 0) break;
      if (program.planes[store.destination].stable != (store.kind == StoreKind::Cache)) break;
      return program.planes[store.destination].instance;
  }
  return {};
}

/// Registers and planes are numbered with 16 bits.
void check_size(Reading& r) {
  const std::size_t planes = planes_needed(r.program);
  r.v.require(planes <= kMostPlanes, "{} needs {} planes, more than {}", r.name(), planes, kMostPlanes);
}

/// Stores of raw bits; the others are of numbers, and finite.
bool keeps_bits(StoreKind kind) {
  return kind == StoreKind::Tap || kind == StoreKind::Spill || kind == StoreKind::Cache;
}

/// True if a part of the store's destination has been written.
bool is_begun(const Written& written, const Store& store) {
  const auto part = written.lower_bound({store.kind, store.destination, std::uint8_t{0}});
  return part != written.end() && std::get<0>(part->first) == store.kind &&
         std::get<1>(part->first) == store.destination;
}

void check_stores(Reading& r, Written& written) {
  bool past_states = false;
  const Store* previous = nullptr;
  for (const Store& store : r.program.stores) {
    check_operand(r, store.value);
    r.v.require(keeps_bits(store.kind) || store.value.base != Base::Bits, "{} stores raw bits as a number", r.name());
    const bool of_prepare = store.kind == StoreKind::Cache || store.kind == StoreKind::Partial;
    r.v.require(!r.program.stable || of_prepare, "{} stores in prepare what only a tick may store", r.name());
    past_states = past_states || store.kind != StoreKind::State;
    r.v.require(!past_states || store.kind != StoreKind::State, "{} stores a state after something else", r.name());
    r.v.require(instance_of(r.v.program, store) == r.program.instance, "{} has a store whose destination does not fit",
                r.name());
    const bool same = previous != nullptr && previous->kind == store.kind && previous->destination == store.destination;
    r.v.require(same || !is_begun(written, store), "{} has stores of one destination apart", r.name());
    previous = &store;
    const bool first = written.emplace(Destination{store.kind, store.destination, store.part}, r.index).second;
    r.v.require(first, "{} stores what has been stored", r.name());
  }
}

/// Destination `what` is stored in all parts that it has, by one program. Returns the program.
template <class HasPart>
std::size_t require_complete(Validation& v, const Written& written, StoreKind kind, std::size_t destination,
                             std::size_t parts, const std::string& what, HasPart has_part) {
  std::size_t writer = v.program.fields.size();
  for (std::size_t part = 0; part < parts; ++part) {
    if (!has_part(part)) continue;
    const auto found = written.find({kind, static_cast<std::uint32_t>(destination), static_cast<std::uint8_t>(part)});
    if (!v.require(found != written.end(), "{} lacks the store of part {}", what, part)) continue;
    v.require(part == 0 || found->second == writer, "{} is stored by two programs", what);
    writer = found->second;
  }
  return writer;
}

std::size_t require_complete(Validation& v, const Written& written, StoreKind kind, std::size_t destination,
                             std::size_t parts, const std::string& what) {
  return require_complete(v, written, kind, destination, parts, what, [](std::size_t) { return true; });
}

/// By state: the first stage in which its previous value is wanted no more, by its own lane and by others.
struct StateReads {
  std::vector<std::uint32_t> own;
  std::vector<std::uint32_t> others;
};

StateReads find_reads(const Program& program) {
  StateReads reads{std::vector<std::uint32_t>(program.states.size(), 0), {}};
  reads.others = reads.own;
  const auto note = [](std::vector<std::uint32_t>& list, const Operand& operand, std::uint16_t stage) {
    if (operand.source != Source::State || operand.index >= list.size()) return;
    list[operand.index] = std::max(list[operand.index], stage + 1u);
  };
  for (const FieldProgram& field : program.fields) {
    for (const FieldInstr& instr : field.body) {
      std::for_each_n(instr.args.begin(), instr.arity, [&](const Operand& arg) { note(reads.own, arg, field.stage); });
      if (instr.op == kernels::Op::Gather) note(reads.others, instr.from, field.stage);
    }
    for (const Store& store : field.stores) note(reads.own, store.value, field.stage);
  }
  for (const Step& step : program.steps)
    for (std::uint32_t s = step.first; step.kind == StepKind::Scans && s < step.first + step.count; ++s)
      note(reads.others, program.scans[s].source, step.stage);
  return reads;
}

/// In place is sound where nobody reads the old value in a later stage than the one that stores the new one, and no
/// other lane in that stage itself. With two buffers everybody reads the old one.
void check_buffers(Validation& v, const StateReads& reads, std::size_t s, std::uint16_t stored) {
  const State& state = v.program.states[s];
  if (state.double_buffered) return;
  v.require(reads.own[s] <= stored + 1u, "state {} is read in a stage after its store", state.name);
  v.require(reads.others[s] <= stored, "state {} is read by other lanes when it is stored in place", state.name);
}

void check_completeness(Validation& v, const Written& written) {
  const Program& program = v.program;
  const StateReads reads = find_reads(program);
  for (std::size_t s = 0; s < program.states.size(); ++s) {
    const State& state = program.states[s];
    if (!state.instance.valid()) continue;
    const std::size_t writer =
        require_complete(v, written, StoreKind::State, s, state.components, "state " + state.name);
    if (writer != program.fields.size()) check_buffers(v, reads, s, program.fields[writer].stage);
  }
  for (std::size_t s = 0; s < program.sinks.size(); ++s) {
    const Sink& sink = program.sinks[s];
    require_complete(v, written, StoreKind::Target, s, kRoles, "sink " + sink.name,
                     [&](std::size_t role) { return has_role(sink, static_cast<Role>(role)); });
  }
  for (std::size_t p = 0; p < program.probes.size(); ++p) {
    const Probe& probe = program.probes[p];
    if (probe.instance.valid())
      require_complete(v, written, StoreKind::Tap, p, probe.components, "probe " + probe.name);
  }
}

/// The lanes of a reduction are stored before they are joined.
void check_reductions(Validation& v, const Written& written, const std::vector<std::uint32_t>& step_of_field) {
  v.each_step([&](std::uint32_t s, const Step& step) {
    if (step.kind != StepKind::Reduces) return;
    for (std::uint32_t r = step.first; r < step.first + step.count; ++r) {
      const std::size_t writer = require_complete(v, written, StoreKind::Partial, r, 1, fmt::format("reduction {}", r));
      if (writer == v.program.fields.size()) continue;
      v.require(step_of_field[writer] < s, "reduction {} is joined before its lanes are computed", r);
    }
  });
}

}  // namespace

std::size_t planes_needed(const FieldProgram& program) {
  std::set<Operand> others;
  const auto look_at = [&](const Operand& operand) {
    if (operand.source != Source::Value) others.insert(operand);
  };
  std::size_t state_planes = 0;
  for (const FieldInstr& instr : program.body) std::for_each_n(instr.args.begin(), instr.arity, look_at);
  for (const Store& store : program.stores) {
    look_at(store.value);
    state_planes += store.kind == StoreKind::State ? 1 : 0;
  }
  return program.values + 2 * (others.size() + state_planes);
}

void validate_fields(Validation& v) {
  Written written;
  std::vector<std::uint32_t> step_of_field(v.program.fields.size());
  v.each_step([&](std::uint32_t s, const Step& step) {
    if (step.kind != StepKind::Fields) return;
    std::set<InstanceIx> instances;
    for (std::uint32_t f = step.first; f < step.first + step.count; ++f) {
      const FieldProgram& program = v.program.fields[f];
      step_of_field[f] = s;
      Reading reading{v, program, f, s};
      if (!v.require(v.is_field(program.instance), "{} has no instance", reading.name())) continue;
      v.require(program.stage == step.stage, "{} is in a step of another stage", reading.name());
      v.require(instances.insert(program.instance).second, "{} shares instance and stage with another", reading.name());
      check_body(reading);
      check_size(reading);
      check_stores(reading, written);
    }
  });
  check_completeness(v, written);
  check_reductions(v, written, step_of_field);
}

}  // namespace oscilla::ir
