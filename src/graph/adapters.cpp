#include "graph/adapters.hpp"

namespace oscilla::graph {
namespace {

using ir::Unit;

constexpr double kTau = 6.28318530717958647692;

constexpr AdapterRow kRows[] = {
    {"PhaseToScalar", Unit::Turn, Unit::Plain},
    {"ScalarToPhase", Unit::Plain, Unit::Turn, 1, Finish::Wrap},
    {"WrapPhase", Unit::Turn, Unit::Turn, 1, Finish::Wrap},
    {"RadiansToPhase", Unit::Rad, Unit::Turn, 1 / kTau, Finish::Wrap},
    {"DegreesToPhase", Unit::Deg, Unit::Turn, 1.0 / 360, Finish::Wrap},
    {"ScalarToTurns", Unit::Plain, Unit::Turn},
    {"RadiansToTurns", Unit::Rad, Unit::Turn, 1 / kTau},
    {"DegreesToTurns", Unit::Deg, Unit::Turn, 1.0 / 360},
    {"ScalarToRadians", Unit::Plain, Unit::Rad},
    {"PhaseToRadians", Unit::Turn, Unit::Rad, kTau},
    {"DegreesToRadians", Unit::Deg, Unit::Rad, kTau / 360},
    {"ScalarToDegrees", Unit::Plain, Unit::Deg},
    {"PhaseToDegrees", Unit::Turn, Unit::Deg, 360},
    {"RadiansToDegrees", Unit::Rad, Unit::Deg, 360 / kTau},
    {"ScalarToTime", Unit::Plain, Unit::Ms},
    {"ScalarToNorm", Unit::Plain, Unit::Norm, 1, Finish::Clamp},
    {"PhaseToNorm", Unit::Turn, Unit::Norm, 1, Finish::Clamp},
    {"OfParent", Unit::Plain, Unit::Plain, 1, Finish::OfParent},
};

std::optional<std::uint8_t> find(Unit from, Unit to, bool wraps) {
  for (std::uint8_t i = 0; i < std::size(kRows); ++i)
    if (kRows[i].from == from && kRows[i].to == to && kRows[i].finish != Finish::OfParent &&
        (kRows[i].finish == Finish::Wrap) == wraps)
      return i;
  return std::nullopt;
}

}  // namespace

std::span<const AdapterRow> adapter_rows() { return kRows; }

std::uint8_t of_parent_adapter() { return std::size(kRows) - 1; }

std::optional<std::uint8_t> operand_adapter(Unit from, Unit to) { return find(from, to, false); }

PortAdapter port_adapter(Unit from, blocks::PortType port) {
  using blocks::PortType;
  const auto to = [from](Unit unit, bool wraps = false) -> PortAdapter {
    if (from == unit && !wraps) return {};
    const std::optional<std::uint8_t> row = find(from, unit, wraps);
    return {row.has_value(), row};
  };
  switch (port) {
    case PortType::Phase: return to(Unit::Turn, true);
    case PortType::Angle: return ir::is_angle(from) ? PortAdapter{} : to(Unit::Rad);
    case PortType::Degrees: return to(Unit::Deg);
    case PortType::Time: return from == Unit::Ms ? PortAdapter{} : PortAdapter{false, std::nullopt};
    case PortType::Norm: return to(Unit::Norm);
    case PortType::AnyT:
    case PortType::AnyValue:
    case PortType::Text:
    case PortType::Event:
    case PortType::T:
    case PortType::Place:
    case PortType::Domain: return {};
    default: return to(Unit::Plain);
  }
}

}  // namespace oscilla::graph
