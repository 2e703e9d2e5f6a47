#include "oscilla/interrupt.hpp"

#include <signal.h>

#include <csignal>
#include <initializer_list>

namespace oscilla::cli {
namespace {

volatile std::sig_atomic_t signal_that_came = 0;  // all that a signal handler may touch

void remember(int signal) { signal_that_came = signal; }

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

}  // namespace oscilla::cli
