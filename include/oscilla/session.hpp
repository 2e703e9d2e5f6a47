// A running program: clock, state and the frames it makes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "oscilla/camera.hpp"
#include "oscilla/frame.hpp"
#include "oscilla/program.hpp"
#include "oscilla/runtime_error.hpp"
#include "oscilla/swap_report.hpp"
#include "oscilla/trace.hpp"
#include "oscilla/transport.hpp"

namespace oscilla {

class Recorder;

namespace live {
struct SabotagedSession;
struct SessionDoor;
}  // namespace live

/// What may differ between machines and runs without changing a bit of what comes out.
struct SessionOptions {
  std::string isa;                   ///< "sse2", "avx2", "avx512", "scalar"; empty: the best this machine has
  std::uint32_t threads = 1;         ///< including the caller
  std::uint32_t block_lanes = 256;   ///< lanes that an instruction works on at once; 16 to 4096, multiples of 16
  std::uint32_t chunk_lanes = 4096;  ///< lanes that a thread claims at once; 16 to 4096, multiples of 16
  /// Fields below this many lanes run on one thread; 0: all that have more than one chunk are shared out; none: the
  /// measured default.
  std::optional<std::uint32_t> parallel_lanes = std::nullopt;
  bool optimise = true;  ///< peepholes and register reuse
  bool skip = true;      ///< fields whose inputs are what they were in the last tick are not computed again
};

/// Something that happened in one tick.
struct ProbedEvent {
  std::string key;        ///< empty if nobody knows its text any more
  double key_number = 0;  ///< the key as a number
  double value = 0;
};

/// A value that the program was asked to keep readable.
struct ProbeValue {
  std::string_view name;
  std::string type;  ///< "vec2 field", "phase", ...
  bool field = false;
  std::uint32_t lanes = 1;   ///< that there are in this frame
  std::uint32_t stride = 1;  ///< components of one lane
  std::vector<double> data;  ///< lanes * stride, a lane's components together; exact for both precisions
  /// Of an event: data says for each lane whether it is there, and its value. Of one that is no field also all that
  /// happened, in the order of the writers.
  std::vector<ProbedEvent> events;
  bool event = false;      ///< `events` says what happened
  std::uint32_t room = 1;  ///< lanes that there may ever be
};

/// What one kind of step of the tick has cost since the session began.
struct StepCost {
  std::string name;  ///< "scalars", "fields dots", "order", "emit", "commit"
  std::uint64_t nanoseconds = 0;
};

/// Steps up to everything being computed, and those that make the frame of it. Nanoseconds; 0 if nothing was measured.
struct StepTotals {
  std::uint64_t evaluation = 0;
  std::uint64_t assembly = 0;
};

/// A part of what a session holds in memory.
struct MemoryPart {
  std::string_view name;  ///< "state", "outputs", "sort", "caches", ...
  std::uint64_t bytes = 0;
};

/// Runs a program. Not thread-safe but for request_swap; many sessions may share one program. tick() allocates, frees
/// and locks nothing, whatever was requested.
class Session {
 public:
  /// An ISA level that this machine lacks falls back to the best one it has; isa() tells.
  explicit Session(Program program, SessionOptions options = {});
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  /// Runs one tick at this host time in milliseconds. The frame's arrays stay valid until the second next tick.
  /// A host time that goes back, or is not finite, lets time stand still for this tick; it runs on from there.
  const RenderFrame& tick(double t_ms);

  /// Another patch takes over as soon as it is ready: it is compiled in the background, with the options of the running
  /// program, while ticks go on, rehearsed in two of them, and takes over before the third. State goes on where the new
  /// patch has a block of the same name and type, or one that says `was:`; time and phases always do. A newer request
  /// supersedes an older one that is not ready; a patch with errors changes nothing. Returns the request's number,
  /// counted from 1, at once.
  std::uint64_t request_swap(Patch patch);

  /// Returns when every request so far is ready or reported. One that is ready is rehearsed in the next two ticks and
  /// takes over in the third, or in the next tick where nothing that can be seen is made in another way: for edits at
  /// exact ticks, with the same frames as live.
  void wait_for_requests();

  /// Takes over at once, so that the next tick is the new program's. Without a rehearsal numbers go on from where they
  /// are, but not at the speed at which they went. The report knows no jumps, for there was no tick yet.
  SwapReport swap(Patch patch);

  /// What came of requests since the last call, in their order. A swap is reported two ticks after it. Of reports that
  /// nobody takes the last kMostSwapReports are kept.
  std::vector<SwapReport> take_swap_reports();
  // The transport, between two ticks. Nothing of it makes a phase jump.
  void play();
  void pause();
  /// How fast model time runs by the host's clock; 1 at the start. False, and nothing changes, for a negative speed or
  /// one that is not finite.
  bool set_speed(double speed);
  /// Goes to a position without any time passing: `time.dt` and the phases know nothing of it. Model time goes along
  /// forward; it never goes back. False for a position beyond kMostPosition, either way, and for none.
  bool seek(double position_ms);
  static constexpr double kMostPosition = 1e15;  ///< milliseconds: 31,700 years
  /// Pauses, and lets the next tick go on by this much. False for a step that is negative or not finite.
  bool step(double ms);
  /// The period of a phase from here on; the patch's own at the start. False for a period that is not above 0.
  bool set_period(Rail rail, double period_ms);
  Transport transport() const;
  /// How the last frame's scene was seen.
  CameraView camera() const;

