#include "runtime/trace.hpp"

#include <algorithm>
#include <bit>
#include <limits>

#include "runtime/program_state.hpp"

namespace oscilla::runtime {
namespace {

/// One number of every lane.
struct Lanes {
  const float* first = nullptr;
  std::size_t step = 1;
  std::uint32_t count = 0;
  double operator[](std::uint32_t lane) const { return first[lane * step]; }
};

Lanes plane_of(const ProgramState& state, const float* planes, ir::InstanceIx instance, std::size_t component) {
  const std::size_t stride = exec::padded_lanes(state.program->instances[instance.v].lanes);
  return {planes + component * stride, 1, live_lanes(state, instance)};
}

/// As its pass has them; none of what the sink is without.
Lanes drawn_lanes(const Instances& from, ir::Role role) {
  const auto of = [&](std::span<const float> numbers, std::size_t each, std::size_t part) -> Lanes {
    if (numbers.empty()) return {};
    return {numbers.data() + part, each, from.count};
  };
  const auto core = [&](const float& number) -> Lanes {
    return {&number, sizeof(InstanceCore) / sizeof(float), from.count};
  };
  if (from.count == 0 || from.core.empty()) return {};
  const InstanceCore& first = from.core[0];
  switch (role) {
    case ir::Role::X: return core(first.x);
    case ir::Role::Y: return core(first.y);
    case ir::Role::Z: return core(first.depth);
    case ir::Role::Size: return core(first.size);
    case ir::Role::Red: return core(first.r);
    case ir::Role::Green: return core(first.g);
    case ir::Role::Blue: return core(first.b);
    case ir::Role::Alpha: return core(first.a);
    case ir::Role::Rotation: return of(from.rotation, 1, 0);
    case ir::Role::ScaleX: return of(from.scale, 2, 0);
    case ir::Role::ScaleY: return of(from.scale, 2, 1);
    case ir::Role::Shape: return {};
    case ir::Role::Stroke:
    case ir::Role::StrokeRed:
    case ir::Role::StrokeGreen:
    case ir::Role::StrokeBlue:
    case ir::Role::StrokeAlpha:
      return of(from.stroke, kStrokeFloats,
                static_cast<std::size_t>(role) - static_cast<std::size_t>(ir::Role::Stroke));
  }
  return {};
}

Lanes lanes_of_item(const ProgramState& state, const TraceItem& item) {
  const ir::Program& program = *state.program;
  switch (item.source) {
    case TraceSource::State:
      return plane_of(state, state.state_planes[item.index], program.states[item.index].instance, item.part);
    case TraceSource::Plane: return plane_of(state, state.planes[item.index], program.planes[item.index].instance, 0);
    case TraceSource::Tap: {
      const std::size_t probes = program.probes.size();
      const ir::InstanceIx instance = item.index < probes
                                          ? program.probes[item.index].instance
                                          : program.exprs[state.tapped[item.index - probes].expr].instance;
      return plane_of(state, state.taps[item.index].data(), instance, item.part);
    }
    case TraceSource::Sink:
      return drawn_lanes(state.sinks[item.index].pass.instances, static_cast<ir::Role>(item.part));
    default: return {};
  }
}

template <class Number>
double* write_lanes(const TracePlan& plan, std::uint32_t count, Number number, double* to) {
  if (!plan.lanes.empty()) {
    for (const std::uint32_t lane : plan.lanes)
      *to++ = lane < count ? number(lane) : std::numeric_limits<double>::quiet_NaN();
    return to;
  }
  const double first = count > 0 ? number(0) : 0;
  double least = first, most = first, sum = first;
  for (std::uint32_t lane = 1; lane < count; ++lane) {
    const double x = number(lane);
    least = std::min(least, x);
    most = std::max(most, x);
    sum += x;
  }
  const auto lanes = static_cast<double>(count);
  for (const double x : {lanes, first, least, most, count > 0 ? sum / lanes : 0}) *to++ = x;
  return to;
}

double* write_glide(const TracePlan& plan, const ProgramState& state, const TraceItem& item, double* to) {
  const exec::RoleGlide& glide = state.glides[item.index].now[item.part];
  const bool active = state.glides[item.index].active && glide.offsets != nullptr;
  const std::uint32_t lanes = active ? live_lanes(state, state.program->sinks[item.index].instance) : 0;
  const auto offset = [&](std::uint32_t lane) {
    return double{glide.offsets[lane]} * glide.weights.level + double{glide.slopes[lane]} * glide.weights.rise;
  };
  return write_lanes(plan, lanes, offset, to);
}

double* write_factor(const TracePlan& plan, const ProgramState& state, const TraceItem& item, double* to) {
  const exec::RoleGlide& glide = state.glides[item.index].now[item.part];
  const bool active = state.glides[item.index].active && glide.offsets != nullptr && glide.factors != nullptr;
  const std::uint32_t lanes = active ? live_lanes(state, state.program->sinks[item.index].instance) : 0;
  const auto factor = [&](std::uint32_t lane) {
    return 1 + double{glide.factors[lane]} * glide.weights.level +
           double{glide.factor_slopes[lane]} * glide.weights.rise;
  };
  return write_lanes(plan, lanes, factor, to);
}

double* write_events(const ProgramState& state, const TraceItem& item, double* to) {
  const std::span<const exec::Event> events = state.event_lists[item.index].events();
  double* const end = to + 1 + kEventNumbers * item.count;
  *to++ = static_cast<double>(events.size());
  for (const exec::Event& event : events.first(std::min<std::size_t>(events.size(), item.count))) {
    *to++ = std::bit_cast<double>(event.key);
    *to++ = event.key_number;
    *to++ = event.value;
  }
  std::fill(to, end, 0.0);
  return end;
}

double left_of(const SectionGlide& glide) {
  return !glide.active ? 0 : glide.begins ? 1 : static_cast<double>(glide.weights.level);
}

double* write_item(const TracePlan& plan, const ProgramState& state, const TraceItem& item, double* to) {
  switch (item.source) {
    case TraceSource::Slots: return std::copy_n(state.slots.data() + item.index, item.count, to);
    case TraceSource::State:
    case TraceSource::Plane:
    case TraceSource::Tap:
    case TraceSource::Sink: {
      const Lanes lanes = lanes_of_item(state, item);
      return write_lanes(plan, lanes.count, [&](std::uint32_t lane) { return lanes[lane]; }, to);
    }
    case TraceSource::Glide: return write_glide(plan, state, item, to);
    case TraceSource::Factor: return write_factor(plan, state, item, to);
    case TraceSource::Section: *to = left_of(state.numbers.glides[item.index]); return to + 1;
    case TraceSource::Events: return write_events(state, item, to);
    case TraceSource::Program: *to = state.ran[item.index] != 0 ? 0 : 1; return to + 1;
    case TraceSource::Cache: *to = state.cache_found[item.index]; return to + 1;
  }
  return to;
}

}  // namespace

bool TracePlan::is_field(TraceSource source) const {
  return source == TraceSource::State || source == TraceSource::Plane || source == TraceSource::Tap ||
         source == TraceSource::Sink || source == TraceSource::Glide || source == TraceSource::Factor;
}

std::size_t TracePlan::numbers_of(const TraceItem& item) const {
  if (item.source == TraceSource::Events) return 1 + kEventNumbers * item.count;
  if (is_field(item.source)) return lanes.empty() ? kSummaryNumbers : lanes.size();
  return item.count;
}

void read_trace(const TracePlan& plan, const ProgramState& state, std::span<double> to) {
  double* next = to.data();
  for (const TraceItem& item : plan.items) next = write_item(plan, state, item, next);
}

}  // namespace oscilla::runtime
