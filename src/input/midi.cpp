#include "input/midi.hpp"

#include <algorithm>
#include <cctype>
#include <chrono>
#include <utility>

#include <RtMidi.h>

#include "input/midi_message.hpp"

namespace oscilla::input {
namespace {

constexpr std::chrono::seconds kLookEvery{1};

std::string lower_case(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// RtMidi says on stderr what it also throws.
void keep_quiet(RtMidiError::Type, const std::string&, void*) {}

std::unique_ptr<RtMidiIn> make_input() {
  auto in = std::make_unique<RtMidiIn>(RtMidi::UNSPECIFIED, "oscilla");
  in->setErrorCallback(keep_quiet);
  return in;
}

std::vector<std::string> names_of(RtMidiIn& in) {
  std::vector<std::string> names;
  for (unsigned port = 0, count = in.getPortCount(); port < count; ++port) names.push_back(in.getPortName(port));
  return names;
}

}  // namespace

struct Midi::Port {
  Midi* midi;
  std::string name;    ///< the system's
  std::string device;  ///< as a part of a channel
  std::unique_ptr<RtMidiIn> in;

  static void receive(double, std::vector<unsigned char>* bytes, void* port) {
    Port& self = *static_cast<Port*>(port);
    self.midi->receive(self.device, *bytes);
  }
};

std::expected<std::unique_ptr<Midi>, std::string> Midi::open(const std::string& which) {
  try {
    make_input();  // whether there is anything to ask
  } catch (const RtMidiError& error) {
    std::string why = error.getMessage();
    while (why.ends_with('.')) why.pop_back();
    return std::unexpected("this system has no MIDI: " + why);
  }
  return std::unique_ptr<Midi>(new Midi(which));
}

Midi::Midi(std::string which) : which_(lower_case(std::move(which))) {
  look();
  watcher_ = std::thread([this] { watch(); });
}

Midi::~Midi() {
  {
    const std::lock_guard lock(stop_mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  watcher_.join();
  ports_.clear();
}

void Midi::watch() {
  std::unique_lock lock(stop_mutex_);
  while (!stopped_.wait_for(lock, kLookEvery, [this] { return stopping_; })) {
    lock.unlock();
    look();
    lock.lock();
  }
}

/// Opens what has come, closes what has gone. A device that cannot be opened is tried again.
void Midi::look() {
  try {
    const auto asked = make_input();
    const std::vector<std::string> names = names_of(*asked);
    const std::lock_guard lock(ports_mutex_);
    std::erase_if(ports_, [&](const auto& port) { return std::ranges::find(names, port->name) == names.end(); });
    for (unsigned number = 0; number < names.size(); ++number) {
      const std::string& name = names[number];
      const bool is_open = std::ranges::any_of(ports_, [&](const auto& port) { return port->name == name; });
      const bool is_ours = name.starts_with("oscilla");
      if (is_open || is_ours || lower_case(name).find(which_) == std::string::npos) continue;
      auto port = std::make_unique<Port>(Port{this, name, midi_device_name(name), make_input()});
      port->in->setCallback(&Port::receive, port.get());
      port->in->openPort(number, "in");
      if (!port->in->isPortOpen()) continue;  // it does not throw, since somebody is told (keep_quiet)
      ports_.push_back(std::move(port));
    }
  } catch (const RtMidiError&) {
    // looked for again in a second
  }
}

void Midi::receive(const std::string& device, const std::vector<unsigned char>& bytes) {
  const std::lock_guard lock(feed_mutex_);
  malformed_.fetch_add(read_midi_message(device, bytes, feed_));
}

void Midi::drain(double, const TakePlayed& take) { feed_.drain(take); }

std::vector<std::string> Midi::devices() const {
  const std::lock_guard lock(ports_mutex_);
  std::vector<std::string> names;
  for (const auto& port : ports_) names.push_back(port->device);
  return names;
}

}  // namespace oscilla::input
