#include "oscilla/interrupt.hpp"

#include <signal.h>

#include <csignal>
#include <initializer_list>

namespace oscilla::cli {
namespace {

// All that a signal handler may touch.
volatile std::sig_atomic_t signal_that_came = 0;
volatile std::sig_atomic_t held = 0;

/// The signal has its default meaning again when this runs (SA_RESETHAND), so raising it ends the program.
void remember(int signal) {
  signal_that_came = signal;
  if (held == 0) std::raise(signal);
}

}  // namespace

void catch_interrupts() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction action{};
    if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) continue;  // nohup
    action = {};
    action.sa_handler = remember;
    action.sa_flags = static_cast<int>(SA_RESETHAND | SA_RESTART);
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, nullptr);
  }
}

bool interrupted() { return signal_that_came != 0; }

void end_if_interrupted() {
  if (!interrupted()) return;
  std::signal(signal_that_came, SIG_DFL);
  std::raise(signal_that_came);
}

HeldInterrupts::HeldInterrupts() { held = 1; }
HeldInterrupts::~HeldInterrupts() { held = 0; }

}  // namespace oscilla::cli
