// A compiled patch.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/channels.hpp"
#include "oscilla/diagnostic.hpp"
#include "oscilla/patch.hpp"

namespace oscilla {

namespace live {
struct CompiledPatch;
}

struct CompileOptions {
  std::optional<std::uint32_t> seed;  ///< beats the patch's own
  /// Values to keep readable through Session::probe: "pos", "dots.t", "pos.radius" (the value at a port), "pos.x".
  /// They change no frame.
  std::vector<std::string> probes;
  /// A value that the patch does not have is no error, but no probe either.
  bool optional_probes = false;
  /// Whatever the probes are made of stays readable too, for explain() (oscilla/why.hpp). Changes no frame.
  bool explain = false;
  /// Fields that never change are computed once where that pays; false: in every frame. Changes no frame.
  bool caches = true;
  /// A field that is used before and after a barrier is stored where that pays; false: computed twice. Changes no
  /// frame.
  bool spills = true;
};

/// The stages that `dump` shows.
enum class DumpStage : std::uint8_t { Graph, Types, Program, Schedule, Slots, State, Block };

/// A value that a patch gives a name: a definition, another output of one, an input, one of the time's rails. Probes
/// and traces know it by this name.
struct ValueInfo {
  std::string name;      ///< "pos", "dots.t", "left.pos" inside a use of a composite
  std::string block;     ///< the definition or input: "dots"
  std::string kind;      ///< what gives it: "CircleLayout", "multiply"
  std::string type;      ///< "vec2 field", "phase"
  std::string instance;  ///< of a field: whose lanes
};

/// An immutable program; sessions share it. Cheap to copy.
class Program {
 public:
  std::uint32_t width() const;
  std::uint32_t height() const;
  /// Frames per second as a fraction; frame n is at n * denominator / numerator seconds.
  std::uint32_t fps_numerator() const;
  std::uint32_t fps_denominator() const;
  std::uint32_t seed() const;
  /// Lanes of all instances that something draws.
  std::uint64_t lanes() const;
  /// The time of frame n in milliseconds, rounded once.
  double frame_time_ms(std::int64_t frame) const;

  /// What it was compiled from.
  Patch patch() const;
  /// The patch's inputs, by name.
  std::vector<ChannelInfo> channels() const;
  /// The patch's named values, in the order of the text, but those of the composites that it uses behind its own.
  std::vector<ValueInfo> values() const;

  /// One stage of the compilation as text made to be read and compared. Block depends on this machine's ISA level.
  std::string dump(DumpStage stage) const;

  /// What the handle holds, for the engine itself.
  const live::CompiledPatch& compiled() const { return *compiled_; }

 private:
  friend struct CompileResult compile_patch(const Patch& patch, const CompileOptions& options);
  std::shared_ptr<const live::CompiledPatch> compiled_;
};

struct CompileResult {
  std::optional<Program> program;       ///< nothing if there are errors
  std::vector<Diagnostic> diagnostics;  ///< of reading and compiling, in text order
};

/// Compiles a patch. Pure: the same patch and options give the same program, on every machine.
CompileResult compile_patch(const Patch& patch, const CompileOptions& options = {});

}  // namespace oscilla
