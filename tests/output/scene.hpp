// Small frames for tests of the outputs, and what is needed to look at what became of them.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "frame/validate.hpp"
#include "oscilla/frame.hpp"
#include "output/rasteriser.hpp"

namespace oscilla::test {

struct Scene {
  explicit Scene(std::uint32_t width = 1280, std::uint32_t height = 720) {
    frame.width = width;
    frame.height = height;
  }
  Scene(const Scene&) = delete;

  std::uint32_t shape(ShapeKind kind, std::array<float, 4> parameters) {
    shapes.push_back({kind, parameters, 0, 0});
    return static_cast<std::uint32_t>(shapes.size() - 1);
  }

  /// A pass of one lane.
  void add(std::uint32_t shape, InstanceCore core, float rotation = 0, Blend blend = Blend::Normal) {
    lanes.push_back({core, rotation, {0, 1, shape}, blend, {}});
  }

  const RenderFrame& link() {
    passes.assign(lanes.size(), {});
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      passes[i] = {"draw",
                   0,
                   lanes[i].blend,
                   {1, 1, {&lanes[i].core, 1}, {&lanes[i].rotation, 1}, {}, {}, lanes[i].scale},
                   {&lanes[i].batch, 1}};
    }
    topologies = {Topology{verbs}};
    frame.passes = passes;
    frame.shapes = shapes;
    frame.topologies = topologies;
    frame.points = points;
    EXPECT_EQ(frame::validate(frame), std::nullopt);
    return frame;
  }

  struct Lane {
    InstanceCore core;
    float rotation;
    Batch batch;
    Blend blend;
    std::vector<float> scale;  // empty, or x and y
  };
  std::vector<Lane> lanes;
  std::vector<Pass> passes;
  std::vector<Shape> shapes;
  std::vector<PathVerb> verbs;
  std::vector<Topology> topologies;
  std::vector<float> points;
  RenderFrame frame;
};

using Pixel = std::array<int, 4>;

inline Pixel pixel(const output::Raster& raster, std::uint32_t x, std::uint32_t y) {
  const std::uint8_t* p = raster.rgba.data() + std::size_t{4} * (std::size_t{y} * raster.width + x);
  return {p[0], p[1], p[2], p[3]};
}

inline output::Raster draw(const RenderFrame& frame, output::RasterOptions options = {}) {
  output::Rasteriser rasteriser;
  output::Raster raster;
  const auto outcome = rasteriser.draw(frame, options, raster);
  EXPECT_TRUE(outcome.has_value()) << outcome.error();
  return raster;
}

class TemporaryDirectory {
 public:
  TemporaryDirectory() : path_(::testing::TempDir() + "oscilla-XXXXXX") { EXPECT_NE(::mkdtemp(path_.data()), nullptr); }
  ~TemporaryDirectory() { std::filesystem::remove_all(path_); }
  TemporaryDirectory(const TemporaryDirectory&) = delete;

  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  /// The names in it, hidden ones too, sorted.
  std::vector<std::string> names() const {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) found.push_back(entry.path().filename());
    std::sort(found.begin(), found.end());
    return found;
  }

 private:
  std::string path_;
};

inline std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace oscilla::test
