#include "oscilla/listeners.hpp"

#include <algorithm>
#include <utility>

namespace oscilla::cli {
namespace {

/// "/a/b" is the channel "osc.a.b", too.
std::string osc_channel(std::string_view address) {
  std::string channel = "osc" + std::string(address);
  std::ranges::replace(channel, '/', '.');
  return channel;
}

/// "osc.a.b" is the address "/a/b", too.
std::string osc_address(std::string_view channel) {
  constexpr std::string_view kSpace = "osc.";
  if (!channel.starts_with(kSpace)) return {};
  std::string address = "/" + std::string(channel.substr(kSpace.size()));
  std::ranges::replace(address, '.', '/');
  return address;
}

}  // namespace

std::vector<input::Listener> listeners_of(const Program& program) {
  std::vector<input::Listener> listeners;
  for (const ChannelInfo& channel : program.channels()) {
    const bool holds = channel.kind == ChannelKind::Value;
    input::Listener listener{.name = channel.name,
                             .sources = {channel.name},
                             .components = channel.components,
                             .event = channel.kind == ChannelKind::Event,
                             .holds = holds,
                             .smooth_ms = channel.smooth_ms,
                             .initial = channel.initial};
    const auto listen = [&listener](std::string source) {
      if (std::ranges::find(listener.sources, source) == listener.sources.end())
        listener.sources.push_back(std::move(source));
    };
    if (!channel.channel.empty()) listen(channel.channel);
    if (!channel.osc.empty()) listen(channel.osc), listen(osc_channel(channel.osc));
    if (std::string address = osc_address(channel.channel); !address.empty()) listen(std::move(address));
    if (!channel.midi.empty()) listen("midi." + channel.midi);
    if (!channel.key.empty()) listen("key." + channel.key + (holds ? ".held" : ".down"));
    listeners.push_back(std::move(listener));
  }
  return listeners;
}

void follow(input::Router& router, const Session& session) {
  for (std::uint32_t target = 0; target < router.listeners(); ++target) router.hold(target, session.input(target));
}

void write_due(input::Router& router, double t_ms, std::optional<double>& last_ms, Session& session) {
  const double dt_ms = t_ms - std::exchange(last_ms, t_ms).value_or(t_ms);
  for (const input::Router::Write& write : router.due(dt_ms)) {
    if (write.key.empty())
      session.set(write.target, std::span(write.values).first(write.count));
    else
      session.send(write.target, write.key, write.values[0]);
  }
  router.clear();
}

}  // namespace oscilla::cli
