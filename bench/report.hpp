// The page of figures: Markdown tables, and the verdicts on the ratios that the project promises. In: rows, in the
// order in which they are measured. Out: text, shown as it grows and put between the markers of docs/performance.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace oscilla::bench {

/// What a promised ratio was measured to be at one place (lanes, operations); the worst place counts.
struct Promise {
  std::string name;
  double must;
  double aim;
  bool at_least = false;  ///< larger is better
  std::optional<double> worst = {};
  std::string place = {};
  std::string limit;   ///< what keeps it from being better
  bool tried = false;  ///< in this run
};

/// A row of the table of promises; empty where this run has not tried to measure it.
struct PromiseRow {
  std::string name;
  std::string row;
};

class Report {
 public:
  Report();

  void heading(std::string_view text);
  void paragraph(std::string_view text);
  /// Starts a table.
  void columns(const std::vector<std::string>& names);
  void row(const std::vector<std::string>& cells);
  /// Keeps the worst of all that is measured for the promise of that name.
  void promise(std::string_view name, double value, std::string_view place);
  /// It was tried, and may turn out not to be measurable here.
  void attempt(std::string_view name);
  std::vector<PromiseRow> promise_rows() const;
  const std::string& text() const { return text_; }

 private:
  void add(const std::string& line);

  std::string text_;
  std::vector<Promise> promises_;
};

inline constexpr std::string_view kDrawing = "drawing 10,000 figures and more, OpenGL to cairo";
inline constexpr std::string_view kStamping = "drawing 10,000 discs, cairo's backend to the library, one thread";
inline constexpr std::string_view kEvaluation30 = "evaluation, 30 operations, to 100,000 lanes, to the fused loop";
inline constexpr std::string_view kEvaluation300 = "evaluation, 300 operations, to the best of fused loop and splits";
inline constexpr std::string_view kFrame100k = "whole frame, to 100,000 lanes, to the hand-written frame";
inline constexpr std::string_view kFrame1M = "whole frame, 1,000,000 lanes, to the hand-written frame";
inline constexpr std::string_view kNaiveOrdered = "naive port to us, whole frame, 100,000 lanes in order";
inline constexpr std::string_view kNaiveRandom = "naive port to us, whole frame, 100,000 lanes, random depth";
inline constexpr std::string_view kTwoThreads = "two threads to one, 1,000,000 lanes";
inline constexpr std::string_view kTwoShapes = "100,000 lanes of two shapes in turn, whole frame, to one shape";
inline constexpr std::string_view kStillFrame = "100,000 lanes that do not move, to the same computed anew";
inline constexpr std::string_view kDetection = "evaluation with detection to without, 16,384 lanes";
inline constexpr std::string_view kTraceOff = "trace off, 300 signals, to a session without one";
inline constexpr std::string_view kTraceOn = "trace on, 300 signals, to a session without one";
inline constexpr std::string_view kCompile1k = "compiling 1,000 blocks, ms";
inline constexpr std::string_view kCompileGrowth = "compiling 10,000 blocks, to 1,000";

inline constexpr std::string_view kByPointer = "an edit that keeps 50 states of 1,000,000 lanes, to 100,000";
inline constexpr std::string_view kRehearsal = "a tick with a rehearsal, or a program's first, to a frame; same lanes";
inline constexpr std::string_view kRemapping = "an edit that remaps 50 states, to the same copy alone";

std::string nanoseconds(double ns);
std::string ratio(double value);
std::string count(std::size_t number);  ///< 1,000,000

}  // namespace oscilla::bench
