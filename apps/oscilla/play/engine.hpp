// The thread that computes: it owns the session and whatever plays it, and makes a frame whenever one is due, whatever
// the window does meanwhile. Orders come in between two ticks; frames, states and news go out. Nobody ever waits for
// anybody.
#pragma once

#include <atomic>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "oscilla/device_inputs.hpp"
#include "oscilla/live_edits.hpp"
#include "oscilla/live_report.hpp"
#include "oscilla/pace.hpp"
#include "oscilla/play/engine_news.hpp"
#include "oscilla/play/transport_control.hpp"
#include "oscilla/scripted_inputs.hpp"
#include "oscilla/session.hpp"
#include "window/frame_exchange.hpp"
#include "window/latest.hpp"
#include "window/mailbox.hpp"

namespace oscilla::cli::play {

/// Looks at the session after every tick, in the engine's thread; allocates and locks nothing in a tick that is like
/// the one before.
class TickWatcher {
 public:
  virtual ~TickWatcher() = default;
  /// Inputs are written; the tick will be called with this time.
  virtual void before_tick(Session& session, double host_ms) {
    static_cast<void>(session);
    static_cast<void>(host_ms);
  }
  virtual void after_tick(Session& session, const EngineState& state) = 0;
};

struct EngineParts {
  Program program;
  SessionOptions session;
  Rate rate;
  ScriptedInputs inputs;
  DeviceInputs devices;
  Recorder* recorder = nullptr;    ///< writes everything down; lives longer than the engine
  std::uint32_t rewind_ticks = 0;  ///< that the recorder can go back
  std::vector<TickWatcher*> watchers{};
};

class Engine {
 public:
  /// What is done to the session between two ticks, in the engine's thread.
  using Order = std::function<void(Session& session)>;

  explicit Engine(EngineParts parts);
  ~Engine();
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Begins to tick, and to write down. `files` are watched: what is saved takes over.
  void start(input::FileWatch files, const std::string& path);
  /// No tick comes any more; what was recorded is complete.
  void stop();

  // Any thread.
  void post(Order order) { orders_.send(std::move(order)); }
  /// A command of the transport is carried out between two ticks, any other one told to the window.
  void command(const Command& command);
  /// The next thing that is played is what this input listens to; nothing: no input waits any more.
  void learn(std::optional<ChannelInfo> input);
  void tell(News news) { news_.send(std::move(news)); }
  /// A patch takes over as if its file had been saved. A number under a hand: nothing is said when it did.
  void request(Patch patch) { requests_.request(session_, std::move(patch)); }

  /// The engine's thread: Session::restore(), and what came of it will be told. The error is a sentence.
  std::expected<void, std::string> go_back(Session& session, std::int64_t tick) {
    const auto asked = session.restore(tick);
    if (!asked) return std::unexpected(asked.error());
    ++returns_;
    return {};
  }

  // The window's thread.
  /// Calls read(news) for all that was told since the last call; true if there was anything.
  template <class Read>
  bool receive(Read read) {
    return news_.receive(read);
  }
  /// The newest frame; take() says whether there is another one.
  window::FrameExchange& frames() { return frames_; }
  /// As of the newest tick.
  const EngineState& state() {
    states_.take();
    return states_.current();
  }

  // When it has stopped.
  const Session& session() const { return session_; }
  const Pace& pace() const { return pace_; }
  const Outcomes& outcomes() const { return outcomes_; }
  const DeviceInputs& devices() const { return devices_; }

 private:
  void run();
  void tick();
  void perform(const Command& command);
  bool intercept(std::string_view device, const input::Played& played);
  void tell_news();
  void publish(const RenderFrame& frame);

  Session session_;
  Pace pace_;
  ScriptedInputs inputs_;
  DeviceInputs devices_;
  TransportControl transport_;
  Recorder* recorder_;
  std::optional<ChannelInfo> learning_;
  std::vector<TickWatcher*> watchers_;
  Requests requests_;
  ErrorNews errors_;
  Outcomes outcomes_;
  EngineState state_;
  std::size_t returns_ = 0;  ///< wishes to go back that nothing was told of
  window::Mailbox<Order> orders_;
  window::Mailbox<News> news_;
  window::FrameExchange frames_;
  window::Latest<EngineState> states_;
  std::atomic<bool> stopping_{false};
  std::unique_ptr<Reloader> reloader_;
  std::thread thread_;  ///< last: it uses the others
};

}  // namespace oscilla::cli::play
