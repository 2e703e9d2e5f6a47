// Frames of a trace as text: CSV, JSON Lines, or the JSON that Perfetto's viewer and chrome://tracing open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "oscilla/diagnostic.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

enum class TraceFormat : std::uint8_t { Csv, Jsonl, Perfetto };
inline constexpr std::pair<std::string_view, TraceFormat> kTraceFormats[] = {
    {"csv", TraceFormat::Csv}, {"jsonl", TraceFormat::Jsonl}, {"perfetto", TraceFormat::Perfetto}};

class TraceWriter {
 public:
  explicit TraceWriter(TraceFormat format) : format_(format) {}

  std::string begin() const;
  /// A frame that `session` has kept; in the order of time.
  std::string frame(const Session& session, const TracedFrame& frame);
  std::string end() const;

  /// How many rows the frames had so far, all together.
  std::size_t rows() const { return rows_; }

 private:
  std::string perfetto(const Session& session, const TracedFrame& frame);

  TraceFormat format_;
  std::size_t rows_ = 0;
  double busy_until_us_ = 0;  ///< of Perfetto: where the last frame's work ends
};

}  // namespace oscilla::cli
