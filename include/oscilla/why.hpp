// Why a value is what it is: the chain of what made it, for one lane, with a number at every link.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/diagnostic.hpp"
#include "oscilla/session.hpp"

namespace oscilla {

enum class CauseKind : std::uint8_t {
  Constant,   // a number of the text, or of the engine
  Time,       // of the TimeRoot
  Input,      // what was written to an input of the patch
  Operation,  // an op of the op table, of its causes in their order
  State,      // what a block remembered at the end of the tick before
  Reduction,  // all lanes of a field as one number
  Scan,       // a lane with all lanes before it
  Mesh,       // a number of a mesh file
  Gather,     // another lane's value: causes are the lane's number and the value there
  Voice,      // something of the voice that a lane is
  Events,     // a list of events
  Reading,    // a number read of such a list
};

/// "constant", "operation" and the like.
std::string_view name_of(CauseKind kind);

/// What the language writes between the operands of an operation ("add": "+"); empty: it is written as a call.
std::string_view sign_of(std::string_view operation);

/// A place of the patch whose value a cause is.
struct CausePlace {
  std::string place;    ///< "pos.radius"
  std::string kind;     ///< what stands there: "CircleLayout", "multiply", "PhaseToRadians"
  std::string output;   ///< of a block with several: "t"
  std::string role;     ///< "lens", "adapter", "max of pull.x, push.x: push.x won"; empty: a block or an operator
  bool in_text = true;  ///< false: a default, or what the compiler put there
  Span span;
  std::string file{};  ///< whose text `span` is in; empty: the patch itself
};

/// One link.
struct Cause {
  CauseKind kind = CauseKind::Constant;
  std::string name;       ///< "add", "time.phaseA", "knob", "pos.radius.Lag", "maximum"
  double value = 0;       ///< exact, whatever its precision
  bool single = false;    ///< computed in 32 bits
  bool raw = false;       ///< 32 bits of a hash, as a whole number
  std::string channel{};  ///< of an input: where it listens besides its name, "osc.level"; empty: nowhere
  std::optional<std::uint32_t> lane;
  std::string instance;               ///< whose lane
  std::uint32_t expression = 0;       ///< its number in `dump --stage program`
  std::optional<std::uint32_t> slot;  ///< of a signal: its number in `dump --stage slots`
  std::string step;                   ///< "stage 0, scalars"; "before the first tick"
  std::vector<CausePlace> places;     ///< all whose value it is; none: an inner step of a block
  std::vector<std::uint32_t> causes;  ///< among Explanation::causes, in the order of the operands
  std::vector<ProbedEvent> events;    ///< of Events
  std::uint8_t part = 0;              ///< which component of an input, state or mesh; which result of an operation
};

/// A root that is drawn as something else: an edit took it to another course, and what it lacked of the old one is not
/// all gone yet.
struct AbsorbedOffset {
  std::uint32_t root = 0;  ///< among Explanation::roots
  std::string target;      ///< what is drawn: "frame.draw.x", "camera"
  double shown = 0;        ///< the number there, before the camera
  double offset = 0;       ///< shown less the root's value
};

struct Explanation {
  std::string value;  ///< as it was asked for
  std::string type;
  std::vector<std::uint32_t> roots;  ///< a component each, among `causes`
  std::vector<std::string> sinks;    ///< what draws it: why it is computed at all
  std::vector<AbsorbedOffset> offsets;
  std::vector<Cause> causes;  ///< each once, whoever shares it; a cause comes before what it makes
};

/// Explains a probe of a program that was compiled with CompileOptions::explain, as of the last tick or evaluation.
/// `lane` is of a field. A probe or lane that is not there gives an explanation without roots.
Explanation explain(const Session& session, std::uint32_t probe, std::uint32_t lane = 0);

/// What a link of an explanation of this session is now, as long as the same program runs.
double value_of(const Session& session, const Cause& cause);
/// Likewise the events of a link of the kind Events.
std::vector<ProbedEvent> events_of(const Session& session, const Cause& cause);

}  // namespace oscilla
