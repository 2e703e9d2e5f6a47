// Programs that several tests run.
#pragma once

#include <algorithm>
#include <array>

#include "assembler.hpp"

namespace oscilla::test {

/// A spiral of dots with a per-lane lag, depth from a wave, and a colour that follows the average radius: scalars, two
/// stages, state in place, a reduction, a rotation, sine and cosine of one argument, products that are summed.
inline std::shared_ptr<const ir::Program> spiral(std::uint32_t lanes) {
  Assembler a;
  const ir::InstanceIx dots = a.instance("dots", lanes);
  const ir::SlotIx phase = a.time(ir::TimeValue::PhaseA);
  const ir::SlotIx turn = a.scalar(Op::Multiply, {phase, a.constant(6.283185307179586)});
  const ir::StateIx lag = a.field_state("lag", dots, 0.25);

  ir::FieldProgram& f = a.field(dots);
  const Operand index = a.op(f, Op::Index, {}, Base::Int);
  const Operand t = a.op(f, Op::Multiply, {index, a.number(1.0 / std::max(lanes, 1u))});
  const Operand angle = a.op(f, Op::Add, {a.op(f, Op::Multiply, {t, a.number(120)}), Assembler::uniform(turn)});
  const Operand sine = a.op(f, Op::Sin, {angle});
  const Operand cosine = a.op(f, Op::Cos, {angle});
  const Operand radius = a.op(f, Op::Multiply, {a.op(f, Op::Sqrt, {t}), a.number(0.4)});
  const Operand lagged = a.op(f, Op::Mix, {Assembler::previous(lag), radius, a.number(0.125)});
  const Operand x = a.op(f, Op::Add, {a.number(0.5), a.op(f, Op::Multiply, {cosine, lagged})});
  const Operand y = a.op(f, Op::Add, {a.op(f, Op::Multiply, {sine, lagged}), a.number(0.5)});
  const Operand wave = a.op(f, Op::Sin, {a.op(f, Op::Multiply, {t, a.number(9)})});
  a.store_state(f, lag, lagged);
  const ir::SlotIx average = a.reduce(f, ir::Reduction::Average, lagged);
  const Operand one = a.number(1);
  const std::array roles{x, y, wave, a.number(1.5), t, sine, a.number(0.5), one, angle};
  a.sink(f, "draw", roles);

  ir::FieldProgram& late = a.field(dots, 1);
  const Operand late_index = a.op(late, Op::Index, {}, Base::Int);
  const ir::SlotIx doubled = a.scalar(Op::Add, {average, average}, 1);
  const Operand shade = a.op(late, Op::Fract, {a.op(late, Op::Multiply, {late_index, Assembler::uniform(doubled)})});
  const std::array late_roles{shade, shade, a.number(0), one, shade, shade, shade, one};
  a.sink(late, "shade", late_roles, 1);
  a.probe_field(late, "shade", shade);
  a.probe_signal("average", average);
  return a.finish();
}

}  // namespace oscilla::test
