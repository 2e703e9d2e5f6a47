// Laws of random_bits: what its keys are, and that none of them is lost.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "bench.hpp"

namespace oscilla::blocks {
namespace {

using ir::ExprId;
using kernels::Op;

/// hash() of these keys in a lane.
double hash_of(Bench& bench, std::initializer_list<Value> keys, std::uint32_t lane = 0) {
  constexpr std::string_view kPorts[] = {"value", "a", "b"};
  Bench::Given given;
  std::size_t i = 0;
  for (const Value& key : keys) given[kPorts[i++]] = key;
  return bench.value_of(bench.call("hash", given)[0], 0, lane);
}

Value sum(Bench& bench, const Value& a, const Value& b) {
  return bench.field(bench.draft.build.op(Op::Add, {a.planes[0], b.planes[0]}));
}

std::size_t distinct_hashes(Bench& bench, const Value& key, std::uint32_t lanes) {
  const Value hash = bench.call("hash", {{"value", key}})[0];
  std::set<double> seen;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) seen.insert(bench.value_of(hash, 0, lane));
  return seen.size();
}

TEST(RandomBits, ALargeTimeSwallowsNoLane) {
  Bench bench(5000);
  bench.times[static_cast<std::size_t>(ir::TimeValue::TMs)] = 3.6e7;
  const Value key = sum(bench, bench.share(), bench.signal(ir::TimeValue::TMs));
  EXPECT_GE(distinct_hashes(bench, key, 5000), 4990u);
  // In 32 bits the sum itself no longer tells lanes apart: a product is not taken to pieces, and shows it.
  const Value product = bench.field(bench.draft.build.op(Op::Multiply, {key.planes[0], bench.number(1).planes[0]}));
  EXPECT_LE(distinct_hashes(bench, product, 5000), 2u);
}

TEST(RandomBits, ALargeTimeLosesNoMillisecond) {
  Bench bench;
  const Value key = sum(bench, bench.share(), bench.signal(ir::TimeValue::TMs));
  std::set<double> seen;
  for (int tick = 0; tick < 1000; ++tick) {
    bench.times[static_cast<std::size_t>(ir::TimeValue::TMs)] = 1e12 + tick;
    seen.insert(hash_of(bench, {key}, 3));
  }
  EXPECT_GE(seen.size(), 999u);
}

TEST(RandomBits, AddendsOfOneKindAreSummedHoweverTheyStand) {
  Bench bench;
  bench.times[static_cast<std::size_t>(ir::TimeValue::TMs)] = 5000;
  const Value time = bench.signal(ir::TimeValue::TMs);
  const Value two = bench.number(2);
  const Value one_way = sum(bench, sum(bench, bench.lane(), time), two);
  const Value shared = bench.number(0);
  Value both = shared;
  both.planes[0] = bench.draft.build.op(Op::Add, {time.planes[0], two.planes[0]});
  const Value other_way = sum(bench, bench.lane(), both);
  EXPECT_EQ(bench.call("hash", {{"value", one_way}})[0].planes[0],
            bench.call("hash", {{"value", other_way}})[0].planes[0]);
}

TEST(RandomBits, SumsThatDoubleEachOtherComeToAnEnd) {
  Bench bench;
  Value key = sum(bench, bench.lane(), bench.signal(ir::TimeValue::TMs));
  for (int i = 0; i < 200; ++i) key = sum(bench, key, key);
  EXPECT_TRUE(bench.call("hash", {{"value", key}})[0].planes[0].valid());
}

TEST(RandomBits, SharedKeysAreMixedOnceATick) {
  Bench bench;
  const Value key = sum(bench, bench.lane(), bench.signal(ir::TimeValue::TMs));
  bench.call("hash", {{"value", key}, {"a", bench.signal(ir::TimeValue::PhaseA)}});
  std::size_t per_lane = 0;
  for (const ir::Expr& expr : bench.draft.build.table().exprs) {
    if (expr.op == Op::HashMix && expr.cardinality == ir::Cardinality::Many) ++per_lane;
  }
  EXPECT_EQ(per_lane, 1u);
}

RC_GTEST_PROP(RandomBits, ASignalAndAFieldOfTheSameValueHashAlike, (std::uint16_t lane)) {
  Bench bench(65536);
  RC_ASSERT(std::floor(hash_of(bench, {bench.number(lane)}) * 0x1p24) == hash_of(bench, {bench.lane()}, lane) * 0x1p24);
}

RC_GTEST_PROP(RandomBits, TheOrderAndTheNumberOfKeysMatter, (std::int16_t x, std::int16_t y)) {
  RC_PRE(x != y);
  Bench bench;
  const Value a = bench.number(x);
  const Value b = bench.number(y);
  RC_ASSERT(hash_of(bench, {a, b}) != hash_of(bench, {b, a}));
  RC_ASSERT(hash_of(bench, {a, b}) != hash_of(bench, {a}));
  RC_ASSERT(hash_of(bench, {bench.lane(), a}) != hash_of(bench, {a, bench.lane()}));
}

RC_GTEST_PROP(RandomBits, TheGlobalSeedMatters, (std::uint32_t seed, std::int16_t x)) {
  Bench a(5, seed);
  Bench b(5, seed + 1);
  RC_ASSERT(hash_of(a, {a.number(x)}) != hash_of(b, {b.number(x)}));
}

}  // namespace
}  // namespace oscilla::blocks
