// A program that is fed through its standard input. No shell; its standard output is thrown away, its standard error is
// kept.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "output/outcome.hpp"

namespace oscilla::output {

class ChildProcess {
 public:
  /// Starts `arguments[0]`, looked up in PATH. The error is an errno.
  static std::expected<ChildProcess, int> start(const std::vector<std::string>& arguments);
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&&) = delete;
  /// Ends a program that is still running.
  ~ChildProcess();

  /// The errno of the failure, 0 if all is written.
  int write(std::span<const std::uint8_t> bytes);
  /// Closes the input and waits. True iff the program ended with 0.
  bool finish();
  /// The last `lines` different lines of its standard error, joined by "; ".
  std::string last_words(std::size_t lines) const;

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  using File = std::unique_ptr<std::FILE, CloseFile>;
  ChildProcess(pid_t id, int input, File errors);

  pid_t id_;   // 0: ended
  int input_;  // -1: closed
  File errors_;
};

}  // namespace oscilla::output
