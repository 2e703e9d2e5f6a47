#include "oscilla/interrupt.hpp"

#include <signal.h>
#include <time.h>

#include <atomic>
#include <csignal>
#include <cstdint>

namespace oscilla::cli {
namespace {

// All that a signal handler may touch.
volatile std::sig_atomic_t signal_that_came = 0;
std::atomic<int> held = 0;
std::atomic<std::int64_t> asked_ms = 0;  ///< when SIGTERM or SIGHUP came first

std::int64_t now_ms() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

void remember(int signal) {
  signal_that_came = signal;
  if (held == 0) return end_by(signal);
  std::signal(signal, SIG_DFL);
}

/// As remember(), but what follows at once is an echo, also when nothing is held any more: `timeout` sends SIGTERM to a
/// program and to its group, a terminal that closes sends SIGHUP, and so does its shell.
void remember_once(int signal) {
  constexpr std::int64_t kEchoMs = 1000;
  signal_that_came = signal;
  std::int64_t never = 0;
  const bool first = asked_ms.compare_exchange_strong(never, now_ms());
  if (first ? held == 0 : now_ms() - asked_ms >= kEchoMs) end_by(signal);
}

void catch_signal(int signal, void (*handler)(int)) {
  struct sigaction action{};
  if (sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) return;  // nohup
  action = {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

}  // namespace

void catch_interrupts() {
  catch_signal(SIGINT, remember);
  catch_signal(SIGTERM, remember_once);
  catch_signal(SIGHUP, remember_once);
}

bool interrupted() { return signal_that_came != 0; }

void end_if_interrupted() {
  if (interrupted()) end_by(signal_that_came);
}

HeldInterrupts::HeldInterrupts() { ++held; }
HeldInterrupts::~HeldInterrupts() { --held; }

}  // namespace oscilla::cli
