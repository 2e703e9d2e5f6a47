#include "ir/validate.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "frame/topology.hpp"
#include "ir/validation.hpp"

namespace oscilla::ir {
namespace {

constexpr std::uint32_t kMostLanes = 1u << 24;  // what lane numbers are exact for, in 32-bit floats and in sort keys

void validate_exprs(Validation& v) {
  const ExprTable& table = v.program.exprs;
  for (std::uint32_t e = 0; e < table.size(); ++e) {
    const Expr& expr = table.exprs[e];
    const std::size_t end = std::size_t{expr.first_arg} + expr.arity;
    if (!v.require(end <= table.args.size(), "expression {} has arguments out of range", e)) continue;
    for (const ExprId arg : table.args_of(expr)) {
      if (!v.require(arg.v < e, "expression {} uses {}, which does not come before it", e, arg.v)) continue;
      const bool waits = is_stable(expr) || !is_stable(table[arg]);
      v.require(!waits || table[arg].stage <= expr.stage, "expression {} is in an earlier stage than {}, which it uses",
                e, arg.v);
    }
  }
}

void validate_instances(Validation& v) {
  v.require(v.program.canvas.width > 0 && v.program.canvas.height > 0, "the canvas is empty");
  for (const Instance& instance : v.program.instances) {
    v.require(instance.lanes < kMostLanes, "instance {} has {} lanes", instance.name, instance.lanes);
    v.require(instance.count.valid() == instance.asked.valid(), "instance {} is half a pool", instance.name);
  }
}

/// Before anything is computed over a pool's lanes, or reduced, or drawn, it is known how many there are.
void validate_pools(Validation& v) {
  const auto require_count = [&](InstanceIx instance, std::uint32_t step) {
    if (!v.in(v.program.instances, instance) || !v.program.instances[instance.v].count.valid()) return;
    const Instance& pool = v.program.instances[instance.v];
    v.require_readable(pool.count, step, "the pool " + pool.name);
    v.require_readable(pool.asked, step, "the pool " + pool.name);
  };
  v.each_step([&](std::uint32_t s, const Step& step) {
    if (step.kind != StepKind::Fields || s < v.tick_begin()) return;  // prepare computes all that there is room for
    const std::size_t end = std::min<std::size_t>(v.program.fields.size(), step.first + step.count);
    for (std::size_t f = step.first; f < end; ++f) require_count(v.program.fields[f].instance, s);
  });
  for (std::uint32_t i = 0; i < v.program.instances.size(); ++i) require_count({i}, Validation::kNever - 1);
}

template <class T>
void validate_ids(Validation& v, const std::vector<T>& list, std::string_view kind) {
  std::map<StableId, std::size_t> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto [first, is_new] = seen.emplace(list[i].id, i);
    v.require(is_new, "{} {} and {} have one stable id", kind, list[first->second].name, list[i].name);
  }
}

/// Gives `slot` its one writer.
void claim(Validation& v, SlotIx slot, std::uint32_t ready_after, const std::string& writer) {
  if (!v.require(v.in(v.program.slots, slot), "{} writes slot {}, which does not exist", writer, slot.v)) return;
  if (!v.require(slot.v >= v.program.constant_slots, "{} writes slot {}, a constant", writer, slot.v)) return;
  if (!v.require(v.ready_after[slot.v] == Validation::kNever, "{} writes slot {}, which has a writer", writer, slot.v))
    return;
  v.ready_after[slot.v] = ready_after;
}

void claim_fixed_slots(Validation& v) {
  const Program& program = v.program;
  v.ready_after.assign(program.slots.size(), Validation::kNever);
  v.require(program.slot_origins.size() == program.slots.size(), "there are {} slots but {} origins",
            program.slots.size(), program.slot_origins.size());
  for (const ExprId origin : program.slot_origins) {
    v.require(!origin.valid() || origin.v < program.exprs.size(), "a slot's origin is out of range");
  }
  if (!v.require(program.constant_slots <= program.slots.size(), "more constant slots than slots")) return;
  v.plane_ready_after.assign(program.planes.size(), Validation::kNever);
  claim_channel_lists(v);
  std::fill_n(v.ready_after.begin(), program.constant_slots, 0u);
  for (const TimeSlot& time : program.time_slots) claim(v, time.slot, v.tick_begin(), "time");
  for (const Channel& channel : program.channels) {
    const bool sized = channel.components >= 1 && channel.components <= 4;
    if (!v.require(sized, "input {} has {} components", channel.name, channel.components)) continue;
    for (std::size_t c = 0; c < channel.components; ++c)
      if (channel.slots[c].valid()) claim(v, channel.slots[c], v.tick_begin(), "input " + channel.name);
  }
  for (const State& state : program.states) {
    if (state.instance.valid()) continue;
    for (std::size_t c = 0; c < std::min<std::size_t>(state.components, 4); ++c)
      claim(v, state.slots[c], v.tick_begin(), "state " + state.name);
  }
}

void validate_scalar(Validation& v, const ScalarInstr& instr, std::uint32_t step) {
  const kernels::OpRow& row = kernels::row_of(instr.op);
  const std::string name = fmt::format("scalar {}", row.name);
  v.require(instr.arity == row.arity && instr.results == row.results, "{} has {} arguments and {} results", name,
            instr.arity, instr.results);
  for (std::size_t i = 0; i < std::min<std::size_t>(instr.arity, instr.arg_slots.size()); ++i) {
    v.require_readable(instr.arg_slots[i], step + 1, name);
  }
  bool wanted = false;
  for (std::size_t k = 0; k < std::min<std::size_t>(instr.results, instr.result_slots.size()); ++k) {
    if (!instr.result_slots[k].valid()) continue;
    wanted = true;
    claim(v, instr.result_slots[k], step + 1, name);
  }
  v.require(wanted, "{} has no result that is kept", name);
}

void validate_reduce(Validation& v, const ReduceStep& reduce, std::uint32_t step) {
  v.require(v.is_field(reduce.instance), "a reduction has no instance");
  claim(v, reduce.result, step + 1, "a reduction");
}

/// Gives a plane its one writer.
void claim_plane(Validation& v, PlaneIx plane, InstanceIx instance, std::uint32_t step) {
  if (!v.require(v.in(v.program.planes, plane), "plane {} is written but does not exist", plane.v)) return;
  v.require(v.plane_ready_after[plane.v] == Validation::kNever, "plane {} has two writers", plane.v);
  v.plane_ready_after[plane.v] = step + 1;
  const Plane& written = v.program.planes[plane.v];
  v.require(written.instance == instance, "plane {} is written with the lanes of another instance", plane.v);
  v.require(written.stable == (step < v.prepare_steps()), "plane {} is written at the wrong time", plane.v);
}

/// Planes of files have their values before anything runs.
void claim_assets(Validation& v) {
  for (const AssetPlane& asset : v.program.assets) {
    if (!v.require(v.in(v.program.planes, asset.plane), "a file fills plane {}, which does not exist", asset.plane.v))
      continue;
    const Plane& plane = v.program.planes[asset.plane.v];
    v.require(v.plane_ready_after[asset.plane.v] == Validation::kNever, "plane {} has two writers", asset.plane.v);
    v.plane_ready_after[asset.plane.v] = 0;
    const bool fits = v.is_field(plane.instance) && asset.mesh != nullptr &&
                      (*asset.mesh)[asset.stream].size() == v.program.instances[plane.instance.v].lanes;
    v.require(plane.stable && fits, "a file does not fit plane {}", asset.plane.v);
  }
}

void validate_scan(Validation& v, const ScanStep& scan, std::uint32_t step) {
  v.require(v.is_field(scan.instance), "a scan has no instance");
  v.require(scan.reduction != Reduction::Average, "a scan averages");
  claim_plane(v, scan.result, scan.instance, step);
  if (scan.source.source == Source::Plane) {
    const PlaneIx source{scan.source.index};
    if (!v.require_readable(source, step, "a scan")) return;
    v.require(v.program.planes[source.v].instance == scan.instance, "a scan reads another instance");
    return;
  }
  const StateIx state{scan.source.index};
  const bool exists = scan.source.source == Source::State && v.in(v.program.states, state) &&
                      scan.source.component < v.program.states[state.v].components;
  if (!v.require(exists && step >= v.prepare_steps(), "a scan reads nothing")) return;
  v.require(v.program.states[state.v].instance == scan.instance, "a scan reads another instance");
}

void validate_voices(Validation& v, const Voices& voices, std::uint32_t step) {
  v.require(step >= v.tick_begin(), "voices are given in prepare");
  if (!v.require(v.is_field(voices.instance), "voices have no lanes")) return;
  v.require_readable(voices.input, step, "voices");
  v.require_readable(voices.release, step, "voices");
  v.require_readable(voices.time, step, "voices");
  for (const PlaneIx plane : voices.planes)
    if (plane.valid()) claim_plane(v, plane, voices.instance, step);
}

/// What a field program leaves in memory for others.
void claim_planes(Validation& v, const FieldProgram& field, std::uint32_t step) {
  v.require(field.stable == (step < v.prepare_steps()), "a field program runs at the wrong time");
  for (const Store& store : field.stores)
    if (store.kind == StoreKind::Spill || store.kind == StoreKind::Cache)
      claim_plane(v, PlaneIx{store.destination}, field.instance, step);
}

std::size_t size_of(const Program& program, StepKind kind) {
  switch (kind) {
    case StepKind::Scalars: return program.scalars.size();
    case StepKind::Events: return program.events.size();
    case StepKind::Voices: return program.voices.size();
    case StepKind::Fields: return program.fields.size();
    case StepKind::Reduces: return program.reduces.size();
    case StepKind::Scans: return program.scans.size();
    case StepKind::Order:
    case StepKind::Emit:
    case StepKind::Commit: break;
  }
  return 0;
}

/// Steps take what they run in order, without gap or overlap, stage by stage, and end with order, emit, commit.
void validate_steps(Validation& v) {
  const std::vector<Step>& steps = v.program.steps;
  std::array<std::uint32_t, 9> next{};
  std::uint16_t stage = 0;
  v.each_step([&](std::uint32_t s, const Step& step) {
    if (s == v.tick_begin()) stage = 0;
    std::uint32_t& expected = next[static_cast<std::size_t>(step.kind)];
    v.require(step.stage >= stage, "step {} goes back to stage {}", s, step.stage);
    stage = std::max(stage, step.stage);
    v.require(step.first == expected, "step {} begins at {} instead of {}", s, step.first, expected);
    const std::size_t size = size_of(v.program, step.kind);
    expected += step.count;
    if (!v.require(std::size_t{step.first} + step.count <= size, "step {} ends out of range", s)) return;
    for (std::uint32_t i = step.first; i < step.first + step.count; ++i) {
      if (step.kind == StepKind::Scalars) validate_scalar(v, v.program.scalars[i], s);
      if (step.kind == StepKind::Events) {
        v.require(s >= v.tick_begin(), "events happen in prepare");
        validate_event(v, v.program.events[i], s);
        if (v.program.events[i].reads) claim(v, v.program.events[i].result_slot, s + 1, "a reading of events");
      }
      if (step.kind == StepKind::Voices) validate_voices(v, v.program.voices[i], s);
      if (step.kind == StepKind::Reduces) validate_reduce(v, v.program.reduces[i], s);
      if (step.kind == StepKind::Fields) claim_planes(v, v.program.fields[i], s);
      if (step.kind == StepKind::Scans) validate_scan(v, v.program.scans[i], s);
    }
  });
  for (const StepKind kind :
       {StepKind::Scalars, StepKind::Events, StepKind::Voices, StepKind::Fields, StepKind::Reduces, StepKind::Scans}) {
    v.require(next[static_cast<std::size_t>(kind)] == size_of(v.program, kind), "steps leave out {} of a kind",
              size_of(v.program, kind) - next[static_cast<std::size_t>(kind)]);
  }
  constexpr std::array kEnd{StepKind::Order, StepKind::Emit, StepKind::Commit};
  const bool ends =
      steps.size() >= kEnd.size() && std::equal(kEnd.begin(), kEnd.end(), steps.end() - kEnd.size(),
                                                [](StepKind kind, const Step& step) { return step.kind == kind; });
  v.require(ends, "the steps do not end with order, emit, commit");
  const auto is_end = [&](const Step& step) { return std::find(kEnd.begin(), kEnd.end(), step.kind) != kEnd.end(); };
  v.require(std::count_if(steps.begin(), steps.end(), is_end) == kEnd.size(), "order, emit or commit comes twice");
  v.require(std::none_of(v.program.prepare.begin(), v.program.prepare.end(), is_end), "a picture is made in prepare");
}

void validate_states(Validation& v) {
  for (const State& state : v.program.states) {
    const bool sized = state.components == planes_of(state.payload) && state.components >= 1 && state.components <= 4;
    if (!v.require(sized, "state {} has {} components", state.name, state.components)) continue;
    if (state.instance.valid()) {
      v.require(v.is_field(state.instance), "state {} has an instance that does not exist", state.name);
      continue;
    }
    for (std::size_t c = 0; c < state.components; ++c) {
      v.require_readable(state.next[c], Validation::kNever - 1, "the commit of state " + state.name);
    }
  }
}

/// The points of a path are in memory or slots when the frame is made, and its verbs use no others.
void validate_path(Validation& v, const ShapeEntry& shape) {
  const Program& program = v.program;
  const std::uint32_t end = Validation::kNever - 1;
  for (const SlotIx point : shape.fixed) v.require_readable(point, end, "a path");
  if (shape.corner.valid()) v.require_readable(shape.corner, end, "a path");
  if (!v.require(shape.topology < program.topologies.size(), "a path has no topology")) return;
  const std::size_t points = frame::points_used({program.topologies[shape.topology]});
  v.require(shape.first_point + 2 * points <= program.point_floats, "a path's points are beyond the frame's");
  if (!shape.instance.valid()) {
    v.require(shape.fixed.size() == 2 * points, "a path's verbs are not its points'");
    return;
  }
  if (!v.require(v.is_field(shape.instance), "a path has no corners")) return;
  for (const Operand& point : shape.points) {
    if (point.source == Source::Uniform) {
      v.require_readable(SlotIx{point.index}, end, "a path");
    } else {
      const bool found = point.source == Source::Plane && point.index < program.planes.size();
      v.require(found && program.planes[point.index].instance == shape.instance, "a path's corners are not in memory");
    }
  }
}

/// Numbers of the picture that may be left out.
void validate_numbers(Validation& v, const auto& of, const std::string& reader) {
  each_number(of, [&](SlotIx slot) {
    if (slot.valid()) v.require_readable(slot, Validation::kNever - 1, reader);
  });
}

void validate_layers(Validation& v) {
  const Program& program = v.program;
  if (program.background) validate_numbers(v, *program.background, "the background");
  for (std::size_t i = 0; i < program.layers.size(); ++i) {
    const LayerOf<SlotIx>& layer = program.layers[i];
    v.require(i == 0 || layer.layer > program.layers[i - 1].layer, "layer {} is not in its place", layer.layer);
    v.require(!layer.clip.valid() || layer.clip.v < program.shapes.size(), "layer {} is clipped by no shape",
              layer.layer);
    validate_numbers(v, layer, fmt::format("layer {}", layer.layer));
  }
}

void validate_picture(Validation& v) {
  const Program& program = v.program;
  const std::uint32_t end = Validation::kNever - 1;
  for (const ShapeEntry& shape : program.shapes) {
    for (const SlotIx slot : shape.parameters) {
      if (slot.valid()) v.require_readable(slot, end, "a shape");
    }
    if (shape.kind == ShapeKind::Path) validate_path(v, shape);
  }
  std::int32_t layer = 0;
  for (std::size_t s = 0; s < program.sinks.size(); ++s) {
    const Sink& sink = program.sinks[s];
    v.require(v.is_field(sink.instance), "sink {} has no instance", sink.name);
    const bool all_shapes =
        sink.shapes > 0 && sink.shape.v < program.shapes.size() && sink.shapes <= program.shapes.size() - sink.shape.v;
    v.require(all_shapes, "sink {} has no shape", sink.name);
    v.require(s == 0 || sink.layer >= layer, "sink {} is drawn above a higher layer", sink.name);
    layer = sink.layer;
    validate_numbers(v, sink.style, "sink " + sink.name);
  }
  validate_layers(v);
  if (!program.camera) return;
  for (const SlotIx slot : program.camera->values) v.require_readable(slot, end, "the camera");
}

void validate_probes(Validation& v) {
  for (const Probe& probe : v.program.probes) {
    if (!v.require(probe.components >= 1 && probe.components <= 4, "probe {} has no value", probe.name)) continue;
    if (probe.instance.valid()) {
      v.require(v.is_field(probe.instance), "probe {} has an instance that does not exist", probe.name);
      continue;
    }
    for (std::size_t c = 0; c < probe.components; ++c) {
      v.require_readable(probe.slots[c], Validation::kNever - 1, "probe " + probe.name);
    }
    if (probe.events.valid()) v.require_readable(probe.events, Validation::kNever - 1, "probe " + probe.name);
  }
  for (const PortBinding& port : v.program.ports) {
    for (const ExprId value : port.values) {
      v.require(!value.valid() || value.v < v.program.exprs.size(), "port {} has no expression", port.name);
    }
  }
}

}  // namespace

std::vector<std::string> validate(const Program& program) {
  Validation v{.program = program, .problems = {}, .ready_after = {}, .plane_ready_after = {}, .list_ready_after = {}};
  validate_exprs(v);
  validate_instances(v);
  validate_ids(v, program.instances, "instances");
  validate_ids(v, program.states, "states");
  validate_ids(v, program.sinks, "sinks");
  validate_ids(v, program.channels, "inputs");
  validate_ids(v, program.queues, "queues");
  validate_ids(v, program.voices, "voices");
  claim_fixed_slots(v);
  claim_assets(v);
  validate_steps(v);
  validate_pools(v);
  validate_states(v);
  validate_queues(v);
  validate_picture(v);
  validate_probes(v);
  if (v.problems.empty()) validate_fields(v);
  return std::move(v.problems);
}

}  // namespace oscilla::ir
