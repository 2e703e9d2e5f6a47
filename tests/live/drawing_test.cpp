// SVG files as figures: what a patch sees of a file, what a recording keeps of it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "assets/svg.hpp"
#include "base/hash.hpp"
#include "live/recording_assets.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/program.hpp"
#include "oscilla/recording.hpp"
#include "oscilla/replay.hpp"
#include "oscilla/session.hpp"

namespace oscilla {
namespace {

constexpr const char* kSquares =
    "<svg viewBox='0 0 8 4'><rect id='left' width='2' height='2'/><g transform='matrix(-1 0 0 1 8 0)'>"
    "<path id='right' d='M0 0h2v2h-2z'/></g></svg>";

ReadAsset reader(const std::string& text) {
  return [text](std::string_view path, std::string_view) -> AssetFile {
    auto drawing = assets::read_svg(text, path);
    if (!drawing) return {std::string(path), nullptr, drawing.error(), nullptr};
    return {std::string(path), nullptr, {}, std::make_shared<const Drawing>(std::move(*drawing))};
  };
}

Patch drawing_patch(const std::string& figure, const std::string& file = kSquares) {
  return Patch::parse(
      "oscilla 1\ntime = TimeRoot()\nf = " + figure + "\ndraw = RenderInstances2D((0.5, 0.5), shape: f)\n", "a.oscilla",
      {}, reader(file));
}

/// The points of the only figure in frame 0, and the rule that fills it.
std::pair<std::vector<float>, FillRule> drawn(const std::string& figure, const std::string& file = kSquares) {
  const CompileResult result = compile_patch(drawing_patch(figure, file));
  EXPECT_TRUE(result.program.has_value());
  Session session(*result.program);
  const RenderFrame& frame = session.tick(0);
  const auto points = frame.points.subspan(frame.shapes[0].first_point);
  return {{points.begin(), points.end()}, frame.passes[0].style.rule};
}

using Points = std::vector<float>;

TEST(Drawing, FitsByItsBoxOrByItsPage) {
  EXPECT_EQ(drawn("SvgFile(\"a.svg\", part: \"left\", size: 1)").first,
            (Points{-0.5f, 0.5f, 0.5f, 0.5f, 0.5f, -0.5f, -0.5f, -0.5f}));
  EXPECT_EQ(drawn("SvgFile(\"a.svg\", part: \"left\", size: 8, fit: page)").first,
            (Points{-4, 2, -2, 2, -2, 0, -4, 0}));
}

TEST(Drawing, MirroredPartsRunTheSameWayRound) {
  EXPECT_EQ(drawn("SvgFile(\"a.svg\", part: \"right\", size: 8, fit: page)").first, (Points{4, 0, 2, 0, 2, 2, 4, 2}))
      << "from the last point of the mirrored square back to its first";
}

TEST(Drawing, EvenOddIsTheFigures) {
  const std::string rule = "<svg fill-rule='evenodd'><circle r='2'/><circle r='1'/></svg>";
  EXPECT_EQ(drawn("SvgFile(\"a.svg\")", rule).second, FillRule::EvenOdd);
  EXPECT_EQ(drawn("SvgFile(\"a.svg\")").second, FillRule::NonZero);
}

TEST(Drawing, ARecordingKeepsIt) {
  const CompileResult result = compile_patch(drawing_patch("SvgFile(\"a.svg\", size: 0.3 + 0.1 * sin(time.phaseA))"));
  ASSERT_TRUE(result.program.has_value());
  std::string text;
  {
    Recorder recorder([&](std::string_view lines) { return text += lines, std::string(); }, RecorderOptions{1});
    Session session(*result.program);
    session.record(recorder);
    for (int frame = 0; frame < 3; ++frame) (void)session.tick(frame * 16.0);
    session.end_recording();
    recorder.finish();
  }
  const auto recording = Recording::read(text);
  ASSERT_TRUE(recording.has_value()) << recording.error().message;
  auto replay = Replay::begin(*recording);
  ASSERT_TRUE(replay.has_value()) << replay.error().message;
  while (replay->next() != nullptr) {
  }
  EXPECT_EQ(replay->compared(), 3u);
  EXPECT_FALSE(replay->divergence().has_value());

  const std::size_t at = text.find("M0 0H2");
  ASSERT_NE(at, std::string::npos);
  text.replace(at, 6, "M1 0H2");
  const auto changed = Recording::read(text);
  ASSERT_FALSE(changed.has_value());
  EXPECT_EQ(changed.error().message, "the drawing a.svg is not the one that was recorded");
}

/// The drawings of the gallery as the WebAssembly core gets them (tests/determinism/bundle). OSCILLA_UPDATE=1 writes
/// them.
TEST(Drawing, CommittedDrawingsAreThoseOfTheFiles) {
  const std::string root = OSCILLA_SOURCE_DIR;
  const auto read = [](const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  for (const std::string name : {"koi"}) {
    const auto drawing = assets::read_svg(read(root + "/patches/drawings/" + name + ".svg"), name);
    ASSERT_TRUE(drawing.has_value()) << drawing.error().message;
    const live::Json json{{"xxh3", oscilla::to_hex(Hash128{drawing->content[0], drawing->content[1]})},
                          {"drawing", live::drawing_json(*drawing)}};
    const std::string path = root + "/tests/determinism/drawings/" + name + ".json";
    if (std::getenv("OSCILLA_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << json.dump(1) << "\n";
    EXPECT_EQ(read(path), json.dump(1) + "\n");
    EXPECT_EQ(read(root + "/examples/drawings/" + name + ".svg"), read(root + "/patches/drawings/" + name + ".svg"));
  }
}

}  // namespace
}  // namespace oscilla
