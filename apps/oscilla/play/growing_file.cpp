#include "oscilla/play/growing_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "output/file_io.hpp"

namespace oscilla::cli::play {
namespace {

constexpr std::size_t kMostNamed = std::size_t{1} << 30, kMostNameless = std::size_t{64} << 20;

}  // namespace

std::expected<GrowingFile, std::string> GrowingFile::create(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (descriptor >= 0) return GrowingFile(path, descriptor, kMostNamed);
  if (errno == EEXIST)
    return std::unexpected(
        fmt::format("{} is there already, and a recording replaces nothing; give it another name", path));
  return std::unexpected(fmt::format("cannot write {}: {}", path, output::system_reason(errno)));
}

GrowingFile GrowingFile::nameless() {
  std::error_code error;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(error);
  std::string name = ((error ? std::filesystem::path("/tmp") : folder) / "oscilla-XXXXXX").string();
  const int descriptor = ::mkostemp(name.data(), O_CLOEXEC);
  if (descriptor >= 0) ::unlink(name.c_str());
  return GrowingFile(error ? "/tmp" : folder.string(), descriptor, kMostNameless);
}

GrowingFile::~GrowingFile() {
  if (descriptor_ < 0) return;
  write_waiting();
  ::close(descriptor_);
}

GrowingFile::GrowingFile(GrowingFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      most_(other.most_),
      waiting_(std::move(other.waiting_)),
      trouble_(std::move(other.trouble_)),
      lost_(other.lost_) {}

void GrowingFile::append(std::string_view bytes) {
  if (lost_) return;
  waiting_ += bytes;
  write_waiting();
  lost_ = waiting_.size() > most_;
}

/// As much as the disk takes; the rest stays.
void GrowingFile::write_waiting() {
  if (descriptor_ < 0) return;
  std::size_t written = 0;
  while (written < waiting_.size()) {
    const ssize_t count = ::write(descriptor_, waiting_.data() + written, waiting_.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      trouble_ = fmt::format("cannot write {}: {}", path_, output::system_reason(errno));
      waiting_.erase(0, written);
      return;
    }
    written += static_cast<std::size_t>(count);
  }
  waiting_.clear();
  trouble_.clear();
}

void GrowingFile::append_all_of(const GrowingFile& other) {
  std::array<char, 1 << 16> piece;
  for (off_t at = 0; other.descriptor_ >= 0;) {
    const ssize_t count = ::pread(other.descriptor_, piece.data(), piece.size(), at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    append({piece.data(), static_cast<std::size_t>(count)});
    at += count;
  }
  append(other.waiting_);
}

void GrowingFile::flush() {
  write_waiting();
  if (descriptor_ >= 0) ::fdatasync(descriptor_);
}

}  // namespace oscilla::cli::play
