// How the program ends, for shells and scripts (docs/architecture.md, section 9).
#pragma once

namespace oscilla::cli {

enum class ExitCode : int {
  Ok = 0,
  PatchErrors = 1,  ///< the patch has errors, or a check did not hold
  Usage = 2,        ///< the command makes no sense
  InputOutput = 3,  ///< a file, a pipe or memory failed
  Diverged = 4,     ///< a recording played again gave another frame
};

}  // namespace oscilla::cli
