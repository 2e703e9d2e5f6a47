#include "runtime/emit.hpp"

#include <algorithm>
#include <array>

#include "render/batches.hpp"
#include "render/order.hpp"
#include "runtime/emit_paths.hpp"

namespace oscilla::runtime {
namespace {

std::span<const float> interleave_scale(const SinkState& memory, SinkBuffer& to, std::uint32_t lanes) {
  const float* x = memory.more.data();
  const float* y = x + memory.stride;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    to.scale[2 * lane] = x[lane];
    to.scale[2 * lane + 1] = y[lane];
  }
  return std::span<const float>(to.scale).first(std::size_t{2} * lanes);
}

std::span<const float> interleave_stroke(const SinkState& memory, SinkBuffer& to, std::uint32_t lanes) {
  for (std::size_t part = 0; part < kStrokeFloats; ++part) {
    const float* from = memory.more.data() + memory.stride * (3 + part);
    float* stroke = to.stroke.data() + part;
    for (std::size_t lane = 0; lane < lanes; ++lane) stroke[kStrokeFloats * lane] = from[lane];
  }
  return std::span<const float>(to.stroke).first(kStrokeFloats * std::size_t{lanes});
}

/// Which of the frame's shapes each lane has.
std::span<const std::uint32_t> number_shapes(const SinkState& memory, const ir::Sink& sink, SinkBuffer& to,
                                             std::uint32_t lanes) {
  const float* which = memory.more.data() + memory.stride * 2;
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    const float last = static_cast<float>(sink.shapes - 1);
    const float chosen = which[lane] > 0 ? (which[lane] < last ? which[lane] : last) : 0;
    to.shape[lane] = sink.shape.v + static_cast<std::uint32_t>(chosen);
  }
  return std::span<const std::uint32_t>(to.shape).first(lanes);
}

std::array<float, 4> four(std::span<const double> numbers) {
  return {narrowed(numbers[0]), narrowed(numbers[1]), narrowed(numbers[2]), narrowed(numbers[3])};
}

/// The first plane of this tick with points that are not finite is told at commit.
void note_path(ProgramState& state, const PathFaults& faults) {
  state.numbers.replaced |= faults.signal;
  if (!state.faults.points.valid()) state.faults.points = faults.plane;
}

void emit_shapes(ProgramState& state, FrameState& to) {
  const ir::Program& program = *state.program;
  Numbers& numbers = state.numbers;
  for (std::size_t s = 0; s < program.shapes.size(); ++s) {
    const ir::ShapeEntry& entry = program.shapes[s];
    Shape& shape = to.shapes[s];
    shape.kind = entry.kind;
    shape.parameters = four(fill_section(numbers, numbers.row.shape(s), state.slots));
    if (entry.kind != ShapeKind::Path) continue;
    shape.topology = entry.topology;
    shape.first_point = entry.first_point;
    note_path(state, emit_path(state, entry, to.points));
    const std::size_t section = numbers.row.points(s);
    if (shows_points(numbers, section))
      fill_points(numbers, section,
                  std::span(to.points).subspan(entry.first_point, numbers.row.sections[section].count));
  }
}

/// Fills, styles and layers of one frame; its arrays have room for all of them.
class PictureEmitter {
 public:
  /// `again`: as they were drawn last, whatever the slots have by now.
  PictureEmitter(ProgramState& state, FrameState& to, bool again = false)
      : state_(state), again_(again), next_stop_(to.stops.data()), next_dash_(to.dashes.data()) {}

  Style style(std::size_t sink) {
    const ir::StyleOf<ir::SlotIx>& from = state_.program->sinks[sink].style;
    Style style{
        .fill = fill(from.fill, section(row().fill(sink))), .rule = from.rule, .join = from.join, .cap = from.cap};
    style.dashes = {next_dash_, from.dashes.size()};
    const std::span<const double> dashes = section(row().dashes(sink));
    for (std::size_t i = 0; i < from.dashes.size(); ++i) *next_dash_++ = narrowed(dashes[i]);
    if (!dashes.empty()) style.dash_offset = narrowed(dashes.back());
    return style;
  }

