#include <fmt/format.h>

#include "oscilla/patch.hpp"
#include "tables.hpp"

namespace oscilla::bench {
namespace {

/// A patch of so many blocks, each read by the next: fields, sums, lags and oscillators in turn.
std::string patch_of(std::size_t blocks) {
  std::string text =
      "oscilla 1\n"
      "time = TimeRoot(periodA: 4s)\n"
      "dots = Array(Ellipse(rx: 0.01, ry: 0.01), count: 100)\n"
      "pos = CircleLayout(dots, radius: 0.3)\n";
  std::string last = "dots.t", wave = "time.phaseA";
  for (std::size_t b = 5; b < blocks; ++b) {
    const std::string name = fmt::format("block{}", b);
    switch (b % 4) {
      case 0: text += fmt::format("{0} = 0.{1} * Oscillator(time.phaseA)\n", name, b); break;
      case 1: text += fmt::format("{} = {} + {}\n", name, last, wave); break;
      case 2: text += fmt::format("{} = {} * 0.5 + 0.{}\n", name, last, b); break;
      case 3: text += fmt::format("{} = {} | Lag(time: {}ms)\n", name, last, b); break;
    }
    (b % 4 == 0 ? wave : last) = name;
  }
  return text + fmt::format("draw = RenderInstances2D(pos, size: {})\n", last);
}

}  // namespace

void measure_compile_time(const Options& options, Report& report) {
  report.heading("Compiling");
  report.paragraph("A patch of so many named blocks: fields, sums, lags and oscillators, each reading the one before.");
  report.columns({"blocks", "reading", "compiling", "both", "a block"});
  double thousand = 0;
  for (const std::size_t blocks : {10u, 100u, 1'000u, 10'000u}) {
    const std::string text = patch_of(blocks);
    const CompileResult once = compile_patch(Patch::parse(text));
    if (!once.program) fail("the patch of many blocks does not compile: " + once.diagnostics.front().message);
    const Patch patch = Patch::parse(text);
    const std::vector<Times> times = race({[&] { Patch::parse(text); }, [&] { compile_patch(patch); }},
                                          {.seconds = options.seconds, .most_rounds = 51});
    const double both = median(times[0]) + median(times[1]);
    report.row({count(blocks), nanoseconds(median(times[0])), nanoseconds(median(times[1])), nanoseconds(both),
                nanoseconds(both / static_cast<double>(blocks))});
    if (blocks == 1'000) {
      thousand = both;
      report.promise(kCompile1k, both / 1e6, "reading and compiling");
    }
    if (blocks == 10'000) report.promise(kCompileGrowth, both / thousand, "reading and compiling");
  }
}

}  // namespace oscilla::bench
