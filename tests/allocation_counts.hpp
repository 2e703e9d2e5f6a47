// What tests/allocations.hpp counts, for the other files of the program that includes it.
#pragma once

#include <atomic>

namespace oscilla::test {

inline std::atomic<long> allocations{0};
inline constinit thread_local long own_allocations = 0;  ///< of the thread that asks
inline std::atomic<long> held_bytes{0};                  ///< now
inline std::atomic<long> most_bytes{0};                  ///< at once, since somebody set it to held_bytes

}  // namespace oscilla::test