  /// A stop never comes before the one before.
  Fill fill(const ir::FillOf<ir::SlotIx>& from, std::span<const double> numbers) {
    Fill fill{.paint = from.paint, .stops = {next_stop_, from.stops.size()}};
    if (numbers.empty()) return fill;
    fill.place = four(numbers);
    float at = 0;
    for (std::size_t i = 0; i < from.stops.size(); ++i) {
      const std::span<const double> stop = numbers.subspan(4 + 5 * i, 5);
      at = std::clamp(narrowed(stop[0]), at, 1.0f);
      *next_stop_++ = {at, four(stop.subspan(1))};
    }
    return fill;
  }

  Layer layer(std::size_t index) {
    const ir::LayerOf<ir::SlotIx>& from = state_.program->layers[index];
    const std::span<const double> numbers = section(row().layer(index));
    Layer layer{.layer = from.layer, .blend = from.blend, .opacity = narrowed(numbers[0])};
    if (!from.clip.valid()) return layer;
    layer.clip = from.clip.v;
    layer.place = four(numbers.subspan(1));
    return layer;
  }

  void background(RenderFrame& frame) {
    frame.background = four(section(1));
    if (state_.program->background) frame.background_fill = fill(state_.program->background->fill, section(2));
  }

 private:
  const NumberRow& row() const { return state_.numbers.row; }
  std::span<const double> section(std::size_t index) {
    return again_ ? drawn_section(state_.numbers, index) : fill_section(state_.numbers, index, state_.slots);
  }

  ProgramState& state_;
  bool again_;
  GradientStop* next_stop_;
  float* next_dash_;
};

/// The oldest first, which is the faintest. Figures, gradients and dashes are as they are now. Returns how many passes
/// there are by then.
std::size_t emit_trail(const ir::Sink& sink, const SinkState& memory, const Style& style, FrameState& to,
                       std::size_t passes) {
  for (std::size_t back = sink.trail; back > 0; --back) {
    const std::size_t ticks = back * sink.trail_step;
    if (ticks > memory.ticks) continue;  // before the beginning
    Pass& pass = to.passes[passes++] = memory.past[(memory.ticks - ticks) % memory.past.size()];
    pass.style = style;
    pass.weight = 1 - static_cast<float>(back) / static_cast<float>(sink.trail + 1);
  }
  return passes;
}

/// What later ticks' trails show.
void keep_past(ProgramState& state) {
  for (SinkState& sink : state.sinks) {
    if (sink.past.empty()) continue;
    sink.past[sink.ticks % sink.past.size()] = sink.pass;
    ++sink.ticks;
  }
}

/// Returns how many passes there are.
std::size_t emit_picture(ProgramState& state, FrameState& to) {
  const ir::Program& program = *state.program;
  PictureEmitter emit(state, to);
  std::size_t passes = 0;
  for (std::size_t s = 0; s < state.sinks.size(); ++s) {
    const std::size_t first = passes;
    Pass& pass = state.sinks[s].pass;
    pass.style = emit.style(s);
    passes = emit_trail(program.sinks[s], state.sinks[s], pass.style, to, passes);
    to.passes[passes++] = pass;
    std::fill_n(to.painted.begin() + static_cast<std::ptrdiff_t>(first), passes - first, s + 1);
  }
  for (std::size_t i = 0; i < to.layers.size(); ++i) to.layers[i] = emit.layer(i);
  emit.background(to.frame);
  return passes;
}

}  // namespace

