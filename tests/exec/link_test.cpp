#include "exec/link.hpp"

#include <gtest/gtest.h>

#include "exec/print.hpp"
#include "exec/run_fields.hpp"
#include "scenes.hpp"

namespace oscilla::exec {
namespace {

using test::Assembler;
using test::Op;
using test::Operand;

std::size_t count(const BlockProgram& block, Op op) {
  return static_cast<std::size_t>(
      std::count_if(block.ops.begin(), block.ops.end(), [&](const BlockOp& o) { return o.op == op; }));
}

TEST(Link, PrintsWhatIsExecuted) {
  const auto program = test::spiral(5000);
  EXPECT_EQ(print(link(*program, 0, {kernels::Isa::Scalar, 256, true}), *program),
            R"(block program 0: instance dots, stage 0, 5000 lanes in blocks of 256, scalar, optimised
  10 registers, 10240 bytes
  r7 = 1 in all lanes, once
  r8 = 1.5 in all lanes, once
  r9 = 0.5 in all lanes, once
  r0 = index
  r0 = multiply r0 0.0002
  r1 = mul_add r0 120 s65
  r2, r3 = sin_cos r1
  r4 = sqrt r0
  r4 = multiply r4 0.4
  r4 = mix lag[0] r4 0.125
  r3 = mul_add r3 r4 0.5
  r5 = mul_add r2 r4 0.5
  r6 = multiply r0 9
  r6 = sin r6
  check r1 r4
  check while packing r0 r2 r3 r5 r6
  store reduction 0 <- r4
  project, key, pack sink draw <- x r3 y r5 z r6 size r8 red r0 green r2 blue r9 alpha r7 rotation r1
  store state lag[0] <- r4
)");
}

TEST(Link, WithoutOptimisationKeepsEveryOp) {
  const auto program = test::spiral(10);
  const BlockProgram plain = link(*program, 0, {kernels::Isa::Scalar, 256, false});
  EXPECT_EQ(plain.instrs.size(), program->fields[0].body.size());
  EXPECT_EQ(count(plain, Op::MulAdd) + count(plain, Op::SinCos), 0u);
}

/// The ops of an optimised program that computes `value` from the lanes' numbers.
template <class Build>
std::vector<Op> ops_of(Build build) {
  Assembler a;
  ir::FieldProgram& field = a.field(a.instance("lanes", 10));
  const Operand index = a.op(field, Op::Index, {});
  a.probe_field(field, "value", build(a, field, index));
  const BlockProgram block = link(*a.finish(), 0, {});
  std::vector<Op> ops;
  for (const BlockOp& op : block.ops) ops.push_back(op.op);
  return ops;
}

TEST(Link, DoesInOneStepWhatAKernelDoesInOne) {
  using Ops = std::vector<Op>;
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              return a.op(f, Op::Subtract, {a.op(f, Op::Multiply, {i, i}), i});
            }),
            (Ops{Op::Index, Op::MulSubtract}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              return a.op(f, Op::Add, {i, a.op(f, Op::Add, {i, i})});
            }),
            (Ops{Op::Index, Op::AddThree}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              const Operand three = a.op(f, Op::Add, {a.op(f, Op::Add, {i, i}), i});
              return a.op(f, Op::Add, {a.op(f, Op::Add, {i, three}), i});
            }),
            (Ops{Op::Index, Op::AddFive}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              return a.op(f, Op::HashUnit, {a.op(f, Op::HashMix, {i, i})});
            }),
            (Ops{Op::Index, Op::HashMixUnit}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              return a.op(f, Op::Add, {i, a.op(f, Op::Multiply, {i, a.op(f, Op::SinTurns, {i})})});
            }),
            (Ops{Op::Index, Op::SinTurnsMulAdd}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              const Operand root = a.op(f, Op::Sqrt, {i});
              return a.op(f, Op::Add, {i, a.op(f, Op::Multiply, {a.op(f, Op::Subtract, {root, i}), root})});
            }),
            (Ops{Op::Index, Op::Sqrt, Op::Mix}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              const Operand root = a.op(f, Op::Sqrt, {i});
              return a.op(f, Op::Add, {root, a.op(f, Op::Multiply, {a.op(f, Op::Subtract, {root, i}), i})});
            }),
            (Ops{Op::Index, Op::Sqrt, Op::Subtract, Op::MulAdd}));
}

