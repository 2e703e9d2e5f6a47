#include "output/pick.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

#include "oscilla/program.hpp"
#include "oscilla/session.hpp"
#include "scene.hpp"

namespace oscilla {
namespace {

using output::Hit;
using output::hits_at;
using output::hits_near;
using test::pixel;

struct Named {
  std::uint32_t pass, lane;
  bool operator==(const Named&) const = default;
};

/// A frame with the same figures in the same places, each in a colour that is its number, over black.
class Numbered {
 public:
  explicit Numbered(const RenderFrame& of) : frame(of), passes_(of.passes.begin(), of.passes.end()) {
    frame.background = {0, 0, 0, 1};
    frame.background_fill = {};
    layers_.assign(of.layers.begin(), of.layers.end());
    for (Layer& layer : layers_) {
      layer.blend = Blend::Normal;
      if (layer.opacity > 0) layer.opacity = 1;
    }
    frame.layers = layers_;
    cores_.resize(passes_.size());
    strokes_.resize(passes_.size());
    for (std::uint32_t p = 0; p < passes_.size(); ++p) number(p);
    frame.passes = passes_;
  }

  /// Nothing where the background is.
  std::optional<Named> at(const test::Pixel& pixel) const {
    const auto number = static_cast<std::uint32_t>(pixel[0] << 16 | pixel[1] << 8 | pixel[2]);
    return number == 0 ? std::nullopt : std::optional(names_.at(number - 1));
  }

  RenderFrame frame;

 private:
  void number(std::uint32_t p) {
    Pass& pass = passes_[p];
    pass.blend = Blend::Normal;
    if (pass.weight > 0) pass.weight = 1;
    if (pass.style.fill.paint != Paint::None &&
        (pass.style.fill.paint == Paint::Solid || !pass.style.fill.stops.empty()))
      pass.style.fill = {};
    cores_[p].assign(pass.instances.core.begin(), pass.instances.core.end());
    strokes_[p].assign(pass.instances.stroke.begin(), pass.instances.stroke.end());
    for (std::uint32_t lane = 0; lane < cores_[p].size(); ++lane) {
      names_.push_back({p, lane});
      const auto name = static_cast<std::uint32_t>(names_.size());
      const float r = static_cast<float>(name >> 16) / 255, g = static_cast<float>(name >> 8 & 255) / 255,
                  b = static_cast<float>(name & 255) / 255;
      InstanceCore& core = cores_[p][lane];
      core = {core.x, core.y, core.depth, core.size, r, g, b, core.a > 0 ? 1.0f : 0.0f};
      if (strokes_[p].empty()) continue;
      float* line = strokes_[p].data() + kStrokeFloats * lane;
      const float own[] = {line[0], r, g, b, line[4] > 0 ? 1.0f : 0.0f};
      std::copy_n(own, kStrokeFloats, line);
    }
    pass.instances.core = cores_[p];
    pass.instances.stroke = strokes_[p];
  }

  std::vector<Pass> passes_;
  std::vector<Layer> layers_;
  std::vector<std::vector<InstanceCore>> cores_;
  std::vector<std::vector<float>> strokes_;
  std::vector<Named> names_;
};

/// All pixels around it have its colour: no edge is near.
bool is_flat(const output::Raster& picture, std::uint32_t x, std::uint32_t y) {
  for (std::uint32_t dy = 0; dy < 3; ++dy)
    for (std::uint32_t dx = 0; dx < 3; ++dx)
      if (pixel(picture, x + dx - 1, y + dy - 1) != pixel(picture, x, y)) return false;
  return true;
}

class Gallery : public testing::TestWithParam<std::filesystem::path> {};

/// Compares up to so many places of the picture; returns how many there were. Places near an edge are left out.
int compare(const RenderFrame& frame, std::uint32_t width, std::uint32_t height) {
  constexpr int kPoints = 16;
  const Numbered numbered(frame);
  output::RasterOptions options;
  options.width = width;
  options.height = height;
  const output::Raster picture = test::draw(numbered.frame, options);
  std::mt19937 random(7);
  int compared = 0;
  for (int tries = 0; tries < 4000 && compared < kPoints; ++tries) {
    const std::uint32_t x = 1 + random() % (width - 2);
    const std::uint32_t y = 1 + random() % (height - 2);
    if (!is_flat(picture, x, y)) continue;
    const auto seen = numbered.at(pixel(picture, x, y));
    if (!seen && tries % 8 != 0) continue;
    const std::vector<Hit> hits = hits_at(frame, {width, height, x + 0.5, y + 0.5});
    ++compared;
    EXPECT_EQ(hits.empty(), !seen) << x << ", " << y;
    if (!hits.empty() && seen) {
      EXPECT_EQ((Named{hits.front().pass, hits.front().lane}), *seen) << x << ", " << y;
    }
  }
  return compared;
}

/// Whatever is clicked is what cairo painted there last.
TEST_P(Gallery, HitsAreWhatIsSeen) {
  auto compiled = compile_patch(Patch::parse(test::contents(GetParam())));
  if (!compiled.program) GTEST_SKIP() << "needs files of its own";
  Session session(*compiled.program);
  for (int tick = 0; tick < 20; ++tick) session.tick(100.0 * tick);
  const RenderFrame& frame = session.tick(2000);
  if (compare(frame, 320, 200) == 0) {
    EXPECT_GT(compare(frame, 1600, 1000), 0);  // its figures are small
  }
}

std::vector<std::filesystem::path> patch_files() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"/patches", "/tests/scenes"})
    for (const auto& entry : std::filesystem::directory_iterator(std::string(OSCILLA_SOURCE_DIR) + folder))
      if (entry.path().extension() == ".oscilla") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

