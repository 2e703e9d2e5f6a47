// What this thread and this process have used, as the system counts it.
#pragma once

#include <cstdint>

namespace oscilla::cli {

/// Processor time of the calling thread.
std::uint64_t thread_processor_nanoseconds();
/// How often the calling thread gave its processor up by itself: it waited for a lock, a device, a sleep.
std::uint64_t thread_waits();
/// Bytes that the process has allocated and not freed; 0 if nobody counts them.
std::uint64_t heap_bytes();

}  // namespace oscilla::cli