TEST(Link, DoesWhatPatchesAreMadeOfInOneStep) {
  using Ops = std::vector<Op>;
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) { return a.op(f, Op::Divide, {i, a.number(9)}); }),
            (Ops{Op::IndexDivide}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              const Operand hash = a.op(f, Op::HashUnit, {a.op(f, Op::HashMix, {a.number(7), i})});
              const Operand scaled = a.op(f, Op::Subtract, {a.op(f, Op::Multiply, {a.number(2), hash}), a.number(1)});
              return a.op(f, Op::Add, {a.op(f, Op::Multiply, {scaled, a.number(0.1)}), i});
            }),
            (Ops{Op::Index, Op::HashMixOffset}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              const Operand hash = a.op(f, Op::HashUnit, {a.op(f, Op::HashMix, {a.number(7), i})});
              return a.op(f, Op::Subtract, {a.op(f, Op::Multiply, {hash, a.number(2)}), a.number(1)});
            }),
            (Ops{Op::Index, Op::HashMixScale}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              const Operand angle = a.op(f, Op::Add, {a.op(f, Op::Multiply, {i, a.number(3)}), a.number(0.2)});
              return a.op(f, Op::Add, {a.op(f, Op::Multiply, {a.op(f, Op::SinTurns, {angle}), a.number(0.5)}), i});
            }),
            (Ops{Op::Index, Op::SinTurnsWave}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              return a.op(f, Op::HsvToRgb, {a.op(f, Op::Add, {a.number(0.2), i}), a.number(1), a.number(1)});
            }),
            (Ops{Op::Index, Op::HsvSumToRgb}));
  EXPECT_EQ(ops_of([](Assembler& a, ir::FieldProgram& f, Operand i) {
              const Operand product = a.op(f, Op::Multiply, {a.number(50), i});
              return a.op(f, Op::Add, {a.op(f, Op::Multiply, {product, a.number(2.4)}), a.number(1)});
            }),
            (Ops{Op::Index, Op::MultiplyMulAdd}));
}

TEST(Link, MakesOneKeyOfWhatIsHashedTwice) {
  const auto chance = [](Assembler& a, ir::FieldProgram& f, double seed, Operand number) {
    return a.op(f, Op::HashUnit, {a.op(f, Op::HashMix, {a.number(seed), number})});
  };
  EXPECT_EQ(ops_of([&](Assembler& a, ir::FieldProgram& f, Operand i) {
              const Operand root = a.op(f, Op::Sqrt, {i});
              const Operand twice = a.op(f, Op::Max, {chance(a, f, 1, i), chance(a, f, 2, i)});
              const Operand bits = a.op(f, Op::HashMix, {a.number(4), i});
              return a.op(f, Op::Max, {a.op(f, Op::Max, {twice, chance(a, f, 3, root)}), bits});
            }),
            (std::vector<Op>{Op::Index, Op::Sqrt, Op::HashKey, Op::HashRoundUnit, Op::HashRoundUnit, Op::Max,
                             Op::HashRound, Op::HashMixUnit, Op::Max, Op::Max}));
}

TEST(Link, PutsTheFieldWhereAKernelTakesTheRestAsUniforms) {
  Assembler a;
  ir::FieldProgram& field = a.field(a.instance("lanes", 10));
  const Operand index = a.op(field, Op::Index, {});
  const Operand hue = a.op(field, Op::Add, {a.op(field, Op::Multiply, {index, a.number(3)}), a.number(0.2)});
  a.probe_field(field, "red", a.op(field, Op::HsvToRgb, {hue, a.number(0.5), a.number(1)}));
  const BlockProgram block = link(*a.finish(), 0, {});
  ASSERT_EQ(block.ops.size(), 2u);
  EXPECT_EQ(block.ops[1].op, Op::HsvWaveToRgb);
  EXPECT_EQ(block.ops[1].uniform_mask, 0b11101);
  EXPECT_TRUE(block.broadcasts.empty());
}

TEST(Link, DoesAPlaceOnACircleInOneStep) {
  Assembler a;
  ir::FieldProgram& field = a.field(a.instance("lanes", 10));
  const Operand index = a.op(field, Op::Index, {}), radius = a.op(field, Op::Sqrt, {index});
  const Operand x = a.op(field, Op::Multiply, {radius, a.op(field, Op::Cos, {index})});
  const Operand y = a.op(field, Op::Multiply, {a.op(field, Op::Sin, {index}), radius});
  a.probe_field(field, "x", a.op(field, Op::Add, {x, index}));
  a.probe_field(field, "y", a.op(field, Op::Add, {radius, y}));
  const BlockProgram block = link(*a.finish(), 0, {});
  EXPECT_EQ(count(block, Op::SinCosMulAdd), 1u);
  EXPECT_EQ(block.ops.size(), 3u);
}

