#include "report.hpp"

#include <cstdio>

#include <fmt/format.h>

#include "scene.hpp"

namespace oscilla::bench {
namespace {

constexpr std::string_view kBegin = "<!-- figures: scripts/bench -->\n";
constexpr std::string_view kEnd = "<!-- end of figures -->\n";

std::string cells_of(const std::vector<std::string>& cells) { return fmt::format("| {} |", fmt::join(cells, " | ")); }

}  // namespace

Report::Report()
    : promises_{
          {std::string(kEvaluation30),
           1.15,
           1.03,
           false,
           {},
           {},
           "an instruction's loads and stores in the first cache"},
          {std::string(kEvaluation300),
           1.35,
           1.15,
           false,
           {},
           {},
           "the same, for values that a loop keeps in registers"},
          {std::string(kFrame100k),
           1.10,
           1.02,
           false,
           {},
           {},
           "packing after computing: its lines wait for the second-level cache; at 1,000 lanes the signals"},
          {std::string(kFrame1M), 1.15, 1.02, false, {}, {}, "evaluation; writing 36 bytes a lane to memory"},
          {std::string(kNaiveOrdered), 8, 12, true, {}, {}, "arithmetic"},
          {std::string(kNaiveRandom), 10, 20, true, {}, {}, "the sort's passes"},
          {std::string(kTwoThreads), 0.65, 0.53, false, {}, {}, "the order step is one thread's; memory is shared"},
          {std::string(kTwoShapes), 2, 1.3, false, {}, {}, "a batch for every lane: 12 bytes and a comparison"},
          {std::string(kStillFrame), 0.05, 0.05, false, {}, {}, "signals, and finding that nothing moved"},
          {std::string(kDetection), 1.12, 1.12, false, {}, {}, "one sum over what is stored; a comparison a division"},
          {std::string(kCompile1k), 20, 20, false, {}, {}, "hashing and interning expressions"},
          {std::string(kCompileGrowth), 13, 13, false, {}, {}, "memory that no longer fits the caches"},
          {std::string(kByPointer), 2, 1.2, false, {}, {}, "the names and pointers of its parts"},
          {std::string(kRehearsal), 2.2, 2, false, {}, {}, "one more evaluation; what it reads is in other memory"},
          {std::string(kRemapping), 2, 1.2, false, {}, {}, "planes that no cache holds"},
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
    const bool worse = !promise.worst || (promise.at_least ? value < *promise.worst : value > *promise.worst);
    if (!worse) continue;
    promise.worst = value;
    promise.place = place;
  }
}

std::string Report::promises() const {
  std::string out = "| ratio of medians, the worst of its rows below | must | aim | measured | | what limits it |\n";
  out += "| --- | --- | --- | --- | --- | --- |\n";
  for (const Promise& promise : promises_) {
    const std::string_view sign = promise.at_least ? "≥" : "≤";
    const auto keeps = [&](double limit) {
      return promise.at_least ? *promise.worst >= limit : *promise.worst <= limit;
    };
    const std::string verdict = !promise.worst        ? "not measurable"
                                : keeps(promise.aim)  ? "aim"
                                : keeps(promise.must) ? "must"
                                                      : "**missed**";
    const std::string value = promise.worst ? fmt::format("{:.3g} ({})", *promise.worst, promise.place) : "";
    out += fmt::format("| {} | {} {} | {} {} | {} | {} | {} |\n", promise.name, sign, promise.must, sign, promise.aim,
                       value, verdict, promise.limit);
  }
  return out;
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

void write_between_markers(const std::string& path, const std::string& text) {
  std::string page;
  if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
    page.resize(1 << 20);
    page.resize(std::fread(page.data(), 1, page.size(), file));
    std::fclose(file);
  }
  const std::size_t begin = page.find(kBegin), end = page.find(kEnd);
  if (begin == std::string::npos || end == std::string::npos || end < begin) fail(path + " has no place for figures");
  page.replace(begin + kBegin.size(), end - begin - kBegin.size(), text);
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr || std::fwrite(page.data(), 1, page.size(), file) != page.size() || std::fclose(file) != 0)
    fail("cannot write " + path);
}

}  // namespace oscilla::bench
