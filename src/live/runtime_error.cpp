#include "oscilla/runtime_error.hpp"

#include <fmt/format.h>

#include "base/number_text.hpp"

namespace oscilla {
namespace {

std::string what_happened(const RuntimeError& error) {
  switch (error.kind) {
    case RuntimeErrorKind::CountOutsidePool:
      return fmt::format("{} elements were asked for, {} were used", to_text(error.value), to_text(error.used));
  }
  return {};
}

}  // namespace

std::string describe(const RuntimeError& error) {
  const std::string times = error.count == 1 ? fmt::format("in tick {}", error.last_tick)
                                             : fmt::format("in {} ticks, the last {}", error.count, error.last_tick);
  return fmt::format("{}: {}; {}", error.block, what_happened(error), times);
}

}  // namespace oscilla
