#include "oscilla/plot_values.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

namespace oscilla::cli {
namespace {

constexpr std::uint32_t kMostLines = 8;  ///< lanes that are lines; more are a heat-map
constexpr std::uint32_t kMostRows = 200;
constexpr double kNothing = std::numeric_limits<double>::quiet_NaN();
constexpr std::string_view kFrame = "frame.";

struct FramePart {
  std::string_view name;
  std::string_view unit;
  float (*read)(const Instances& lanes, std::uint32_t lane);
};
constexpr FramePart kFrameParts[] = {
    {"x", "position", [](const Instances& lanes, std::uint32_t i) { return lanes.core[i].x; }},
    {"y", "position", [](const Instances& lanes, std::uint32_t i) { return lanes.core[i].y; }},
    {"depth", "depth", [](const Instances& lanes, std::uint32_t i) { return lanes.core[i].depth; }},
    {"size", "size", [](const Instances& lanes, std::uint32_t i) { return lanes.core[i].size; }},
    {"red", "colour (0 to 1)", [](const Instances& lanes, std::uint32_t i) { return lanes.core[i].r; }},
    {"green", "colour (0 to 1)", [](const Instances& lanes, std::uint32_t i) { return lanes.core[i].g; }},
    {"blue", "colour (0 to 1)", [](const Instances& lanes, std::uint32_t i) { return lanes.core[i].b; }},
    {"opacity", "opacity", [](const Instances& lanes, std::uint32_t i) { return lanes.core[i].a; }},
    {"rotation", "rotation (rad)",
     [](const Instances& lanes, std::uint32_t i) { return lanes.rotation.empty() ? 0.0f : lanes.rotation[i]; }},
};

/// What stands at the axis for a type.
std::string unit_of(std::string_view type) {
  if (type.ends_with(" field")) type.remove_suffix(6);
  if (type == "phase") return "phase (turns)";
  if (type == "rad") return "angle (rad)";
  if (type == "deg") return "angle (deg)";
  if (type == "time") return "time (ms)";
  if (type == "color") return "colour (0 to 1)";
  if (type == "norm") return "value (0 to 1)";
  if (type == "bool") return "bool";
  if (type == "vec2" || type == "vec3") return "position";
  return "value";
}

std::string component_name(const ProbeValue& value, std::uint32_t component) {
  if (value.stride == 1) return "";
  return std::string(".") + (value.type.starts_with("color") ? "rgba" : "xyzw")[component];
}

/// "pos[0:4].x" as "pos[2].x".
std::string with_lane(const std::string& text, std::uint32_t lane) {
  const std::size_t open = text.find('['), close = text.find(']');
  return fmt::format("{}[{}]{}", text.substr(0, open), lane, text.substr(close + 1));
}

const Pass* find_pass(const RenderFrame& frame, std::string_view sink) {
  for (const Pass& pass : frame.passes)
    if (pass.name == sink) return &pass;
  return nullptr;
}

std::string sinks_of(const RenderFrame& frame) {
  std::vector<std::string_view> names;
  for (const Pass& pass : frame.passes) names.push_back(pass.name);
  return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::vector<std::string_view> frame_parts() {
  std::vector<std::string_view> names;
  for (const FramePart& part : kFrameParts) names.push_back(part.name);
  return names;
}

std::expected<PlotValue, std::string> read_plot_value(const std::string& text) {
  PlotValue value{text, text, {}, {}};
  const std::size_t open = text.find('[');
  const std::size_t close = text.find(']');
  if (open != std::string::npos) {
    const auto lanes = close != std::string::npos && close > open ? read_lanes(text.substr(open + 1, close - open - 1))
                                                                  : std::unexpected<std::string>("");
    if (!lanes || open == 0)
      return std::unexpected(fmt::format("\"{}\": lanes are written as in pos[3].x or pos[0:4]", text));
    value.lanes = *lanes;
    value.name = text.substr(0, open) + text.substr(close + 1);
  }
  if (!value.name.starts_with(kFrame)) return value;
  const std::string rest = value.name.substr(kFrame.size());
  const std::size_t dot = rest.rfind('.');
  for (std::size_t i = 0; i < std::size(kFrameParts) && dot != std::string::npos; ++i)
    if (rest.substr(dot + 1) == kFrameParts[i].name) value.frame_part = i;
  if (!value.frame_part)
    return std::unexpected(fmt::format("\"{}\": of a frame there are a sink's {}, as in frame.draw[3].x", text,
                                       fmt::join(frame_parts(), ", ")));
  value.name = rest.substr(0, dot);
  return value;
}

PlotRecorder::PlotRecorder(std::vector<PlotValue> values) : values_(std::move(values)) {}

std::vector<std::string> PlotRecorder::probes() const {
  std::vector<std::string> names;
  for (const PlotValue& value : values_)
    if (!value.frame_part) names.push_back(value.name);
  return names;
}

std::vector<PlotRecorder::Track> PlotRecorder::tracks_of(std::size_t index, const ProbeValue* probe) const {
  const PlotValue& value = values_[index];
  const bool field = probe == nullptr || probe->field;
  const bool lines = !field || (value.lanes && value.lanes->end - value.lanes->begin <= kMostLines);
  const bool event = probe != nullptr && probe->event && !field;
  const std::uint32_t components = probe == nullptr || event ? 1 : probe->stride;
  std::vector<Track> tracks;
  const std::uint32_t lanes = lines && field ? value.lanes->end - value.lanes->begin : 1;
  for (std::uint32_t lane = 0; lane < lanes; ++lane) {
    for (std::uint32_t component = 0; component < components; ++component) {
      Track track;
      track.name = lanes > 1 ? with_lane(value.text, value.lanes->begin + lane) : value.text;
      if (probe != nullptr && !event) track.name += component_name(*probe, component);
      track.unit = probe != nullptr ? unit_of(probe->type) : std::string(kFrameParts[*value.frame_part].unit);
      track.value = index;
      track.first_lane = (value.lanes ? value.lanes->begin : 0) + lane;
      track.heat = !lines;
      track.event = event;
      tracks.push_back(std::move(track));
    }
  }
  return tracks;
}

void PlotRecorder::add(Track& track, std::vector<double> lanes) {
  if (track.heat) {
    const auto halve = [](std::vector<double>& rows) {
      for (std::size_t i = 0; i < rows.size(); i += 2)
        rows[i / 2] = i + 1 < rows.size() ? (rows[i] + rows[i + 1]) / 2 : rows[i];
      rows.resize((rows.size() + 1) / 2);
    };
    for (std::uint32_t k = 1; k < track.lanes_a_row; k *= 2) halve(lanes);
    for (; lanes.size() > kMostRows; track.lanes_a_row *= 2) {
      halve(lanes);
      for (std::vector<double>& frame : track.frames) halve(frame);
    }
  }
  track.frames.push_back(std::move(lanes));
}

std::expected<void, std::string> PlotRecorder::record(const Session& session, const RenderFrame& frame) {
  const std::vector<ProbeValue> probes = session.probe();
  const bool first = tracks_.empty();
  std::size_t track = 0;
  for (std::size_t index = 0; index < values_.size(); ++index) {
    const PlotValue& value = values_[index];
    const auto found = std::ranges::find(probes, value.name, &ProbeValue::name);
    const ProbeValue* probed = value.frame_part || found == probes.end() ? nullptr : &*found;
    if (first && !value.frame_part && probed == nullptr)
      return std::unexpected(fmt::format("no value is called {} there", value.name));
    const Pass* pass = value.frame_part ? find_pass(frame, value.name) : nullptr;
    if (first && value.frame_part && pass == nullptr)
      return std::unexpected(fmt::format("no sink is called {}; the sinks are {}", value.name, sinks_of(frame)));
    const std::uint32_t room = probed != nullptr ? probed->room : pass != nullptr ? pass->instances.count : 0;
    const std::uint32_t lanes = probed != nullptr ? probed->lanes : pass != nullptr ? pass->instances.count : 0;
    const bool field = probed == nullptr || probed->field;
    if (first && !field && value.lanes)
      return std::unexpected(fmt::format("{} is one value and has no lanes", value.name));
    if (first && field && value.lanes && room > 0 && value.lanes->begin >= room)
      return std::unexpected(
          fmt::format("{} has no lane {}; its lanes are 0 to {}", value.name, value.lanes->begin, room - 1));
    if (first) {
      for (Track& made : tracks_of(index, probed)) tracks_.push_back(std::move(made));
    }
    if (track < tracks_.size() && tracks_[track].event) {
      if (probed != nullptr)
        for (const ProbedEvent& happened : probed->events) tracks_[track].happened.push_back({frames_, happened.key});
      ++track;
      continue;
    }
    for (std::size_t of_value = track; track < tracks_.size() && tracks_[track].value == index; ++track) {
      const std::uint32_t stride = probed != nullptr ? probed->stride : 1;
      const std::uint32_t component = static_cast<std::uint32_t>(track - of_value) % stride;
      const auto read = [&](std::uint32_t lane) {
        if (lane >= lanes) return kNothing;
        if (probed != nullptr) return probed->data[std::size_t{lane} * stride + component];
        return static_cast<double>(kFrameParts[*value.frame_part].read(pass->instances, lane));
      };
      std::vector<double> row;
      const std::uint32_t begin = tracks_[track].first_lane;
      const std::uint32_t end =
          !tracks_[track].heat ? begin + 1 : std::min(lanes, value.lanes ? value.lanes->end : lanes);
      for (std::uint32_t lane = begin; lane < end; ++lane) row.push_back(read(lane));
      add(tracks_[track], std::move(row));
    }
  }
  ++frames_;
  return {};
}

std::vector<output::ChartPanel> PlotRecorder::panels(const std::vector<double>& seconds) const {
  std::vector<output::ChartPanel> panels;
  output::ChartPanel events{.kind = output::PanelKind::Events};
  for (const Track& track : tracks_) {
    if (track.event) {
      output::EventPanel::Row row{track.name, {}};
      for (const Happened& happened : track.happened) row.ticks.push_back({seconds[happened.frame], happened.key});
      events.events.rows.push_back(std::move(row));
      continue;
    }
    if (track.heat) {
      output::HeatPanel heat{track.name, track.unit, track.first_lane, 1, track.lanes_a_row, {}};
      for (const std::vector<double>& frame : track.frames)
        heat.rows = std::max(heat.rows, static_cast<std::uint32_t>(frame.size()));
      for (std::vector<double> frame : track.frames) {
        frame.resize(heat.rows, kNothing);
        heat.values.insert(heat.values.end(), frame.begin(), frame.end());
      }
      panels.push_back({.kind = output::PanelKind::Heat, .heat = std::move(heat)});
      continue;
    }
    auto panel = std::ranges::find_if(panels, [&](const output::ChartPanel& p) {
      return p.kind == output::PanelKind::Lines && p.lines.unit == track.unit;
    });
    if (panel == panels.end())
      panel = panels.insert(panels.end(), {.kind = output::PanelKind::Lines, .lines = {track.unit, {}}});
    output::Series series{track.name, {}};
    for (const std::vector<double>& frame : track.frames) series.values.push_back(frame[0]);
    panel->lines.series.push_back(std::move(series));
  }
  if (!events.events.rows.empty()) panels.push_back(std::move(events));
  return panels;
}

}  // namespace oscilla::cli
