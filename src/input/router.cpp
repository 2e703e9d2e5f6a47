#include "input/router.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "base/nearest_name.hpp"
#include "input/midi_message.hpp"

namespace oscilla::input {
namespace {

/// Nearer than this to where it goes, a value is there.
constexpr double kClose = 1e-9;

}  // namespace

double smoothed(double y, double goal, double dt_ms, double time_ms) {
  if (!(time_ms > 0)) return goal;
  return goal + (y - goal) * std::exp(-std::max(dt_ms, 0.0) / time_ms);
}

void Router::bind(std::vector<Listener> listeners) {
  std::vector<Held> held(listeners.size());
  for (std::size_t i = 0; i < listeners.size(); ++i) {
    const auto before = std::ranges::find(listeners_, listeners[i].name, &Listener::name);
    held[i].now = held[i].shown = listeners[i].initial;
    if (before == listeners_.end() || !listeners[i].holds || before->components != listeners[i].components) continue;
    const Held& known = held_[static_cast<std::size_t>(before - listeners_.begin())];
    if (known.written) held[i] = known;
  }
  held_ = std::move(held);
  listeners_ = std::move(listeners);
  clear();
  targets_.clear();
  for (std::uint32_t i = 0; i < listeners_.size(); ++i)
    for (const std::string& source : listeners_[i].sources) targets_.emplace(source, i);
}

void Router::hold(std::uint32_t target, std::span<const double> values) {
  if (!listeners_[target].holds) return;
  const std::span<const double> known = values.first(std::min<std::size_t>(values.size(), 4));
  Held& held = held_[target];
  if (std::ranges::equal(known, std::span(held.shown).first(known.size()))) return;
  std::ranges::copy(known, held.shown.begin());
  held.now = held.goal = held.shown;
  held.moves = false;
}

bool Router::take(const Played& played) {
  std::array<MidiAlias, 16> room;
  const std::span<const MidiAlias> aliases = midi_aliases(played.source, room);
  if (aliases.empty()) return take_as(played.source, played);
  bool taken = false;
  for (const auto& [name, is_release] : aliases) {
    constexpr double kReleased[] = {0};
    taken |= take_as(name, {played.source, is_release ? std::span(kReleased) : played.values, played.key});
  }
  return taken;
}

bool Router::take_as(std::string_view source, const Played& played) {
  bool taken = false;
  const auto count = static_cast<std::uint32_t>(played.values.size());
  std::array<double, 4> values{};
  std::ranges::copy(played.values.first(std::min<std::size_t>(count, 4)), values.begin());
  const auto [begin, end] = targets_.equal_range(source);
  for (auto at = begin; at != end; ++at) {
    const Listener& listener = listeners_[at->second];
    if (count != 1 && (listener.event || count != listener.components)) continue;
    taken = true;
    if (listener.holds) {
      Held& held = held_[at->second];
      held.goal = values;
      if (count == 1) held.goal.fill(values[0]);  // for every component
      held.written = held.moves = true;
      continue;
    }
    writes_.push_back({at->second, values, count, {}});
    keys_.emplace_back(listener.event ? played.key : std::string_view());
  }
  return taken;
}

void Router::move(std::uint32_t target, double dt_ms) {
  Held& held = held_[target];
  if (!held.moves) return;
  held.moves = false;
  const double own_ms = listeners_[target].smooth_ms, time_ms = own_ms > 0 ? own_ms : smooth_ms_;
  const std::uint32_t count = std::min(listeners_[target].components, 4u);
  for (std::uint32_t c = 0; c < count; ++c) {
    held.now[c] = smoothed(held.now[c], held.goal[c], dt_ms, time_ms);
    if (std::abs(held.now[c] - held.goal[c]) <= kClose * std::max(1.0, std::abs(held.goal[c])))
      held.now[c] = held.goal[c];
    else
      held.moves = true;
  }
  held.shown = held.now;
  // On its way, to 24 bits: the last ones of a C library do not show.
  for (std::uint32_t c = 0; c < count && held.moves; ++c) held.shown[c] = static_cast<float>(held.shown[c]);
  writes_.push_back({target, held.shown, count, {}});
  keys_.emplace_back();
}

std::span<const Router::Write> Router::due(double dt_ms) {
  for (std::uint32_t target = 0; target < held_.size(); ++target) move(target, dt_ms);
  for (std::size_t i = 0; i < writes_.size(); ++i) writes_[i].key = keys_[i];
  return writes_;
}

void Router::clear() {
  writes_.clear();
  keys_.clear();
}

std::string Router::hint(std::string_view source) const {
  if (targets_.contains(source)) return "the input that listens to it takes another number of values";
  std::vector<std::string_view> sources;
  for (const auto& [known, target] : targets_)
    if (known.starts_with('/') == source.starts_with('/')) sources.push_back(known);
  if (sources.empty()) return "no input of the patch listens to anything like it";
  const std::string meant = did_you_mean(source, sources);
  return meant.empty() ? fmt::format("inputs listen to {}", fmt::join(sources, ", ")) : meant;
}

}  // namespace oscilla::input
