// Builds ir::Programs by hand, step by step, for tests of what runs them. finish() gives a program that ir::validate
// accepts.
#pragma once

#include <initializer_list>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "ir/program.hpp"

namespace oscilla::test {

using ir::Base;
using ir::Operand;
using ir::Source;
using kernels::Op;

class Assembler {
 public:
  static constexpr std::uint32_t kConstants = 64;

  Assembler() {
    program.constant_slots = kConstants;
    program.slots.resize(kConstants);
  }

  ir::Program program;

  ir::InstanceIx instance(const std::string& name, std::uint32_t lanes) {
    program.instances.push_back({id(), name, lanes});
    return {static_cast<std::uint32_t>(program.instances.size() - 1)};
  }
  ir::SlotIx constant(double value) {
    program.slots[constants_] = value;
    return {constants_++};
  }
  ir::SlotIx slot(double start = 0) {
    program.slots.push_back(start);
    return {static_cast<std::uint32_t>(program.slots.size() - 1)};
  }
  ir::SlotIx time(ir::TimeValue value) {
    program.time_slots.push_back({value, slot()});
    return program.time_slots.back().slot;
  }
  ir::SlotIx scalar(Op op, std::span<const ir::SlotIx> args, std::uint16_t stage = 0) {
    ir::ScalarInstr instr;
    instr.op = op;
    instr.results = 1;
    instr.arity = static_cast<std::uint8_t>(args.size());
    for (std::size_t i = 0; i < args.size(); ++i) instr.arg_slots[i] = args[i];
    instr.result_slots[0] = slot();
    scalars_[stage].push_back(instr);
    return instr.result_slots[0];
  }
  ir::SlotIx scalar(Op op, std::initializer_list<ir::SlotIx> args, std::uint16_t stage = 0) {
    return scalar(op, std::span(args.begin(), args.size()), stage);
  }

  ir::StateIx signal_state(const std::string& name, double initial) {
    ir::State state;
    state.id = id();
    state.name = name;
    state.initial[0] = initial;
    state.slots[0] = slot(initial);
    program.states.push_back(state);
    return {static_cast<std::uint32_t>(program.states.size() - 1)};
  }
  ir::SlotIx read(ir::StateIx state) const { return program.states[state.v].slots[0]; }
  void next(ir::StateIx state, ir::SlotIx value) { program.states[state.v].next[0] = value; }

  ir::StateIx field_state(const std::string& name, ir::InstanceIx instance, double initial,
                          ir::Payload payload = ir::Payload::Float) {
    ir::State state;
    state.id = id();
    state.name = name;
    state.payload = payload;
    state.components = ir::planes_of(payload);
    state.instance = instance;
    state.initial.fill(initial);
    program.states.push_back(state);
    return {static_cast<std::uint32_t>(program.states.size() - 1)};
  }

  static Operand uniform(ir::SlotIx slot, Base base = Base::Float) { return {Source::Uniform, base, 0, slot.v}; }
  static Operand previous(ir::StateIx state, std::uint8_t component = 0) {
    return {Source::State, Base::Float, component, state.v};
  }
  Operand number(double value, Base base = Base::Float) { return uniform(constant(value), base); }

  /// The field program of that instance and stage, made when first asked for.
  ir::FieldProgram& field(ir::InstanceIx instance, std::uint16_t stage = 0) {
    ir::FieldProgram& made = fields_[{stage, instance.v}];
    made.instance = instance;
    made.stage = stage;
    return made;
  }
  /// The first result; result k has an index that is k larger.
  Operand op(ir::FieldProgram& field, Op op, std::span<const Operand> args, Base base = Base::Float) {
    const kernels::OpRow& row = kernels::row_of(op);
    ir::FieldInstr instr;
    instr.op = op;
    instr.results = row.results;
    instr.arity = row.arity;
    instr.first_result = {field.values};
    for (std::size_t i = 0; i < args.size(); ++i) instr.args[i] = args[i];
    field.body.push_back(instr);
    field.values += row.results;
    return {Source::Value, base, 0, instr.first_result.v};
  }
  Operand op(ir::FieldProgram& field, Op op, std::initializer_list<Operand> args, Base base = Base::Float) {
    return this->op(field, op, std::span(args.begin(), args.size()), base);
  }
  /// `from`, a State or Plane, at the lanes that `lane` says.
  static Operand gather(ir::FieldProgram& field, Operand from, Operand lane) {
    ir::FieldInstr instr;
    instr.op = Op::Gather;
    instr.results = instr.arity = 1;
    instr.first_result = {field.values};
    instr.args[0] = lane;
    instr.from = from;
    field.body.push_back(instr);
    return {Source::Value, from.base, 0, field.values++};
  }
  /// A plane that `field` stores, for programs of later stages.
  Operand spill(ir::FieldProgram& field, Operand value) {
    const auto plane = static_cast<std::uint32_t>(program.planes.size());
    program.planes.push_back({{}, field.instance, false, {}});
    field.stores.push_back({ir::StoreKind::Spill, 0, plane, value});
    return {Source::Plane, value.base, 0, plane};
  }
  void store_state(ir::FieldProgram& field, ir::StateIx state, Operand value, std::uint8_t component = 0) {
    const auto end = std::find_if(field.stores.begin(), field.stores.end(),
                                  [](const ir::Store& store) { return store.kind != ir::StoreKind::State; });
    field.stores.insert(end, {ir::StoreKind::State, component, state.v, value});
  }

