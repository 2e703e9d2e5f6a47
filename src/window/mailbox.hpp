// Messages between two threads, in order. Whoever receives never waits, allocates or frees: what has been received goes
// back the same way, and is freed by whoever sends next.
#pragma once

#include <atomic>
#include <utility>

namespace oscilla::window {

template <class T>
class Mailbox {
 public:
  Mailbox() = default;
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;
  ~Mailbox() {
    free(full_.load());
    free(spent_.load());
  }

  /// Any thread.
  void send(T message) {
    free(spent_.exchange(nullptr, std::memory_order_acquire));
    push(full_, new Letter{std::move(message), nullptr});
  }
  /// One thread: read(message) for everything that was sent, in order. True if there was anything.
  template <class Read>
  bool receive(Read read) {
    Letter* list = nullptr;
    for (Letter* newest = full_.exchange(nullptr, std::memory_order_acquire); newest != nullptr;)
      list = std::exchange(newest, std::exchange(newest->next, list));
    const bool any = list != nullptr;
    while (list != nullptr) {
      Letter* const letter = std::exchange(list, list->next);
      read(letter->message);
      push(spent_, letter);
    }
    return any;
  }

 private:
  struct Letter {
    T message;
    Letter* next;
  };

  static void push(std::atomic<Letter*>& top, Letter* letter) {
    letter->next = top.load(std::memory_order_relaxed);
    while (!top.compare_exchange_weak(letter->next, letter, std::memory_order_release, std::memory_order_relaxed)) {
    }
  }
  static void free(Letter* list) {
    while (list != nullptr) delete std::exchange(list, list->next);
  }

  std::atomic<Letter*> full_{nullptr};
  std::atomic<Letter*> spent_{nullptr};
};

}  // namespace oscilla::window
