#include "window/preview.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace oscilla::window {
namespace {

struct Vector {
  double x = 0, y = 0, z = 0;
};
Vector operator*(const Vector& a, double f) { return {a.x * f, a.y * f, a.z * f}; }
Vector operator+(const Vector& a, const Vector& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
double dot(const Vector& a, const Vector& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }

struct Placed {
  Vector at;
  double size = 0;  ///< in the world
};

/// From the screen back to the world.
Placed world_of(const InstanceCore& core, const CameraView& camera) {
  const double range = double{camera.far} - double{camera.near};
  if (!camera.perspective) {
    const double scale = camera.scale != 0 ? double{camera.scale} : 1;
    return {{(core.x - camera.offset_x) / scale, (core.y - camera.offset_y) / scale, camera.far - core.depth * range},
            core.size / scale};
  }
  const double distance = camera.near + core.depth * range;
  const double factor = 0.5 / (distance * camera.tan_half_fov);
  const auto axis = [](const float(&row)[4]) { return Vector{row[0], row[1], row[2]}; };
  const double right = (core.x - 0.5) / factor - camera.right[3], up = (core.y - 0.5) / factor - camera.up[3];
  return {axis(camera.right) * right + axis(camera.up) * up + axis(camera.forward) * (distance - camera.forward[3]),
          core.size / factor};
}

/// An eye at twice the canvas's height from its middle, a little above it.
struct Eye {
  static constexpr double kDistance = 2, kTilt = 35, kFieldOfView = 45, kNear = 0.01, kFar = 100;

  double sine = std::sin(kTilt / 180 * std::numbers::pi), cosine = std::cos(kTilt / 180 * std::numbers::pi);
  double tan_half = std::tan(kFieldOfView / 360 * std::numbers::pi);

  /// False if it lies behind the eye, or too far away; `distance` is then 0.
  bool see(const Placed& placed, InstanceCore& core, double& distance) const {
    const Vector from = placed.at + Vector{-0.5, -0.5, 0};
    distance = kDistance - dot(from, {0, sine, cosine});
    const double depth = (distance - kNear) / (kFar - kNear);
    if (!(depth >= 0 && depth <= 1)) return distance = 0, false;
    const double factor = 0.5 / (distance * tan_half);
    core.x = static_cast<float>(0.5 + from.x * factor);
    core.y = static_cast<float>(0.5 + dot(from, {0, cosine, -sine}) * factor);
    core.depth = static_cast<float>(depth);
    core.size = static_cast<float>(placed.size * factor);
    return true;
  }
};

}  // namespace

void PerspectivePreview::turn(const Pass& source, const CameraView& camera, PassRoom& room, Pass& result) {
  const Eye eye;
  const Instances& from = source.instances;
  room.core.assign(from.core.begin(), from.core.end());
  room.distance.assign(from.core.size(), 0);
  room.shape.assign(from.core.size(), 0);
  room.order.clear();
  for (const Batch& batch : source.batches) {
    for (std::uint32_t i = batch.first; i < batch.first + batch.count; ++i) {
      const std::uint32_t lane = from.order.empty() ? i : from.order[i];
      room.shape[lane] = batch.shape;
      if (eye.see(world_of(from.core[lane], camera), room.core[lane], room.distance[lane])) room.order.push_back(lane);
    }
  }
  std::ranges::stable_sort(room.order, [&](std::uint32_t a, std::uint32_t b) {
    return room.distance[a] != room.distance[b] ? room.distance[a] > room.distance[b] : a < b;
  });
  room.batches.clear();
  for (std::uint32_t i = 0; i < room.order.size(); ++i) {
    const std::uint32_t shape = room.shape[room.order[i]];
    if (room.batches.empty() || room.batches.back().shape != shape) room.batches.push_back({i, 0, shape});
    ++room.batches.back().count;
  }
  result = source;
  result.instances.core = room.core;
  result.instances.order = room.order;
  result.instances.visible = static_cast<std::uint32_t>(room.order.size());
  result.batches = room.batches;
}

const RenderFrame& PerspectivePreview::of(const RenderFrame& frame, const CameraView& camera) {
  passes_.resize(frame.passes.size());
  if (rooms_.size() < passes_.size()) rooms_.resize(passes_.size());
  for (std::size_t i = 0; i < passes_.size(); ++i) turn(frame.passes[i], camera, rooms_[i], passes_[i]);
  frame_ = frame;
  frame_.passes = passes_;
  return frame_;
}

}  // namespace oscilla::window