  /// A sink of ellipses with radius 0.01; `roles` as in ir::Role, with or without a rotation.
  ir::SinkIx sink(ir::FieldProgram& field, const std::string& name, std::span<const Operand> roles,
                  std::int32_t layer = 0) {
    const ir::SlotIx radius = constant(0.01);
    const ir::SlotIx zero = constant(0);
    program.shapes.push_back({ShapeKind::Ellipse, {radius, radius, zero, zero}});
    ir::Sink sink;
    sink.id = id();
    sink.name = sink.order_name = name;
    sink.instance = field.instance;
    sink.shape = {static_cast<std::uint32_t>(program.shapes.size() - 1)};
    sink.layer = layer;
    sink.has_rotation = roles.size() > static_cast<std::size_t>(ir::Role::Rotation);
    program.sinks.push_back(sink);
    const auto index = static_cast<std::uint32_t>(program.sinks.size() - 1);
    for (std::size_t role = 0; role < roles.size(); ++role) {
      field.stores.push_back({ir::StoreKind::Target, static_cast<std::uint8_t>(role), index, roles[role]});
    }
    return {index};
  }

  ir::ProbeIx probe_signal(const std::string& name, ir::SlotIx slot) {
    ir::Probe probe;
    probe.name = name;
    probe.slots[0] = slot;
    program.probes.push_back(probe);
    return {static_cast<std::uint32_t>(program.probes.size() - 1)};
  }
  ir::ProbeIx probe_field(ir::FieldProgram& field, const std::string& name, Operand value) {
    ir::Probe probe;
    probe.name = name;
    probe.instance = field.instance;
    program.probes.push_back(probe);
    const auto index = static_cast<std::uint32_t>(program.probes.size() - 1);
    field.stores.push_back({ir::StoreKind::Tap, 0, index, value});
    return {index};
  }

  /// The lanes of `value` as one number, which scalars and fields of the next stage can read.
  ir::SlotIx reduce(ir::FieldProgram& field, ir::Reduction reduction, Operand value) {
    const ir::SlotIx result = slot();
    const std::uint32_t index = reductions_++;
    reduces_[field.stage].push_back({index, {reduction, field.instance, result}});
    field.stores.push_back({ir::StoreKind::Partial, 0, index, value});
    return result;
  }

  std::shared_ptr<const ir::Program> finish() {
    program.slot_origins.resize(program.slots.size());
    program.reduces.resize(reductions_);
    std::uint16_t stages = 1;
    for (const auto& [stage, list] : scalars_) stages = std::max<std::uint16_t>(stages, stage + 1);
    for (const auto& [key, field] : fields_) stages = std::max<std::uint16_t>(stages, key.first + 1);
    for (std::uint16_t stage = 0; stage < stages; ++stage) finish_stage(stage);
    for (const ir::StepKind kind : {ir::StepKind::Order, ir::StepKind::Emit, ir::StepKind::Commit}) {
      program.steps.push_back({kind, static_cast<std::uint16_t>(stages - 1), 0, 0});
    }
    return std::make_shared<const ir::Program>(program);
  }

 private:
  StableId id() { return {++ids_}; }

  void step(ir::StepKind kind, std::uint16_t stage, std::size_t first, std::size_t end) {
    if (first == end) return;
    program.steps.push_back({kind, stage, static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end - first)});
  }
  void finish_stage(std::uint16_t stage) {
    const std::size_t scalars = program.scalars.size();
    for (const ir::ScalarInstr& instr : scalars_[stage]) program.scalars.push_back(instr);
    step(ir::StepKind::Scalars, stage, scalars, program.scalars.size());
    const std::size_t fields = program.fields.size();
    for (auto& [key, field] : fields_) {
      if (key.first == stage) program.fields.push_back(field);
    }
    step(ir::StepKind::Fields, stage, fields, program.fields.size());
    const std::size_t reduces = finished_reductions_;
    for (const auto& [index, reduce] : reduces_[stage]) {
      program.reduces[index] = reduce;
      ++finished_reductions_;
    }
    step(ir::StepKind::Reduces, stage, reduces, finished_reductions_);
  }

  std::uint64_t ids_ = 0;
  std::uint32_t constants_ = 0;
  std::uint32_t reductions_ = 0;
  std::size_t finished_reductions_ = 0;
  std::map<std::uint16_t, std::vector<ir::ScalarInstr>> scalars_;
  std::map<std::pair<std::uint16_t, std::uint32_t>, ir::FieldProgram> fields_;
  std::map<std::uint16_t, std::vector<std::pair<std::uint32_t, ir::ReduceStep>>> reduces_;
};

}  // namespace oscilla::test
