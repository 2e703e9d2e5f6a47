#include "live/kept_errors.hpp"

#include <algorithm>

namespace oscilla::live {

void KeptErrors::Name::set(std::string_view name) {
  length = static_cast<std::uint8_t>(std::min(name.size(), text.size()));
  std::copy_n(name.begin(), length, text.begin());
}

void KeptErrors::keep(std::span<const RuntimeError> errors) {
  for (const RuntimeError& error : errors) {
    Record fresh{error, {}, {}, {}};
    fresh.block.set(error.block);
    fresh.port.set(error.port);
    fresh.instance.set(error.instance);
    auto known = std::ranges::find_if(records_, [&](const Record& record) {
      return record.error.kind == error.kind && record.error.operation == error.operation &&
             record.block.view() == fresh.block.view() && record.port.view() == fresh.port.view();
    });
    if (known == records_.end() && records_.size() < kMost) {
      records_.push_back(fresh);
      continue;
    }
    if (known == records_.end())
      known = std::ranges::find(records_, error.kind, [](const Record& record) { return record.error.kind; });
    if (known == records_.end()) continue;
    known->error.count += error.count;
    known->error.last_tick = std::max(known->error.last_tick, error.last_tick);
  }
}

RuntimeError KeptErrors::operator[](std::size_t index) const {
  const Record& record = records_[index];
  RuntimeError error = record.error;
  error.block = record.block.view();
  error.port = record.port.view();
  error.instance = record.instance.view();
  return error;
}

}  // namespace oscilla::live
