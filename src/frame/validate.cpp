#include "frame/validate.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "frame/topology.hpp"

namespace oscilla::frame {
namespace {

using Problem = std::optional<std::string>;

bool all_finite(std::span<const float> values) {
  for (const float value : values) {
    if (!std::isfinite(value)) return false;
  }
  return true;
}

bool is_finite(const InstanceCore& c) { return all_finite(std::array{c.x, c.y, c.depth, c.size, c.r, c.g, c.b, c.a}); }

Problem check_fill(const Fill& fill) {
  if (fill.paint > Paint::Radial) return fmt::format("unknown paint {}", static_cast<int>(fill.paint));
  if (!all_finite(fill.place)) return "a gradient's place is not finite";
  for (std::size_t i = 0; i < fill.stops.size(); ++i) {
    const GradientStop& stop = fill.stops[i];
    if (!std::isfinite(stop.at) || !all_finite(stop.color)) return fmt::format("stop {} is not finite", i);
    if (i > 0 && stop.at < fill.stops[i - 1].at) return fmt::format("stop {} comes before the one before", i);
  }
  return std::nullopt;
}

Problem check_style(const Style& style) {
  if (style.rule > FillRule::EvenOdd) return fmt::format("unknown fill rule {}", static_cast<int>(style.rule));
  if (style.join > LineJoin::Bevel) return fmt::format("unknown join {}", static_cast<int>(style.join));
  if (style.cap > LineCap::Square) return fmt::format("unknown cap {}", static_cast<int>(style.cap));
  if (style.dashes.size() > kMostDashes) return fmt::format("{} dashes", style.dashes.size());
  if (!all_finite(style.dashes) || !std::isfinite(style.dash_offset)) return "a dash is not finite";
  return check_fill(style.fill);
}

Problem check_layer(const RenderFrame& frame, std::size_t index) {
  const Layer& layer = frame.layers[index];
  if (index > 0 && layer.layer <= frame.layers[index - 1].layer) {
    return fmt::format("layer {} comes after layer {}", layer.layer, frame.layers[index - 1].layer);
  }
  if (layer.blend > Blend::Difference) {
    return fmt::format("layer {} has unknown blend {}", layer.layer, static_cast<int>(layer.blend));
  }
  if (!std::isfinite(layer.opacity) || !all_finite(layer.place)) {
    return fmt::format("layer {} is not finite", layer.layer);
  }
  if (layer.clip != kNoShape && layer.clip >= frame.shapes.size()) {
    return fmt::format("layer {} is clipped by shape {} of {}", layer.layer, layer.clip, frame.shapes.size());
  }
  return std::nullopt;
}

Problem check_scalars(const RenderFrame& frame) {
  if (frame.version != kFrameVersion) {
    return fmt::format("frame version is {}, this engine makes {}", frame.version, kFrameVersion);
  }
  if (frame.width == 0 || frame.height == 0) return fmt::format("canvas is {}x{}", frame.width, frame.height);
  if (!std::isfinite(frame.t_ms)) return "time is not finite";
  if (frame.fit > Fit::Stretch) return fmt::format("unknown fit {}", static_cast<int>(frame.fit));
  if (!all_finite(frame.background)) return "background is not finite";
  if (!all_finite(frame.points)) return "a path point is not finite";
  if (auto problem = check_fill(frame.background_fill)) return "background: " + *problem;
  return std::nullopt;
}

Problem check_topology(const Topology& topology, std::size_t index) {
  for (const PathVerb verb : topology.verbs) {
    if (verb > PathVerb::Close) {
      return fmt::format("topology {} has unknown verb {}", index, static_cast<int>(verb));
    }
  }
  if (!topology.verbs.empty() && topology.verbs[0] != PathVerb::Move) {
    return fmt::format("topology {} does not begin with Move", index);
  }
  return std::nullopt;
}

Problem check_shape(const RenderFrame& frame, std::size_t index) {
  const Shape& shape = frame.shapes[index];
  if (shape.kind > ShapeKind::Path) {
    return fmt::format("shape {} has unknown kind {}", index, static_cast<int>(shape.kind));
  }
  if (!all_finite(shape.parameters)) return fmt::format("shape {} has a parameter that is not finite", index);
  if (shape.kind != ShapeKind::Path) return std::nullopt;
  if (shape.topology >= frame.topologies.size()) {
    return fmt::format("shape {} uses topology {} of {}", index, shape.topology, frame.topologies.size());
  }
  const std::size_t end = shape.first_point + 2 * points_used(frame.topologies[shape.topology]);
  if (end > frame.points.size()) {
    return fmt::format("shape {} needs points up to {} of {}", index, end, frame.points.size());
  }
  return std::nullopt;
}

Problem check_lengths(const Instances& instances) {
  const auto wrong = [&](std::string_view what, std::size_t size, std::size_t expected) -> Problem {
    return fmt::format("{} has {} entries, expected {}", what, size, expected);
  };
  const std::size_t count = instances.count;
  if (instances.visible > count) return fmt::format("{} of {} lanes are visible", instances.visible, count);
  if (instances.core.size() != count) return wrong("core", instances.core.size(), count);
  if (!instances.rotation.empty() && instances.rotation.size() != count) {
    return wrong("rotation", instances.rotation.size(), count);
  }
  if (!instances.shape.empty() && instances.shape.size() != count) return wrong("shape", instances.shape.size(), count);
  if (!instances.scale.empty() && instances.scale.size() != 2 * count) {
    return wrong("scale", instances.scale.size(), 2 * count);
  }
  if (!instances.stroke.empty() && instances.stroke.size() != kStrokeFloats * count) {
    return wrong("stroke", instances.stroke.size(), kStrokeFloats * count);
  }
  if (!instances.order.empty() && instances.order.size() != instances.visible) {
    return wrong("order", instances.order.size(), instances.visible);
  }
  return std::nullopt;
}

Problem check_order(const Instances& instances) {
  std::vector<bool> seen(instances.count);
  for (const std::uint32_t lane : instances.order) {
    if (lane >= instances.count) return fmt::format("order names lane {} of {}", lane, instances.count);
    if (seen[lane]) return fmt::format("order names lane {} twice", lane);
    seen[lane] = true;
  }
  return std::nullopt;
}

Problem check_batches(const Pass& pass, std::size_t shapes) {
  std::size_t next = 0;
  for (std::size_t index = 0; index < pass.batches.size(); ++index) {
    const Batch& batch = pass.batches[index];
    if (batch.first != next) return fmt::format("batch {} begins at {}, expected {}", index, batch.first, next);
    if (batch.count == 0) return fmt::format("batch {} is empty", index);
    if (batch.shape >= shapes) return fmt::format("batch {} uses shape {} of {}", index, batch.shape, shapes);
    next += batch.count;
    if (next > pass.instances.visible) {
      return fmt::format("batch {} ends at {}, only {} lanes are visible", index, next, pass.instances.visible);
    }
  }
  if (next != pass.instances.visible) return fmt::format("batches cover {} of {} lanes", next, pass.instances.visible);
  return std::nullopt;
}

/// Needs lengths, order and batches to be right.
Problem check_drawn_lanes(const Pass& pass) {
  const Instances& instances = pass.instances;
  for (const Batch& batch : pass.batches) {
    for (std::uint32_t position = batch.first; position < batch.first + batch.count; ++position) {
      const std::uint32_t lane = instances.order.empty() ? position : instances.order[position];
      if (!is_finite(instances.core[lane])) return fmt::format("lane {} is not finite", lane);
      if (!instances.rotation.empty() && !std::isfinite(instances.rotation[lane])) {
        return fmt::format("lane {} has a rotation that is not finite", lane);
      }
      if (!instances.scale.empty() && !all_finite(instances.scale.subspan(std::size_t{2} * lane, 2))) {
        return fmt::format("lane {} has a scale that is not finite", lane);
      }
      if (!instances.stroke.empty() &&
          !all_finite(instances.stroke.subspan(kStrokeFloats * std::size_t{lane}, kStrokeFloats))) {
        return fmt::format("lane {} has a stroke that is not finite", lane);
      }
      if (!instances.shape.empty() && instances.shape[lane] != batch.shape) {
        return fmt::format("lane {} has shape {} in a batch of shape {}", lane, instances.shape[lane], batch.shape);
      }
    }
  }
  return std::nullopt;
}

Problem check_pass(const Pass& pass, std::size_t shapes) {
  if (pass.blend > Blend::Difference) return fmt::format("unknown blend {}", static_cast<int>(pass.blend));
  if (!std::isfinite(pass.weight)) return "the weight is not finite";
  if (auto problem = check_style(pass.style)) return problem;
  if (auto problem = check_lengths(pass.instances)) return problem;
  if (auto problem = check_order(pass.instances)) return problem;
  if (auto problem = check_batches(pass, shapes)) return problem;
  return check_drawn_lanes(pass);
}

}  // namespace

std::optional<std::string> validate_picture(const RenderFrame& frame) {
  if (auto problem = check_scalars(frame)) return problem;
  for (std::size_t i = 0; i < frame.layers.size(); ++i) {
    if (auto problem = check_layer(frame, i)) return problem;
  }
  for (std::size_t i = 1; i < frame.passes.size(); ++i) {
    if (frame.passes[i].layer >= frame.passes[i - 1].layer) continue;
    return fmt::format("pass {} on layer {} comes after layer {}", frame.passes[i].name, frame.passes[i].layer,
                       frame.passes[i - 1].layer);
  }
  return std::nullopt;
}

std::optional<std::string> validate_shape(const RenderFrame& frame, std::uint32_t index) {
  if (auto problem = check_shape(frame, index)) return problem;
  if (frame.shapes[index].kind != ShapeKind::Path) return std::nullopt;
  const std::uint32_t topology = frame.shapes[index].topology;
  return check_topology(frame.topologies[topology], topology);
}

std::optional<std::string> validate_pass(const RenderFrame& frame, const Pass& pass) {
  if (auto problem = check_pass(pass, frame.shapes.size())) return problem;
  for (const Batch& batch : pass.batches) {
    if (auto problem = validate_shape(frame, batch.shape)) return problem;
  }
  return std::nullopt;
}

std::optional<std::string> validate(const RenderFrame& frame) {
  if (auto problem = validate_picture(frame)) return problem;
  for (std::size_t i = 0; i < frame.topologies.size(); ++i) {
    if (auto problem = check_topology(frame.topologies[i], i)) return problem;
  }
  for (std::size_t i = 0; i < frame.shapes.size(); ++i) {
    if (auto problem = check_shape(frame, i)) return problem;
  }
  for (const Pass& pass : frame.passes) {
    if (auto problem = check_pass(pass, frame.shapes.size())) return fmt::format("pass {}: {}", pass.name, *problem);
  }
  return std::nullopt;
}

}  // namespace oscilla::frame