void order_sink(ProgramState& state, std::size_t sink, double running_ms) {
  const ir::Sink& description = state.program->sinks[sink];
  const std::uint32_t lanes = live_lanes(state, description.instance);
  SinkState& memory = state.sinks[sink];
  SinkBuffer& to = memory.buffers[memory.current];
  const render::DrawingOrder order =
      memory.level ? render::order_of_level(memory.keys.span().first(lanes))
                   : render::find_order(kernels::frame_kernels(state.options.isa).order,
                                        memory.keys.span().first(lanes), to.order.data(), state.order_scratch.data());
  Pass& pass = memory.pass;
  if (const std::uint32_t ghosts = state.pool_ghosts[sink]; ghosts != kNoGhosts && lanes < pass.instances.count)
    add_ghosts(state.ghosts[ghosts], pass, running_ms, [&](std::uint32_t lane) { return lane >= lanes; });
  pass.name = description.name;
  pass.layer = description.layer;
  pass.blend = description.blend;
  pass.instances.count = lanes;
  pass.instances.visible = order.visible;
  pass.instances.core = {reinterpret_cast<const InstanceCore*>(to.core.data()), lanes};
  const auto has = [&](ir::Role role) {
    return ir::has_role(description, role) || state.glides[sink].now[static_cast<std::size_t>(role)].offsets != nullptr;
  };
  pass.instances.rotation = {};
  if (has(ir::Role::Rotation)) pass.instances.rotation = to.rotation.span().first(lanes);
  pass.instances.order = {};
  if (!order.identity) pass.instances.order = to.order.span().first(order.visible);
  pass.instances.scale = {};
  if (has(ir::Role::ScaleX) || has(ir::Role::ScaleY)) pass.instances.scale = interleave_scale(memory, to, lanes);
  pass.instances.stroke = {};
  if (description.has_stroke) pass.instances.stroke = interleave_stroke(memory, to, lanes);
  pass.instances.shape = {};
  if (description.shapes > 1) pass.instances.shape = number_shapes(memory, description, to, lanes);
  const std::size_t batches =
      description.shapes > 1
          ? render::batch_by_shape(order.visible, pass.instances.order, pass.instances.shape, to.batches)
          : render::batch_uniform(order.visible, description.shape.v, to.batches);
  pass.batches = std::span<const Batch>(to.batches).first(batches);
}

namespace {

/// How much of a frame's arrays is in use.
struct Used {
  std::size_t shapes = 0, topologies = 0, points = 0;
};

/// Shapes that no program has any more; false if there is no room for them.
bool emit_ghost_shapes(const GhostPass& ghosts, FrameState& to, Used& used) {
  const std::size_t shapes = ghosts.shapes.size();
  if (used.shapes + shapes > to.shapes.size() || used.topologies + shapes > to.topologies.size() ||
      used.points + ghosts.points.size() > to.points.size())
    return false;
  for (Shape shape : ghosts.shapes) {
    if (shape.kind == ShapeKind::Path) {
      to.topologies[used.topologies] = {(*ghosts.topologies)[shape.topology]};
      shape.topology = static_cast<std::uint32_t>(used.topologies++);
      shape.first_point += static_cast<std::uint32_t>(used.points);
    }
    to.shapes[used.shapes++] = shape;
  }
  std::ranges::copy(ghosts.points, to.points.begin() + static_cast<std::ptrdiff_t>(used.points));
  used.points += ghosts.points.size();
  return true;
}

/// What is left of lanes that are gone, each right behind the pass that it was in. Returns how many passes there are.
std::size_t emit_ghosts(ProgramState& state, double running_ms, std::size_t buffer, FrameState& to, Used& used,
                        std::size_t passes) {
  for (GhostPass& ghosts : state.ghosts) {
    if (ghosts.count == 0 || !age_ghosts(ghosts, running_ms)) continue;
    const auto first_shape = static_cast<std::uint32_t>(used.shapes);
    if (ghosts.owns_shapes && !emit_ghost_shapes(ghosts, to, used)) {
      ghosts.lost += ghosts.count;
      continue;
    }
    Pass pass = draw_ghosts(ghosts, running_ms, buffer, first_shape);
    if (!ghosts.owns_shapes) pass.style = state.sinks[ghosts.sink.v].pass.style;
    const auto painted = static_cast<std::uint32_t>(place_of(ghosts, *state.program));
    std::size_t place = passes++;
    const auto comes_before = [&](std::size_t other) {  // of ghosts at one place the lower layer comes first
      return to.painted[other] != painted ? painted < to.painted[other] : pass.layer < to.passes[other].layer;
    };
    for (; place > 0 && comes_before(place - 1); --place) {
      to.passes[place] = to.passes[place - 1];
      to.painted[place] = to.painted[place - 1];
    }
    to.passes[place] = pass;
    to.painted[place] = painted;
  }
  return passes;
}

}  // namespace

