// What live verbs tell: edits and what became of them, what had to be mended, how it went at the end; as text for
// people and as objects for programs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "oscilla/device_inputs.hpp"
#include "oscilla/exit_code.hpp"
#include "oscilla/json.hpp"
#include "oscilla/pace.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/runtime_error.hpp"
#include "oscilla/session.hpp"
#include "oscilla/swap_report.hpp"

namespace oscilla::cli {

struct Outcomes {
  std::uint64_t swapped = 0;
  std::uint64_t refused = 0;
  std::uint64_t superseded = 0;

  void count(const SwapReport& report);
};

/// {"event": "swap", ...}.
Json swap_json(const SwapReport& report, const Patch& patch);
/// {"event": "error", ...}.
Json error_json(const RuntimeError& error, const Program& program);

/// Something that was gone back to, or not, to standard output. Not Ok: it does not take it.
ExitCode tell_return(const SwapReport& report, bool json);
/// An edit, to standard output, with the diagnostics of its patch.
ExitCode tell_swap(const SwapReport& report, const Patch& patch, bool json);

/// What became of a request, in a few words: "3 states kept, 1 reset, largest jump 0.12 absorbed, in 0.4 ms".
std::string notice_text(const SwapReport& report);

/// What goes wrong is told once, when it is new.
class ErrorNews {
 public:
  bool has_news(const Session& session);
  /// Those that are new; views of the session's own.
  std::span<const RuntimeError> take(const Session& session);
  /// To standard output.
  ExitCode tell(const Session& session, bool json);

 private:
  const RuntimeError* known_ = nullptr;
  std::size_t told_ = 0;
};

/// How it went, for the end.
std::string summary(const Pace& pace, const Outcomes& outcomes, bool json);
std::string summary(const DeviceInputs::Counts& counts, bool json);

}  // namespace oscilla::cli
