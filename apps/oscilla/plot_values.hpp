// What `oscilla plot` draws: values of the patch and of its frames, recorded frame by frame into panels of a chart.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/frame.hpp"
#include "oscilla/read_option.hpp"
#include "oscilla/session.hpp"
#include "output/chart.hpp"

namespace oscilla::cli {

/// A value as the command line names it: "knob.out", "pos[3].x", "pos[0:4]", "frame.draw[3].size".
struct PlotValue {
  std::string text;
  std::string name;  ///< without lanes: "pos.x"; of a frame the sink, "draw"
  std::optional<LaneRange> lanes;
  std::optional<std::size_t> frame_part;  ///< of a frame: which number of a lane; index into frame_parts()
};

std::expected<PlotValue, std::string> read_plot_value(const std::string& text);
std::vector<std::string_view> frame_parts();

/// Takes what each value is, frame by frame.
class PlotRecorder {
 public:
  explicit PlotRecorder(std::vector<PlotValue> values);

  /// What a program must keep readable.
  std::vector<std::string> probes() const;
  /// The sentence says which value has no such lane or sink.
  std::expected<void, std::string> record(const Session& session, const RenderFrame& frame);
  /// `seconds`: when each frame was.
  std::vector<output::ChartPanel> panels(const std::vector<double>& seconds) const;

 private:
  struct Happened {
    std::size_t frame = 0;  ///< of those that were recorded
    std::string key;
  };
  /// One number a lane, over time; or what happened.
  struct Track {
    std::string name;
    std::string unit;
    std::size_t value = 0;  ///< of values_
    std::uint32_t first_lane = 0;
    bool heat = false;
    bool event = false;
    std::vector<Happened> happened{};
    std::uint32_t lanes_a_row = 1;
    std::vector<std::vector<double>> frames;
  };

  std::vector<Track> tracks_of(std::size_t value, const ProbeValue* probe) const;
  void add(Track& track, std::vector<double> lanes);

  std::vector<PlotValue> values_;
  std::vector<Track> tracks_;
  std::size_t frames_ = 0;
};

}  // namespace oscilla::cli
