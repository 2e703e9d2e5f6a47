// The tables of the page, each measured and printed by one function.
#pragma once

#include <cstdint>
#include <string_view>

#include "contenders.hpp"
#include "race.hpp"
#include "report.hpp"

namespace oscilla::bench {

struct Options {
  kernels::Isa isa = kernels::best_isa();
  double seconds = 0.5;  ///< of each race
  std::uint32_t most_lanes = 1'000'000;
};

inline constexpr std::uint32_t kLaneCounts[] = {1'000, 16'384, 100'000, 1'000'000};

/// A scene of bench/scenes and its generated loops.
struct Entry {
  std::string_view file;
  std::string_view title;
  FusedCode FusedScenes::* code;
};
inline constexpr Entry kThirty{"thirty", "30 operations", &FusedScenes::thirty};
inline constexpr Entry kThirtyDepth{"thirty-depth", "30 operations, random depth", &FusedScenes::thirty_depth};
inline constexpr Entry kThreeHundred{"three-hundred", "300 operations", &FusedScenes::three_hundred};

/// Of no generated loops.
inline constexpr Entry kTwoShapesScene{"two-shapes", "two shapes in turn", nullptr};
inline constexpr Entry kStill{"still", "nothing moves", nullptr};

std::string path_of(const Entry& entry);
const FusedCode& code_of(const Entry& entry, kernels::Isa isa);

void measure_evaluation(const Options& options, Report& report);
void measure_frames(const Options& options, Report& report);
/// Lanes that alternate between two shapes.
void measure_shapes(const Options& options, Report& report);
/// What does not move.
void measure_still(const Options& options, Report& report);
/// What looking for zero divisors and non-finite numbers costs.
void measure_detection(const Options& options, Report& report);
void measure_order(const Options& options, Report& report);
void measure_threads(const Options& options, Report& report);
void measure_parallel_threshold(const Options& options, Report& report);
void measure_memory(const Options& options, Report& report);
void measure_compile_time(const Options& options, Report& report);
void measure_boundary(const Options& options, Report& report);
/// Pictures, by backend.
void measure_drawing(const Options& options, Report& report);
/// What keeping all signals costs, and being able to.
void measure_trace(const Options& options, Report& report);

}  // namespace oscilla::bench
