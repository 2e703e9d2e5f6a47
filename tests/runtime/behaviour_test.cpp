// What a tick means: state in two phases, non-finite numbers, reductions, time, and how long a frame lives.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "../exec/scenes.hpp"
#include "ir/validate.hpp"
#include "runtime/session.hpp"

namespace oscilla::runtime {
namespace {

using test::Assembler;
using test::Base;
using test::Op;
using test::Operand;

std::shared_ptr<const ir::Program> finished(Assembler& a) {
  auto program = a.finish();
  EXPECT_EQ(ir::validate(*program), std::vector<std::string>{});
  return program;
}

std::vector<float> lanes_of(const Session& session, ir::ProbeIx probe) {
  const std::span<const float> lanes = session.field(probe, 0);
  return {lanes.begin(), lanes.end()};
}

TEST(State, SignalsReadThePreviousTickEvenOfEachOther) {
  Assembler a;
  const ir::StateIx left = a.signal_state("left", 1);
  const ir::StateIx right = a.signal_state("right", 2);
  a.next(left, a.read(right));
  a.next(right, a.read(left));
  const ir::ProbeIx probe = a.probe_signal("left", a.read(left));
  Session session(finished(a), {});
  for (const double expected : {1.0, 2.0, 1.0, 2.0}) {
    session.tick(0);
    EXPECT_EQ(session.signal(probe)[0], expected);
  }
}

TEST(State, FieldsReadThePreviousTickEvenOfEachOther) {
  for (const bool optimise : {false, true}) {
    Assembler a;
    const ir::InstanceIx lanes = a.instance("lanes", 300);
    std::array<ir::StateIx, 3> ring;
    for (std::size_t s = 0; s < 3; ++s)
      ring[s] = a.field_state("ring" + std::to_string(s), lanes, static_cast<double>(s));
    ir::FieldProgram& field = a.field(lanes);
    for (std::size_t s = 0; s < 3; ++s) a.store_state(field, ring[s], Assembler::previous(ring[(s + 1) % 3]));
    const ir::ProbeIx probe = a.probe_field(field, "first", Assembler::previous(ring[0]));
    Session session(finished(a), {.optimise = optimise});
    for (const float expected : {0.0f, 1.0f, 2.0f, 0.0f, 1.0f}) {
      session.tick(0);
      EXPECT_EQ(lanes_of(session, probe), std::vector<float>(300, expected));
    }
  }
}

TEST(State, ASinkSeesWhatTheStateWasBeforeItsStore) {
  Assembler a;
  const ir::InstanceIx lanes = a.instance("lanes", 20);
  const ir::StateIx count = a.field_state("count", lanes, 0);
  ir::FieldProgram& field = a.field(lanes);
  a.store_state(field, count, a.op(field, Op::Add, {Assembler::previous(count), a.number(1)}));
  const Operand one = a.number(1);
  const Operand was = Assembler::previous(count);
  a.sink(field, "draw", std::array{was, was, a.number(0), one, one, one, one, one});
  Session session(finished(a), {});
  for (const float expected : {0.0f, 1.0f, 2.0f}) EXPECT_EQ(session.tick(0).passes[0].instances.core[19].x, expected);
}

TEST(State, InitialValuesAreInEveryLane) {
  Assembler a;
  const ir::InstanceIx lanes = a.instance("lanes", 33);
  const ir::StateIx state = a.field_state("state", lanes, 0.75);
  ir::FieldProgram& field = a.field(lanes);
  a.store_state(field, state, Assembler::previous(state));
  const ir::ProbeIx probe = a.probe_field(field, "state", Assembler::previous(state));
  Session session(finished(a), {});
  for (int tick = 0; tick < 2; ++tick) {
    session.tick(0);
    EXPECT_EQ(lanes_of(session, probe), std::vector<float>(33, 0.75f));
  }
}

TEST(NonFinite, IsReplacedPerLaneWhereItIsStored) {
  for (const kernels::Isa isa : kernels::available_isas()) {
    for (const std::uint32_t block_lanes : {16u, 256u}) {
      Assembler a;
      const ir::InstanceIx lanes = a.instance("lanes", 300);
      const ir::StateIx state = a.field_state("state", lanes, 5);
      ir::FieldProgram& field = a.field(lanes);
      const Operand index = a.op(field, Op::Index, {}, Base::Int);
      const Operand root = a.op(field, Op::Sqrt, {a.op(field, Op::Subtract, {index, a.number(3)})});
      a.store_state(field, state, root);
      const ir::SlotIx sum = a.reduce(field, ir::Reduction::Minimum, root);
      const Operand one = a.number(1);
      a.sink(field, "draw", std::array{root, index, a.number(0), one, one, one, one, one, root});
      const ir::ProbeIx raw = a.probe_field(field, "raw", root);
      const ir::ProbeIx kept = a.probe_field(field, "kept", Assembler::previous(state));
      const ir::ProbeIx least = a.probe_signal("least", sum);
      Session session(finished(a), {.isa = isa, .block_lanes = block_lanes});
      session.tick(0);
      const RenderFrame& frame = session.tick(1);
      for (std::uint32_t lane = 0; lane < 300; ++lane) {
        const float expected = lane < 3 ? 0 : std::sqrt(static_cast<float>(lane) - 3);
        EXPECT_EQ(lanes_of(session, raw)[lane] == lanes_of(session, raw)[lane], lane >= 3);
        EXPECT_EQ(lanes_of(session, kept)[lane], expected);
        EXPECT_EQ(frame.passes[0].instances.core[lane].x, expected);
        EXPECT_EQ(frame.passes[0].instances.rotation[lane], expected);
        EXPECT_EQ(frame.passes[0].instances.core[lane].y, static_cast<float>(lane));
      }
      EXPECT_EQ(session.signal(least)[0], 0);
      EXPECT_EQ(session.counts().non_finite, 3u);
    }
  }
}

TEST(NonFinite, IsReplacedInUniformsAndSignalState) {
  Assembler a;
  const ir::SlotIx infinite = a.scalar(Op::Exp, {a.constant(1e6)});
  const ir::SlotIx large = a.scalar(Op::Exp, {a.constant(100)});  // finite in 64 bits only
  const ir::StateIx state = a.signal_state("state", 7);
  a.next(state, infinite);
  const ir::ProbeIx kept = a.probe_signal("kept", a.read(state));
  const ir::InstanceIx lanes = a.instance("lanes", 5);
  ir::FieldProgram& field = a.field(lanes);
  const Operand both = a.op(field, Op::Add, {Assembler::uniform(infinite), Assembler::uniform(large)});
  const ir::ProbeIx sum = a.probe_field(field, "sum", both);
  Session session(finished(a), {});
  session.tick(0);
  EXPECT_EQ(session.signal(kept)[0], 7);
  EXPECT_EQ(session.counts().non_finite, 3u);
  session.tick(0);
  EXPECT_EQ(session.signal(kept)[0], 0);
  EXPECT_EQ(lanes_of(session, sum), std::vector<float>(5, 0));
}

TEST(Uniforms, BitsAreNarrowedAsIntegers) {
  Assembler a;
  const ir::SlotIx seed = a.constant(4294967295.0);
  const ir::SlotIx hash = a.scalar(Op::HashMix, {seed, a.constant(3)});
  const ir::ProbeIx signal = a.probe_signal("unit", a.scalar(Op::HashUnit, {hash}));
  const ir::InstanceIx lanes = a.instance("lanes", 9);
  ir::FieldProgram& field = a.field(lanes);
  const Operand index = a.op(field, Op::Index, {}, Base::Int);
  const Operand mixed = a.op(field, Op::HashMix, {Assembler::uniform(seed, Base::Bits), index}, Base::Bits);
  const ir::ProbeIx probe = a.probe_field(field, "units", a.op(field, Op::HashUnit, {mixed}));
  Session session(finished(a), {});
  session.tick(0);
  EXPECT_NEAR(lanes_of(session, probe)[3], session.signal(signal)[0], 1e-7);
  EXPECT_NE(lanes_of(session, probe)[3], lanes_of(session, probe)[4]);
}

TEST(Reductions, JoinUnitsInOrderAndServeTheNextStage) {
  for (const std::uint32_t count : {0u, 1u, 4096u, 10000u}) {
    Assembler a;
    const ir::InstanceIx lanes = a.instance("lanes", count);
    ir::FieldProgram& field = a.field(lanes);
    const Operand index = a.op(field, Op::Index, {}, Base::Int);
    std::array<ir::ProbeIx, 4> probes;
    std::array<ir::SlotIx, 4> slots;
    for (std::size_t r = 0; r < 4; ++r) slots[r] = a.reduce(field, static_cast<ir::Reduction>(r), index);
    for (std::size_t r = 0; r < 4; ++r) probes[r] = a.probe_signal("r" + std::to_string(r), slots[r]);
    ir::FieldProgram& late = a.field(lanes, 1);
    const Operand late_index = a.op(late, Op::Index, {}, Base::Int);
    const ir::ProbeIx centred =
        a.probe_field(late, "centred", a.op(late, Op::Subtract, {late_index, Assembler::uniform(slots[1])}));
    Session session(finished(a), {});
    session.tick(0);
    const double last = count == 0 ? 0 : count - 1;
    EXPECT_EQ(session.signal(probes[0])[0], last * count / 2);
    EXPECT_EQ(session.signal(probes[1])[0], last / 2);
    EXPECT_EQ(session.signal(probes[2])[0], 0);
    EXPECT_EQ(session.signal(probes[3])[0], last);
    EXPECT_EQ(lanes_of(session, centred).size(), count);
    for (const float first : session.field(centred, 0).first(std::min(count, 1u))) EXPECT_EQ(first, -last / 2);
  }
}

TEST(Clock, NeverGoesBackAndStartsWithoutAStep) {
  Clock clock;
  advance(clock, 100);
  EXPECT_EQ(clock.t_ms, 100);
  EXPECT_EQ(clock.dt_ms, 0);
  advance(clock, 50);
  EXPECT_EQ(clock.t_ms, 100);
  EXPECT_EQ(clock.dt_ms, 0);
  advance(clock, std::numeric_limits<double>::quiet_NaN());
  advance(clock, std::numeric_limits<double>::infinity());
  EXPECT_EQ(clock.t_ms, 100);
  advance(clock, 66);
  EXPECT_EQ(clock.t_ms, 116);
  EXPECT_EQ(clock.dt_ms, 16);
  EXPECT_EQ(clock.tick, 4);
}

TEST(Clock, PhasesWrapAndASillyPeriodStandsStill) {
  Clock clock;
  clock.periods_ms = {4000, 0};
  for (const auto& [host, phase] : {std::pair{0.0, 0.0}, {16.0, 0.004}, {32.0, 0.008}, {9000.0, 0.25}}) {
    advance(clock, host);
    EXPECT_DOUBLE_EQ(clock.phases[0], phase);
    EXPECT_EQ(clock.phases[1], 0);
  }
}

TEST(Session, AFrameOutlivesTheNextTick) {
  Session session(test::spiral(1000), {});
  const RenderFrame first = session.tick(0);
  const InstanceCore before = first.passes[0].instances.core[999];
  session.tick(500);
  const InstanceCore& after = first.passes[0].instances.core[999];
  EXPECT_EQ(before.x, after.x);
  EXPECT_EQ(first.tick, 0);
  EXPECT_NE(session.tick(1000).passes[0].instances.core[999].x, before.x);
}

TEST(Session, MeasuresStepsByTheCallersClock) {
  Session session(test::spiral(10), {});
  std::vector<std::int64_t> steps(session.program().steps.size());
  std::int64_t ticks = 0;
  StepTimes times;
  times.now = [](void* clock) { return ++*static_cast<std::int64_t*>(clock); };
  times.clock = &ticks;
  times.nanoseconds = steps;
  session.tick(0, &times);
  session.tick(1, &times);
  EXPECT_EQ(steps, std::vector<std::int64_t>(steps.size(), 2));
}

TEST(Session, KnowsItsMemory) {
  const std::size_t small = Session(test::spiral(1000), {}).memory_bytes();
  const std::size_t large = Session(test::spiral(101000), {}).memory_bytes();
  // Two sinks: two buffers of core and order each, keys; two rotations; one state, one tap; two words per lane to sort.
  const double per_lane = static_cast<double>(large - small) / 100000;
  EXPECT_NEAR(per_lane, 2 * (2 * 36 + 4) + 2 * 4 + 4 + 4 + 16, 1);
}

}  // namespace
}  // namespace oscilla::runtime
