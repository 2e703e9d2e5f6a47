// oscilla_bench: what the engine costs beside loops written by hand and beside a naive port, in one process, side by
// side. scripts/bench builds and runs it.
#include <cstdlib>
#include <cstring>
#include <string>

#include <fmt/format.h>

#include "page.hpp"
#include "tables.hpp"

namespace oscilla::bench {
namespace {

constexpr const char* kUsage =
    R"(usage: scripts/bench [--isa NAME] [--quick] [--only TABLE] [--write PAGE]

Measures and prints the tables of docs/performance.md. --quick takes a tenth of the time;
--only takes one of frames, shapes, still, evaluation, detection, order, threads, threshold, memory, compile,
boundary, trace, drawing;
--write puts the tables between the markers of PAGE, where what is not measured stays as it was. Exit code 1 if
contenders disagree.
)";

struct Table {
  std::string_view name;
  void (*measure)(const Options&, Report&);
};
constexpr Table kTables[] = {
    {"frames", measure_frames},       {"shapes", measure_shapes},
    {"still", measure_still},         {"evaluation", measure_evaluation},
    {"detection", measure_detection}, {"order", measure_order},
    {"threads", measure_threads},     {"threshold", measure_parallel_threshold},
    {"memory", measure_memory},       {"compile", measure_compile_time},
    {"boundary", measure_boundary},   {"drawing", measure_drawing},
    {"trace", measure_trace},
};

/// The value of an argument; what follows must be there.
std::string_view value_of(int argc, char** argv, int& at) {
  if (++at < argc) return argv[at];
  fail(kUsage);
}

int run(int argc, char** argv) {
  Options options;
  std::string page, only, machine;
  for (int a = 1; a < argc; ++a) {
    const std::string_view arg = argv[a];
    if (arg == "--isa") {
      const auto isa = kernels::isa_of_name(value_of(argc, argv, a));
      if (!isa) fail("no such instruction set");
      options.isa = *isa;
    } else if (arg == "--quick") {
      options.seconds = 0.05;
    } else if (arg == "--only") {
      only = value_of(argc, argv, a);
    } else if (arg == "--write") {
      page = value_of(argc, argv, a);
    } else if (arg == "--machine") {
      machine = value_of(argc, argv, a);
    } else {
      fail(kUsage);
    }
  }
  Report report;
  for (const Table& table : kTables) {
    if (only.empty() || only == table.name) table.measure(options, report);
  }
  fmt::print("\n{}\n\n", machine);
  for (const PromiseRow& promise : report.promise_rows()) fmt::print("{}", promise.row);
  if (!page.empty()) write_figures(page, machine, report);
  return 0;
}

}  // namespace
}  // namespace oscilla::bench

int main(int argc, char** argv) { return oscilla::bench::run(argc, argv); }
