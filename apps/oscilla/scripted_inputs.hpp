// A file of inputs (`--inputs FILE`) bound to a program: what a performer did, at its times.
#pragma once

#include <cstddef>
#include <expected>
#include <string>

#include "input/script.hpp"
#include "oscilla/exit_code.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

class ScriptedInputs {
 public:
  /// Nothing to write.
  ScriptedInputs() = default;
  /// Reads FILE; empty: nothing to write. What is wrong is said: lines that cannot be read give Usage, a file that
  /// cannot gives InputOutput; channels that the patch does not have are left out with a warning.
  static std::expected<ScriptedInputs, ExitCode> load(const std::string& path, const Program& program);

  /// Writes what is due up to this time, which never goes back; to the inputs of the program that runs by now.
  void write_until(double t_ms, Session& session);

 private:
  void bind(const Program& program);

  std::vector<input::ScriptWrite> script_;
  std::vector<input::BoundWrite> writes_;
  std::size_t next_ = 0;
  const live::CompiledPatch* program_ = nullptr;  ///< whose inputs the writes have
  double written_ms_ = -1;                        ///< up to then
};

}  // namespace oscilla::cli