void evaluate_numbers(ProgramState& state) {
  Numbers& numbers = state.numbers;
  const ir::Program& program = *state.program;
  for (std::size_t s = 0; s < numbers.row.points(0); ++s) fill_section(numbers, s, state.slots);
  for (std::size_t s = 0; s < program.shapes.size(); ++s) {
    const ir::ShapeEntry& entry = program.shapes[s];
    if (entry.kind != ShapeKind::Path) continue;
    emit_path(state, entry, numbers.scratch);
    const std::size_t section = numbers.row.points(s);
    fill_points(numbers, section,
                std::span(numbers.scratch).subspan(entry.first_point, numbers.row.sections[section].count));
  }
}

namespace {

/// What no step has made.
void describe_frame(const ir::Canvas& canvas, const Clock& clock, RenderFrame& frame) {
  frame.tick = clock.tick;
  frame.t_ms = clock.t_ms;
  frame.width = canvas.width;
  frame.height = canvas.height;
  frame.fit = canvas.fit;
}

}  // namespace

void emit_last(ProgramState& state, const Clock& clock) {
  if (clock.tick < 0) return;
  FrameState& to = state.frames[static_cast<std::size_t>(clock.tick) % kFrameBuffers];
  const ir::Program& program = *state.program;
  PictureEmitter emit(state, to, true);
  for (std::size_t s = 0; s < state.sinks.size(); ++s) state.sinks[s].pass.style = emit.style(s);
  emit.background(to.frame);
  for (std::size_t s = 0; s < program.shapes.size(); ++s) {
    const ir::ShapeEntry& entry = program.shapes[s];
    to.shapes[s] = {entry.kind, four(drawn_section(state.numbers, state.numbers.row.shape(s))), entry.topology,
                    entry.first_point};
  }
  std::ranges::copy(state.topologies, to.topologies.begin());
  describe_frame(program.canvas, clock, to.frame);
  to.frame.shapes = std::span<const Shape>(to.shapes).first(program.shapes.size());
  to.frame.topologies = std::span<const Topology>(to.topologies).first(state.topologies.size());
  to.frame.points = std::span<const float>(to.points).first(program.point_floats);
}

void emit_frame(ProgramState& state, const Clock& clock, std::size_t buffer) {
  FrameState& to = state.frames[buffer];
  emit_shapes(state, to);
  std::size_t passes = emit_picture(state, to);
  Used used{state.program->shapes.size(), state.topologies.size(), state.program->point_floats};
  std::ranges::copy(state.topologies, to.topologies.begin());
  passes = emit_ghosts(state, value_of(clock, ir::TimeValue::Running), buffer, to, used, passes);
  RenderFrame& frame = to.frame;
  describe_frame(state.program->canvas, clock, frame);
  frame.passes = std::span<const Pass>(to.passes).first(passes);
  frame.shapes = std::span<const Shape>(to.shapes).first(used.shapes);
  frame.topologies = std::span<const Topology>(to.topologies).first(used.topologies);
  frame.points = std::span<const float>(to.points).first(used.points);
  frame.layers = to.layers;
  keep_past(state);
}

}  // namespace oscilla::runtime
