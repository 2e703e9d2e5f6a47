#include "runtime/picture_faults.hpp"

#include <algorithm>
#include <utility>

#include "runtime/program_state.hpp"

namespace oscilla::runtime {
namespace {

void check_limits(ProgramState& state, std::uint32_t step, std::int64_t tick) {
  double before = 0;
  for (const PictureLimit& limit : state.faults.limits) {
    const double value = state.slots[limit.slot.v];
    const double least = limit.ascends ? std::max(limit.least, before) : limit.least;
    const bool finite = value - value == 0;  // else it is told as what it is
    const double used = std::max(least, std::min(finite ? value : 0, limit.most));
    before = used;
    if (!finite || used == value) continue;
    RuntimeError error{.kind = limit.kind, .block = limit.block, .port = limit.port, .operation = limit.list};
    error.step = step;
    error.lane = limit.element;
    error.value = value;
    error.used = used;
    state.errors.report(error, tick);
  }
}

/// What is left of earlier programs may have the name of no sink.
std::string_view name_in(const ir::Program& program, std::string_view name) {
  const auto found = std::ranges::find(program.sinks, name, &ir::Sink::name);
  return found == program.sinks.end() ? std::string_view("ghosts") : std::string_view(found->name);
}

void check_ghosts(ProgramState& state, std::uint32_t step, std::int64_t tick) {
  for (GhostPass& ghosts : state.ghosts) {
    const std::uint32_t lost = std::exchange(ghosts.lost, 0);
    if (lost == 0) continue;
    RuntimeError error{.kind = RuntimeErrorKind::BufferOverflow, .block = name_in(*state.program, ghosts.name)};
    error.operation = "ghosts";
    error.step = step;
    error.value = static_cast<double>(ghosts.count) + lost;
    error.used = ghosts.count;
    state.errors.report(error, tick);
  }
}

}  // namespace

void check_picture(ProgramState& state, std::uint32_t step, std::int64_t tick) {
  if (state.faults.points.valid()) note_plane_fault(state, state.faults.points, step, tick);
  check_limits(state, step, tick);
  check_ghosts(state, step, tick);
}

}  // namespace oscilla::runtime
