// The engine's side of the inspector: does what it wishes between two ticks, and publishes what it shows. While the
// inspector is closed it does nothing at all; no frame is another one because of it.
#pragma once

#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "oscilla/play/examiner.hpp"
#include "oscilla/play/inspector_view.hpp"
#include "oscilla/session.hpp"
#include "window/latest.hpp"

namespace oscilla::cli::play {

/// What the inspector wants; the newest counts.
struct InspectorWishes {
  bool open = false;
  bool trace = true;
  std::optional<std::uint32_t> lane{};    ///< of fields this one instead of a summary
  std::optional<Question> question{};     ///< to be answered
  std::uint64_t question_number = 0;      ///< another one: it is asked anew
  bool held = false;                      ///< time stands still, wherever it is gone back to
  std::optional<std::int64_t> back_to{};  ///< a tick
  std::uint64_t back_number = 0;          ///< another one: it is gone back anew
  std::uint64_t acknowledged = 0;         ///< another one: errors are forgotten
};

/// What of a frame counts here.
struct TickedFrame {
  std::int64_t tick = 0;  ///< RenderFrame::tick
  double t_ms = 0;
};

class Inspection {
 public:
  static constexpr std::uint32_t kTracedTicks = 2;        ///< what is older is in the views that were published
  static constexpr std::uint64_t kInterval = 50'000'000;  ///< nanoseconds between two views

  /// Session::restore(), by whoever counts what is requested.
  using GoBack = std::function<std::expected<void, std::string>(Session& session, std::int64_t tick)>;

  /// `budget`: what a frame has time for, in nanoseconds. `compile` are the options of the running program.
  Inspection(std::uint64_t budget, CompileOptions compile, GoBack go_back);

  // The thread of the window.
  void wish(const InspectorWishes& wishes);
  /// True if there is a newer view than the last one.
  bool take() { return views_.take(); }
  const InspectorView& view() const { return views_.current(); }
  std::optional<Answer> take_answer() { return examiner_->take(); }
  bool is_answering() const { return examiner_->is_busy(); }

  // The thread of the session.
  /// Inputs are written; `host_ms` is what the tick will be called with.
  void before_tick(Session& session, double host_ms);
  /// `cost` of that tick; `now` in nanoseconds of a clock that never goes back.
  void after_tick(Session& session, const TickedFrame& frame, const FrameCost& cost, std::uint64_t now);

 private:
  void obey(Session& session);
  void trace(Session& session) const;
  bool names_another(const Session& session) const;
  void keep(const Session& session, const TracedFrame& frame);
  void publish(Session& session, std::uint64_t now);
  void tell_errors(const Session& session);

  window::Latest<InspectorWishes> wishes_;
  window::Latest<InspectorView> views_;
  HealthMonitor monitor_;
  GoBack go_back_;
  std::unique_ptr<Examiner> examiner_;

  // Of the thread of the session.
  InspectorWishes obeyed_;
  std::optional<ExaminedMoment> moment_;  ///< the tick that comes is asked about
  std::uint64_t swaps_ = 0;               ///< before the tick
  InspectorView shown_;                   ///< as it will be published
  const TraceRow* rows_ = nullptr;        ///< that `shown_.table` is made of
  std::uint64_t ticks_ = 0;               ///< since the view before
  double inspected_ns_ = 0;               ///< likewise
  std::uint64_t next_ = 0;                ///< when a view is due
};

}  // namespace oscilla::cli::play
