#include "live/absorbed_offsets.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ir/print.hpp"
#include "kernels/glide.hpp"
#include "live/session_door.hpp"

namespace oscilla::live {
namespace {

/// A lane's number as its glide carries it in this tick.
float carried(const exec::RoleGlide& glide, float base, std::uint32_t lane) {
  float shown = base;
  if (glide.from != nullptr) {
    kernels::begin_offsets(glide.from + lane, &base, &shown, 1);
    return shown;
  }
  const auto at = [&](const float* plane) { return plane != nullptr ? plane + lane : nullptr; };
  kernels::carry(glide.gauge, &base, {at(glide.offsets), at(glide.slopes), at(glide.factors), at(glide.factor_slopes)},
                 glide.weights, &shown, 1);
  return shown;
}

class OffsetFinder {
 public:
  OffsetFinder(const runtime::ProgramState& state, const Explanation& explanation, std::uint32_t lane)
      : state_(state), program_(*state.program), explanation_(explanation), lane_(lane) {}

  std::vector<AbsorbedOffset> run() {
    for (std::uint32_t root = 0; root < explanation_.roots.size(); ++root) {
      const Cause& cause = explanation_.causes[explanation_.roots[root]];
      for (std::size_t s = 0; s < program_.sinks.size(); ++s) find_in_sink(s, root, cause);
      find_in_numbers(root, cause);
    }
    return std::move(found_);
  }

 private:
  void add(std::uint32_t root, std::string target, double value, double shown) {
    if (shown != value) found_.push_back({root, std::move(target), shown, shown - value});
  }

  void find_in_sink(std::size_t s, std::uint32_t root, const Cause& cause) {
    const ir::Sink& sink = program_.sinks[s];
    if (!state_.glides[s].active || lane_ >= runtime::live_lanes(state_, sink.instance)) return;
    for (std::size_t r = 0; r < ir::kRoles; ++r) {
      const exec::RoleGlide& glide = state_.glides[s].now[r];
      if (sink.roles[r].v != cause.expression || glide.offsets == nullptr) continue;
      const auto base = static_cast<float>(cause.value);
      add(root, fmt::format("frame.{}.{}", sink.name, ir::name_of(static_cast<ir::Role>(r))), double{base},
          double{carried(glide, base, lane_)});
    }
  }

  void find_in_numbers(std::uint32_t root, const Cause& cause) {
    const runtime::Numbers& numbers = state_.numbers;
    for (std::size_t s = 0; s < numbers.row.sections.size(); ++s) {
      const runtime::NumberSection& section = numbers.row.sections[s];
      if (!numbers.glides[s].active) continue;
      for (std::uint32_t i = section.first; i < section.first + section.count; ++i) {
        const ir::SlotIx slot = numbers.row.sources[i].slot;
        if (slot.valid() && program_.slot_origins[slot.v].v == cause.expression)
          add(root, runtime::name_of(program_, section), cause.value, numbers.now[i]);
      }
    }
  }

  const runtime::ProgramState& state_;
  const ir::Program& program_;
  const Explanation& explanation_;
  std::uint32_t lane_;
  std::vector<AbsorbedOffset> found_;
};

}  // namespace

std::vector<AbsorbedOffset> absorbed_offsets(const Session& session, const Explanation& explanation,
                                             std::uint32_t lane) {
  return OffsetFinder(SessionDoor::inside(session).state(), explanation, lane).run();
}

}  // namespace oscilla::live
