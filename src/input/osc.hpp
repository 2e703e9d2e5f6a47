// OSC over UDP: a thread that receives, and a feed of what came. Only this machine is heard unless an address says
// otherwise.
#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <memory>
#include <string>
#include <thread>

#include "input/feed.hpp"
#include "input/producer.hpp"

namespace oscilla::input {

class Osc final : public Producer {
 public:
  /// `where` is a port, "9000", or an address of this machine and a port, "0.0.0.0:9000" (all of them),
  /// "[::1]:9000". Port 0 is any that is free. The error is a sentence without its full stop.
  static std::expected<std::unique_ptr<Osc>, std::string> open(const std::string& where);
  ~Osc() override;
  Osc(const Osc&) = delete;
  Osc& operator=(const Osc&) = delete;

  void drain(double, const TakePlayed& take) override { feed_.drain(take); }
  ProducerCounts counts() const override { return {feed_.taken(), feed_.dropped(), malformed_.load()}; }
  std::string_view device() const override { return "OSC"; }
  std::uint16_t port() const { return port_; }

 private:
  explicit Osc(int socket);
  void receive();

  int socket_;
  std::uint16_t port_ = 0;
  Feed feed_;
  std::atomic<std::uint64_t> malformed_{0};
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace oscilla::input
