// Adapters: what the language says of every unit that arrives at every port, and of every two units that meet.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "graph/adapters.hpp"
#include "solved.hpp"

namespace oscilla::graph::test {
namespace {

using blocks::PortType;
using ir::Unit;

constexpr Unit kUnits[] = {Unit::Plain, Unit::Turn, Unit::Rad, Unit::Deg, Unit::Ms};

std::string at_port(Unit from, PortType port) {
  const PortAdapter adapter = port_adapter(from, port);
  if (!adapter.possible) return "no";
  return adapter.row ? std::string(adapter_rows()[*adapter.row].name) : "as it is";
}

TEST(Adapters, EveryUnitAtEveryPort) {
  const std::map<PortType, std::vector<std::string>> expected = {
      // by unit: plain, turn, rad, deg, ms
      {PortType::Float, {"as it is", "PhaseToScalar", "no", "no", "no"}},
      {PortType::Int, {"as it is", "PhaseToScalar", "no", "no", "no"}},
      {PortType::Norm, {"ScalarToNorm", "PhaseToNorm", "no", "no", "no"}},
      {PortType::Phase, {"ScalarToPhase", "WrapPhase", "RadiansToPhase", "DegreesToPhase", "no"}},
      {PortType::Angle, {"ScalarToRadians", "as it is", "as it is", "as it is", "no"}},
      {PortType::Degrees, {"ScalarToDegrees", "PhaseToDegrees", "RadiansToDegrees", "as it is", "no"}},
      {PortType::Time, {"no", "no", "no", "no", "as it is"}},
      {PortType::T, {"as it is", "as it is", "as it is", "as it is", "as it is"}},
      {PortType::AnyT, {"as it is", "as it is", "as it is", "as it is", "as it is"}},
  };
  for (const auto& [port, words] : expected)
    for (std::size_t i = 0; i < std::size(kUnits); ++i)
      EXPECT_EQ(at_port(kUnits[i], port), words[i]) << "unit " << i << " at port type " << static_cast<int>(port);
}

TEST(Adapters, EveryTwoUnitsOfAnOperation) {
  for (const Unit left : kUnits)
    for (const Unit right : kUnits) {
      const std::optional<std::uint8_t> row = operand_adapter(left, right);
      const bool angles = ir::is_angle(left) && ir::is_angle(right);
      const bool possible =
          left != right && (angles || left == Unit::Plain || (left == Unit::Turn && right == Unit::Plain));
      EXPECT_EQ(row.has_value(), possible) << static_cast<int>(left) << " " << static_cast<int>(right);
      if (!row) continue;
      EXPECT_EQ(adapter_rows()[*row].to, right);
      EXPECT_NE(adapter_rows()[*row].finish, Finish::Wrap) << "arithmetic never wraps";
    }
}

TEST(Adapters, ThereAndBackIsTheSame) {
  for (const AdapterRow& there : adapter_rows())
    for (const AdapterRow& back : adapter_rows()) {
      if (there.from != back.to || there.to != back.from || there.from == there.to) continue;
      EXPECT_NEAR(there.factor * back.factor, 1, 1e-15) << there.name << " " << back.name;
    }
}

TEST(Adapters, OnFieldsAsOnSignals) {
  for (const char* value : {"90deg", "90deg * time.energy", "90deg * dots.t"}) {
    Solved solved = solve_drawn(std::string("a = ") + value + "\nx = Oscillator(a)");
    EXPECT_EQ(solved.codes(), "") << value;
    const Node* adapter = solved.node("x.phase.DegreesToPhase");
    ASSERT_NE(adapter, nullptr) << value;
    EXPECT_EQ(adapter->outputs[0].cardinality, solved.node("x.Oscillator")->outputs[0].cardinality) << value;
  }
}

TEST(Lenses, EveryOneOnSignalsAndFields) {
  for (const char* lens : {"scale(2)", "offset(0.1)", "range(0, 1)", "ease(outCubic)", "clamp(0, 1)", "invert()",
                           "quantise(4)", "Slew(time: 80ms)", "Delay()", "scale(2) | Slew() | offset(1) | Delay()"})
    for (const char* value : {"0.5", "time.energy", "dots.t"}) {
      Solved solved = solve_drawn(std::string("define Delay(in: any) -> (out) {\n  out = UnitDelay(in)\n}\nx = ") +
                                  value + " | " + lens);
      EXPECT_EQ(solved.codes(), "") << value << " | " << lens << ": " << solved.said();
    }
  Solved wire =
      solve_drawn("x = 1\nother = RenderInstances2D((0.5, 0.5), size: time.energy | scale(2) | Slew(time: 80ms))");
  EXPECT_TRUE(wire.node("other.size.scale")->lens) << "a wire's lenses are named by the port";
  EXPECT_TRUE(wire.node("other.size.Slew")->lens);
  EXPECT_FALSE(wire.node("other.size.Slew")->inputs.empty());
}

TEST(Combine, EveryModeKeepsToItsPayloads) {
  struct Value {
    const char* text;
    std::string modes;  ///< that take it
  };
  const std::string picks = "first last ";
  const std::string numbers = "sum product average min max ";
  for (const Value& value :
       {Value{"2", numbers + picks}, Value{"0.5", numbers + picks}, Value{"dots.t", numbers + picks},
        Value{"time.phaseA", picks}, Value{"90deg", "sum average min max " + picks},
        Value{"1s", "sum average min max " + picks}, Value{"true", "or and " + picks}, Value{"(1, 2)", "sum " + picks},
        Value{"(1, 2, 3)", "sum " + picks}, Value{"#ff8800", "sum blend " + picks}, Value{"dots", picks}})
    for (const std::string mode : {"sum", "product", "average", "min", "max", "first", "last", "or", "and", "blend"}) {
      Solved solved = solve_lines("x = combine(" + mode + ", " + value.text + ", " + value.text + ")");
      const bool allowed = value.modes.find(mode + " ") != std::string::npos;
      EXPECT_EQ(solved.codes(), allowed ? "" : "W_BLOCK_UNREACHABLE_ERROR") << mode << " of " << value.text;
    }
}

TEST(Combine, SignalsBesideFieldsAndUnitsBesideEachOther) {
  EXPECT_EQ(solve_drawn("x = combine(sum, time.energy, dots.t, 1)").type("x"), "float field");
  EXPECT_EQ(solve_drawn("x = 1\ny = combine(last, time.phaseA, 90deg)").type("y"), "phase");
  EXPECT_EQ(solve_drawn("x = 1\ny = combine(product, 2s, 0.5, 3)").type("y"), "time");
  EXPECT_EQ(solve_drawn("x = 1\ny = combine(product, time.phaseA, 1s)").type("y"), "time")
      << "a turn counts as its number";
  EXPECT_EQ(solve_drawn("x = combine(sum, dots.t, bars.t)").codes(), "E_INSTANCE_MISMATCH");
}

}  // namespace
}  // namespace oscilla::graph::test
