// MIDI devices, by RtMidi: those that are there, and those that are plugged in later. Each has a thread of RtMidi's;
// one more looks once a second what has come and gone.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <expected>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "input/feed.hpp"
#include "input/producer.hpp"

namespace oscilla::input {

class Midi final : public Producer {
 public:
  /// `which` is a part of a device's name, whatever its case; empty: all. The error, a sentence without its full stop,
  /// says that the system has no MIDI at all; that no device is there yet is none.
  static std::expected<std::unique_ptr<Midi>, std::string> open(const std::string& which);
  ~Midi() override;

  void drain(double t_ms, const TakePlayed& take) override;
  ProducerCounts counts() const override { return {feed_.taken(), feed_.dropped(), malformed_.load()}; }
  std::string_view device() const override { return "MIDI"; }

  /// The names of the devices that are open, in the order in which they came.
  std::vector<std::string> devices() const;

 private:
  struct Port;
  explicit Midi(std::string which);
  void watch();
  void look();
  void receive(const std::string& device, const std::vector<unsigned char>& bytes);

  std::string which_;
  Feed feed_;
  std::mutex feed_mutex_;  ///< devices write one after the other
  std::atomic<std::uint64_t> malformed_{0};
  mutable std::mutex ports_mutex_;
  std::vector<std::unique_ptr<Port>> ports_;
  std::mutex stop_mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;
  std::thread watcher_;
};

}  // namespace oscilla::input