INSTANTIATE_TEST_SUITE_P(Pick, Gallery, testing::ValuesIn(patch_files()), [](const auto& info) {
  std::string name = info.param.parent_path().filename().string() + "_" + info.param.stem().string();
  std::ranges::replace_if(name, [](char c) { return !std::isalnum(static_cast<unsigned char>(c)); }, '_');
  return name;
});

TEST(Pick, FindsTheTopmostFirstAndTellsTheLine) {
  test::Scene scene(100, 100);
  const std::uint32_t box = scene.shape(ShapeKind::Rectangle, {0.4f, 0.4f, 0, 0});
  scene.link();
  const std::vector<InstanceCore> core = {{0.4f, 0.5f, 0.9f, 1, 0, 1, 0, 1}, {0.6f, 0.5f, 0.1f, 1, 0, 1, 0, 0}};
  const std::vector<float> lines = {0, 0, 0, 0, 0, 0.04f, 1, 1, 1, 1};
  const Batch batch{0, 2, box};
  Pass pass = {"draw", 0, Blend::Normal, {2, 2, core, {}, {}, {}, {}, lines}, {&batch, 1}};
  scene.frame.passes = {&pass, 1};
  const auto at = [&](double x, double y) { return hits_at(scene.frame, {100, 100, x, y}); };
  ASSERT_EQ(at(41, 50).size(), 2u);
  EXPECT_EQ(at(41, 50)[0].lane, 1u);  // its line
  EXPECT_TRUE(at(41, 50)[0].line);
  EXPECT_EQ(at(41, 50)[1].lane, 0u);
  EXPECT_FALSE(at(41, 50)[1].line);
  EXPECT_EQ(at(50, 50).size(), 1u);  // nothing fills the other
  EXPECT_TRUE(at(90, 90).empty());
  EXPECT_TRUE(at(1e300, -1e300).empty());
  EXPECT_TRUE(hits_at(scene.frame, {0, 0, 0, 0}).empty());

  pass.weight = 0;
  EXPECT_TRUE(at(50, 50).empty());
}

TEST(Pick, FindsSmallThingsNearby) {
  test::Scene scene(100, 100);
  scene.add(scene.shape(ShapeKind::Ellipse, {0.002f, 0.002f, 0, 0}), {0.5f, 0.5f, 0, 1, 1, 1, 1, 1});
  const RenderFrame& frame = scene.link();
  EXPECT_TRUE(hits_at(frame, {100, 100, 53, 50}).empty());
  EXPECT_EQ(hits_near(frame, {100, 100, 53, 50}, 4).size(), 1u);
  EXPECT_TRUE(hits_near(frame, {100, 100, 58, 50}, 4).empty());
}

/// Layers: without opacity nothing of it is there, with a clip what lies inside.
TEST(Pick, KnowsLayers) {
  test::Scene scene(100, 100);
  const std::uint32_t box = scene.shape(ShapeKind::Rectangle, {1, 1, 0, 0});
  const std::uint32_t clip = scene.shape(ShapeKind::Ellipse, {0.2f, 0.2f, 0, 0});
  scene.add(box, {0.5f, 0.5f, 0, 1, 1, 1, 1, 1});
  scene.link();
  Layer layer{0, Blend::Normal, 1, clip, {0.5f, 0.5f, 1, 0}};
  scene.frame.layers = {&layer, 1};
  EXPECT_EQ(hits_at(scene.frame, {100, 100, 50, 50}).size(), 1u);
  EXPECT_TRUE(hits_at(scene.frame, {100, 100, 80, 50}).empty());
  layer.opacity = 0;
  EXPECT_TRUE(hits_at(scene.frame, {100, 100, 50, 50}).empty());
}

}  // namespace
}  // namespace oscilla
