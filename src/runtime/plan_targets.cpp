#include "runtime/plan_targets.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include "runtime/changes.hpp"
#include "runtime/numbers.hpp"

namespace oscilla::runtime {
namespace {

const ir::LayerOf<ir::SlotIx>* layer_of(const ir::Program& program, std::int32_t number) {
  const auto found = std::ranges::find(program.layers, number, &ir::LayerOf<ir::SlotIx>::layer);
  return found == program.layers.end() ? nullptr : &*found;
}

bool same_figure(const ir::Program& from, const ir::ShapeEntry& old, const ir::Program& to,
                 const ir::ShapeEntry& shape) {
  if (old.kind != shape.kind) return false;
  return shape.kind != ShapeKind::Path || from.topologies[old.topology] == to.topologies[shape.topology];
}

bool same_fill(const ir::FillOf<ir::SlotIx>& old, const ir::FillOf<ir::SlotIx>& fill) {
  return old.paint == fill.paint && old.stops.size() == fill.stops.size();
}

/// A sheet that is neither cut out nor mixed in another way than single passes are.
bool is_plain(const ir::LayerOf<ir::SlotIx>* layer) {
  return layer == nullptr || (layer->blend == Blend::Normal && !layer->clip.valid());
}

class TargetPlanner {
 public:
  TargetPlanner(const ir::Program& from, const ir::Program& to, SwapPlan& plan)
      : from_(from), to_(to), plan_(plan), changes_(from, to, plan), shape_sources_(to.shapes.size()) {}

  void run() {
    claim_figures();
    for (const ir::Sink& sink : to_.sinks) plan_.sinks.push_back(plan_sink(sink));
    plan_sections();
  }

 private:
  ir::SinkIx source_of(const ir::Sink& sink) const {
    const auto is = [&](auto same) {
      const auto found = std::ranges::find_if(from_.sinks, same);
      return found == from_.sinks.end() ? ir::SinkIx{}
                                        : ir::SinkIx{static_cast<std::uint32_t>(found - from_.sinks.begin())};
    };
    const ir::SinkIx same = is([&](const ir::Sink& old) { return old.name == sink.name; });
    if (same.valid()) return same;
    return is([&](const ir::Sink& old) { return old.id == sink.id || old.name == sink.order_name; });
  }

  /// A figure goes on as one figure. Where several sinks have come to draw the same one, it is that of the sink in
  /// which nothing has changed.
  void claim_figures() {
    for (const ir::Sink& sink : to_.sinks) {
      const ir::SinkIx was = source_of(sink);
      if (!was.valid() || from_.sinks[was.v].shapes != sink.shapes) continue;
      for (std::uint32_t s = 0; s < sink.shapes; ++s) {
        const std::uint32_t before = from_.sinks[was.v].shape.v + s, now = sink.shape.v + s;
        if (!shape_sources_[now].valid() && is_unchanged(before, now)) shape_sources_[now] = ir::ShapeIx{before};
      }
    }
  }

  bool is_unchanged(std::uint32_t before, std::uint32_t now) const {
    const ir::ShapeEntry &old = from_.shapes[before], &shape = to_.shapes[now];
    if (!same_figure(from_, old, to_, shape)) return false;
    if (shape.kind == ShapeKind::Path && points_changed(before, now)) return false;
    for (std::size_t p = 0; p < shape.parameters.size(); ++p)
      if (changes_.changed(old.parameters[p], shape.parameters[p])) return false;
    return true;
  }

  SinkPlan plan_sink(const ir::Sink& sink) {
    SinkPlan plan;
    plan.was = source_of(sink);
    if (plan.was.valid()) find_lanes(plan, sink);
    for (std::size_t r = 0; r < ir::kRoles; ++r)
      if (is_changed(plan, sink, static_cast<ir::Role>(r))) plan.changed |= 1u << r;
    for (std::size_t r = 0; r < ir::kRoles; ++r) {
      const std::optional<ir::GlidePort> port = ir::glide_port(static_cast<ir::Role>(r));
      if (!port || sink.glides[static_cast<std::size_t>(*port)].policy == ir::GlidePolicy::None) continue;
      plan.measured |= plan.changed & 1u << r;
    }
    return plan;
  }

