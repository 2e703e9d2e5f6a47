#include <fmt/format.h>

#include <cerrno>
#include <iterator>
#include <utility>
#include <vector>

#include "output/child_process.hpp"
#include "output/destination.hpp"
#include "output/file_io.hpp"

namespace oscilla::output {
namespace {

using Arguments = std::vector<std::string>;

void append(Arguments& to, Arguments more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// sRGB pixels as BT.709 video, and said so in the file.
void append_colour(Arguments& arguments, std::string_view pixel_format) {
  append(arguments,
         {"-vf",
          fmt::format("scale=in_range=pc:out_range=tv:out_color_matrix=bt709:"
                      "flags=accurate_rnd+full_chroma_int,format={}",
                      pixel_format),
          "-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "iec61966-2-1", "-color_range", "tv"});
}

/// The thread count is fixed: encoders divide their work by it, and it would show in the file.
Arguments ffmpeg_arguments(const VideoOptions& options, const std::string& path) {
  Arguments arguments = {"ffmpeg", "-hide_banner", "-loglevel", "repeat+error", "-nostdin", "-xerror", "-y"};
  append(arguments,
         {"-f", "rawvideo", "-pixel_format", "rgba", "-video_size", fmt::format("{}x{}", options.width, options.height),
          "-framerate", fmt::format("{}/{}", options.rate.numerator, options.rate.denominator), "-i", "pipe:0"});
  switch (options.format) {
    case Format::Webm:
      append_colour(arguments, options.alpha ? "yuva420p" : "yuv420p");
      append(arguments, {"-c:v", "libvpx-vp9", "-crf", "24", "-b:v", "0", "-deadline", "good", "-cpu-used", "4",
                         "-threads", "4", "-f", "webm"});
      if (options.alpha) append(arguments, {"-auto-alt-ref", "0"});  // the encoder has no such frames with alpha
      break;
    case Format::Gif:
      append(arguments, {"-filter_complex",
                         fmt::format("[0:v]split[a][b];[a]palettegen=reserve_transparent={}[p];[b][p]paletteuse",
                                     options.alpha ? 1 : 0),
                         "-loop", "0", "-f", "gif"});
      break;
    default:
      append_colour(arguments, "yuv420p");
      append(arguments, {"-c:v", "libx264", "-preset", "medium", "-crf", "18", "-movflags", "+faststart", "-threads",
                         "4", "-f", "mp4"});
  }
  append(arguments, {"-fps_mode", "passthrough", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1",
                     "file:" + path});
  return arguments;
}

class Video final : public Destination {
 public:
  Video(AtomicFile file, ChildProcess program) : file_(std::move(file)), program_(std::move(program)) {}

  Outcome write(std::int64_t, std::span<const std::uint8_t> bytes) override {
    const int error = program_.write(bytes);
    if (error == 0) return {};
    if (error == EPIPE) {  // it ended early and has said why
      program_.finish();
      return failure();
    }
    return std::unexpected(fmt::format("cannot write {}: {}", file_.path(), system_reason(error)));
  }

  Outcome finish() override {
    if (!program_.finish()) return failure();
    return file_.commit();
  }

 private:
  Outcome failure() const {
    constexpr std::size_t kLines = 3;
    const std::string words = program_.last_words(kLines);
    return std::unexpected(fmt::format("cannot write {}: ffmpeg failed: {}", file_.path(),
                                       words.empty() ? "it ended without a word" : words));
  }

  AtomicFile file_;  // before the program: its destructor runs when the program has ended
  ChildProcess program_;
};

Outcome check(const std::string& path, const VideoOptions& options) {
  if (options.rate.numerator <= 0 || options.rate.denominator <= 0) {
    return std::unexpected(fmt::format("cannot write {}: {}/{} is not a frame rate", path, options.rate.numerator,
                                       options.rate.denominator));
  }
  if (options.format != Format::Mp4) return {};
  if (options.width % 2 != 0 || options.height % 2 != 0) {
    return std::unexpected(fmt::format("cannot write {}: mp4 needs an even width and height, {}x{} is not; try {}x{}",
                                       path, options.width, options.height, options.width + options.width % 2,
                                       options.height + options.height % 2));
  }
  return {};
}

}  // namespace

DestinationResult open_video(const std::string& path, const VideoOptions& options) {
  if (auto outcome = check(path, options); !outcome) return std::unexpected(std::move(outcome.error()));
  auto file = AtomicFile::create(path);
  if (!file) return std::unexpected(std::move(file.error()));
  auto program = ChildProcess::start(ffmpeg_arguments(options, file->temporary_path()));
  if (program) return std::make_unique<Video>(std::move(*file), std::move(*program));
  if (program.error() == ENOENT) {
    return std::unexpected(
        fmt::format("cannot write {}: the program ffmpeg, which makes mp4, webm and gif, is not installed; a png "
                    "sequence needs none",
                    path));
  }
  return std::unexpected(fmt::format("cannot write {}: cannot start ffmpeg: {}", path, system_reason(program.error())));
}

}  // namespace oscilla::output
