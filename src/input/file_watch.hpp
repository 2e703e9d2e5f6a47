// Tells when one of some files gets new content: written in place, or replaced by another of its name, as editors do
// that save beside and rename. The folder is watched, so the file may also vanish and come back.
#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <string>
#include <vector>

namespace oscilla::input {

class FileWatch {
 public:
  /// The error is a sentence's end: why the folder cannot be watched.
  static std::expected<FileWatch, std::string> open(const std::string& path);
  ~FileWatch();
  FileWatch(FileWatch&& other) noexcept;
  FileWatch& operator=(FileWatch&& other) noexcept;

  /// Watches these files beside the first one from now on, and no others. What cannot be watched is left out.
  void also(const std::vector<std::string>& paths);

  /// Waits at most so long; true if one of the files has new content since the last call.
  bool wait(std::chrono::milliseconds timeout);

 private:
  struct File {
    int folder;  ///< as the system numbers what is watched
    std::string name;
  };

  explicit FileWatch(int descriptor) : descriptor_(descriptor) {}
  bool add(const std::string& path);
  bool mentions(const char* buffer, std::size_t size) const;

  int descriptor_ = -1;
  std::vector<File> files_;
};

}  // namespace oscilla::input
