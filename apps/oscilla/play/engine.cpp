#include "oscilla/play/engine.hpp"

#include <span>
#include <utility>

#include <fmt/format.h>

#include "input/learn.hpp"
#include "oscilla/thread_meters.hpp"

namespace oscilla::cli::play {

Engine::Engine(EngineParts parts)
    : session_(std::move(parts.program), std::move(parts.session)),
      pace_(parts.rate),
      inputs_(std::move(parts.inputs)),
      devices_(std::move(parts.devices)),
      transport_(parts.rate, parts.rewind_ticks),
      recorder_(parts.recorder),
      watchers_(std::move(parts.watchers)) {
  session_.measure(steady_nanoseconds);
  state_.budget_nanoseconds = pace_.budget_nanoseconds();
  devices_.set_intercept(
      [this](std::string_view device, const input::Played& played) { return intercept(device, played); });
}

Engine::~Engine() { stop(); }

void Engine::start(input::FileWatch files, const std::string& path) {
  if (recorder_ != nullptr) session_.record(*recorder_);
  pace_.restart();
  reloader_ = std::make_unique<Reloader>(
      std::move(files), path, session_, requests_,
      [this](const std::string& sentence) { tell(NoticeNews{NoticeNews::Kind::Trouble, sentence}); });
  thread_ = std::thread([this] { run(); });
}

void Engine::stop() {
  reloader_.reset();
  if (!thread_.joinable()) return;
  stopping_.store(true);
  thread_.join();
  session_.end_recording();
}

void Engine::run() {
  while (!stopping_.load(std::memory_order_relaxed)) {
    tick();
    pace_.wait_for_next();
  }
}

void Engine::command(const Command& command) {
  if (!is_transport(command.action)) return tell(CommandNews{command});
  post([this, command](Session&) { perform(command); });
}

void Engine::perform(const Command& command) {
  TransportControl::Answer answer = transport_.perform(command, session_);
  returns_ += answer.returns;
  if (answer.sentence.empty()) return;
  tell(NoticeNews{answer.was_done ? NoticeNews::Kind::Said : NoticeNews::Kind::Trouble, std::move(answer.sentence)});
}

void Engine::learn(std::optional<ChannelInfo> input) {
  post([this, input = std::move(input)](Session&) { learning_ = input; });
}

/// What devices play is for the inputs of the patch, but for commands, and for what an input is to learn.
bool Engine::intercept(std::string_view device, const input::Played& played) {
  if (device == "OSC" && is_command_address(played.source)) {
    const std::optional<Command> command = command_of_osc(played.source, played.values);
    if (!command)
      tell(NoticeNews{NoticeNews::Kind::Trouble, fmt::format("{} is no command, or lacks its number", played.source)});
    else if (is_transport(command->action))
      perform(*command);
    else
      tell(CommandNews{*command});
    return true;
  }
  if (!learning_) return false;
  const std::optional<std::string> source = input::source_to_learn(played, *learning_);
  if (!source) return false;
  devices_.learn(learning_->name, *source);
  tell(LearnedNews{learning_->name, *source});
  learning_.reset();
  return false;
}

void Engine::tick() {
  const double t_ms = pace_.begin_frame();
  const std::uint64_t used = thread_processor_nanoseconds(), waits = thread_waits();
  orders_.receive([this](Order& order) { order(session_); });
  inputs_.write_until(t_ms, session_);
  devices_.write_due(t_ms, session_);
  for (TickWatcher* watcher : watchers_) watcher->before_tick(session_, t_ms);
  const std::uint64_t begin = steady_nanoseconds();
  const RenderFrame& frame = session_.tick(t_ms);
  state_.tick_nanoseconds = steady_nanoseconds() - begin;
  state_.tick = frame.tick;
  state_.host_ms = t_ms;
  publish(frame);
  pace_.end_frame();
  const bool waited = thread_waits() != waits;
  state_.waited += waited;
  state_.late += waited || thread_processor_nanoseconds() - used > state_.budget_nanoseconds;
  transport_.note(static_cast<std::int64_t>(state_.frames) - 1, state_.transport);
  for (TickWatcher* watcher : watchers_) watcher->after_tick(session_, state_);
  tell_news();
}

void Engine::publish(const RenderFrame& frame) {
  frames_.publish(frame, session_.camera());
  state_.transport = session_.transport();
  state_.dropped = pace_.late();
  state_.swaps = session_.swaps();
  ++state_.frames;
  states_.next() = state_;
  states_.publish();
}

/// Reports are asked for while there are any to come, since asking locks.
void Engine::tell_news() {
  if (requests_.waiting() != 0 || returns_ != 0) {
    for (SwapReport& report : session_.take_swap_reports()) {
      std::optional<Patch> edit = requests_.take(report.generation);
      if (edit) outcomes_.count(report);
      if (!edit) transport_.take(report, session_), --returns_;
      tell(EditNews{std::move(report), std::move(edit), session_.program()});
    }
  }
  if (!errors_.has_news(session_)) return;
  MendedNews news{{}, session_.program().patch()};
  for (const RuntimeError& error : errors_.take(session_))
    news.list.push_back(to_diagnostic(error, session_.program()));
  tell(std::move(news));
}

}  // namespace oscilla::cli::play