  /// Writes to an input, numbered as in Program::channels(); what it does is its kind's business. One number goes to
  /// every component. What is written between two ticks shows in the next, and stays the same for all of it. False, and
  /// nothing is written, if there is no such input, the values do not fit it, or one of them is not finite.
  bool set(std::uint32_t channel, std::span<const double> values);
  bool set(std::uint32_t channel, double value) { return set(channel, {&value, 1}); }
  /// What the next tick will show of an input, as far as it is written by now; of an event nothing. Empty if there is
  /// no such input.
  std::span<const double> input(std::uint32_t channel) const;

  /// Writes an event to an input of the kind Event; set() does so with the input's name as the key. The key is a text;
  /// one that is a number is that number to the patch. False if there is no such input or the value is not finite. What
  /// an input has no room for between two ticks is dropped, and is among errors() after the next.
  bool send(std::uint32_t channel, std::string_view key, double value);

  /// Writes down everything from here on that makes the frames what they are, until end_recording() or the end of the
  /// session; `recorder` lives longer than that. False, and nothing is recorded, after the first tick or if something
  /// is recorded already.
  bool record(Recorder& recorder);
  void end_recording();

  /// Goes back: everything is to be again what it was after the tick of this number (ticks count from 0 since the
  /// session began, and are never counted back), the patch too; time goes on from there, and nothing glides. It is
  /// prepared off the frame's thread, as an edit is, and takes over before a tick: take_swap_reports() says which.
  /// Needs a recorder with `rewind_ticks`. Returns the request's number; the error is a sentence. Recordings hold it.
  std::expected<std::uint64_t, std::string> restore(std::int64_t tick);
  /// The ticks that restore() can go back to: the first and the last of them. Nothing: none.
  std::optional<std::pair<std::int64_t, std::int64_t>> restorable() const;

  /// Everything that later frames depend on, as bytes with a checksum: time, what blocks remember, what glides and
  /// fades, lanes, events that wait, inputs. Between two ticks. Refused (the error is a sentence) between swap() and
  /// the next tick.
  std::expected<std::vector<std::byte>, std::string> save() const;

  /// Goes on from what save() gave, of any session of this patch on any machine: the same times give the same frames.
  /// The frames of before are no longer valid. Refused, and nothing changes, for bytes that are no snapshot, are
  /// damaged, of another version or another patch; while an edit is on its way; and while this session is recorded, for
  /// a recording cannot hold them.
  std::expected<void, std::string> load(std::span<const std::byte> snapshot);

  /// Finds for the probes what the next tick at this time would, and leaves no trace: no later frame is another one.
  void evaluate(double t_ms);

  /// The probes of CompileOptions, in that order, as of the last tick or evaluation.
  std::vector<ProbeValue> probe() const;

  /// What the running program had to mend since it took over, by kind and place, until it is acknowledged; see
  /// describe() and to_diagnostic().
  std::span<const RuntimeError> errors() const;
  /// The same, after what earlier programs had to mend: nothing is forgotten until it is acknowledged. Names of earlier
  /// programs, of up to 32 places, live until then or until the next edit takes over.
  std::vector<RuntimeError> unacknowledged_errors() const;
  /// Forgets all these records; what goes on being wrong is recorded anew.
  void acknowledge_errors();

  /// Keeps what is computed from the next tick on. Again: with other options, and what is there stays as far as there
  /// is room. Memory is taken here, when it is switched on and when another program is made ready, never in a tick; but
  /// an edit that was ready before the trace was switched on gets its memory when it takes over. False, and nothing
  /// changes, if `frames` or `every` is out of range.
  bool trace(TraceOptions options);
  void trace_off();
  /// The frames that are there, the oldest first.
  std::vector<TracedFrame> traced() const;
  /// The newest of them; nothing if there is none. Allocates nothing.
  std::optional<TracedFrame> last_traced() const;
  /// What happened in a row of the kind Event.
  std::vector<TracedEvent> events_of(const TracedFrame& frame, const TraceRow& row) const;

  /// Measures every step from now on with `clock` (nanoseconds, monotonic); null stops it. The engine itself reads no
  /// clock.
  void measure(std::uint64_t (*clock)());
  std::vector<StepCost> step_costs() const;
  /// What all steps have cost since the session began, whichever programs ran.
  StepTotals step_totals() const;
  /// How many programs have taken over.
  std::uint64_t swaps() const;

  /// Bytes that this session holds for state, fields, frames and scratch memory.
  std::uint64_t memory_bytes() const;
  /// The same in parts.
  std::vector<MemoryPart> memory() const;
  std::string_view isa() const;
  const Program& program() const;

 private:
  friend struct live::SabotagedSession;
  friend struct live::SessionDoor;
  struct Implementation;
  explicit Session(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

/// The ISA levels that this machine and build have, worst first.
std::vector<std::string> available_isas();

/// The digest of a frame: XXH3-128 over its canonical bytes as 32 hex digits. Equal iff the pictures are the same, bit
/// for bit.
std::string frame_digest(const RenderFrame& frame);

/// The first thing wrong with a frame's indices, lengths or numbers; empty if it is sound.
std::string validate_frame(const RenderFrame& frame);

}  // namespace oscilla
