// What a patch does that its author may not have meant: rules over what its values were, frame by frame. The same
// patch, frames and inputs give the same findings.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/diagnostic.hpp"
#include "oscilla/session.hpp"

namespace oscilla {

/// One rule each, in the order in which findings are told: what is wrong, what is not connected, what is in conflict,
/// how values behave, what costs.
enum class DoctorRule : std::uint8_t {
  NotFinite,    ///< a value was no number or infinite, or a division had no divisor
  Undrawable,   ///< a number of the picture was beyond what can be drawn
  Overflow,     ///< more came than there is room for: events, voices, elements of a pool, lanes that fade
  SilentInput,  ///< nothing was written to an input
  Unbound,      ///< a port that was left out moves by itself, with the patch's first phase
  Conflict,     ///< of several writers only the last one counts
  Unseen,       ///< nothing of a sink could be seen
  Stacked,      ///< all lanes of a sink covered each other
  FlatLine,     ///< a value that could change did not
  Jitter,       ///< a value jumps to and fro in a small range
  Clipping,     ///< a value stands at the end of its range, or comes next to it again and again
  EventStorm,   ///< an event comes more often than anybody can see
  HeavyField,   ///< many lanes are computed in every frame
};

/// "flat-line" and the like.
std::string_view name_of(DoctorRule rule);

struct DoctorFinding {
  DoctorRule rule{};
  Severity severity = Severity::Info;
  std::string target;   ///< the value or input: "knob.out"
  std::string message;  ///< one sentence, no final full stop
  std::string hint;
  double evidence = 0;  ///< the number behind it, as `message` says it
  Span span;
  std::string file{};  ///< whose text `span` is in; empty: the patch itself
};

/// When a value is called flat and so on.
struct DoctorLimits {
  double flat_range = 0.001;     ///< a flat line stays within it
  double flat_step = 0.0001;     ///< and changes less than this a frame, on average
  double jitter_range = 0.2;     ///< jitter stays within it
  double jitter_step = 0.1;      ///< and changes more than this a frame, on average
  double clipped_share = 0.25;   ///< of the frames, at exactly one end of the range that the value had
  double clipped_margin = 0.05;  ///< of that range: what is nearer to an end, and comes there twice, counts as well
  double events_a_second = 20;
  std::uint64_t heavy_lanes = 5000;  ///< of one instance, computed in every frame
};

/// What CompileOptions::probes must be so that a doctor can look.
std::vector<std::string> values_to_examine(const Program& program);

class Doctor {
 public:
  /// `program` was compiled with those probes.
  explicit Doctor(const Program& program, DoctorLimits limits = {});
  ~Doctor();
  Doctor(Doctor&&) noexcept;

  /// Takes down what a session of the program has after a tick.
  void look(const Session& session);

  /// What it comes to. Frames last 1 / `frames_a_second` seconds.
  std::vector<DoctorFinding> findings(const Session& session, double frames_a_second) const;

 private:
  struct Records;
  std::unique_ptr<Records> records_;
};

}  // namespace oscilla
