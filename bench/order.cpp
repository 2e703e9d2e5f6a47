#include <algorithm>

#include <fmt/format.h>

#include "render/order.hpp"
#include "tables.hpp"

namespace oscilla::bench {
namespace {

struct Depths {
  std::string_view name;
  unsigned bits;  ///< of the keys' range; 0: all lanes equally far
  bool random;
  unsigned hidden;  ///< of 256 lanes, those that are not drawn
};

constexpr Depths kDepths[] = {
    {"equally far", 0, false, 0},      {"in order", 20, false, 0},        {"in order, 5 % invisible", 20, false, 13},
    {"random, 18 bits", 18, true, 13}, {"random, 24 bits", 24, true, 13}, {"random, 30 bits", 30, true, 13},
};

AlignedBuffer<std::uint32_t> keys_of(const Depths& depths, std::uint32_t lanes) {
  AlignedBuffer<std::uint32_t> keys(lanes);
  std::uint64_t state = 88172645463325252u;
  const auto next = [&state] {  // xorshift64 (Marsaglia 2003)
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return static_cast<std::uint32_t>(state >> 32);
  };
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    const std::uint32_t offset = depths.bits == 0 ? 0 : depths.random ? next() >> (32 - depths.bits) : lane;
    keys[lane] = next() % 256 < depths.hidden ? kernels::kInvisibleKey : offset;
  }
  return keys;
}

void measure_row(const Options& options, const Depths& depths, std::uint32_t lanes, Report& report) {
  const AlignedBuffer<std::uint32_t> keys = keys_of(depths, lanes);
  AlignedBuffer<std::uint32_t> order(exec::padded_lanes(lanes));
  AlignedBuffer<std::byte> scratch(std::size_t{lanes} * kernels::kSortScratchBytes);
  std::vector<std::uint32_t> theirs;
  render::DrawingOrder found;
  const kernels::OrderKernels& kernels = kernels::frame_kernels(options.isa).order;
  const auto ours = [&] { found = render::find_order(kernels, keys.span(), order.data(), scratch.data()); };
  const auto standard = [&] {
    theirs.clear();
    for (std::uint32_t lane = 0; lane < lanes; ++lane) {
      if (keys[lane] != kernels::kInvisibleKey) theirs.push_back(lane);
    }
    std::stable_sort(theirs.begin(), theirs.end(), [&](std::uint32_t a, std::uint32_t b) { return keys[a] < keys[b]; });
  };
  const std::vector<Times> times = race({ours, standard}, {.seconds = options.seconds / 2});
  if (found.visible != theirs.size()) fail("the order step draws other lanes than std::stable_sort");
  if (!found.identity && !std::equal(theirs.begin(), theirs.end(), order.data())) fail("the order step is not stable");
  report.row({std::string(depths.name), count(lanes), nanoseconds(median(times[0]) / lanes),
              nanoseconds(median(times[1]) / lanes), ratio(paired_ratio(times[1], times[0]))});
}

}  // namespace

void measure_order(const Options& options, Report& report) {
  report.heading("The order step");
  report.paragraph(
      "From sort keys to the list of lanes to draw, far to near; against std::stable_sort of the visible lanes.");
  report.columns({"depths", "lanes", "we, a lane", "std::stable_sort, a lane", "**it to us**"});
  for (const Depths& depths : kDepths) {
    for (const std::uint32_t lanes : kLaneCounts) {
      if (lanes <= options.most_lanes) measure_row(options, depths, lanes, report);
    }
  }
}

}  // namespace oscilla::bench
