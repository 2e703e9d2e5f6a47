#include "ir/print.hpp"

#include <gtest/gtest.h>

#include "../exec/scenes.hpp"

namespace oscilla::ir {
namespace {

using kernels::Op;

ExprBuilder builder() {
  return ExprBuilder([](Op, const double*, double* results) { results[0] = 0; });
}

TEST(Print, ExpressionsReadAsAnArtistWouldWriteThem) {
  ExprBuilder build = builder();
  const ExprId phase = build.time(TimeValue::PhaseA);
  const ExprId index = build.index(InstanceIx{0}, StableId{1});
  const ExprId product = build.op(Op::Multiply, {index, build.constant(0.5)});
  const ExprId sum = build.op(Op::Add, {build.op(Op::Sin, {product}), phase});
  EXPECT_EQ(expression_text(build.table(), sum), "(sin((index * 0.5)) + time.phaseA)");
  EXPECT_EQ(expression_text(build.table(), sum, 1), "(... + time.phaseA)");
  EXPECT_EQ(expression_text(build.table(), build.op(Op::SinCos, {phase}, 1)), "sin_cos(time.phaseA)[1]");
  EXPECT_EQ(expression_text(build.table(), build.reduce(Reduction::Average, index)), "average(index)");
}

TEST(Print, TheProgram) {
  EXPECT_EQ(print(*test::spiral(20), Dump::Program), R"(canvas 1280x720 fps 60/1 fit square background 0 0 0 1
seed 0
periods 4000 ms, 8000 ms
instance dots: 20 lanes
shape 0: ellipse 0.01 0.01 0 0
shape 1: ellipse 0.01 0.01 0 0
sink draw: instance dots, shape 0, layer 0, blend normal, rotation
sink shade: instance dots, shape 1, layer 1, blend normal
scalars, stage 0
  s65 = multiply s64 6.283185307179586
field program 0: instance dots, stage 0, 15 values
  v0 = index
  v1 = multiply v0 0.05
  v2 = multiply v1 120
  v3 = add v2 s65
  v4 = sin v3
  v5 = cos v3
  v6 = sqrt v1
  v7 = multiply v6 0.4
  v8 = mix lag[0] v7 0.125
  v9 = multiply v5 v8
  v10 = add 0.5 v9
  v11 = multiply v4 v8
  v12 = add v11 0.5
  v13 = multiply v1 9
  v14 = sin v13
  store state lag[0] <- v8
  store reduction 0 <- v8
  store target draw.x <- v10
  store target draw.y <- v12
  store target draw.z <- v14
  store target draw.size <- 1.5
  store target draw.red <- v1
  store target draw.green <- v4
  store target draw.blue <- 0.5
  store target draw.alpha <- 1
  store target draw.rotation <- v3
reductions, stage 0
  s66 = average of reduction 0 over dots
scalars, stage 1
  s67 = add s66 s66
field program 1: instance dots, stage 1, 3 values
  v0 = index
  v1 = multiply v0 s67
  v2 = fract v1
  store target shade.x <- v2
  store target shade.y <- v2
  store target shade.z <- 0
  store target shade.size <- 1
  store target shade.red <- v2
  store target shade.green <- v2
  store target shade.blue <- v2
  store target shade.alpha <- 1
  store probe shade[0] <- v2
)");
}

TEST(Print, TheSchedule) {
  EXPECT_EQ(print(*test::spiral(20), Dump::Schedule),
            R"(begin: time phaseA
0 stage 0: scalars, 1 instructions
1 stage 0: fields, one parallel region: program 0 (dots, 20 lanes, 15 instructions, 11 stores)
2 stage 0: reductions, 1
3 stage 1: scalars, 1 instructions
4 stage 1: fields, one parallel region: program 1 (dots, 20 lanes, 3 instructions, 9 stores)
5 stage 1: drawing order of 2 sinks
6 stage 1: emit 2 passes
7 stage 1: commit 1 states
)");
}

TEST(Print, SlotsAndState) {
  test::Assembler a;
  const SlotIx half = a.constant(0.5);
  const StateIx held = a.signal_state("held", 0.25);
  a.next(held, half);
  a.program.states[held.v].was = "kept";
  a.field_state("lag", a.instance("dots", 3), 1, Payload::Vec2);
  a.program.constant_slots = 1;
  a.program.slots = {0.5, 0.25, 0};
  a.program.states[held.v].slots[0] = SlotIx{1};
  a.program.time_slots = {{TimeValue::Dt, SlotIx{2}}};
  const auto program = a.finish();
  EXPECT_EQ(print(*program, Dump::State), R"(state held: float signal, was kept
  component 0: initially 0.25, in s1, next 0.5
state lag: vec2 field of dots
  3 lanes, stride 2, planes 0 to 1, in place
  component 0: initially 1
  component 1: initially 1
)");
  EXPECT_EQ(print(*program, Dump::Slots), R"(s0 constant 0.5
s1 state held[0], starts at 0.25
s2 time.dt
)");
}

}  // namespace
}  // namespace oscilla::ir
