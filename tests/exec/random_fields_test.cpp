// Random field programs against an evaluation without registers: every value in a plane of its own, one op after the
// other.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <bit>

#include "assembler.hpp"
#include "exec/link.hpp"
#include "exec/run_fields.hpp"
#include "ir/validate.hpp"

namespace oscilla::exec {
namespace {

using test::Assembler;
using test::Op;
using test::Operand;
using test::Source;

constexpr std::array kOps{Op::Add,      Op::Subtract, Op::Multiply, Op::Divide,   Op::Negate, Op::Min,
                          Op::Mix,      Op::Select,   Op::Less,     Op::Sin,      Op::Cos,    Op::SinTurns,
                          Op::CosTurns, Op::Floor,    Op::Index,    Op::HsvToRgb, Op::Add,    Op::Multiply};
constexpr std::array kNumbers{0.0, 1.0, -1.0, 0.5, 3.25, 1e30, -0.001, 1e-35};
constexpr std::size_t kStates = 3;
constexpr std::size_t kTaps = 4;
constexpr int kTicks = 3;

/// What the generator draws: the rest of a program follows from these numbers.
struct Recipe {
  std::uint32_t lanes;
  std::vector<std::array<std::uint32_t, 5>> instrs;
  std::array<std::uint32_t, kStates + kTaps + 1> stored;
};

Operand pick(const std::vector<Operand>& from, std::uint32_t number) { return from[number % from.size()]; }

std::shared_ptr<const ir::Program> cook(const Recipe& recipe) {
  Assembler a;
  const ir::InstanceIx instance = a.instance("lanes", recipe.lanes);
  std::vector<Operand> operands;
  for (const double number : kNumbers) operands.push_back(a.number(number));
  std::vector<ir::StateIx> states;
  for (std::size_t s = 0; s < kStates; ++s) {
    states.push_back(a.field_state("state" + std::to_string(s), instance, 0.25 * static_cast<double>(s)));
    operands.push_back(Assembler::previous(states.back()));
  }
  ir::FieldProgram& field = a.field(instance);
  for (const auto& instr : recipe.instrs) {
    const Op op = kOps[instr[0] % kOps.size()];
    std::vector<Operand> args;
    for (std::size_t i = 0; i < kernels::row_of(op).arity; ++i) args.push_back(pick(operands, instr[i + 1]));
    Operand result = a.op(field, op, args);
    for (std::size_t k = 0; k < kernels::row_of(op).results; ++k, ++result.index) operands.push_back(result);
  }
  for (std::size_t s = 0; s < kStates; ++s) a.store_state(field, states[s], pick(operands, recipe.stored[s]));
  for (std::size_t t = 0; t < kTaps; ++t) {
    a.probe_field(field, "tap" + std::to_string(t), pick(operands, recipe.stored[kStates + t]));
  }
  a.reduce(field, ir::Reduction::Sum, pick(operands, recipe.stored[kStates + kTaps]));
  return a.finish();
}

std::uint32_t bits_of(float value) { return value == value ? std::bit_cast<std::uint32_t>(value) : 0x7fc00000u; }

/// Kernels take planes that begin at a cache line.
template <class T>
struct AlignedAllocator {
  using value_type = T;
  AlignedAllocator() = default;
  template <class U>
  AlignedAllocator(const AlignedAllocator<U>&) {}
  T* allocate(std::size_t count) {
    return static_cast<T*>(::operator new(count * sizeof(T), std::align_val_t{kBufferAlignment}));
  }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory, std::align_val_t{kBufferAlignment}); }
  bool operator==(const AlignedAllocator&) const = default;
};
using Plane = std::vector<float, AlignedAllocator<float>>;
using Planes = std::vector<Plane>;

/// Everything that can be seen of a run: taps of every tick, states at the end, reductions.
struct Seen {
  std::vector<std::uint32_t> bits;
  std::vector<double> sums;
  bool operator==(const Seen&) const = default;

  void look_at(const Planes& planes, std::uint32_t lanes) {
    for (const Plane& plane : planes) {
      for (std::uint32_t lane = 0; lane < lanes; ++lane) bits.push_back(bits_of(plane[lane]));
    }
  }
};

Planes initial_states(const ir::Program& program) {
  Planes states;
  for (const ir::State& state : program.states) {
    states.emplace_back(padded_lanes(program.instances[0].lanes), static_cast<float>(state.initial[0]));
  }
  return states;
}

/// One value per plane, the scalar kernels, all lanes at once.
class Naive {
 public:
  explicit Naive(const ir::Program& program) : program_(program), field_(program.fields[0]) {}

  Seen run() {
    Seen seen;
    const std::uint32_t lanes = program_.instances[0].lanes;
    Planes states = initial_states(program_);
    for (int tick = 0; tick < kTicks; ++tick) {
      Planes values(field_.values, Plane(padded_lanes(lanes)));
      for (const ir::FieldInstr& instr : field_.body) run_instr(instr, states, values);
      Planes next = states;
      Planes taps(kTaps);
      for (const ir::Store& store : field_.stores) {
        Plane plane = plane_of(store.value, states, values);
        if (store.kind == ir::StoreKind::Tap) taps[store.destination] = std::move(plane);
        if (store.kind == ir::StoreKind::State) next[store.destination] = kept(std::move(plane));
        if (store.kind == ir::StoreKind::Partial) seen.sums.push_back(sum(plane));
      }
      seen.look_at(taps, lanes);
      states = std::move(next);
    }
    seen.look_at(states, lanes);
    return seen;
  }

