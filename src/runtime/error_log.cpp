#include "runtime/error_log.hpp"

#include <algorithm>

namespace oscilla::runtime {

void ErrorLog::report(RuntimeErrorKind kind, std::string_view block, std::int64_t tick, double value, double used) {
  auto record = std::find_if(records_.begin(), records_.end(),
                             [&](const RuntimeError& known) { return known.kind == kind && known.block == block; });
  if (record == records_.end()) {
    if (records_.size() == records_.capacity()) return;
    records_.push_back({.kind = kind, .block = block, .first_tick = tick});
    record = records_.end() - 1;
  }
  record->last_tick = tick;
  ++record->count;
  record->value = value;
  record->used = used;
}

}  // namespace oscilla::runtime
