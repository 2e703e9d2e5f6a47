// Edits on their way into a session. In: patches, from any thread. Out: prepared swaps for the frame thread, one at a
// time, the newest wins; and reports. A worker compiles, allocates and frees; the frame thread takes and gives back
// through two atomic mailboxes and neither locks, allocates nor frees. Only the worker supplies programs, so it always
// knows which one a swap will find running: the last one that was taken.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "live/background_thread.hpp"
#include "live/prepare.hpp"

namespace oscilla::live {

using NanosecondClock = std::uint64_t (*)();

/// The wish for a moment of before.
struct GoBack {
  std::int64_t tick = 0;  ///< the moment is the one after it
  std::uint64_t generation = 0;
  NanosecondClock clock = nullptr;  ///< may be null
  std::uint64_t begin = 0;          ///< when it was wished, by this clock
};

class Swapper {
 public:
  /// `caches` are the running session's.
  Swapper(Program running, const runtime::RunOptions& options, std::shared_ptr<runtime::CacheStore> caches)
      : running_(std::move(running)), options_(options), caches_(std::move(caches)) {}
  ~Swapper();

  /// Any thread. Returns at once; the number of the request, from 1. `clock` may be null.
  std::uint64_t request(Patch patch, NanosecondClock clock);
  /// The number of a request that comes later, by request_restore(); another thread may make it then.
  std::uint64_t number_request() noexcept { return ++generation_; }
  /// A moment of before is to take over, when this program ran. It is prepared as a patch is.
  void request_restore(Program program, std::vector<std::byte> snapshot, const GoBack& wish);
  /// Nothing came of such a request.
  void refuse_restore(std::uint64_t generation, std::string why);
  /// A newer one came before it was ready.
  void supersede_restore(std::uint64_t generation);
  /// Returns when every request so far is ready to be taken or has a report.
  void wait_until_served() const;
  /// Of requests that ended since the last call, in their order. Locks: not for the frame path.
  std::vector<SwapReport> take_reports();
  /// The one of this request, if it ended.
  std::optional<SwapReport> take_report(std::uint64_t generation);

  /// Whether something is ready to take over.
  bool offers() const noexcept { return ready_.load() != nullptr; }
  /// While nothing is requested or offered: this program runs, with these rooms (PreparedSwap::rooms).
  void running_is(const Program& program, std::vector<std::uint32_t> rooms);
  /// Programs that are made ready from now on get a ring for this trace; null: none. Locks: not for the frame path.
  void trace(std::shared_ptr<const TraceRequest> request);

  /// Frame thread: what is ready to take over, or null.
  PreparedSwap* take() noexcept;
  /// Frame thread: a swap that is over, its old program no longer read by anyone. It is reported unless its generation
  /// is 0 by now.
  void give_back(PreparedSwap* finished) noexcept;

 private:
  struct Request;
  void work();
  void post(std::unique_ptr<Request> request);
  void serve(const Request& request);
  void take_back_offer();
  void free_finished();
  void publish(SwapReport report);
  std::shared_ptr<const TraceRequest> trace_request();

  // Of the worker.
  Program running_;
  std::vector<std::uint32_t> rooms_, offered_rooms_;  ///< PreparedSwap::rooms of it, and of what is offered
  runtime::RunOptions options_;
  std::shared_ptr<runtime::CacheStore> caches_;
  std::optional<Program> offered_;  ///< what was put into ready_ last, unless it is known to be running

  std::atomic<std::uint64_t> generation_{0};
  std::atomic<Request*> requested_{nullptr};
  std::atomic<PreparedSwap*> ready_{nullptr};
  std::atomic<PreparedSwap*> finished_{nullptr};  ///< a stack
  Mutex reports_mutex_;
  std::vector<SwapReport> reports_;
  std::shared_ptr<const TraceRequest> trace_;  ///< behind reports_mutex_ too
  Mutex thread_mutex_;                         ///< for requests that come at once from several threads
  std::unique_ptr<BackgroundThread> thread_;   ///< from the first request on
};

}  // namespace oscilla::live
