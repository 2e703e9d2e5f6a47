#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "live/compiled_patch.hpp"
#include "oscilla/session.hpp"
#include "runtime/session.hpp"
#include "tables.hpp"

namespace oscilla::bench {
namespace {

constexpr int kSignals = 300;

/// A chain of signals in [0, 1], one slot each: products and differences, every tenth a sine.
Program chain_of_signals() {
  std::string text = "oscilla 1\ntime = TimeRoot()\ns0 = abs(sin(time.phaseA))\ns1 = 1 - abs(sin(time.phaseB))\n";
  for (int i = 2; i < kSignals; ++i) {
    const bool sine = i % 10 == 0, odd = i % 2 == 1;
    text += sine  ? fmt::format("s{} = sin(s{})\n", i, i - 1)
            : odd ? fmt::format("s{} = 1 - s{}\n", i, i - 1)
                  : fmt::format("s{} = s{} * s{}\n", i, i - 1, i - 2);
  }
  text +=
      fmt::format("draw = RenderInstances2D((0.5, 0.5), size: s{}, shape: Array(Ellipse(), count: 1))\n", kSignals - 1);
  CompileResult result = compile_patch(Patch::parse(std::move(text), "signals"));
  if (!result.program) fail("a chain of signals does not compile: " + result.diagnostics.front().message);
  return std::move(*result.program);
}

}  // namespace

void measure_trace(const Options& options, Report& report) {
  report.heading("Trace");
  report.paragraph(
      "A tick of 300 signals, one slot each, of a session whose trace was on and is off, and of one that keeps all of "
      "them for 600 frames, to the same in the engine's inner session, which has no trace.");
  const Program program = chain_of_signals();
  const std::string isa(kernels::name_of(options.isa));
  runtime::RunOptions run;
  run.isa = options.isa;
  runtime::Session without(program.compiled().program, run);
  Session off(program, {.isa = isa}), on(program, {.isa = isa});
  off.trace({});
  off.trace_off();
  on.trace({.frames = 600, .kinds = {TraceKind::Signal}});
  std::int64_t tick = 0;
  const auto next = [&] { return program.frame_time_ms(tick++); };
  const std::vector<Times> times =
      race({[&] { without.tick(next()); }, [&] { off.tick(next()); }, [&] { on.tick(next()); }},
           {.seconds = options.seconds});
  std::size_t kept = 0;
  const std::vector<TracedFrame> frames = on.traced();
  for (const TraceRow& row : frames.back().rows) kept += row.slot ? 1 : 0;
  if (kept < kSignals - 1) fail(fmt::format("{} of {} signals are in the trace", kept, kSignals));
  report.columns({"signals", "no trace", "off", "**ratio**", "on", "**ratio**"});
  const double ratio_off = paired_ratio(times[1], times[0]), ratio_on = paired_ratio(times[2], times[0]);
  report.row({count(kept), nanoseconds(median(times[0])), nanoseconds(median(times[1])), ratio(ratio_off),
              nanoseconds(median(times[2])), ratio(ratio_on)});
  report.promise(kTraceOff, ratio_off, "300 signals");
  report.promise(kTraceOn, ratio_on, "300 signals");
}

}  // namespace oscilla::bench
