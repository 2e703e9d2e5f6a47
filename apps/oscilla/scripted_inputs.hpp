// Files of inputs (`--inputs FILE`, `--audio FILE`) bound to a program: what a performer did, at its times.
#pragma once

#include <expected>
#include <optional>

#include "input/router.hpp"
#include "input/timeline.hpp"
#include "oscilla/engine_options.hpp"
#include "oscilla/exit_code.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

class ScriptedInputs {
 public:
  /// Nothing to write.
  ScriptedInputs() = default;
  /// Reads the files of --inputs and --audio; none: nothing to write. What is wrong is said: lines that cannot be read
  /// give Usage, a file that cannot gives InputOutput; channels that the patch does not have are left out with a
  /// warning.
  static std::expected<ScriptedInputs, ExitCode> load(const EngineOptions& options, const Program& program);

  /// Writes what is due up to this time, which never goes back; to the inputs of the program that runs by now.
  void write_until(double t_ms, Session& session);

 private:
  input::Timeline timeline_;
  input::Router router_;
  const live::CompiledPatch* program_ = nullptr;  ///< whose inputs listen
  std::optional<double> last_ms_;
};

}  // namespace oscilla::cli