TEST(Link, KeepsAProductThatIsWantedTwice) {
  Assembler a;
  ir::FieldProgram& field = a.field(a.instance("lanes", 10));
  const Operand index = a.op(field, Op::Index, {});
  const Operand product = a.op(field, Op::Multiply, {index, index});
  a.probe_field(field, "sum", a.op(field, Op::Add, {product, index}));
  a.probe_field(field, "product", product);
  const BlockProgram block = link(*a.finish(), 0, {});
  EXPECT_EQ(count(block, Op::Multiply), 1u);
  EXPECT_EQ(count(block, Op::MulAdd), 0u);
}

TEST(Link, DropsWhatNobodyStores) {
  Assembler a;
  ir::FieldProgram& field = a.field(a.instance("lanes", 10));
  const Operand index = a.op(field, Op::Index, {});
  a.op(field, Op::Sin, {a.op(field, Op::Sqrt, {index})});
  a.probe_field(field, "index", index);
  EXPECT_EQ(link(*a.finish(), 0, {kernels::Isa::Scalar, 256, false}).instrs.size(), 1u);
}

TEST(Link, BroadcastsAsFewUniformsAsAKernelAsksFor) {
  Assembler a;
  ir::FieldProgram& field = a.field(a.instance("lanes", 10));
  a.probe_field(field, "sum", a.op(field, Op::Add, {a.number(1), a.number(2)}));
  const BlockProgram block = link(*a.finish(), 0, {});
  EXPECT_EQ(block.broadcasts.size(), 1u);
  EXPECT_EQ(block.ops[0].uniform_mask, 0b10);
}

TEST(Link, MovesAStateThatIsOverwrittenBeforeItIsWanted) {
  Assembler a;
  const ir::InstanceIx lanes = a.instance("lanes", 10);
  const ir::StateIx left = a.field_state("left", lanes, 1);
  const ir::StateIx right = a.field_state("right", lanes, 2);
  ir::FieldProgram& field = a.field(lanes);
  a.store_state(field, left, Assembler::previous(right));
  a.store_state(field, right, Assembler::previous(left));
  const auto program = a.finish();
  EXPECT_EQ(print(link(*program, 0, {kernels::Isa::Scalar, 16, true}), *program),
            R"(block program 0: instance lanes, stage 0, 10 lanes in blocks of 16, scalar, optimised
  1 registers, 64 bytes
  r0 = left[0]
  store state left[0] <- right[0]
  store state right[0] <- r0
)");
}

TEST(RunFields, EvaluationLeavesStateAndSinksAlone) {
  const auto program = test::spiral(100);
  std::vector<BlockProgram> blocks{link(*program, 0, {})};
  Workers workers = make_workers(blocks, 1);
  std::vector<std::uint32_t> uniforms(blocks[0].uniforms.size());
  narrow_uniforms(blocks[0], program->slots, uniforms.data());
  AlignedBuffer<float> lag(112);
  lag[5] = 42;
  AlignedBuffer<float> core(112 * 8), rotation(112);
  AlignedBuffer<std::uint32_t> keys(112);
  AlignedBuffer<kernels::ReducePartial> partials(1);
  std::array<float*, 1> states{lag.data()};
  std::array<SinkMemory, 2> sinks{SinkMemory{core.data(), keys.data(), {rotation.data()}}, {}};
  std::array<kernels::ReducePartial*, 1> partial_units{partials.data()};
  std::array<std::uint32_t*, 1> uniform_lists{uniforms.data()};
  const kernels::CameraUniforms camera;
  FieldRun run;
  const std::array lanes{program->instances[0].lanes};
  run.lanes = lanes;
  run.programs = blocks;
  run.reduces = program->reduces;
  run.uniforms = uniform_lists;
  run.memory.states = states;
  run.memory.sinks = sinks;
  run.memory.partials = partial_units;
  const std::uint32_t only = 0;
  run.active = {&only, 1};
  Outcome outcome;
  run.outcomes = {&outcome, 1};
  kernels::GatherSource* const sources = nullptr;
  run.sources = {&sources, 1};
  run.camera = &camera;
  run.mode = Mode::Evaluate;
  run_fields(run, workers, inline_runner());
  EXPECT_EQ(lag[5], 42);
  EXPECT_EQ(core[3], 0);
  EXPECT_NE(kernels::reduce_finish(kernels::Reduction::Sum, partials[0]), 0);
  run.mode = Mode::Tick;
  run_fields(run, workers, inline_runner());
  EXPECT_NE(lag[5], 42);
  EXPECT_EQ(core[3], 1.5f);
}

}  // namespace
}  // namespace oscilla::exec
