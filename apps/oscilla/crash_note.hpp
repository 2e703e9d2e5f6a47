// What is said if the program dies: where it was. For work that looks for crashes.
#pragma once

#include <string>

namespace oscilla::cli {

/// While it lives, a crash says the note that was set last before the system's own words.
class CrashNote {
 public:
  CrashNote();
  ~CrashNote();
  CrashNote(const CrashNote&) = delete;
  CrashNote& operator=(const CrashNote&) = delete;

  void set(std::string text);

 private:
  std::string text_;
  std::string before_;  // what a crash meanwhile may still be reading
};

}  // namespace oscilla::cli
