#include "oscilla/thread_meters.hpp"

#include <malloc.h>
#include <sys/resource.h>

namespace oscilla::cli {
namespace {

rusage thread_usage() {
  rusage usage{};
  getrusage(RUSAGE_THREAD, &usage);
  return usage;
}

std::uint64_t nanoseconds(const timeval& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(time.tv_usec) * 1000;
}

}  // namespace

std::uint64_t thread_processor_nanoseconds() {
  const rusage usage = thread_usage();
  return nanoseconds(usage.ru_utime) + nanoseconds(usage.ru_stime);
}

std::uint64_t thread_waits() { return static_cast<std::uint64_t>(thread_usage().ru_nvcsw); }

std::uint64_t heap_bytes() {
  const struct mallinfo2 info = mallinfo2();
  return info.uordblks + info.hblkhd;
}

}  // namespace oscilla::cli
