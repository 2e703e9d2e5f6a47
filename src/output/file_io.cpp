#include "output/file_io.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <pthread.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <ctime>
#include <system_error>
#include <utility>

namespace oscilla::output {
namespace {

/// Keeps SIGPIPE from this thread for the object's life; one that came is taken away, one that waited before stays.
class PipeSignalBlock {
 public:
  PipeSignalBlock() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~PipeSignalBlock() {
    if (!was_pending_) {
      const timespec now{0, 0};
      while (sigtimedwait(&pipe_, nullptr, &now) < 0 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  PipeSignalBlock(const PipeSignalBlock&) = delete;
  PipeSignalBlock& operator=(const PipeSignalBlock&) = delete;

 private:
  sigset_t pipe_;
  sigset_t before_;
  bool was_pending_ = false;
};

std::unexpected<std::string> cannot(std::string_view what, std::string_view path, int error) {
  return std::unexpected(fmt::format("cannot {} {}: {}", what, path, system_reason(error)));
}

/// A hidden name beside `path`; `attempt` makes it another one.
std::string temporary_name(const std::string& path, int attempt) {
  constexpr std::size_t kNameKept = 200;  // leaves room below the usual limit of 255 bytes
  const std::size_t slash = path.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  return fmt::format("{}.{}.tmp-{}-{}", path.substr(0, name), path.substr(name, kNameKept), getpid(), attempt);
}

}  // namespace

std::string system_reason(int error) { return std::generic_category().message(error); }

int write_all(int descriptor, std::span<const std::uint8_t> bytes) {
  const PipeSignalBlock block;
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return errno;
    if (written > 0) bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return 0;
}

AtomicFile::AtomicFile(std::string path, std::string temporary, int descriptor)
    : path_(std::move(path)), temporary_(std::move(temporary)), descriptor_(descriptor) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

std::expected<AtomicFile, std::string> AtomicFile::create(std::string path) {
  struct stat status;
  if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {  // a rename would take a device's place
    if (S_ISDIR(status.st_mode)) return cannot("write", path, EISDIR);
    return std::unexpected(fmt::format("cannot write {}: it is not a regular file", path));
  }
  for (int attempt = 0;; ++attempt) {
    std::string temporary = temporary_name(path, attempt);
    const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor >= 0) return AtomicFile(std::move(path), std::move(temporary), descriptor);
    if (errno != EEXIST && errno != EINTR) return cannot("write", path, errno);
  }
}

Outcome AtomicFile::write(std::span<const std::uint8_t> bytes) {
  if (const int error = write_all(descriptor_, bytes)) return cannot("write", path_, error);
  return {};
}

Outcome AtomicFile::commit() {
  if (::close(std::exchange(descriptor_, -1)) != 0) return cannot("write", path_, errno);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) return cannot("write", path_, errno);
  temporary_.clear();
  return {};
}

}  // namespace oscilla::output