 private:
  Plane plane_of(const Operand& operand, const Planes& states, const Planes& values) const {
    switch (operand.source) {
      case Source::Value: return values[operand.index];
      case Source::State: return states[operand.index];
      case Source::Plane:
      case Source::Uniform: break;
    }
    return Plane(padded_lanes(program_.instances[0].lanes), static_cast<float>(program_.slots[operand.index]));
  }
  void run_instr(const ir::FieldInstr& instr, const Planes& states, Planes& values) const {
    Planes args;
    for (std::size_t i = 0; i < instr.arity; ++i) args.push_back(plane_of(instr.args[i], states, values));
    std::vector<float*> planes;
    kernels::BlockInstr block;
    for (std::uint16_t k = 0; k < instr.results; ++k) {
      block.results[k] = k;
      planes.push_back(values[instr.first_result.v + k].data());
    }
    for (std::uint16_t i = 0; i < instr.arity; ++i) {
      block.args[i] = static_cast<std::uint16_t>(instr.results + i);
      planes.push_back(args[i].data());
    }
    std::uint32_t zero_divisor = 0;
    const kernels::BlockContext context{planes.data(), nullptr, 0, program_.instances[0].lanes, &zero_divisor};
    kernels::block_kernel(kernels::Isa::Scalar, instr.op, 0)(block, context);
  }
  static Plane kept(Plane plane) {
    for (float& value : plane) {
      if (!(value - value == 0) || (value < 1e-30f && value > -1e-30f)) value = 0;
    }
    return plane;
  }
  double sum(const Plane& plane) const {
    std::array<double, 16> sums{};
    for (std::uint32_t lane = 0; lane < program_.instances[0].lanes; ++lane) {
      if (plane[lane] - plane[lane] == 0) sums[lane % 16] += plane[lane];
    }
    for (std::size_t step = 8; step > 0; step /= 2) {
      for (std::size_t i = 0; i < step; ++i) sums[i] += sums[i + step];
    }
    return sums[0];
  }

  const ir::Program& program_;
  const ir::FieldProgram& field_;
};

Seen run_linked(const ir::Program& program, const LinkOptions& options) {
  const std::uint32_t lanes = program.instances[0].lanes;
  const std::vector<BlockProgram> blocks{link(program, 0, options)};
  Workers workers = make_workers(blocks, 1);
  std::vector<std::uint32_t> uniforms(blocks[0].uniforms.size());
  narrow_uniforms(blocks[0], program.slots, uniforms.data());
  Planes states = initial_states(program);
  Planes taps(kTaps, Plane(padded_lanes(lanes)));
  std::vector<float*> state_planes, tap_planes;
  for (auto& plane : states) state_planes.push_back(plane.data());
  for (auto& plane : taps) tap_planes.push_back(plane.data());
  AlignedBuffer<kernels::ReducePartial> partials(units_of(lanes));
  std::array<kernels::ReducePartial*, 1> partial_units{partials.data()};
  std::array<std::uint32_t*, 1> uniform_lists{uniforms.data()};
  const std::array live_lanes{lanes};
  FieldRun run;
  run.lanes = live_lanes;
  run.programs = blocks;
  run.reduces = program.reduces;
  run.uniforms = uniform_lists;
  run.memory.states = state_planes;
  run.memory.taps = tap_planes;
  run.memory.partials = partial_units;
  const std::uint32_t only = 0;
  run.active = {&only, 1};
  Outcome outcome;
  run.outcomes = {&outcome, 1};
  kernels::GatherSource* const sources = nullptr;
  run.sources = {&sources, 1};
  Seen seen;
  for (int tick = 0; tick < kTicks; ++tick) {
    run_fields(run, workers, inline_runner());
    seen.sums.push_back(kernels::reduce_finish(kernels::Reduction::Sum, partials[0]));
    seen.look_at(taps, lanes);
  }
  seen.look_at(states, lanes);
  return seen;
}

TEST(RandomFields, RegistersKeepValuesApart) {
  const bool good = rc::check([] {
    const auto number = rc::gen::arbitrary<std::uint32_t>();
    Recipe recipe;
    recipe.lanes = *rc::gen::inRange<std::uint32_t>(1, 300);
    recipe.instrs =
        *rc::gen::container<decltype(recipe.instrs)>(rc::gen::container<std::array<std::uint32_t, 5>>(number));
    recipe.stored = *rc::gen::container<decltype(recipe.stored)>(number);
    const auto program = cook(recipe);
    RC_ASSERT(ir::validate(*program) == std::vector<std::string>{});
    const Seen expected = Naive(*program).run();
    for (const kernels::Isa isa : kernels::available_isas()) {
      for (const bool optimise : {false, true}) {
        for (const std::uint32_t block_lanes : {16u, 256u}) {
          RC_ASSERT(run_linked(*program, {isa, block_lanes, optimise}) == expected);
        }
      }
    }
  });
  EXPECT_TRUE(good);
}

}  // namespace
}  // namespace oscilla::exec
