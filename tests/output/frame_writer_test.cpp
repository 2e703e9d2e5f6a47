#include "output/frame_writer.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "../frame/sample_frame.hpp"
#include "base/hash.hpp"
#include "frame/digest.hpp"
#include "output/raster_pool.hpp"
#include "png_read.hpp"
#include "scene.hpp"

namespace oscilla {
namespace {

using output::Format;
using output::FrameWriter;
using output::OutputOptions;
using output::RasterPool;
using test::contents;
using test::SampleFrame;
using test::TemporaryDirectory;

/// Renders `options.frames` frames in which the sample moves.
output::Outcome render(const OutputOptions& options, unsigned threads = 1) {
  auto writer = FrameWriter::open(options);
  if (!writer) return std::unexpected(writer.error());
  RasterPool pool(*writer, threads);
  SampleFrame sample(200);
  for (std::int64_t i = 0; i < options.frames; ++i) {
    sample.frame.tick = i;
    for (InstanceCore& core : sample.core) core.x += 0.01f;
    if (auto outcome = pool.submit(i, sample.frame); !outcome) return outcome;
  }
  return pool.finish();
}

OutputOptions small(std::string path, std::int64_t frames = 1) {
  OutputOptions options;
  options.path = std::move(path);
  options.width = 160;
  options.height = 90;
  options.frames = frames;
  return options;
}

std::string error_of(const OutputOptions& options) {
  const auto outcome = render(options);
  return outcome ? "" : outcome.error();
}

TEST(FormatOf, NameDecides) {
  EXPECT_EQ(output::format_of("a.png", false), Format::Png);
  EXPECT_EQ(output::format_of("A.PNG", false), Format::Png);
  EXPECT_EQ(output::format_of("a-%05d.svg", false), Format::Svg);
  EXPECT_EQ(output::format_of("a.b.webm", false), Format::Webm);
  EXPECT_EQ(output::format_of("-", false), Format::Raw);
  EXPECT_EQ(output::format_of("null", false), Format::Null);
  EXPECT_EQ(output::format_of("frames/", false), Format::Png);
  EXPECT_EQ(output::format_of("frames", true), Format::Png);
  EXPECT_EQ(output::format_of("a.jpg", false).error(),
            "unknown kind of output a.jpg: the name must end in .png, .svg, .mp4, .webm, .gif, .rgba, .digest, or be a "
            "directory/ (png sequence), - (raw RGBA on standard output) or null (nothing)");
}

TEST(FilePattern, TakesOneNumber) {
  EXPECT_EQ(output::FilePattern::parse("a-%05d.png")->name(42), "a-00042.png");
  EXPECT_EQ(output::FilePattern::parse("a%d.png")->name(1234567), "a1234567.png");
  EXPECT_EQ(output::FilePattern::parse("100%%.png")->name(7), "100%.png");
  EXPECT_FALSE(output::FilePattern::parse("a.png")->has_number());
  for (const char* wrong : {"%d%d.png", "%s.png", "%", "%5d.png", "%099999999999d", "%0"}) {
    EXPECT_FALSE(output::FilePattern::parse(wrong).has_value()) << wrong;
  }
}

TEST(FrameWriter, PngHoldsTheRaster) {
  const TemporaryDirectory directory;
  for (const bool transparent : {false, true}) {
    OutputOptions options = small(directory / "a.png");
    options.transparent = transparent;
    ASSERT_EQ(error_of(options), "");
    SampleFrame sample(200);
    for (InstanceCore& core : sample.core) core.x += 0.01f;
    const output::Raster expected =
        test::draw(sample.frame, {160, 90, {}, transparent ? output::Ground::Transparent : output::Ground::Background});
    const output::Raster read = test::read_png(directory / "a.png");
    EXPECT_EQ(read.rgba, expected.rgba);
    EXPECT_EQ(read.opaque, !transparent);
  }
  const std::string bytes = contents(directory / "a.png");
  EXPECT_NE(bytes.find("sRGB"), std::string::npos);
}

TEST(FrameWriter, SequencesAreNumbered) {
  const TemporaryDirectory directory;
  EXPECT_EQ(error_of(small(directory / "x-%03d.svg", 3)), "");
  EXPECT_EQ(directory.names(), (std::vector<std::string>{"x-000.svg", "x-001.svg", "x-002.svg"}));
  EXPECT_EQ(error_of(small(directory / "out/", 2)), "");
  EXPECT_TRUE(std::filesystem::exists(directory / "out/frame-00001.png"));
}

TEST(FrameWriter, ManyFramesNeedANumberInTheName) {
  EXPECT_EQ(error_of(small("x.png", 5)),
            "5 frames do not fit into x.png: put the frame number into the name, as in x-%05d.png");
}

TEST(FrameWriter, DigestsAreLines) {
  const TemporaryDirectory directory;
  ASSERT_EQ(error_of(small(directory / "a.digest", 2)), "");
  SampleFrame sample(200);
  std::string expected;
  for (int i = 0; i < 2; ++i) {
    sample.frame.tick = i;
    for (InstanceCore& core : sample.core) core.x += 0.01f;
    expected += std::to_string(i) + " " + to_hex(frame::digest(sample.frame)) + "\n";
  }
  EXPECT_EQ(contents(directory / "a.digest"), expected);
}

TEST(FrameWriter, RawIsAllFramesInARow) {
  const TemporaryDirectory directory;
  ASSERT_EQ(error_of(small(directory / "a.rgba", 3)), "");
  EXPECT_EQ(contents(directory / "a.rgba").size(), 3u * 160 * 90 * 4);
}

TEST(FrameWriter, UnfinishedFilesNeverAppear) {
  const TemporaryDirectory directory;
  for (const char* name : {"a.rgba", "a.digest", "a.mp4"}) {
    auto writer = FrameWriter::open(small(directory / name, 3));
    if (!writer) continue;  // no ffmpeg
    RasterPool pool(*writer, 2);
    EXPECT_TRUE(pool.submit(0, SampleFrame(10).frame).has_value());
  }
  EXPECT_TRUE(directory.names().empty());
}

TEST(FrameWriter, UnwritableTargetsAreSentences) {
  for (const char* ending : {"png", "svg", "rgba", "digest", "mp4"}) {
    const std::string path = std::string("/nonexistent/a.") + ending;
    EXPECT_EQ(error_of(small(path)), "cannot write " + path + ": No such file or directory");
  }
  EXPECT_EQ(error_of(small("/nonexistent/a/")),
            "cannot create the directory /nonexistent/a/: No such file or directory");
}

TEST(RasterPool, ThreadsNeverChangeAByte) {
  for (const char* name : {"a.rgba", "a.digest"}) {
    std::string expected;
    for (const unsigned threads : {1u, 2u, 3u, 8u}) {
      const TemporaryDirectory directory;
      ASSERT_TRUE(render(small(directory / name, 40), threads).has_value());
      if (threads == 1) expected = contents(directory / name);
      EXPECT_FALSE(expected.empty());
      EXPECT_TRUE(contents(directory / name) == expected) << name << " with " << threads << " threads";
    }
  }
}

TEST(RasterPool, KeepsTheFirstFailure) {
  for (const unsigned threads : {1u, 3u}) {
    const TemporaryDirectory directory;
    auto writer = FrameWriter::open(small(directory / "out/", 100));
    ASSERT_TRUE(writer.has_value());
    std::filesystem::remove(directory / "out");
    RasterPool pool(*writer, threads);
    const SampleFrame sample(10);
    for (int i = 0; i < 100; ++i) (void)pool.submit(i, sample.frame);
    const auto outcome = pool.finish();
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error(), "cannot write " + (directory / "out/frame-00000.png") + ": No such file or directory");
  }
}

}  // namespace
}  // namespace oscilla
