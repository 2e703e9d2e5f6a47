// What the inspector shows, as it goes from the thread that runs the session to the one that draws: plain data, copied
// some twenty times a second, into memory that is used again.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "oscilla/health.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli::play {

/// A row of the trace: one value that the program has.
struct InspectedRow {
  TraceKind kind{};
  std::string name;      ///< "pos.x", "pos.x[17]"
  std::string block;     ///< "pos"
  std::string port;      ///< "pos.radius"
  std::string instance;  ///< of a field: whose lanes
  std::string value;     ///< as `why` names what it belongs to: "pos"
  std::string type;      ///< "vec2 field of dots"; of what is no named value what kind of row it is
  std::string unit;      ///< "ms"; empty: a plain number
  std::optional<std::uint32_t> lane;
  bool inner = false;  ///< a step inside a block, an unnamed part of an expression, a cache
  std::uint32_t first = 0, count = 1;

  /// Of a field without a lane: lanes, the first one, the smallest, the largest and the mean.
  bool is_summary() const { return count == 5 && !lane && (kind == TraceKind::Field || kind == TraceKind::State); }
};

/// What values there are; another one when another program runs or something else is traced.
struct InspectedTable {
  std::vector<InspectedRow> rows;  ///< in the order of the patch
  std::vector<std::string> steps;  ///< of the schedule
  std::vector<ValueInfo> values;   ///< that have names
  std::vector<ChannelInfo> inputs;
};

/// A tick that was made.
struct InspectedTick {
  std::int64_t number = 0;  ///< as Session::restore() counts
  double t_ms = 0;          ///< model time
  float tick_us = 0;        ///< Session::tick
  float output_us = 0;      ///< what was done with the frame
  std::uint32_t dropped = 0;
  bool edited = false;  ///< another program took over
};

struct InspectedError {
  std::string text;   ///< the sentence
  std::string place;  ///< "spiral.oscilla:12:8"
  std::uint64_t count = 0;
};

struct InspectorView {
  static constexpr std::size_t kTicks = 256;

  std::shared_ptr<const InspectedTable> table;  ///< null: nothing is traced
  std::vector<double> numbers;                  ///< of the newest tick, by InspectedRow::first
  std::vector<double> low, high;                ///< of the ticks since the view before
  std::vector<double> step_us;                  ///< by step: the mean of these ticks
  std::int64_t frame_tick = 0;                  ///< RenderFrame::tick
  Transport transport;
  std::array<InspectedTick, kTicks> ticks{};  ///< the newest, a ring
  std::uint64_t ticks_made = 0;               ///< the newest is at (ticks_made - 1) % kTicks
  std::optional<std::pair<std::int64_t, std::int64_t>> restorable;
  std::optional<Health> health;
  std::vector<MemoryPart> memory;
  std::vector<InspectedError> errors;
  std::string trouble;          ///< why a wish was not granted; empty: it was
  double inspection_us = 0;     ///< what all this has cost a tick, on average
  double snapshot_us = 0;       ///< what the last snapshot for a question has cost
  std::uint64_t questions = 0;  ///< that were handed on to be answered
};

}  // namespace oscilla::cli::play
