#include "oscilla/render_jobs.hpp"

#include <optional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "output/file_io.hpp"
#include "output/forked_job.hpp"

namespace oscilla::cli {
namespace {

using output::ForkedJob;

std::optional<ForkedJob> start(const FrameSet& frames, const std::function<int(const FrameSet&)>& make) {
  auto job = ForkedJob::start([&] { return make(frames); });
  if (job) return std::move(*job);
  complain("cannot start a job: " + output::system_reason(job.error()));
  return std::nullopt;
}

std::string text_of(const FrameSet& frames) {
  std::string text;
  for (const FrameRange range : frames.ranges()) {
    if (!text.empty()) text += ',';
    text +=
        range.end - range.begin == 1 ? fmt::format("{}", range.begin) : fmt::format("{}:{}", range.begin, range.end);
  }
  return text;
}

/// Why it is not what it should be; a job that has said so itself is not repeated.
void tell(const FrameSet& frames, int status) {
  constexpr int kSignals = 128;
  if (status > kSignals)
    complain(fmt::format("the job of frames {} was ended by signal {}; render them again with --frames {}",
                         text_of(frames), status - kSignals, text_of(frames)));
}

}  // namespace

ExitCode make_shares(const Jobs& jobs, const std::function<int(const FrameSet&)>& make) {
  std::vector<std::pair<FrameSet, ForkedJob>> running;
  for (std::int64_t job = 0; job < jobs.count; ++job) {
    const auto frames = jobs.frames.share(job, jobs.count);
    if (!frames) continue;
    auto started = start(*frames, make);
    if (!started) return ExitCode::InputOutput;
    running.emplace_back(*frames, std::move(*started));
  }
  ExitCode code = ExitCode::Ok;
  for (auto& [frames, job] : running) {
    const int status = job.finish();
    if (status == 0) continue;
    tell(frames, status);
    code = ExitCode::InputOutput;
  }
  return code;
}

ExitCode make_interleaved(const Jobs& jobs, std::size_t bytes, output::FrameWriter& writer,
                          const std::function<int(const FrameSet&)>& make) {
  std::vector<ForkedJob> running;
  for (std::int64_t job = 0; job < jobs.count; ++job) {
    auto started = start(*jobs.frames.every(jobs.count, job), make);
    if (!started) return ExitCode::InputOutput;
    running.push_back(std::move(*started));
  }
  std::vector<std::uint8_t> pixels(bytes);
  std::int64_t place = 0;
  for (const FrameRange range : jobs.frames.ranges()) {
    for (std::int64_t frame = range.begin; frame < range.end; ++frame, ++place) {
      ForkedJob& job = running[static_cast<std::size_t>(place % jobs.count)];
      if (job.read(pixels) != bytes) {
        if (job.finish() != static_cast<int>(ExitCode::InputOutput))
          complain(fmt::format("the job that makes frame {} was ended; nothing was written", frame));
        return ExitCode::InputOutput;
      }
      if (auto written = writer.write(frame, pixels); !written) {
        complain_about_output(written.error());
        return ExitCode::InputOutput;
      }
    }
  }
  if (auto finished = writer.finish(); !finished) {
    complain_about_output(finished.error());
    return ExitCode::InputOutput;
  }
  return ExitCode::Ok;
}

}  // namespace oscilla::cli