  void find_lanes(SinkPlan& plan, const ir::Sink& sink) {
    const ir::Sink& old = from_.sinks[plan.was.v];
    if (const char* why = obstacle(old, sink)) {
      plan.why = why;
      return;
    }
    const bool same_instance =
        plan_.instances[sink.instance.v].valid() && plan_.instances[sink.instance.v] == old.instance;
    if (same_instance) map_lanes(plan, sink, old);
    if (plan.same_lanes || plan.kept > 0) {
      plan.from = plan.was;
    } else if (can_match(old, sink)) {
      plan.from = plan.was;
      plan.by_position = true;
    } else {
      plan.why = same_instance ? "none of its elements was there" : "its lanes are those of another instance now";
    }
    for (std::uint32_t s = 0; plan.from.valid() && s < sink.shapes; ++s)
      shape_sources_[sink.shape.v + s] = ir::ShapeIx{old.shape.v + s};
  }

  /// Why lanes cannot be drawn on as lanes of this sink, whatever they are; null if they can.
  const char* obstacle(const ir::Sink& old, const ir::Sink& sink) const {
    if (is_perspective(from_) != is_perspective(to_)) return "it is seen by a camera of another kind now";
    if (old.layer != sink.layer || old.blend != sink.blend || !same_sheet(sink.layer))
      return "it is laid over the picture in another way now";
    const bool line_goes = old.has_stroke && !sink.has_stroke;
    if (line_goes || !same_fill(old.style.fill, sink.style.fill) || old.style.dashes.size() != sink.style.dashes.size())
      return "its figures are filled or lined in another way now";
    if (old.shapes != sink.shapes) return "its figures are of another kind now";
    for (std::uint32_t s = 0; s < sink.shapes; ++s) {
      const std::uint32_t before = old.shape.v + s, now = sink.shape.v + s;
      const bool taken = shape_sources_[now].valid() && shape_sources_[now].v != before;
      if (taken || !same_figure(from_, from_.shapes[before], to_, to_.shapes[now]))
        return "its figures are of another kind now";
    }
    return nullptr;
  }

  static bool is_perspective(const ir::Program& program) { return program.camera && program.camera->perspective; }

  bool same_sheet(std::int32_t number) const {
    const auto* old = layer_of(from_, number);
    const auto* layer = layer_of(to_, number);
    if (layer == nullptr) return old == nullptr;
    if (old == nullptr) return is_plain(layer);
    if (old->blend != layer->blend || old->clip.valid() != layer->clip.valid()) return false;
    return !layer->clip.valid() || same_figure(from_, from_.shapes[old->clip.v], to_, to_.shapes[layer->clip.v]);
  }

  bool can_match(const ir::Sink& old, const ir::Sink& sink) const {
    const ir::GlidePolicy policy = sink.glides[static_cast<std::size_t>(ir::GlidePort::Position)].policy;
    return policy != ir::GlidePolicy::None && policy != ir::GlidePolicy::Crossfade &&
           from_.instances[old.instance.v].lanes <= kMostMatched &&
           to_.instances[sink.instance.v].lanes <= kMostMatched;
  }

  void map_lanes(SinkPlan& plan, const ir::Sink& sink, const ir::Sink& old) {
    const ir::Instance& instance = to_.instances[sink.instance.v];
    plan.same_lanes = !changes_.moved(sink.instance);
    plan.kept = instance.lanes;
    if (plan.same_lanes) return;
    const std::vector<LaneRun> runs = shared_lanes(from_.instances[old.instance.v], instance);
    plan.first_run = static_cast<std::uint32_t>(plan_.runs.size());
    plan.runs = static_cast<std::uint32_t>(runs.size());
    plan.kept = 0;
    for (const LaneRun& run : runs) plan.kept += run.count;
    plan_.runs.insert(plan_.runs.end(), runs.begin(), runs.end());
  }

  bool is_changed(const SinkPlan& plan, const ir::Sink& sink, ir::Role role) const {
    const bool fades = role == ir::Role::Alpha || role == ir::Role::StrokeAlpha;
    if (!plan.from.valid()) return fades && ir::has_role(sink, role);  // all its lanes fade in
    const auto expr_of = [&](const ir::Sink& of) { return of.roles[static_cast<std::size_t>(role)]; };
    const ir::Sink& old = from_.sinks[plan.from.v];
    if (!ir::has_role(old, role) && !ir::has_role(sink, role)) return false;
    // A line that there was not fades in; there is nothing to draw one with that is gone.
    if (role >= ir::Role::Stroke && !(old.has_stroke && sink.has_stroke)) return fades && sink.has_stroke;
    if (!plan.same_lanes || ir::has_role(old, role) != ir::has_role(sink, role)) return true;
    return changes_.changed(expr_of(old), expr_of(sink));
  }

