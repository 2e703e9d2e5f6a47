// Lanes that are no longer there, on their way out: as they were drawn last, with less and less opacity, in passes of
// their own right after those that they were in. In: the frame before they went. Out: passes for the frames after. A
// pool's lanes that leave, a sink's whose elements an edit took away, all of a sink that is gone. They stay where they
// are on the screen. What does not fit goes at once, the oldest first. Nothing is allocated but in make_ghost_pass().
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/archive.hpp"
#include "ir/program.hpp"
#include "oscilla/frame.hpp"

namespace oscilla::runtime {

/// Lanes that went at one moment.
struct GhostGroup {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  double start_ms = 0;
};

/// Arrays of `capacity` lanes.
struct GhostLanes {
  std::vector<InstanceCore> core;
  std::vector<float> rotation;
  std::vector<float> scale;
  std::vector<float> stroke;  ///< empty where the sink has no lines
  std::vector<std::uint32_t> shape;
};

using Topologies = std::vector<std::vector<PathVerb>>;

/// What is left of one sink.
struct GhostPass {
  std::string name;
  std::string order_name;
  std::int32_t layer = 0;
  Blend blend = Blend::Normal;
  ir::GlideSetting fade;
  ir::SinkIx sink;                ///< in its program
  std::uint32_t first_shape = 0;  ///< of its sink, in its program
  std::uint32_t capacity = 0;
  std::uint32_t count = 0;
  std::uint32_t lost = 0;  ///< lanes that there was no room for, until they are reported
  bool has_rotation = false;
  bool has_scale = false;
  bool has_stroke = false;
  bool owns_shapes = false;  ///< and the style; else they are the frame's
  GhostLanes lanes;          ///< as they went
  std::vector<GhostGroup> groups;
  std::vector<Shape> shapes;
  std::vector<float> points;  ///< of the shapes that are paths
  Style style;
  std::vector<GradientStop> stops;  ///< of the style
  std::vector<float> dashes;
  std::shared_ptr<const Topologies> topologies;  ///< of the shapes
  struct Drawn {
    std::vector<InstanceCore> core;
    std::vector<float> rotation;
    std::vector<float> scale;
    std::vector<float> stroke;
    std::vector<std::uint32_t> shape;
    std::vector<Batch> batches;
  };
  std::array<Drawn, 2> drawn;
};

/// So many moments of leaving a pass knows at once, and so many passes of earlier programs a program can hold.
inline constexpr std::size_t kGhostGroups = 128;
inline constexpr std::size_t kOldGhostPasses = 24;
/// So many lanes of a pool, and of what an edit takes away, fade; the others go at once.
inline constexpr std::uint32_t kMostPoolGhosts = 16384;
inline constexpr std::uint32_t kMostGhosts = 1u << 20;

/// Arrays of its capacity.
void make_lanes(GhostPass& ghosts, bool several_shapes);

GhostPass make_ghost_pass(std::shared_ptr<const ir::Program> program, ir::SinkIx sink, std::uint32_t capacity);

/// Whether a lane is drawn so that anything can be seen of it.
inline bool is_seen(const Instances& from, std::uint32_t lane) {
  const std::span<const float> stroke = from.stroke.empty() ? from.stroke : from.stroke.subspan(kStrokeFloats * lane);
  return from.core[lane].a > 0 || (!stroke.empty() && stroke[0] > 0 && stroke[4] > 0);
}

/// Of the lanes that `pass` drew last those for which gone(lane): they begin to fade.
template <class Gone>
void add_ghosts(GhostPass& ghosts, const Pass& pass, double running_ms, Gone gone) {
  if (ghosts.fade.policy == ir::GlidePolicy::None || ghosts.capacity == 0) return;
  const std::uint32_t capacity = ghosts.groups.size() < kGhostGroups ? ghosts.capacity : ghosts.count;
  const Instances& from = pass.instances;
  GhostGroup group{ghosts.count, 0, running_ms};
  for (std::uint32_t position = 0; position < from.visible; ++position) {
    const std::uint32_t lane = from.order.empty() ? position : from.order[position];
    if (!gone(lane) || !is_seen(from, lane)) continue;
    if (ghosts.count == capacity) {
      ++ghosts.lost;
      continue;
    }
    const std::uint32_t at = ghosts.count++;
    ghosts.lanes.core[at] = from.core[lane];
    ghosts.lanes.rotation[at] = from.rotation.empty() ? 0 : from.rotation[lane];
    ghosts.lanes.scale[2 * at] = from.scale.empty() ? 1 : from.scale[2 * lane];
    ghosts.lanes.scale[2 * at + 1] = from.scale.empty() ? 1 : from.scale[2 * lane + 1];
    if (ghosts.has_stroke)
      for (std::size_t part = 0; part < kStrokeFloats; ++part)
        ghosts.lanes.stroke[kStrokeFloats * at + part] = from.stroke[kStrokeFloats * lane + part];
    ghosts.lanes.shape[at] = from.shape.empty() ? (pass.batches.empty() ? 0 : pass.batches[0].shape) : from.shape[lane];
    ++group.count;
  }
  if (group.count == 0) return;
  ghosts.has_rotation |= !from.rotation.empty();
  ghosts.has_scale |= !from.scale.empty();
  ghosts.groups.push_back(group);
}

/// Before its program goes: its shapes as they were in `frame`, and their style, whatever becomes of these.
void keep_shapes(GhostPass& ghosts, const RenderFrame& frame, const Style& style);

/// So much is seen of the lanes that went last.
void fade_ghosts(GhostPass& ghosts, float level);

/// What a picture was laid on, over another background; below all passes.
GhostPass make_background_ghosts(std::shared_ptr<const ir::Program> program, const ir::GlideSetting& fade);
void keep_background(GhostPass& ghosts, const RenderFrame& frame, double running_ms);

/// Ends what is over. False if nothing is left.
bool age_ghosts(GhostPass& ghosts, double running_ms);

/// The pass of this moment, in buffer `which`; numbers of shapes that are the ghosts' own begin at `first_shape`.
Pass draw_ghosts(GhostPass& ghosts, double running_ms, std::size_t which, std::uint32_t first_shape);

/// What fades, of a pass that has room for it and draws so many shapes.
void visit(Archive& archive, GhostPass& ghosts, std::size_t shapes);
/// A pass with shapes of its own, all of it.
void visit_old(Archive& archive, GhostPass& ghosts);

/// The number of sinks that are painted before such a pass: it comes behind the one of its name, or where that would
/// be.
std::size_t place_of(const GhostPass& ghosts, const ir::Program& program);

}  // namespace oscilla::runtime
