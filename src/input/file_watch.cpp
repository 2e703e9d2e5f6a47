#include "input/file_watch.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace oscilla::input {
namespace {

std::string reason(int error) { return std::generic_category().message(error); }

}  // namespace

std::expected<FileWatch, std::string> FileWatch::open(const std::string& path) {
  const int descriptor = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (descriptor < 0) return std::unexpected(reason(errno));
  FileWatch watch(descriptor, path);
  if (!watch.add(path)) return std::unexpected(reason(errno));
  return watch;
}

bool FileWatch::add(const std::string& path) {
  const bool watched = add_name(path);
  const int trouble = errno;
  std::error_code error;
  const std::filesystem::path behind = std::filesystem::canonical(path, error);
  if (!error && std::filesystem::is_symlink(path, error)) add_name(behind.string());
  errno = trouble;
  return watched;
}

bool FileWatch::add_name(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const int watched = inotify_add_watch(descriptor_, folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO);
  if (watched >= 0) files_.push_back({watched, slash == std::string::npos ? path : path.substr(slash + 1)});
  return watched >= 0;
}

void FileWatch::also(const std::vector<std::string>& paths) {
  files_.clear();
  add(path_);
  for (const std::string& path : paths) add(path);
}

/// True if one of the events in `buffer` is about one of the files.
bool FileWatch::mentions(const char* buffer, std::size_t size) const {
  bool found = false;
  for (std::size_t at = 0; at + sizeof(inotify_event) <= size;) {
    inotify_event event;
    std::memcpy(&event, buffer + at, sizeof event);
    const char* name = buffer + at + sizeof event;
    const int folder = event.wd;
    found |= event.len > 0 && std::any_of(files_.begin(), files_.end(),
                                          [&](const File& file) { return file.folder == folder && file.name == name; });
    at += sizeof event + event.len;
  }
  return found;
}

FileWatch::~FileWatch() {
  if (descriptor_ >= 0) close(descriptor_);
}

FileWatch::FileWatch(FileWatch&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      files_(std::move(other.files_)) {}

FileWatch& FileWatch::operator=(FileWatch&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  std::swap(files_, other.files_);
  return *this;
}

bool FileWatch::wait(std::chrono::milliseconds timeout) {
  pollfd wanted{descriptor_, POLLIN, 0};
  if (poll(&wanted, 1, static_cast<int>(timeout.count())) <= 0) return false;
  bool changed = false;
  char buffer[4096];
  for (ssize_t size = 0; (size = read(descriptor_, buffer, sizeof buffer)) > 0;)
    changed |= mentions(buffer, static_cast<std::size_t>(size));
  return changed;
}

}  // namespace oscilla::input
