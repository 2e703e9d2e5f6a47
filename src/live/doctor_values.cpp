// What a doctor looks at, and what its rules are called.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "live/compiled_patch.hpp"
#include "oscilla/doctor.hpp"

namespace oscilla {
namespace {

bool can_change(const ir::Program& program, ir::ExprId id) {
  return id.valid() && program.exprs[id].volatility >= ir::Volatility::PerFrame;
}

/// The numbers of a port that are looked at, with what they are called: all there is of a signal that can change.
std::vector<std::pair<std::array<ir::ExprId, 4>, std::string>> numbers_of(const ir::Program& program,
                                                                          const ir::PortBinding& port) {
  const ir::Payload payload = port.type.payload;
  if (port.type.cardinality != ir::Cardinality::One) return {};
  std::vector<std::pair<std::array<ir::ExprId, 4>, std::string>> numbers;
  if (payload == ir::Payload::Float || payload == ir::Payload::Int || payload == ir::Payload::Event) {
    if (std::ranges::any_of(port.values, [&](ir::ExprId id) { return can_change(program, id); }))
      numbers.push_back({port.values, port.name});
  } else if (ir::is_vector(payload)) {
    const std::string_view letters = payload == ir::Payload::Color ? "rgba" : "xyzw";
    for (std::size_t c = 0; c < port.values.size(); ++c)
      if (can_change(program, port.values[c]))
        numbers.push_back({{port.values[c]}, fmt::format("{}.{}", port.name, letters[c])});
  }
  return numbers;
}

}  // namespace

std::string_view name_of(DoctorRule rule) {
  switch (rule) {
    case DoctorRule::NotFinite: return "not-finite";
    case DoctorRule::Undrawable: return "undrawable";
    case DoctorRule::Overflow: return "overflow";
    case DoctorRule::SilentInput: return "silent-input";
    case DoctorRule::Unbound: return "unbound";
    case DoctorRule::Conflict: return "conflict";
    case DoctorRule::Unseen: return "unseen";
    case DoctorRule::Stacked: return "stacked";
    case DoctorRule::FlatLine: return "flat-line";
    case DoctorRule::Jitter: return "jitter";
    case DoctorRule::Clipping: return "clipping";
    case DoctorRule::EventStorm: return "event-storm";
    case DoctorRule::HeavyField: return "heavy-field";
  }
  return {};
}

std::vector<std::string> values_to_examine(const Program& program) {
  const ir::Program& compiled = *program.compiled().program;
  // What has several names is examined by the one nearest to where it is made.
  std::map<std::array<ir::ExprId, 4>, std::string> names;
  const auto depth = [](const std::string& name) { return std::count(name.begin(), name.end(), '.'); };
  for (const ir::PortBinding& port : compiled.ports)
    for (const auto& [values, called] : numbers_of(compiled, port)) {
      std::string& name = names.emplace(values, called).first->second;
      if (depth(called) < depth(name)) name = called;
    }
  std::vector<std::string> sorted;
  for (const auto& [values, name] : names) sorted.push_back(name);
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

}  // namespace oscilla
