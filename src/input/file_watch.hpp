// Tells when a file gets new content: written in place, or replaced by another of its name, as editors do that save
// beside and rename. The folder is watched, so the file may also vanish and come back.
#pragma once

#include <chrono>
#include <expected>
#include <string>

namespace oscilla::input {

class FileWatch {
 public:
  /// The error is a sentence's end: why the folder cannot be watched.
  static std::expected<FileWatch, std::string> open(const std::string& path);
  ~FileWatch();
  FileWatch(FileWatch&& other) noexcept;
  FileWatch& operator=(FileWatch&& other) noexcept;

  /// Waits at most so long; true if the file has new content since the last call.
  bool wait(std::chrono::milliseconds timeout);

 private:
  FileWatch(int descriptor, std::string name) : descriptor_(descriptor), name_(std::move(name)) {}

  int descriptor_ = -1;
  std::string name_;  ///< in its folder
};

}  // namespace oscilla::input
