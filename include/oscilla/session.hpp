// A running program: clock, state and the frames it makes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/frame.hpp"
#include "oscilla/program.hpp"

namespace oscilla {

/// What may differ between machines and runs without changing a bit of what comes out.
struct SessionOptions {
  std::string isa;                   ///< "sse2", "avx2", "avx512", "scalar"; empty: the best this machine has
  std::uint32_t threads = 1;         ///< including the caller
  std::uint32_t block_lanes = 256;   ///< a multiple of 16
  std::uint32_t parallel_lanes = 0;  ///< fields below this many lanes run on one thread; 0: the measured default
  bool optimise = true;              ///< peepholes and register reuse
  bool skip = true;                  ///< fields whose inputs are what they were in the last tick are not computed again
};

/// A value that the program was asked to keep readable.
struct ProbeValue {
  std::string_view name;
  std::string type;  ///< "vec2 field", "phase", ...
  bool field = false;
  std::uint32_t lanes = 1;
  std::uint32_t stride = 1;  ///< components of one lane
  std::vector<double> data;  ///< lanes * stride, a lane's components together; exact for both precisions
};

/// What one kind of step of the tick has cost since the session began.
struct StepCost {
  std::string name;  ///< "scalars", "fields dots", "order", "emit", "commit"
  std::uint64_t nanoseconds = 0;
};

/// A part of what a session holds in memory.
struct MemoryPart {
  std::string_view name;  ///< "state", "outputs", "sort", "caches", ...
  std::uint64_t bytes = 0;
};

/// Runs a program. Not thread-safe; many sessions may share one program. Nothing is allocated after construction by
/// tick().
class Session {
 public:
  /// An ISA level that this machine lacks falls back to the best one it has; isa() tells.
  explicit Session(Program program, SessionOptions options = {});
  ~Session();
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;

  /// Runs one tick at this host time in milliseconds. The frame's arrays stay valid until the second next tick.
  const RenderFrame& tick(double t_ms);

  /// Finds for the probes what the next tick at this time would, and leaves no trace: no later frame is another one.
  void evaluate(double t_ms);

  /// The probes of CompileOptions, in that order, as of the last tick or evaluation.
  std::vector<ProbeValue> probe() const;

  /// Measures every step from now on with `clock` (nanoseconds, monotonic); null stops it. The engine itself reads no
  /// clock.
  void measure(std::uint64_t (*clock)());
  std::vector<StepCost> step_costs() const;

  /// Bytes that this session holds for state, fields, frames and scratch memory.
  std::uint64_t memory_bytes() const;
  /// The same in parts.
  std::vector<MemoryPart> memory() const;
  std::string_view isa() const;
  const Program& program() const;

 private:
  struct Implementation;
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
