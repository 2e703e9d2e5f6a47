#include "output/raster_pool.hpp"

#include <system_error>

namespace oscilla::output {

RasterPool::RasterPool(FrameWriter& writer, unsigned threads) : writer_(writer) {
  if (threads <= 1) return;
  jobs_ = std::vector<Job>(std::size_t{2} * threads);
  try {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
  } catch (const std::system_error&) {
    // The system gives no more threads: those that run do the work, and without any the caller does it.
  }
}

RasterPool::~RasterPool() { stop(); }

void RasterPool::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  has_work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
}

void RasterPool::work() {
  EncodeScratch scratch;
  std::unique_lock lock(mutex_);
  while (true) {
    has_work_.wait(lock, [this] { return stopping_ || taken_ < submitted_; });
    if (stopping_) return;
    Job& mine = job(taken_++);
    lock.unlock();
    mine.outcome = writer_.encode(mine.frame_number, mine.frame.view(), scratch, mine.bytes);
    mine.report = scratch.raster.report;
    lock.lock();
    mine.encoded = true;
    has_result_.notify_one();
  }
}

/// Waits for the oldest job and writes it.
void RasterPool::write_oldest() {
  Job& oldest = job(written_);
  {
    std::unique_lock lock(mutex_);
    has_result_.wait(lock, [&] { return oldest.encoded; });
    oldest.encoded = false;
  }
  outcome_ = oldest.outcome;
  report_.add(oldest.report);
  if (outcome_) outcome_ = writer_.write(oldest.frame_number, oldest.bytes);
  const std::lock_guard lock(mutex_);
  ++written_;
}

Outcome RasterPool::submit(std::int64_t frame_number, const RenderFrame& frame) {
  if (!outcome_) return outcome_;
  if (threads_.empty()) {
    outcome_ = writer_.encode(frame_number, frame, scratch_, bytes_);
    report_.add(scratch_.raster.report);
    if (outcome_) outcome_ = writer_.write(frame_number, bytes_);
    return outcome_;
  }
  if (submitted_ - written_ == jobs_.size()) write_oldest();
  if (!outcome_) return outcome_;
  Job& mine = job(submitted_);
  mine.frame_number = frame_number;
  mine.frame.assign(frame);
  {
    const std::lock_guard lock(mutex_);
    ++submitted_;
  }
  has_work_.notify_one();
  return {};
}

Outcome RasterPool::finish() {
  while (outcome_ && written_ < submitted_) write_oldest();
  stop();
  if (outcome_) outcome_ = writer_.finish();
  return outcome_;
}

}  // namespace oscilla::output
