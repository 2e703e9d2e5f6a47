#include "oscilla/device_inputs.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"

namespace oscilla::cli {
namespace {

constexpr std::size_t kMostSaid = 20;

/// "/a/b" is the channel "osc.a.b" too.
std::string osc_address(std::string_view channel) {
  constexpr std::string_view kSpace = "osc.";
  if (!channel.starts_with(kSpace)) return {};
  std::string address = "/" + std::string(channel.substr(kSpace.size()));
  std::ranges::replace(address, '.', '/');
  return address;
}

std::vector<input::Listener> listeners_of(const Program& program) {
  std::vector<input::Listener> listeners;
  for (const ChannelInfo& channel : program.channels()) {
    input::Listener listener{
        channel.name, {}, channel.components, channel.kind == ChannelKind::Event, channel.kind == ChannelKind::Value};
    for (const std::string& source : {channel.osc, osc_address(channel.channel)})
      if (!source.empty()) listener.sources.push_back(source);
    listeners.push_back(std::move(listener));
  }
  return listeners;
}

std::expected<double, std::string> read_smoothing(const std::string& text) {
  constexpr std::int64_t kMost = 60'000;
  const auto ms = read_integer(text, 0, kMost);
  if (ms) return static_cast<double>(*ms);
  return std::unexpected(fmt::format("\"{}\" is not a time from 0 to {} milliseconds", text, kMost));
}

}  // namespace

void add_device_options(CLI::App& verb, DeviceOptions& options) {
  verb.add_option("--osc", options.osc, "listen to OSC over UDP, from this machine or at an address of its")
      ->type_name("[ADDRESS:]PORT");
  add_read_option(verb, "--smooth", options.smooth_ms, read_smoothing,
                  "values from devices glide, with this time constant; default: they jump")
      ->type_name("MS");
}

std::expected<DeviceInputs, ExitCode> DeviceInputs::open(const DeviceOptions& options) {
  DeviceInputs inputs(options.smooth_ms);
  if (options.osc.empty()) return inputs;
  auto osc = input::Osc::open(options.osc);
  if (!osc) {
    complain(fmt::format("--osc: {}", osc.error()));
    return std::unexpected(ExitCode::InputOutput);
  }
  inputs.osc_ = std::move(*osc);
  say(fmt::format("listening to OSC at port {}\n", inputs.osc_->port()));
  return inputs;
}

void DeviceInputs::bind(const Program& program) {
  program_ = &program.compiled();
  router_.bind(listeners_of(program));
}

void DeviceInputs::say_unheard(std::string_view source) {
  ++unheard_;
  if (said_.size() == kMostSaid || said_.contains(source)) return;
  said_.emplace(source);
  complain(fmt::format("OSC {} reaches no input; {}", source, router_.hint(source)));
}

void DeviceInputs::write_due(double t_ms, Session& session) {
  if (!osc_) return;
  if (program_ != &session.program().compiled()) bind(session.program());
  osc_->feed().drain([&](const input::FeedWrite& write) {
    if (!router_.take(write)) say_unheard(write.source());
  });
  const double dt_ms = t_ms - std::exchange(last_ms_, t_ms).value_or(t_ms);
  for (const input::Router::Write& write : router_.due(dt_ms)) {
    if (write.key.empty())
      session.set(write.target, std::span(write.values).first(write.count));
    else
      session.send(write.target, write.key, write.values[0]);
  }
  router_.clear();
}

DeviceInputs::Counts DeviceInputs::counts() const {
  if (!osc_) return {};
  return {osc_->feed().taken(), osc_->feed().dropped(), osc_->malformed(), unheard_};
}

}  // namespace oscilla::cli
