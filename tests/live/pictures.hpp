// Frames as numbers that can be compared: by sink the lanes, by part of the picture what is no lane's.
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <numbers>
#include <string>
#include <vector>

#include "patches.hpp"

namespace oscilla::test {

/// Of a lane: x, y, depth, size, r, g, b, a, rotation, scale x, scale y; the line: width, r, g, b, a.
using Row = std::vector<double>;
/// By sink its lanes; "background", "layer 2", and by sink "draw/style" and "draw/shapes" one row each.
using Picture = std::map<std::string, std::vector<Row>, std::less<>>;

inline bool is_angle(const std::string& name, std::size_t number) {
  return name.find('/') == std::string::npos && name.find(' ') == std::string::npos && number == 8;
}

inline void add_fill(Row& row, const Fill& fill) {
  row.push_back(static_cast<double>(fill.paint));
  row.insert(row.end(), fill.place.begin(), fill.place.end());
  for (const GradientStop& stop : fill.stops) {
    row.push_back(stop.at);
    row.insert(row.end(), stop.color.begin(), stop.color.end());
  }
}

inline Row style_row(const Pass& pass) {
  Row row;
  add_fill(row, pass.style.fill);
  row.insert(row.end(), pass.style.dashes.begin(), pass.style.dashes.end());
  row.push_back(pass.style.dash_offset);
  return row;
}

inline std::size_t floats_of(const Topology& topology) {
  constexpr std::array<std::size_t, 5> kPoints{1, 1, 3, 2, 0};
  std::size_t floats = 0;
  for (const PathVerb verb : topology.verbs) floats += 2 * kPoints[static_cast<std::size_t>(verb)];
  return floats;
}

/// The figures that a pass draws, in the order of its batches.
inline Row shapes_row(const RenderFrame& frame, const Pass& pass) {
  Row row;
  std::vector<std::uint32_t> drawn;
  for (const Batch& batch : pass.batches) drawn.push_back(batch.shape);
  std::ranges::sort(drawn);
  drawn.erase(std::ranges::unique(drawn).begin(), drawn.end());
  for (const std::uint32_t number : drawn) {
    const Shape& shape = frame.shapes[number];
    row.insert(row.end(), shape.parameters.begin(), shape.parameters.end());
    if (shape.kind != ShapeKind::Path) continue;
    const auto points = frame.points.subspan(shape.first_point, floats_of(frame.topologies[shape.topology]));
    row.insert(row.end(), points.begin(), points.end());
  }
  return row;
}

/// Of many lanes the first so many, then each so many-th.
inline constexpr std::uint32_t kAllLanes = 100, kEveryLane = 61;

inline std::vector<Row> lanes_of(const Instances& lanes) {
  std::vector<Row> rows;
  for (std::uint32_t i = 0; i < lanes.count; i += i < kAllLanes ? 1 : kEveryLane) {
    const InstanceCore& c = lanes.core[i];
    const bool turned = !lanes.rotation.empty(), scaled = !lanes.scale.empty();
    rows.push_back({c.x, c.y, c.depth, c.size, c.r, c.g, c.b, c.a, turned ? lanes.rotation[i] : 0,
                    scaled ? lanes.scale[2 * i] : 1, scaled ? lanes.scale[2 * i + 1] : 1});
    if (lanes.stroke.empty()) continue;
    const auto stroke = lanes.stroke.subspan(kStrokeFloats * i, kStrokeFloats);
    rows.back().insert(rows.back().end(), stroke.begin(), stroke.end());
  }
  return rows;
}

inline Picture picture_of(const RenderFrame& frame) {
  Picture picture;
  for (const Pass& pass : frame.passes) {
    if (pass.weight < 1) continue;  // of a trail
    const std::string name(pass.name);
    if (picture.contains(name)) continue;  // what is left of lanes that are gone
    picture[name] = lanes_of(pass.instances);
    picture[name + "/style"] = {style_row(pass)};
    picture[name + "/shapes"] = {shapes_row(frame, pass)};
  }
  Row background(frame.background.begin(), frame.background.end());
  add_fill(background, frame.background_fill);
  picture["background/color"] = {background};
  for (const Layer& layer : frame.layers)
    picture["layer " + std::to_string(layer.layer)] = {
        {layer.opacity, layer.place[0], layer.place[1], layer.place[2], layer.place[3]}};
  return picture;
}

struct Difference {
  double most = 0;  ///< relative to numbers above 1
  std::string where;
};

/// The largest difference of numbers that both have.
inline Difference apart(const Picture& a, const Picture& b) {
  Difference difference;
  for (const auto& [name, rows] : b) {
    const auto found = a.find(name);
    if (found == a.end()) continue;
    for (std::size_t i = 0; i < std::min(rows.size(), found->second.size()); ++i)
      for (std::size_t n = 0; n < std::min(rows[i].size(), found->second[i].size()); ++n) {
        double d = std::abs(found->second[i][n] - rows[i][n]);
        if (is_angle(name, n)) d = std::abs(std::remainder(d, 2 * std::numbers::pi));
        d /= std::max(1.0, std::abs(rows[i][n]));
        if (d > difference.most)
          difference = {d, name + "[" + std::to_string(i) + "] number " + std::to_string(n) + ": " +
                               std::to_string(found->second[i][n]) + " and " + std::to_string(rows[i][n])};
      }
  }
  return difference;
}

}  // namespace oscilla::test
