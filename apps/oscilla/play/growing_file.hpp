// A file that grows line by line and loses none: what the disk has no room for waits in memory until it has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace oscilla::cli::play {

class GrowingFile {
 public:
  /// A new file; never replaces one. The error is a sentence.
  static std::expected<GrowingFile, std::string> create(const std::string& path);
  /// A file that has no name and is gone when it is closed. Where there is no room for one, memory does.
  static GrowingFile nameless();
  ~GrowingFile();
  GrowingFile(GrowingFile&& other) noexcept;
  GrowingFile& operator=(GrowingFile&&) = delete;

  void append(std::string_view bytes);
  /// Everything of `other` so far.
  void append_all_of(const GrowingFile& other);
  /// Writes what waits; on the disk, not only on its way, when it returns.
  void flush();

  /// What waits in memory.
  std::size_t waiting() const { return waiting_.size(); }
  /// Why it waits: a sentence; empty: nothing waits.
  const std::string& trouble() const { return trouble_; }
  /// There was so much to wait for that some of it was given up.
  bool lost() const { return lost_; }
  const std::string& path() const { return path_; }

 private:
  GrowingFile(std::string path, int descriptor, std::size_t most)
      : path_(std::move(path)), descriptor_(descriptor), most_(most) {}
  void write_waiting();

  std::string path_;
  int descriptor_ = -1;  ///< -1: memory only
  std::size_t most_;     ///< bytes that may wait
  std::string waiting_;
  std::string trouble_;
  bool lost_ = false;
};

}  // namespace oscilla::cli::play
