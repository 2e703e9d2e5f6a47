#include "runtime/cache_store.hpp"

namespace oscilla::runtime {

std::shared_ptr<const CachedPlane> CacheStore::find(Hash128 key) const {
  const auto found = planes_.find(key);
  return found == planes_.end() ? nullptr : found->second.lock();
}

void CacheStore::add(Hash128 key, const std::shared_ptr<const CachedPlane>& plane) {
  std::erase_if(planes_, [](const auto& entry) { return entry.second.expired(); });
  planes_[key] = plane;
}

}  // namespace oscilla::runtime
