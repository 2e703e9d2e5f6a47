#include "runtime/channels.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/hash.hpp"
#include "ir/event_key.hpp"

namespace oscilla::runtime {
namespace {

/// Sums of finite numbers stay finite.
constexpr double kMost = std::numeric_limits<double>::max();

}  // namespace

Channels::Channels(const ir::Program& program) {
  for (const ir::Channel& channel : program.channels) {
    kinds_.push_back(channel.kind);
    components_.push_back(channel.components);
    Waiting waiting{
        channel.initial, exec::EventList(channel.kind == ir::ChannelKind::Event ? ir::kChannelEvents : 0), {}};
    waiting.named.key = stable_id(channel.name);
    waiting.named.key_number = ir::key_number(channel.name);
    waiting_.push_back(std::move(waiting));
  }
}

void Channels::carry(const Channels& from, std::span<const ir::ChannelIx> sources) {
  for (std::size_t i = 0; i < sources.size(); ++i)
    if (sources[i].valid()) {
      waiting_[i].values = from.waiting_[sources[i].v].values;
      waiting_[i].events.take(from.waiting_[sources[i].v].events);
    }
}

void Channels::give_back(Channels& to, std::span<const ir::ChannelIx> sources) const {
  for (std::size_t i = 0; i < sources.size(); ++i)
    if (sources[i].valid()) {
      to.waiting_[sources[i].v].values = waiting_[i].values;
      to.waiting_[sources[i].v].events.take(waiting_[i].events);
    }
}

bool Channels::write(ir::ChannelIx channel, std::span<const double> values) {
  if (channel.v >= kinds_.size()) return false;
  const std::size_t components = components_[channel.v];
  const bool finite = std::all_of(values.begin(), values.end(), [](double x) { return x - x == 0; });
  if (!finite || (values.size() != 1 && values.size() != components)) return false;
  if (kinds_[channel.v] == ir::ChannelKind::Event) {
    exec::Event event = waiting_[channel.v].named;
    event.value = values[0];
    waiting_[channel.v].events.add(event);
    return true;
  }
  std::array<double, 4>& waiting = waiting_[channel.v].values;
  for (std::size_t c = 0; c < components; ++c) {
    const double value = values[values.size() == 1 ? 0 : c];
    switch (kinds_[channel.v]) {
      case ir::ChannelKind::Value:
      case ir::ChannelKind::Pulse: waiting[c] = value; break;
      case ir::ChannelKind::Accumulate: waiting[c] = std::clamp(waiting[c] + value, -kMost, kMost); break;
      case ir::ChannelKind::Event: break;  // above
      case ir::ChannelKind::Latch: waiting[c] = value == 0 || waiting[c] == 0 ? value : waiting[c]; break;
    }
  }
  return true;
}

bool Channels::write(ir::ChannelIx channel, const exec::Event& event) {
  if (channel.v >= kinds_.size() || kinds_[channel.v] != ir::ChannelKind::Event) return false;
  if (!(event.value - event.value == 0)) return false;
  waiting_[channel.v].events.add(event);
  return true;
}

std::span<const double> Channels::waiting(ir::ChannelIx channel) const {
  if (channel.v >= kinds_.size() || kinds_[channel.v] == ir::ChannelKind::Event) return {};
  return std::span(waiting_[channel.v].values).first(components_[channel.v]);
}

void Channels::show(const ir::Program& program, std::span<double> slots, std::span<exec::EventList> lists) const {
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (const ir::EventIx list = program.channels[i].events; list.valid()) lists[list.v].take(waiting_[i].events);
    for (std::size_t c = 0; c < components_[i]; ++c)
      if (const ir::SlotIx slot = program.channels[i].slots[c]; slot.valid()) slots[slot.v] = waiting_[i].values[c];
  }
}

void Channels::commit(const ir::Program& program, std::span<double> slots, std::span<exec::EventList> lists) {
  show(program, slots, lists);
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    const ir::ChannelKind kind = kinds_[i];
    if (kind == ir::ChannelKind::Pulse || kind == ir::ChannelKind::Accumulate) waiting_[i].values.fill(0);
    waiting_[i].events.clear();
  }
}

void Channels::visit(Archive& archive) {
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    archive.same(waiting_[i].named.key);
    archive.same(static_cast<std::uint8_t>(kinds_[i]));
    archive(waiting_[i].values);
    for (const double value : waiting_[i].values) archive.require(value - value == 0);
    waiting_[i].events.visit(archive);
  }
}

}  // namespace oscilla::runtime
