// What an edit costs the frame thread between two ticks: a patch with fifty states a lane, edited again and again.
#include <algorithm>
#include <memory>

#include <fmt/format.h>

#include "oscilla/session.hpp"
#include "runtime/swap_plan.hpp"
#include "tables.hpp"

namespace oscilla::bench {
namespace {

constexpr std::uint32_t kStates = 50;
constexpr std::uint32_t kColumns = 1'000;
constexpr std::uint32_t kBoundaryLanes[] = {100'000, 1'000'000};

std::string patch_of(std::uint32_t columns, std::uint32_t rows, int edit) {
  std::string text =
      fmt::format("oscilla 1\ntime = TimeRoot(periodA: 4s)\ncells = Grid(columns: {}, rows: {})\n", columns, rows);
  std::string sum = "0";
  for (std::uint32_t s = 0; s < kStates; ++s) {
    text += fmt::format("state{0} = Lag(0.001 * cells.column + 0.01 * {0} + sin(time.phaseA), time: {1}ms)\n", s,
                        50 + 10 * s);
    sum += fmt::format(" + state{}", s);
  }
  return text + fmt::format("draw = RenderInstances2D((0.01 * ({}), 0.5), size: 0.5 + 0.1 * {})\n", sum, edit);
}

std::uint64_t own_clock() { return static_cast<std::uint64_t>(own_time_ns()); }

double quantile(Times times, double share) {
  std::ranges::sort(times);
  return times[std::min(times.size() - 1, static_cast<std::size_t>(share * static_cast<double>(times.size())))];
}

ir::Instance grid(std::uint32_t columns, std::uint32_t rows) {
  ir::Instance instance;
  instance.lanes = columns * rows;
  instance.inner = {columns};
  return instance;
}

/// The lanes that both grids have, copied for all states: what a remapping must do, and nothing else.
class Gather {
 public:
  Gather(std::uint32_t from_columns, std::uint32_t to_columns, std::uint32_t rows)
      : runs_(runtime::shared_lanes(grid(from_columns, rows), grid(to_columns, rows))),
        from_(std::size_t{from_columns} * rows * kStates, 1.0f),
        to_(std::size_t{to_columns} * rows * kStates, 0.0f),
        from_stride_(std::size_t{from_columns} * rows),
        to_stride_(std::size_t{to_columns} * rows) {}

  double run() {
    const double begin = own_time_ns();
    for (std::size_t s = 0; s < kStates; ++s)
      for (const runtime::LaneRun& run : runs_)
        std::copy_n(from_.data() + s * from_stride_ + run.from, run.count, to_.data() + s * to_stride_ + run.to);
    return own_time_ns() - begin;
  }

 private:
  std::vector<runtime::LaneRun> runs_;
  std::vector<float> from_, to_;
  std::size_t from_stride_, to_stride_;
};

struct Edited {
  std::string_view name;
  std::uint32_t columns;  ///< after every second edit
};
constexpr Edited kEdits[] = {{"the same elements", kColumns}, {"a column of 1,000 less, or more", kColumns - 1}};

Program compiled(const Patch& patch) {
  CompileResult result = compile_patch(patch);
  if (!result.program) fail("the patch of many states does not compile: " + result.diagnostics.front().message);
  return std::move(*result.program);
}

/// Median boundary, in nanoseconds.
double measure_row(const Options& options, const Edited& edited, std::uint32_t lanes, Report& report) {
  const std::uint32_t rows = lanes / kColumns;
  const std::size_t swaps = options.seconds >= 0.5 ? 1'000 : 20'000'000 / lanes;
  const Patch patches[] = {Patch::parse(patch_of(kColumns, rows, 0)), Patch::parse(patch_of(edited.columns, rows, 1))};
  const bool remaps = edited.columns != kColumns;
  Session session(compiled(patches[0]), {.isa = std::string(kernels::name_of(options.isa))});
  session.measure(own_clock);
  Gather gather(kColumns, edited.columns, rows);
  Times frames, boundaries, gathers;
  double t_ms = 0;
  for (std::size_t swap = 1; swap <= swaps; ++swap) {
    const SwapReport done = session.swap(patches[swap % 2]);
    if (done.outcome != SwapOutcome::Swapped) fail("an edit of many states was refused");
    boundaries.push_back(static_cast<double>(done.boundary_nanoseconds));
    session.tick(t_ms += 16);  // the first one brings the new program's memory into the caches
    const double begin = own_time_ns();
    session.tick(t_ms += 16);
    frames.push_back(own_time_ns() - begin);
    if (remaps) gathers.push_back(gather.run());
  }
  const double frame = median(frames), p99 = quantile(boundaries, 0.99);
  report.row({std::string(edited.name), count(lanes), count(swaps), nanoseconds(frame), nanoseconds(median(boundaries)),
              nanoseconds(p99), fmt::format("{:.4f}", median(boundaries) / frame), fmt::format("{:.4f}", p99 / frame),
              remaps ? ratio(paired_ratio(boundaries, gathers)) : ""});
  if (remaps) report.promise(kRemapping, paired_ratio(boundaries, gathers), fmt::format("{} lanes", count(lanes)));
  return median(boundaries);
}

/// What the ticks around a swap cost that is rehearsed: two in which the new program is evaluated beside the old one,
/// and its own first, in which the old one is evaluated once more.
void measure_rehearsal(const Options& options, const Edited& edited, std::uint32_t lanes, Report& report) {
  const std::uint32_t rows = lanes / kColumns;
  const std::size_t swaps = options.seconds >= 0.5 ? 50 : 10;
  const Patch patches[] = {Patch::parse(patch_of(kColumns, rows, 0)), Patch::parse(patch_of(edited.columns, rows, 1))};
  Session session(compiled(patches[0]), {.isa = std::string(kernels::name_of(options.isa))});
  double t_ms = 0;
  const auto tick = [&] {
    const double begin = own_time_ns();
    session.tick(t_ms += 16);
    return own_time_ns() - begin;
  };
  Times rehearsals, firsts, frames;
  for (std::size_t swap = 1; swap <= swaps; ++swap) {
    session.request_swap(patches[swap % 2]);
    session.wait_for_requests();
    tick();  // brings the new program's memory into the caches
    rehearsals.push_back(tick());
    firsts.push_back(tick());
    for (int i = 0; i < 2; ++i) tick();
    session.wait_for_requests();  // the old program is freed by now
    for (int i = 0; i < 2; ++i) frames.push_back(tick());
  }
  const double frame = median(frames);
  report.row({std::string(edited.name), count(lanes), count(swaps), nanoseconds(frame), nanoseconds(median(rehearsals)),
              nanoseconds(median(firsts)), ratio(median(rehearsals) / frame), ratio(median(firsts) / frame)});
  if (edited.columns != kColumns) return;
  report.promise(kRehearsal, std::max(median(rehearsals), median(firsts)) / frame,
                 fmt::format("{} lanes, {}", count(lanes), edited.name));
}

}  // namespace

void measure_boundary(const Options& options, Report& report) {
  report.heading("An edit of the running patch");
  report.paragraph(
      "What the frame thread spends between two ticks when a new program takes over: fifty states for each lane of a "
      "grid. States whose lanes are the same elements change hands by pointer; else they are copied by runs of lanes, "
      "for which the same copy alone is the measure. Median and 99th percentile, and both to the median frame of the "
      "same run.");
  report.columns({"the edit leaves", "lanes", "edits", "a frame", "boundary", "p99", "**to a frame**", "**p99 to it**",
                  "**to the copy alone**"});
  for (const Edited& edited : kEdits) {
    Times medians;
    for (const std::uint32_t lanes : kBoundaryLanes)
      if (lanes <= options.most_lanes) medians.push_back(measure_row(options, edited, lanes, report));
    if (edited.columns == kColumns && medians.size() == 2)
      report.promise(kByPointer, medians[1] / medians[0], "the same elements");
  }
  report.paragraph(
      "What the ticks around it cost: in the two before, the new program is evaluated beside the old one; in its first "
      "the old one is evaluated once more. Where lanes come or go, each of the three also copies the states (the table "
      "above has what that costs alone), and measures all numbers of the sink lane by lane.");
  report.columns({"the edit leaves", "lanes", "edits", "a frame", "a rehearsal", "the first tick",
                  "**a rehearsal to a frame**", "**the first tick to a frame**"});
  for (const Edited& edited : kEdits)
    for (const std::uint32_t lanes : kBoundaryLanes)
      if (lanes <= options.most_lanes) measure_rehearsal(options, edited, lanes, report);
}

}  // namespace oscilla::bench
