#include "runtime/error_log.hpp"

#include <algorithm>

namespace oscilla::runtime {

void ErrorLog::report(const RuntimeError& error, std::int64_t tick) {
  auto record = std::find_if(records_.begin(), records_.end(), [&](const RuntimeError& known) {
    return known.kind == error.kind && known.block == error.block && known.port == error.port &&
           known.operation == error.operation;
  });
  if (record == records_.end()) {
    if (records_.size() == records_.capacity()) return;
    records_.push_back(error);
    record = records_.end() - 1;
    record->first_tick = tick;
  }
  record->count += record->count == 0 || record->last_tick != tick ? 1 : 0;
  record->last_tick = tick;
  record->value = error.value;
  record->used = error.used;
}

}  // namespace oscilla::runtime