  void plan_sections() {
    old_row_ = number_row(from_);
    row_ = number_row(to_);
    plan_.background_fades = !same_fill(background_fill(from_), background_fill(to_));
    for (std::size_t i = 0; i < to_.layers.size(); ++i)
      if (const auto* old = layer_of(from_, to_.layers[i].layer);
          old != nullptr && old->clip.valid() && to_.layers[i].clip.valid() && same_sheet(old->layer) &&
          !shape_sources_[to_.layers[i].clip.v].valid())
        shape_sources_[to_.layers[i].clip.v] = old->clip;
    for (const NumberSection& section : row_.sections) plan_.sections.push_back(plan_section(section));
  }

  static ir::FillOf<ir::SlotIx> background_fill(const ir::Program& program) {
    return program.background ? program.background->fill : ir::FillOf<ir::SlotIx>{};
  }

  SectionPlan plan_section(const NumberSection& section) const {
    SectionPlan plan;
    const std::optional<std::size_t> source = source_of(section);
    if (section.count == 0) return plan;
    if (!source) {
      plan.changed = true;
      plan.measured = section.kind == NumberKind::Layer && section.glide.policy != ir::GlidePolicy::None;
      return plan;
    }
    const NumberSection& old = old_row_.sections[*source];
    if (old.count != section.count) return plan;
    plan.from = static_cast<std::uint32_t>(*source);
    plan.first_only = section.kind == NumberKind::Layer && !same_sheet(to_.layers[section.owner].layer);
    plan.changed =
        section.kind == NumberKind::Points ? points_changed(old.owner, section.owner) : numbers_changed(old, section);
    plan.measured = plan.changed && section.glide.policy != ir::GlidePolicy::None;
    return plan;
  }

  /// The section of the old program that goes on in it.
  std::optional<std::size_t> source_of(const NumberSection& section) const {
    switch (section.kind) {
      case NumberKind::Camera:
        if (is_perspective(from_) != is_perspective(to_)) return {};
        return 0;
      case NumberKind::Background: return 1;
      case NumberKind::BackgroundFill:
        if (plan_.background_fades) return {};
        return 2;
      case NumberKind::Layer: {
        const std::int32_t number = to_.layers[section.owner].layer;
        const auto* old = layer_of(from_, number);
        if (old == nullptr) return {};
        return old_row_.layer(static_cast<std::size_t>(old - from_.layers.data()));
      }
      case NumberKind::Fill:
      case NumberKind::Dashes: {
        const ir::SinkIx from = plan_.sinks[section.owner].from;
        if (!from.valid()) return {};
        return section.kind == NumberKind::Fill ? old_row_.fill(from.v) : old_row_.dashes(from.v);
      }
      case NumberKind::Shape:
      case NumberKind::Points: {
        const ir::ShapeIx from = shape_sources_[section.owner];
        if (!from.valid()) return {};
        return section.kind == NumberKind::Shape ? old_row_.shape(from.v) : old_row_.points(from.v);
      }
    }
    return {};
  }

  bool numbers_changed(const NumberSection& old, const NumberSection& section) const {
    for (std::uint32_t i = 0; i < section.count; ++i) {
      const NumberSource& before = old_row_.sources[old.first + i];
      const NumberSource& now = row_.sources[section.first + i];
      if (before.slot.valid() || now.slot.valid()) {
        if (changes_.changed(before.slot, now.slot)) return true;
      } else if (before.constant != now.constant) {
        return true;
      }
    }
    return false;
  }

  bool points_changed(std::uint32_t old_shape, std::uint32_t shape) const {
    const ir::ShapeEntry& old = from_.shapes[old_shape];
    const ir::ShapeEntry& now = to_.shapes[shape];
    if (old.curve != now.curve || old.open != now.open || old.instance.valid() != now.instance.valid()) return true;
    if (changes_.changed(old.corner, now.corner)) return true;
    for (std::size_t i = 0; i < now.fixed.size(); ++i)
      if (changes_.changed(old.fixed[i], now.fixed[i])) return true;
    if (!now.instance.valid()) return false;
    return changes_.moved(now.instance) || changes_.changed(old.points[0], now.points[0]) ||
           changes_.changed(old.points[1], now.points[1]);
  }

  const ir::Program& from_;
  const ir::Program& to_;
  SwapPlan& plan_;
  Changes changes_;
  std::vector<ir::ShapeIx> shape_sources_;  // by shape of the new program
  NumberRow old_row_, row_;
};

}  // namespace

void plan_targets(const ir::Program& from, const ir::Program& to, SwapPlan& plan) {
  TargetPlanner(from, to, plan).run();
}

}  // namespace oscilla::runtime
