#include "oscilla/recording_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/pace.hpp"
#include "output/file_io.hpp"

namespace oscilla::cli {
namespace {

constexpr std::uint64_t kSecond = 1'000'000'000;

}  // namespace

std::expected<std::unique_ptr<RecordingFile>, std::string> RecordingFile::create(const std::string& path,
                                                                                 RecorderOptions options) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor >= 0) return std::unique_ptr<RecordingFile>(new RecordingFile(path, descriptor, options));
  if (errno == EEXIST)
    return std::unexpected(
        fmt::format("{} is there already, and a recording replaces nothing; give it another name", path));
  return std::unexpected(fmt::format("cannot write {}: {}", path, output::system_reason(errno)));
}

RecordingFile::RecordingFile(std::string path, int descriptor, RecorderOptions options)
    : path_(std::move(path)), descriptor_(descriptor), synced_(steady_nanoseconds()) {
  recorder_ = std::make_unique<Recorder>([this](std::string_view lines) { return write(lines); }, options);
}

RecordingFile::~RecordingFile() { finish(); }

std::string RecordingFile::write(std::string_view lines) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(lines.data());
  if (const int error = output::write_all(descriptor_, std::span(bytes, lines.size())))
    return fmt::format("cannot write {}: {}", path_, output::system_reason(error));
  if (const std::uint64_t now = steady_nanoseconds(); now - synced_ >= kSecond) {
    ::fdatasync(descriptor_);  // of a pipe or device nothing is kept
    synced_ = now;
  }
  return {};
}

bool RecordingFile::finish() {
  if (!recorder_) return health_.trouble.empty();
  Recorder* const ending = recorder_.get();
  ending->finish();
  health_ = ending->health();
  recorder_.reset();
  ::fdatasync(descriptor_);
  ::close(descriptor_);
  if (!health_.trouble.empty())
    complain(fmt::format("the recording ends after {} ticks: {}", health_.ticks, health_.trouble));
  return health_.trouble.empty();
}

std::expected<std::unique_ptr<RecordingFile>, ExitCode> open_recording(const std::string& path,
                                                                       RecorderOptions options) {
  if (path.empty()) return std::unique_ptr<RecordingFile>();
  auto file = RecordingFile::create(path, options);
  if (file) return std::move(*file);
  complain(file.error());
  return std::unexpected(ExitCode::InputOutput);
}

void add_record_option(CLI::App& verb, std::string& path) {
  verb.add_option("--record", path, "write down what is played, for `oscilla replay`; a new file")->type_name("FILE");
}

}  // namespace oscilla::cli
