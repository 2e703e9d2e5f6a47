#include "report.hpp"

#include <cstdio>

#include <fmt/format.h>

namespace oscilla::bench {
namespace {

std::string cells_of(const std::vector<std::string>& cells) { return fmt::format("| {} |", fmt::join(cells, " | ")); }

}  // namespace

Report::Report()
    : promises_{
          {.name = std::string(kEvaluation30), .must = 1.15, .aim = 1.03, .limit = "an instruction's loads and stores"},
          {.name = std::string(kEvaluation300),
           .must = 1.35,
           .aim = 1.15,
           .limit = "the same, for values that a loop keeps in registers"},
          {.name = std::string(kFrame100k),
           .must = 1.10,
           .aim = 1.02,
           .limit = "evaluation; at 1,000 lanes the signals too"},
          {.name = std::string(kFrame1M), .must = 1.15, .aim = 1.02, .limit = "writing 32 bytes a lane to memory"},
          {.name = std::string(kNaiveOrdered), .must = 8, .aim = 12, .at_least = true, .limit = "arithmetic"},
          {.name = std::string(kNaiveRandom), .must = 10, .aim = 20, .at_least = true, .limit = "the sort's passes"},
          {.name = std::string(kTwoThreads),
           .must = 0.65,
           .aim = 0.53,
           .limit = "the order step is one thread's; memory is shared"},
          {.name = std::string(kTwoShapes),
           .must = 2,
           .aim = 1.3,
           .limit = "a batch for every lane: 12 bytes and a comparison"},
          {.name = std::string(kStillFrame),
           .must = 0.05,
           .aim = 0.05,
           .limit = "signals, and finding that nothing moved"},
          {.name = std::string(kDetection),
           .must = 1.12,
           .aim = 1.12,
           .limit = "one sum over what is stored; a comparison a division"},
          {.name = std::string(kTraceOff), .must = 1.02, .aim = 1.01, .limit = "one comparison a tick"},
          {.name = std::string(kTraceOn), .must = 1.35, .aim = 1.15, .limit = "copying 8 bytes a signal"},
          {.name = std::string(kCompile1k), .must = 20, .aim = 20, .limit = "hashing and interning expressions"},
          {.name = std::string(kCompileGrowth),
           .must = 13,
           .aim = 13,
           .limit = "memory that no longer fits the caches"},
          {.name = std::string(kByPointer), .must = 2, .aim = 1.2, .limit = "the names and pointers of its parts"},
          {.name = std::string(kRehearsal),
           .must = 2.2,
           .aim = 2,
           .limit = "one more evaluation; what it reads is in other memory"},
          {.name = std::string(kStamping), .must = 0.5, .aim = 0.3, .limit = "blending what is inside"},
          {.name = std::string(kDrawing),
           .must = 1,
           .aim = 0.7,
           .limit = "in software: taking the picture from the driver and bringing it back"},
          {.name = std::string(kRemapping), .must = 2, .aim = 1.2, .limit = "planes that no cache holds"},
      } {}

void Report::add(const std::string& line) {
  text_ += line + "\n";
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

void Report::heading(std::string_view text) { add(fmt::format("\n### {}\n", text)); }
void Report::paragraph(std::string_view text) { add(fmt::format("\n{}", text)); }

void Report::columns(const std::vector<std::string>& names) {
  add("\n" + cells_of(names));
  add(cells_of(std::vector<std::string>(names.size(), "---")));
}

void Report::row(const std::vector<std::string>& cells) { add(cells_of(cells)); }

void Report::promise(std::string_view name, double value, std::string_view place) {
  for (Promise& promise : promises_) {
    if (promise.name != name) continue;
    promise.tried = true;
    const bool worse = !promise.worst || (promise.at_least ? value < *promise.worst : value > *promise.worst);
    if (!worse) continue;
    promise.worst = value;
    promise.place = place;
  }
}

void Report::attempt(std::string_view name) {
  for (Promise& promise : promises_) promise.tried |= promise.name == name;
}

std::vector<PromiseRow> Report::promise_rows() const {
  std::vector<PromiseRow> rows;
  for (const Promise& promise : promises_) {
    PromiseRow& row = rows.emplace_back(PromiseRow{promise.name, {}});
    if (!promise.tried) continue;
    const std::string_view sign = promise.at_least ? "≥" : "≤";
    const auto keeps = [&](double limit) {
      return promise.at_least ? *promise.worst >= limit : *promise.worst <= limit;
    };
    const std::string verdict = !promise.worst        ? "not measurable"
                                : keeps(promise.aim)  ? "aim"
                                : keeps(promise.must) ? "must"
                                                      : "**missed**";
    const std::string value = promise.worst ? fmt::format("{:.3g} ({})", *promise.worst, promise.place) : "";
    row.row = fmt::format("| {} | {} {} | {} {} | {} | {} | {} |\n", promise.name, sign, promise.must, sign,
                          promise.aim, value, verdict, promise.limit);
  }
  return rows;
}

std::string nanoseconds(double ns) {
  if (ns < 1e3) return fmt::format("{:.3g} ns", ns);
  if (ns < 1e6) return fmt::format("{:.3g} us", ns / 1e3);
  return fmt::format("{:.3g} ms", ns / 1e6);
}

std::string ratio(double value) { return value < 10 ? fmt::format("{:.2f}", value) : fmt::format("{:.0f}", value); }

std::string count(std::size_t number) {
  std::string digits = std::to_string(number);
  for (std::ptrdiff_t at = std::ssize(digits) - 3; at > 0; at -= 3) digits.insert(static_cast<std::size_t>(at), ",");
  return digits;
}

}  // namespace oscilla::bench
