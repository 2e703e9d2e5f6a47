// Writing to files and pipes with every error as a sentence.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "output/outcome.hpp"

namespace oscilla::output {

/// The system's words for an errno.
std::string system_reason(int error);

/// Writes everything, whatever the pieces the system takes; the errno of the failure, 0 if all is written. A reader
/// that went away is EPIPE; no signal reaches the process and its signal settings stay as they are.
int write_all(int descriptor, std::span<const std::uint8_t> bytes);

/// A file that appears under its name only when it is complete: until commit() it lies beside its name under a hidden
/// one, and without commit() it is removed.
class AtomicFile {
 public:
  static std::expected<AtomicFile, std::string> create(std::string path);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  Outcome write(std::span<const std::uint8_t> bytes);
  /// Closes and renames. The object is spent afterwards, whatever the outcome.
  Outcome commit();

  const std::string& path() const { return path_; }
  /// Where the bytes are until commit(): for another program to write to.
  const std::string& temporary_path() const { return temporary_; }

 private:
  AtomicFile(std::string path, std::string temporary, int descriptor);

  std::string path_;
  std::string temporary_;  // empty: nothing to remove
  int descriptor_;
};

}  // namespace oscilla::output
