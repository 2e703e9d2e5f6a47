// What stands behind a session: its program as it runs, what is on its way to take over from it, and who writes down
// what happens. session.cpp drives it, session_switch.cpp lets programs and moments in, session_recording.cpp records
// and goes back, session_inspection.cpp tells what there is.
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "live/kept_errors.hpp"
#include "live/recorder.hpp"
#include "live/swapper.hpp"
#include "live/threads.hpp"
#include "live/tracer.hpp"
#include "oscilla/session.hpp"
#include "runtime/session.hpp"

namespace oscilla {

struct Session::Implementation {
  Implementation(Program running, const SessionOptions& options, runtime::Sabotage sabotage = {});
  ~Implementation();

  const RenderFrame& tick(double t_ms, runtime::StepTimes* times);

  /// Frees what no frame needs any more, and lets the next program in if one is ready.
  void between_ticks();
  const RenderFrame& run_tick(double t_ms, runtime::StepTimes* times);
  /// What the first tick has found out.
  static void tell_jumps(live::PreparedSwap& prepared);

  void let_in(live::PreparedSwap& prepared);
  void switch_to(live::PreparedSwap& prepared);
  /// A moment of before: nothing of it glides, and time goes on by the host's clock as it is.
  void go_back_to(live::PreparedSwap& prepared);
  void change_programs(Program& other);
  /// What has been taken over from is kept until its last frame is no longer looked at.
  void retire(live::PreparedSwap& prepared, std::uint64_t begin);
  /// The new program was made ready for the trace as it is, or is now.
  void trace_switch(live::PreparedSwap& prepared);

  /// At once: no frame of before is looked at any more, and nothing is on its way. The error is a sentence.
  std::expected<void, std::string> load(const Program& of, std::span<const std::byte> snapshot);
  void end_recording();
  /// Something was done to the transport.
  void note(live::TapeKind kind, double value = 0, std::uint8_t rail = 0);
  std::string_view name_of(std::uint32_t channel) const;
  /// Of all programs so far.
  StepTotals all_costs() const;

  Program program;
  live::Threads threads;
  runtime::RunOptions run;
  runtime::Session session;
  std::uint64_t (*clock)() = nullptr;
  std::vector<std::int64_t> costs;
  StepTotals totals;  ///< of earlier programs
  std::uint64_t swaps = 0;
  live::KeptErrors kept_errors;
  live::Swapper swapper;
  live::PreparedSwap* incoming = nullptr;  ///< it is rehearsed
  std::int64_t ticks = 0;                  ///< that were made, ever
  std::unique_ptr<live::Tracer> tracer;    ///< null: off
  std::uint64_t traces = 0;                ///< how often it was switched to something else
  live::RecorderCore* recorder = nullptr;
  const RenderFrame* last_frame = nullptr;  ///< as it was recorded; null: none since the last swap
  live::PreparedSwap* retired = nullptr;    ///< old programs whose last frame may still be looked at
};

}  // namespace oscilla
