#include "runtime/channels.hpp"

#include <algorithm>

namespace oscilla::runtime {

Channels::Channels(const ir::Program& program) {
  for (const ir::Channel& channel : program.channels) {
    kinds_.push_back(channel.kind);
    components_.push_back(channel.components);
    waiting_.push_back({channel.initial});
  }
}

void Channels::carry(const Channels& from, std::span<const ir::ChannelIx> sources) {
  for (std::size_t i = 0; i < sources.size(); ++i)
    if (sources[i].valid()) waiting_[i] = from.waiting_[sources[i].v];
}

bool Channels::write(ir::ChannelIx channel, std::span<const double> values) {
  if (channel.v >= kinds_.size()) return false;
  const std::size_t components = components_[channel.v];
  const bool finite = std::all_of(values.begin(), values.end(), [](double x) { return x - x == 0; });
  if (!finite || (values.size() != 1 && values.size() != components)) return false;
  std::array<double, 4>& waiting = waiting_[channel.v].values;
  for (std::size_t c = 0; c < components; ++c) {
    const double value = values[values.size() == 1 ? 0 : c];
    switch (kinds_[channel.v]) {
      case ir::ChannelKind::Value:
      case ir::ChannelKind::Pulse: waiting[c] = value; break;
      case ir::ChannelKind::Accumulate: waiting[c] += value; break;
      case ir::ChannelKind::Latch: waiting[c] = value == 0 || waiting[c] == 0 ? value : waiting[c]; break;
    }
  }
  return true;
}

void Channels::commit(const ir::Program& program, std::span<double> slots) {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    std::array<double, 4>& waiting = waiting_[i].values;
    for (std::size_t c = 0; c < components_[i]; ++c)
      if (const ir::SlotIx slot = program.channels[i].slots[c]; slot.valid()) slots[slot.v] = waiting[c];
    const ir::ChannelKind kind = kinds_[i];
    if (kind == ir::ChannelKind::Pulse || kind == ir::ChannelKind::Accumulate) waiting.fill(0);
  }
}

}  // namespace oscilla::runtime
