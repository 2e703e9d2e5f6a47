#include "output/forked_job.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace oscilla::output {

std::expected<ForkedJob, int> ForkedJob::start(const std::function<int()>& work) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return std::unexpected(errno);
  const pid_t id = ::fork();
  if (id < 0) {
    const int error = errno;
    ::close(ends[0]);
    ::close(ends[1]);
    return std::unexpected(error);
  }
  if (id == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    ::close(ends[0]);
    ::close(ends[1]);
    ::_exit(work());
  }
  ::close(ends[1]);
  return ForkedJob(id, ends[0]);
}

ForkedJob::ForkedJob(ForkedJob&& other) noexcept
    : id_(std::exchange(other.id_, 0)), output_(std::exchange(other.output_, -1)) {}

ForkedJob::~ForkedJob() {
  if (id_ != 0) ::kill(id_, SIGTERM);
  finish();
}

std::size_t ForkedJob::read(std::span<std::uint8_t> bytes) {
  std::size_t done = 0;
  while (done < bytes.size()) {
    const ssize_t size = ::read(output_, bytes.data() + done, bytes.size() - done);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    done += static_cast<std::size_t>(size);
  }
  return done;
}

int ForkedJob::finish() {
  if (output_ >= 0) ::close(std::exchange(output_, -1));
  if (id_ == 0) return 0;
  int status = 0;
  while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) continue;
  id_ = 0;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace oscilla::output
