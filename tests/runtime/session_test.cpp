#include "runtime/session.hpp"

#include <gtest/gtest.h>

#include "../exec/scenes.hpp"
#include "exec/thread_pool.hpp"
#include "frame/digest.hpp"
#include "frame/validate.hpp"
#include "ir/validate.hpp"

namespace oscilla::runtime {
namespace {

using test::Assembler;
using test::Base;
using test::Op;
using test::Operand;

/// Digests of some ticks.
std::vector<Hash128> digests(const std::shared_ptr<const ir::Program>& program, const RunOptions& options,
                             int ticks = 4) {
  Session session(program, options);
  std::vector<Hash128> all;
  for (int tick = 0; tick < ticks; ++tick) all.push_back(frame::digest(session.tick(tick * 100.0)));
  return all;
}

TEST(Session, RunsAProgramToAFrame) {
  const auto program = test::spiral(5000);
  EXPECT_EQ(ir::validate(*program), std::vector<std::string>{});
  Session session(program, {});
  for (int tick = 0; tick < 3; ++tick) {
    const RenderFrame& frame = session.tick(tick * 16.0);
    EXPECT_EQ(frame::validate(frame), std::nullopt);
    ASSERT_EQ(frame.passes.size(), 2u);
    EXPECT_EQ(frame.passes[0].instances.visible, 5000u);
    EXPECT_EQ(frame.passes[0].instances.rotation.size(), 5000u);
    EXPECT_EQ(frame.passes[1].instances.rotation.size(), 0u);
    EXPECT_EQ(frame.tick, tick);
  }
  EXPECT_EQ(session.counts().non_finite, 0u);
}

/// What a trail shows is what was drawn so many ticks ago, for as long as a frame lives.
TEST(Session, TrailsAreEarlierPasses) {
  constexpr std::size_t kTrail = 3, kStep = 2;
  const auto plain = test::spiral(300);
  ir::Program changed = *plain;
  changed.sinks[0].trail = kTrail;
  changed.sinks[0].trail_step = kStep;
  Session session(std::make_shared<const ir::Program>(std::move(changed)), {});
  Session other(plain, {});
  std::vector<std::vector<float>> drawn;  // x of every lane, by tick
  const RenderFrame* before = nullptr;
  Hash128 digest_before;
  for (std::size_t tick = 0; tick < 20; ++tick) {
    const RenderFrame& frame = session.tick(static_cast<double>(tick) * 16);
    EXPECT_EQ(frame::validate(frame), std::nullopt);
    if (before != nullptr) {
      EXPECT_EQ(frame::digest(*before), digest_before) << "a frame lives until the second next";
    }
    before = &frame;
    digest_before = frame::digest(frame);
    drawn.emplace_back();
    for (const InstanceCore& core : other.tick(static_cast<double>(tick) * 16).passes[0].instances.core)
      drawn.back().push_back(core.x);
    const std::size_t shown = std::min(kTrail, tick / kStep);
    ASSERT_EQ(frame.passes.size(), shown + 2);
    for (std::size_t i = 0; i <= shown; ++i) {
      const std::size_t back = shown - i;
      EXPECT_EQ(frame.passes[i].weight, 1 - static_cast<float>(back) / 4);
      for (std::size_t lane = 0; lane < 300; ++lane)
        ASSERT_EQ(frame.passes[i].instances.core[lane].x, drawn[tick - back * kStep][lane]) << tick << " " << back;
    }
  }
}

/// Chunks that a tick gives to the threads of a session.
std::uint32_t chunks_shared(std::uint32_t lanes) {
  std::uint32_t shared = 0;
  const auto run = [](void* count, std::uint32_t units, TaskRunner::Body body, void* context) {
    *static_cast<std::uint32_t*>(count) += units;
    for (std::uint32_t unit = 0; unit < units; ++unit) body(context, unit, unit % 2);
  };
  Session session(test::spiral(lanes), {.runner = {run, &shared, 2}});
  shared = 0;
  session.tick(0);
  return shared;
}

TEST(Session, ThreadsGetWhatIsWorthWakingThem) {
  EXPECT_EQ(chunks_shared(5'000), 0u);
  EXPECT_GE(chunks_shared(100'000), 25u) << "units of 4,096 lanes, though peepholes leave few instructions";
}

TEST(Session, OptionsNeverChangeABit) {
  for (const std::uint32_t lanes : {0u, 1u, 15u, 16u, 17u, 255u, 256u, 257u, 4095u, 4096u, 4097u, 10000u}) {
    const auto program = test::spiral(lanes);
    const std::vector<Hash128> expected =
        digests(program, {.isa = kernels::Isa::Scalar, .block_lanes = 256, .optimise = false});
    for (const std::uint32_t block_lanes : {16u, 32u, 256u, 1024u}) {
      for (const kernels::Isa isa : kernels::available_isas()) {
        for (const bool optimise : {false, true}) {
          EXPECT_EQ(expected, digests(program, {.isa = isa, .block_lanes = block_lanes, .optimise = optimise}))
              << lanes << " lanes, blocks of " << block_lanes << ", " << kernels::name_of(isa) << ", " << optimise;
        }
      }
    }
    for (const std::uint32_t workers : {2u, 3u}) {
      exec::ThreadPool pool(workers);
      for (const std::uint32_t chunk_lanes : {16u, 64u, 4096u}) {
        EXPECT_EQ(expected,
                  digests(program, {.chunk_lanes = chunk_lanes, .runner = pool.runner(), .min_parallel_lanes = 0}))
            << workers << " threads, chunks of " << chunk_lanes;
      }
    }
    EXPECT_EQ(expected, digests(program, {.streaming_bytes = 0})) << "streaming";
  }
}

}  // namespace
}  // namespace oscilla::runtime
