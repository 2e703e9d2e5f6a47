#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>

#include "output/frame_writer.hpp"
#include "output/raster_pool.hpp"
#include "scene.hpp"

namespace oscilla {
namespace {

using output::FrameWriter;
using output::OutputOptions;
using output::RasterPool;
using test::Scene;
using test::TemporaryDirectory;

bool has_program(const char* name) {
  return std::system((std::string(name) + " -version > /dev/null 2>&1").c_str()) == 0;
}

std::string answer_of(const std::string& command) {
  std::string text;
  std::FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, size);
  ::pclose(pipe);
  return text;
}

output::Outcome render_file(const OutputOptions& options, unsigned threads = 2) {
  auto writer = FrameWriter::open(options);
  if (!writer) return std::unexpected(writer.error());
  RasterPool pool(*writer, threads);
  Scene scene(options.width, options.height);
  scene.frame.background = {0.1f, 0.3f, 0.6f, 1};
  scene.add(scene.shape(ShapeKind::Ellipse, {0.3f, 0.3f, 0, 0}), {0.5f, 0.5f, 0, 1, 1, 0.5f, 0, 1});
  scene.link();
  for (std::int64_t i = 0; i < options.frames; ++i) {
    scene.lanes[0].core.x = 0.3f + 0.01f * static_cast<float>(i);
    if (auto outcome = pool.submit(i, scene.frame); !outcome) return outcome;
  }
  return pool.finish();
}

OutputOptions video(std::string path) {
  OutputOptions options;
  options.path = std::move(path);
  options.width = 160;
  options.height = 90;
  options.frames = 37;
  options.rate = {30000, 1001};
  return options;
}

std::string probe(const std::string& path) {
  return answer_of(
      "ffprobe -v error -count_frames -select_streams v -show_entries "
      "stream=codec_name,width,height,r_frame_rate,nb_read_frames -of csv=p=0 '" +
      path + "'");
}

TEST(Video, FrameCountAndRateAreExact) {
  if (!has_program("ffmpeg") || !has_program("ffprobe")) GTEST_SKIP() << "ffmpeg or ffprobe is not installed";
  const TemporaryDirectory directory;
  for (const auto& [name, codec] : {std::pair("a.mp4", "h264"), std::pair("a.webm", "vp9")}) {
    const auto outcome = render_file(video(directory / name));
    ASSERT_TRUE(outcome.has_value()) << outcome.error();
    EXPECT_EQ(probe(directory / name), std::string(codec) + ",160,90,30000/1001,37\n");
  }
  OutputOptions gif = video(directory / "a.gif");
  gif.rate = {25, 1};
  const auto outcome = render_file(gif);
  ASSERT_TRUE(outcome.has_value()) << outcome.error();
  EXPECT_EQ(probe(directory / "a.gif"), "gif,160,90,25/1,37\n");
  EXPECT_EQ(directory.names(), (std::vector<std::string>{"a.gif", "a.mp4", "a.webm"}));
}

TEST(Video, ColoursComeBack) {
  if (!has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TemporaryDirectory directory;
  for (const char* name : {"a.mp4", "a.webm", "a.gif"}) {
    ASSERT_TRUE(render_file(video(directory / name)).has_value());
    const std::string pixels =
        answer_of("ffmpeg -v error -i '" + (directory / name) +
                  "' -frames:v 1 -vf scale=in_color_matrix=auto:out_range=pc -f rawvideo -pix_fmt rgb24 -");
    ASSERT_EQ(pixels.size(), 160u * 90 * 3) << name;
    const auto at = [&](std::size_t x, std::size_t y, std::size_t c) {
      return static_cast<int>(static_cast<unsigned char>(pixels[3 * (160 * y + x) + c]));
    };
    const int background[3] = {26, 77, 153};
    const int disc[3] = {255, 128, 0};
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_NEAR(at(150, 80, c), background[c], 4) << name;
      EXPECT_NEAR(at(62, 45, c), disc[c], 4) << name;
    }
  }
}

TEST(Video, WebmKeepsTransparency) {
  if (!has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TemporaryDirectory directory;
  OutputOptions options = video(directory / "a.webm");
  options.transparent = true;
  const auto outcome = render_file(options);
  ASSERT_TRUE(outcome.has_value()) << outcome.error();
  const std::string pixels = answer_of("ffmpeg -v error -c:v libvpx-vp9 -i '" + (directory / "a.webm") +
                                       "' -frames:v 1 -f rawvideo -pix_fmt rgba -");
  ASSERT_EQ(pixels.size(), 160u * 90 * 4);
  EXPECT_LT(static_cast<unsigned char>(pixels[4 * (160 * 80 + 150) + 3]), 8);
  EXPECT_GT(static_cast<unsigned char>(pixels[4 * (160 * 45 + 62) + 3]), 247);
}

TEST(Video, SameFramesSameFile) {
  if (!has_program("ffmpeg")) GTEST_SKIP() << "ffmpeg is not installed";
  const TemporaryDirectory directory;
  for (const char* ending : {"mp4", "webm", "gif"}) {
    const std::string one = directory / (std::string("one.") + ending);
    const std::string two = directory / (std::string("two.") + ending);
    ASSERT_TRUE(render_file(video(one), 1).has_value());
    ASSERT_TRUE(render_file(video(two), 3).has_value());
    EXPECT_TRUE(test::contents(one) == test::contents(two)) << ending;
  }
}

TEST(Video, Mp4SaysWhatItCannotDo) {
  OutputOptions odd = video("a.mp4");
  odd.width = 161;
  EXPECT_EQ(render_file(odd).error(),
            "cannot write a.mp4: mp4 needs an even width and height, 161x90 is not; try 162x90");
  OutputOptions clear = video("a.mp4");
  clear.transparent = true;
  EXPECT_EQ(render_file(clear).error(),
            "mp4 has no transparency, which --transparent asks for; webm, gif and png sequences have");
  OutputOptions still = video("a.mp4");
  still.rate = {0, 1};
  EXPECT_EQ(render_file(still).error(), "cannot write a.mp4: 0/1 is not a frame rate");
}

TEST(Video, WithoutFfmpegThereIsASentence) {
  const TemporaryDirectory directory;
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", (directory / "").c_str(), 1);
  const auto outcome = render_file(video(directory / "a.mp4"));
  ::setenv("PATH", path.c_str(), 1);
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error(),
            "cannot write " + (directory / "a.mp4") +
                ": the program ffmpeg, which makes mp4, webm and gif, is not installed; a png sequence needs none");
  EXPECT_TRUE(directory.names().empty());
}

TEST(Video, AFailingFfmpegIsQuoted) {
  const TemporaryDirectory directory;
  std::ofstream(directory / "ffmpeg") << "#!/bin/sh\necho 'No space left on device' >&2\nexit 1\n";
  std::filesystem::permissions(directory / "ffmpeg", std::filesystem::perms::owner_all);
  const std::string path = std::getenv("PATH");
  ::setenv("PATH", ((directory / "") + ":" + path).c_str(), 1);
  const auto outcome = render_file(video(directory / "a.mp4"));
  ::setenv("PATH", path.c_str(), 1);
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error(), "cannot write " + (directory / "a.mp4") + ": ffmpeg failed: No space left on device");
  EXPECT_EQ(directory.names(), std::vector<std::string>{"ffmpeg"});
}

}  // namespace
}  // namespace oscilla
