// Fields that were computed before the first tick, by key, for every program that has the same ones: an edit keeps what
// it did not change. In: the key of a plane. Out: its lanes, immutable, shared. The store keeps nothing alive itself: a
// plane lasts as long as a program that uses it. One thread at a time prepares programs against a store.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <unordered_map>

#include "base/buffer.hpp"
#include "base/ids.hpp"
#include "exec/findings.hpp"

namespace oscilla::runtime {

/// What computing a plane came to: an op by the hash of its expression, the same in every program that has the plane.
struct CachedFault {
  exec::Finding finding;
  Hash128 origin;
};

struct CachedPlane {
  AlignedBuffer<float> lanes;
  bool zero_divisor = false;  ///< computing it divided by zero
  std::array<CachedFault, exec::kFaults> faults;
};

class CacheStore {
 public:
  /// Null if no living program has it.
  std::shared_ptr<const CachedPlane> find(Hash128 key) const;
  void add(Hash128 key, const std::shared_ptr<const CachedPlane>& plane);

 private:
  struct HashOf {
    std::size_t operator()(Hash128 hash) const { return hash.low; }
  };
  std::unordered_map<Hash128, std::weak_ptr<const CachedPlane>, HashOf> planes_;  // looked up only
};

}  // namespace oscilla::runtime
