#include "input/timeline.hpp"

#include <utility>

namespace oscilla::input {

Timeline::Timeline(std::vector<ScriptWrite> writes)
    : writes_(std::make_shared<const std::vector<ScriptWrite>>(std::move(writes))) {}

void Timeline::drain(double t_ms, const TakePlayed& take) {
  if (!writes_) return;
  for (; next_ < writes_->size() && (*writes_)[next_].time_ms <= t_ms; ++next_) {
    const ScriptWrite& write = (*writes_)[next_];
    take({write.channel, write.values, write.key});
  }
}

}  // namespace oscilla::input
