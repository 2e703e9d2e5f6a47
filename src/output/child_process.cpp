#include "output/child_process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "output/file_io.hpp"

extern char** environ;

namespace oscilla::output {
namespace {

/// The errno, 0 if it runs.
int spawn(const std::vector<std::string>& arguments, int input, int errors, pid_t& id) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  if (const int error = posix_spawn_file_actions_init(&actions)) return error;
  posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  // A group of its own: an interrupt of the terminal or the shell is for us, and we end it.
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  const int error = posix_spawnp(&id, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

}  // namespace

ChildProcess::ChildProcess(pid_t id, int input, File errors) : id_(id), input_(input), errors_(std::move(errors)) {}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept
    : id_(std::exchange(other.id_, 0)), input_(std::exchange(other.input_, -1)), errors_(std::move(other.errors_)) {}

ChildProcess::~ChildProcess() {
  if (id_ > 0) ::kill(id_, SIGKILL);
  finish();
}

std::expected<ChildProcess, int> ChildProcess::start(const std::vector<std::string>& arguments) {
  File errors(std::tmpfile());  // a file, not a pipe: nobody has to read it while the program runs
  if (!errors) return std::unexpected(errno);
  ::fcntl(::fileno(errors.get()), F_SETFD, FD_CLOEXEC);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return std::unexpected(errno);
  pid_t id = 0;
  const int error = spawn(arguments, ends[0], ::fileno(errors.get()), id);
  ::close(ends[0]);
  if (error != 0) {
    ::close(ends[1]);
    return std::unexpected(error);
  }
  return ChildProcess(id, ends[1], std::move(errors));
}

int ChildProcess::write(std::span<const std::uint8_t> bytes) { return write_all(input_, bytes); }

bool ChildProcess::finish() {
  if (input_ >= 0) ::close(std::exchange(input_, -1));
  if (id_ <= 0) return false;
  const pid_t id = std::exchange(id_, 0);
  int status = 0;
  while (::waitpid(id, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string ChildProcess::last_words(std::size_t lines) const {
  constexpr long kKept = 4096;
  std::fseek(errors_.get(), 0, SEEK_END);
  const long end = std::ftell(errors_.get());
  std::fseek(errors_.get(), std::max(0l, end - kKept), SEEK_SET);
  std::string text(kKept, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), errors_.get()));

  std::vector<std::string> found;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t stop = std::min(text.find('\n', begin), text.size());
    std::string line = text.substr(begin, stop - begin);
    if (!line.empty() && (found.empty() || found.back() != line)) found.push_back(std::move(line));
    begin = stop + 1;
  }
  std::string joined;
  for (std::size_t i = found.size() - std::min(lines, found.size()); i < found.size(); ++i) {
    if (!joined.empty()) joined += "; ";
    joined += found[i];
  }
  return joined;
}

}  // namespace oscilla::output
