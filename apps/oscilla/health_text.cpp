#include "oscilla/health_text.hpp"

#include <fmt/format.h>

namespace oscilla::cli {
namespace {

double milliseconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) * 1e-6; }
double microseconds(std::uint64_t nanoseconds) { return static_cast<double>(nanoseconds) * 1e-3; }

}  // namespace

std::string health_line(const Health& health) {
  std::string line = fmt::format(
      "{} frames, {} late, {} dropped; {:.2f} ms, p99 {:.2f}, most {:.2f} of {:.2f}; evaluation {:.0f} %, assembly "
      "{:.0f} %, output {:.0f} %; {:.1f} MiB; {} edits",
      health.frames, health.late, health.dropped, milliseconds(health.median_nanoseconds),
      milliseconds(health.p99_nanoseconds), milliseconds(health.most_nanoseconds),
      milliseconds(health.budget_nanoseconds), health.evaluation * 100, health.assembly * 100, health.output * 100,
      static_cast<double>(health.memory_bytes) / (1 << 20), health.swaps);
  for (const HealthError& error : health.errors)
    line += fmt::format("; {} in {} place{}", name_of(error.kind), error.places, error.places == 1 ? "" : "s");
  return line;
}

Json health_json(const Health& health, double seconds) {
  Json errors = Json::array();
  for (const HealthError& error : health.errors)
    errors.push_back({{"kind", name_of(error.kind)},
                      {"places", error.places},
                      {"ticks", error.count},
                      {"lastTick", error.last_tick},
                      {"first", error.first}});
  return {{"event", "health"},
          {"seconds", seconds},
          {"frames", health.frames},
          {"late", health.late},
          {"dropped", health.dropped},
          {"medianUs", microseconds(health.median_nanoseconds)},
          {"p99Us", microseconds(health.p99_nanoseconds)},
          {"mostUs", microseconds(health.most_nanoseconds)},
          {"budgetUs", microseconds(health.budget_nanoseconds)},
          {"evaluation", health.evaluation},
          {"assembly", health.assembly},
          {"output", health.output},
          {"memoryBytes", health.memory_bytes},
          {"swaps", health.swaps},
          {"errors", std::move(errors)}};
}

}  // namespace oscilla::cli
