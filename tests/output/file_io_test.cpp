#include "output/file_io.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "output/child_process.hpp"
#include "scene.hpp"

namespace oscilla {
namespace {

using output::AtomicFile;
using test::contents;
using test::TemporaryDirectory;

std::vector<std::uint8_t> bytes_of(std::string_view text) { return {text.begin(), text.end()}; }

TEST(AtomicFile, AppearsWhenCommitted) {
  const TemporaryDirectory directory;
  auto file = AtomicFile::create(directory / "a.png");
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(file->write(bytes_of("one ")).has_value());
  EXPECT_TRUE(file->write(bytes_of("two")).has_value());
  ASSERT_EQ(directory.names().size(), 1u);
  EXPECT_TRUE(directory.names()[0].starts_with(".a.png.tmp-"));
  EXPECT_TRUE(file->commit().has_value());
  EXPECT_EQ(directory.names(), std::vector<std::string>{"a.png"});
  EXPECT_EQ(contents(directory / "a.png"), "one two");
}

TEST(AtomicFile, LeavesNothingWithoutCommit) {
  const TemporaryDirectory directory;
  std::ofstream(directory / "a.png") << "old";
  {
    auto file = AtomicFile::create(directory / "a.png");
    ASSERT_TRUE(file.has_value());
    EXPECT_TRUE(file->write(bytes_of("new")).has_value());
  }
  EXPECT_EQ(directory.names(), std::vector<std::string>{"a.png"});
  EXPECT_EQ(contents(directory / "a.png"), "old");
}

TEST(AtomicFile, TwoAtOnceDoNotMeet) {
  const TemporaryDirectory directory;
  auto first = AtomicFile::create(directory / "a.png");
  auto second = AtomicFile::create(directory / "a.png");
  ASSERT_TRUE(first && second);
  EXPECT_TRUE(first->write(bytes_of("first")) && second->write(bytes_of("second")));
  EXPECT_TRUE(first->commit().has_value());
  EXPECT_TRUE(second->commit().has_value());
  EXPECT_EQ(contents(directory / "a.png"), "second");
}

TEST(AtomicFile, SaysWhyItCannotBegin) {
  const TemporaryDirectory directory;
  const auto missing = AtomicFile::create(directory / "no/a.png");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error(), "cannot write " + (directory / "no/a.png") + ": No such file or directory");
  const auto is_directory = AtomicFile::create(directory / "");
  ASSERT_FALSE(is_directory.has_value());
  EXPECT_EQ(is_directory.error(), "cannot write " + (directory / "") + ": Is a directory");
  const auto not_allowed = AtomicFile::create("/proc/a.png");
  EXPECT_FALSE(not_allowed.has_value());
}

TEST(AtomicFile, NeverTakesThePlaceOfAPipeOrDevice) {
  const TemporaryDirectory directory;
  ASSERT_EQ(::mkfifo((directory / "pipe.png").c_str(), 0600), 0);
  const auto file = AtomicFile::create(directory / "pipe.png");
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error(), "cannot write " + (directory / "pipe.png") + ": it is not a regular file");
  EXPECT_EQ(directory.names(), std::vector<std::string>{"pipe.png"});
}

/// A limit on the size of files stands in for a full disk: the same path through write().
TEST(AtomicFile, AFailingWriteLeavesNothing) {
  const TemporaryDirectory directory;
  rlimit before;
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto handler = signal(SIGXFSZ, SIG_IGN);
  const rlimit small = {100000, before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &small), 0);
  {
    auto file = AtomicFile::create(directory / "a.png");
    ASSERT_TRUE(file.has_value());
    const auto outcome = file->write(std::vector<std::uint8_t>(200000));
    ASSERT_FALSE(outcome.has_value());
    EXPECT_EQ(outcome.error(), "cannot write " + (directory / "a.png") + ": File too large");
  }
  setrlimit(RLIMIT_FSIZE, &before);
  signal(SIGXFSZ, handler);
  EXPECT_TRUE(directory.names().empty());
}

TEST(WriteAll, ReportsAFullDevice) {
  if (!std::filesystem::is_character_file("/dev/full")) GTEST_SKIP() << "there is no device /dev/full";
  const int full = ::open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  EXPECT_EQ(output::write_all(full, bytes_of("x")), ENOSPC);
  EXPECT_EQ(output::system_reason(ENOSPC), "No space left on device");
  ::close(full);
}

TEST(WriteAll, AReaderThatWentAwayIsAnErrorAndNoSignal) {
  int ends[2];
  ASSERT_EQ(::pipe(ends), 0);
  ::close(ends[0]);
  EXPECT_EQ(output::write_all(ends[1], bytes_of("x")), EPIPE);
  ::close(ends[1]);
  sigset_t now;
  sigpending(&now);
  EXPECT_EQ(sigismember(&now, SIGPIPE), 0);
  pthread_sigmask(SIG_BLOCK, nullptr, &now);
  EXPECT_EQ(sigismember(&now, SIGPIPE), 0);
}

TEST(ChildProcess, IsFedAndAsked) {
  const TemporaryDirectory directory;
  auto child = output::ChildProcess::start({"cp", "/dev/stdin", directory / "copy"});
  ASSERT_TRUE(child.has_value());
  EXPECT_EQ(child->write(bytes_of("hello")), 0);
  EXPECT_TRUE(child->finish());
  EXPECT_EQ(contents(directory / "copy"), "hello");
}

TEST(ChildProcess, LastWordsOfAFailure) {
  auto child =
      output::ChildProcess::start({"sh", "-c", "echo one >&2; echo two >&2; echo two >&2; echo three >&2; exit 3"});
  ASSERT_TRUE(child.has_value());
  EXPECT_FALSE(child->finish());
  EXPECT_EQ(child->last_words(2), "two; three");
}

TEST(ChildProcess, AMissingProgramIsKnownAtOnce) {
  const auto child = output::ChildProcess::start({"a-program-that-nobody-has"});
  ASSERT_FALSE(child.has_value());
  EXPECT_EQ(child.error(), ENOENT);
}

}  // namespace
}  // namespace oscilla
