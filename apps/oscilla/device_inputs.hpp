// Devices that play a session: OSC over the network, MIDI, and whatever else is added: mouse, keys and gamepads of a
// window.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "input/producer.hpp"
#include "input/router.hpp"
#include "oscilla/exit_code.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

struct DeviceOptions {
  std::string osc;                  ///< a port, or an address and a port; empty: none
  std::optional<std::string> midi;  ///< a part of a device's name; empty: all devices
  double smooth_ms = 0;             ///< of inputs that hold a value
};
void add_device_options(CLI::App& verb, DeviceOptions& options);

class DeviceInputs {
 public:
  /// What cannot be opened is said.
  static std::expected<DeviceInputs, ExitCode> open(const DeviceOptions& options);

  /// Plays as well, from now on.
  void add(std::unique_ptr<input::Producer> producer) { producers_.push_back(std::move(producer)); }
  /// Sees everything before the inputs do; what it returns true for is not for them.
  using Intercept = std::function<bool(std::string_view device, const input::Played& played)>;
  void set_intercept(Intercept intercept) { intercept_ = std::move(intercept); }
  /// The input of this name listens to this source too, whatever the patch says, also after edits.
  void learn(const std::string& input, std::string source);

  /// Writes what has come since the last tick to the inputs of the program that runs. What nobody listens to is said
  /// once.
  void write_due(double t_ms, Session& session);

  /// Whether there is one that has a name.
  bool any() const;
  struct Counts : input::ProducerCounts {
    std::uint64_t unheard = 0;  ///< nobody listens
  };
  Counts counts() const;

 private:
  explicit DeviceInputs(double smooth_ms) : router_(smooth_ms) {}
  void bind(const Program& program);
  void say_unheard(std::string_view device, std::string_view source);

  std::vector<std::unique_ptr<input::Producer>> producers_;
  Intercept intercept_;
  std::multimap<std::string, std::string> learned_;  ///< sources by input
  input::Router router_;
  const live::CompiledPatch* program_ = nullptr;  ///< whose inputs listen
  std::optional<double> last_ms_;
  std::set<std::string, std::less<>> said_;
  std::uint64_t unheard_ = 0;
};

}  // namespace oscilla::cli
