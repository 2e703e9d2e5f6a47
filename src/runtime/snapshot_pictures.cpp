#include <algorithm>

#include "render/batches.hpp"
#include "runtime/snapshot.hpp"
#include "runtime/transition_parts.hpp"

namespace oscilla::runtime {
namespace {

/// So much of a frame may be asked for.
constexpr std::size_t kMostShapes = std::size_t{1} << 20, kMostFloats = std::size_t{1} << 26, kMostOld = 1 << 16;

/// Roles that a sink can show though its program is without them.
void visit_room(Archive& archive, ProgramState& state, std::uint32_t s) {
  const SinkBuffer& buffer = state.sinks[s].buffers.front();
  bool rotation = buffer.rotation.size() > 0, scale = !buffer.scale.empty();
  archive(rotation, scale);
  if (!archive.reads() || !archive.sound()) return;
  if (rotation) make_room(state, {s}, ir::Role::Rotation);
  if (scale) make_room(state, {s}, ir::Role::ScaleX);
}

/// The first `count` of an array that is shown, or not: read into `room`.
template <class T>
void visit_array(Archive& archive, std::span<const T>& shown, std::span<T> room, std::size_t count) {
  bool has = !shown.empty();
  archive(has);
  archive.require(!has || count <= room.size());
  if (!has || !archive.sound()) return;
  if (archive.reads()) {
    archive.all(room.first(count));
    shown = room.first(count);
  } else {
    archive.all(std::span(const_cast<T*>(shown.data()), count));  // a writer only looks at it
  }
}

void make_batches(Archive& archive, const ir::Sink& sink, Pass& pass, SinkBuffer& buffer) {
  const Instances& of = pass.instances;
  for (const std::uint32_t lane : of.order) archive.require(lane < of.count);
  for (const std::uint32_t shape : of.shape)
    archive.require(shape >= sink.shape.v && shape - sink.shape.v < sink.shapes);
  archive.require(sink.shapes == 1 || of.shape.size() == of.count);
  if (!archive.sound()) return;
  const std::size_t batches = sink.shapes > 1 ? render::batch_by_shape(of.visible, of.order, of.shape, buffer.batches)
                                              : render::batch_uniform(of.visible, sink.shape.v, buffer.batches);
  pass.batches = std::span<const Batch>(buffer.batches).first(batches);
}

void visit(Archive& archive, const ir::Sink& sink, std::uint32_t lanes, Pass& pass, SinkBuffer& buffer) {
  Instances& of = pass.instances;
  archive(of.count, of.visible);
  archive.require(of.count <= lanes && of.visible <= of.count);
  if (!archive.sound()) return;
  visit_array(archive, of.core, std::span(reinterpret_cast<InstanceCore*>(buffer.core.data()), lanes), of.count);
  archive.require(of.core.size() == of.count);
  visit_array(archive, of.rotation, buffer.rotation.span(), of.count);
  visit_array(archive, of.shape, std::span(buffer.shape), of.count);
  visit_array(archive, of.order, buffer.order.span(), of.visible);
  visit_array(archive, of.scale, std::span(buffer.scale), std::size_t{2} * of.count);
  visit_array(archive, of.stroke, std::span(buffer.stroke), kStrokeFloats * of.count);
  if (!archive.reads()) return;
  pass.name = sink.name;
  pass.layer = sink.layer;
  pass.blend = sink.blend;
  make_batches(archive, sink, pass, buffer);
}

/// The passes of a sink that are still needed, the oldest first; those of a trail, and the last one.
std::vector<Pass*> passes_of(SinkState& sink, bool drawn) {
  std::vector<Pass*> passes;
  for (std::size_t back = std::min(sink.ticks, sink.past.size()); back > 0; --back)
    passes.push_back(&sink.past[(sink.ticks - back) % sink.past.size()]);
  if (drawn) passes.push_back(&sink.pass);
  return passes;
}

/// A pass that stood for several ticks is there once.
void visit_sink(Archive& archive, ProgramState& state, std::uint32_t s) {
  SinkState& sink = state.sinks[s];
  const ir::Sink& description = state.program->sinks[s];
  const std::uint32_t lanes = lanes_of(*state.program, {s});
  bool drawn = !sink.pass.name.empty();
  std::uint64_t ticks = sink.ticks;
  archive(drawn, ticks);
  sink.ticks = static_cast<std::size_t>(ticks);
  const Pass* last = nullptr;
  std::size_t buffer = 0;
  for (Pass* pass : passes_of(sink, drawn)) {
    bool repeats = last != nullptr && last->instances.core.data() == pass->instances.core.data();
    archive(repeats);
    archive.require(!repeats || last != nullptr);
    if (!archive.sound()) return;
    if (repeats) {
      if (archive.reads()) *pass = *last;
    } else {
      if (last != nullptr) ++buffer;
      visit(archive, description, lanes, *pass, sink.buffers[archive.reads() ? buffer : 0]);
    }
    last = pass;
  }
  if (archive.reads()) sink.current = buffer;
}

void visit_ghosts(Archive& archive, ProgramState& state) {
  std::size_t pools = 0;
  for (const std::uint32_t ghosts : state.pool_ghosts) pools += ghosts == kNoGhosts ? 0 : 1;
  for (std::size_t i = 0; i < pools; ++i) visit(archive, state.ghosts[i], state.program->shapes.size());
  std::size_t old = 0;
  for (std::size_t i = pools; i < state.ghosts.size(); ++i) old += state.ghosts[i].count > 0 ? 1 : 0;
  const std::uint32_t count = archive.count(old, kMostOld);
  if (archive.reads()) {
    for (std::uint32_t i = 0; i < count && archive.sound(); ++i) visit_old(archive, state.ghosts.emplace_back());
  } else {
    for (std::size_t i = pools; i < state.ghosts.size(); ++i)
      if (state.ghosts[i].count > 0) visit_old(archive, state.ghosts[i]);
  }
  GhostRoom room = ghost_room(state);
  room.shapes = archive.count(room.shapes, kMostShapes);
  room.points = archive.count(room.points, kMostFloats);
  if (archive.reads() && archive.sound()) make_room_in_frames(state, room);
}

}  // namespace

void visit_pictures(Archive& archive, ProgramState& state) {
  for (std::uint32_t s = 0; s < state.sinks.size() && archive.sound(); ++s) {
    archive.same(state.program->sinks[s].id);
    visit_room(archive, state, s);
    visit(archive, state.glides[s], lanes_of(*state.program, {s}));
    visit_sink(archive, state, s);
  }
  if (archive.sound()) visit_ghosts(archive, state);
}

}  // namespace oscilla::runtime
