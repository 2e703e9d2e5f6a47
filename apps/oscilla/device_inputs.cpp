#include "oscilla/device_inputs.hpp"

#include <algorithm>
#include <utility>

#include <fmt/ranges.h>

#include "input/midi.hpp"
#include "input/osc.hpp"
#include "oscilla/console.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/listeners.hpp"

namespace oscilla::cli {
namespace {

constexpr std::size_t kMostSaid = 20;

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
  verb.add_option("--midi", options.midi, "listen to MIDI: to all devices, or to those of this name")
      ->type_name("[DEVICE]")
      ->expected(0, 1)
      ->default_str("");
  add_read_option(
      verb, "--smooth", options.smooth_ms, read_smoothing,
      "values from devices glide, with this time constant, where the patch says nothing; default: they jump")
      ->type_name("MS");
}

std::expected<DeviceInputs, ExitCode> DeviceInputs::open(const DeviceOptions& options) {
  DeviceInputs inputs(options.smooth_ms);
  if (!options.osc.empty()) {
    auto osc = input::Osc::open(options.osc);
    if (!osc) {
      complain(fmt::format("--osc: {}", osc.error()));
      return std::unexpected(ExitCode::InputOutput);
    }
    say(fmt::format("listening to OSC at port {}\n", (*osc)->port()));
    inputs.producers_.push_back(std::move(*osc));
  }
  if (options.midi) {
    auto midi = input::Midi::open(*options.midi);
    if (!midi) {
      complain(fmt::format("--midi: {}", midi.error()));
      return std::unexpected(ExitCode::InputOutput);
    }
    const std::vector<std::string> devices = (*midi)->devices();
    say(devices.empty() ? "listening to MIDI: no device is there yet\n"
                        : fmt::format("listening to MIDI: {}\n", fmt::join(devices, ", ")));
    inputs.producers_.push_back(std::move(*midi));
  }
  return inputs;
}

void DeviceInputs::bind(const Program& program) {
  program_ = &program.compiled();
  std::vector<input::Listener> listeners = listeners_of(program);
  for (input::Listener& listener : listeners) {
    const auto [begin, end] = learned_.equal_range(listener.name);
    for (auto at = begin; at != end; ++at)
      if (std::ranges::find(listener.sources, at->second) == listener.sources.end())
        listener.sources.push_back(at->second);
  }
  router_.bind(std::move(listeners));
}

void DeviceInputs::learn(const std::string& input, std::string source) {
  learned_.emplace(input, std::move(source));
  program_ = nullptr;  // binds anew before the next tick
}

bool DeviceInputs::any() const {
  return std::ranges::any_of(producers_, [](const auto& producer) { return !producer->device().empty(); });
}

void DeviceInputs::say_unheard(std::string_view device, std::string_view source) {
  ++unheard_;
  if (said_.size() == kMostSaid || said_.contains(source)) return;
  said_.emplace(source);
  complain(fmt::format("{} {} reaches no input; {}", device, source, router_.hint(source)));
}

void DeviceInputs::write_due(double t_ms, Session& session) {
  if (producers_.empty()) return;
  if (program_ != &session.program().compiled()) bind(session.program());
  follow(router_, session);
  for (const auto& producer : producers_)
    producer->drain(t_ms, [&](const input::Played& played) {
      if (intercept_ && intercept_(producer->device(), played)) return;
      if (!router_.take(played) && !producer->device().empty()) say_unheard(producer->device(), played.source);
    });
  cli::write_due(router_, t_ms, last_ms_, session);
}

DeviceInputs::Counts DeviceInputs::counts() const {
  Counts all;
  for (const auto& producer : producers_) {
    if (producer->device().empty()) continue;
    const input::ProducerCounts counts = producer->counts();
    all.writes += counts.writes;
    all.dropped += counts.dropped;
    all.malformed += counts.malformed;
  }
  all.unheard = unheard_;
  return all;
}

}  // namespace oscilla::cli
