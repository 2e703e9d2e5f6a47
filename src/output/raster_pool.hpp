// Encodes different frames on several threads and writes them strictly in the order of submission. The bytes written do
// not depend on the number of threads; at most 2 x threads frames are held. With one thread all happens in submit().
//
// submit() copies the frame and may wait, and write, until there is room. After a failure every call returns that
// failure. Destroyed without finish(), it drops what is not yet written.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "frame/owned_frame.hpp"
#include "output/frame_writer.hpp"

namespace oscilla::output {

class RasterPool {
 public:
  RasterPool(FrameWriter& writer, unsigned threads);
  ~RasterPool();
  RasterPool(const RasterPool&) = delete;
  RasterPool& operator=(const RasterPool&) = delete;

  /// A valid frame; it may change as soon as this returns.
  Outcome submit(std::int64_t frame_number, const RenderFrame& frame);
  /// Writes what is left and finishes the writer.
  Outcome finish();
  /// Of all frames that are written.
  const DrawReport& report() const { return report_; }

 private:
  struct Job {
    std::int64_t frame_number = 0;
    frame::OwnedFrame frame;
    std::vector<std::uint8_t> bytes;
    Outcome outcome;
    DrawReport report;
    bool encoded = false;
  };

  void work();
  Job& job(std::uint64_t sequence) { return jobs_[sequence % jobs_.size()]; }
  void write_oldest();
  void stop();

  FrameWriter& writer_;
  Outcome outcome_;  // the first failure
  DrawReport report_;
  EncodeScratch scratch_;  // of the calling thread, when there is no other
  std::vector<std::uint8_t> bytes_;

  // A ring: [written_, taken_) is being encoded or done, [taken_, submitted_) waits. The counters, `stopping_` and each
  // job's `encoded` are guarded by the mutex; a job's other members belong to whoever has it.
  std::vector<Job> jobs_;
  std::uint64_t written_ = 0;
  std::uint64_t taken_ = 0;
  std::uint64_t submitted_ = 0;
  bool stopping_ = false;
  std::mutex mutex_;
  std::condition_variable has_work_;
  std::condition_variable has_result_;
  std::vector<std::thread> threads_;
};

}  // namespace oscilla::output
