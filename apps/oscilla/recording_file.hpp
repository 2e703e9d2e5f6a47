// The file that `--record` names.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>

#include "oscilla/exit_code.hpp"
#include "oscilla/recording.hpp"

namespace oscilla::cli {

/// What is recorded is in the file's memory at once, and on the disk after a second at most.
class RecordingFile {
 public:
  /// Never replaces a file. The error is a sentence.
  static std::expected<std::unique_ptr<RecordingFile>, std::string> create(const std::string& path,
                                                                           RecorderOptions options);
  ~RecordingFile();
  RecordingFile(const RecordingFile&) = delete;
  RecordingFile& operator=(const RecordingFile&) = delete;

  Recorder& recorder() { return *recorder_; }
  /// Writes what is left; the session is gone or has ended the recording. False if something is missing: that was said.
  bool finish();
  Recorder::Health health() const { return health_; }

 private:
  RecordingFile(std::string path, int descriptor, RecorderOptions options);
  std::string write(std::string_view lines);

  std::string path_;
  int descriptor_;
  std::uint64_t synced_ = 0;
  Recorder::Health health_;
  std::unique_ptr<Recorder> recorder_;  ///< last: its thread writes here
};

/// The file at `path`, null if that is empty. Why there is none has been said.
std::expected<std::unique_ptr<RecordingFile>, ExitCode> open_recording(const std::string& path,
                                                                       RecorderOptions options);

/// --record.
void add_record_option(CLI::App& verb, std::string& path);

}  // namespace oscilla::cli
