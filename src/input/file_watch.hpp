// Tells when one of some files gets new content: written in place, or replaced by another of its name, as editors do
// that save beside and rename. The folder is watched, so the file may also vanish and come back; of a symbolic link
// also that of the file behind it.
#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <string>
#include <utility>
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

  FileWatch(int descriptor, std::string path) : descriptor_(descriptor), path_(std::move(path)) {}
  /// Of a symbolic link the file behind it too, as it is now.
  bool add(const std::string& path);
  bool add_name(const std::string& path);
  bool mentions(const char* buffer, std::size_t size) const;

  int descriptor_ = -1;
  std::string path_;  ///< of the first one
  std::vector<File> files_;
};

}  // namespace oscilla::input
