#include "oscilla/crash_note.hpp"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <utility>

namespace oscilla::cli {
namespace {

constexpr int kCrashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

std::atomic<const char*> note{nullptr};  // signal handlers see nothing but what is global

extern "C" void say_note(int signal_number) {
  if (const char* text = note.exchange(nullptr); text != nullptr)
    for (std::size_t left = std::strlen(text); left > 0;) {
      const ssize_t written = write(STDERR_FILENO, text, left);
      if (written <= 0) break;
      text += written;
      left -= static_cast<std::size_t>(written);
    }
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

}  // namespace

CrashNote::CrashNote() {
  for (const int crash : kCrashes) signal(crash, say_note);
}

CrashNote::~CrashNote() {
  note.store(nullptr);
  for (const int crash : kCrashes) signal(crash, SIG_DFL);
}

void CrashNote::set(std::string text) {
  before_ = std::exchange(text_, std::move(text));
  note.store(text_.c_str());
}

}  // namespace oscilla::cli
