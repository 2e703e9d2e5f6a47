// Patches from files and standard input, and what the engine says about them, as text for people.
#pragma once

#include <cstddef>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/exit_code.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/program.hpp"

namespace oscilla::cli {

/// The whole file ("-": standard input), or its beginning if it is longer than `most` bytes by far. A file that cannot
/// be read is said and gives InputOutput.
std::expected<std::string, ExitCode> read_text(const std::string& path, std::size_t most);

/// Reads the patch at `path` ("-": standard input). A file that cannot be read is said and gives InputOutput; what is
/// wrong inside it is in the patch's diagnostics. Files that it uses are read too, unless it is not to be compiled.
enum class Uses { Read, Ignore };
std::expected<Patch, ExitCode> read_patch(const std::string& path, Uses uses = Uses::Read);

/// Reads and compiles. Warnings and errors are said; errors give PatchErrors.
std::expected<Program, ExitCode> load_program(const std::string& path, const CompileOptions& options);

/// Replaces the file behind `path` (through symbolic links) with `text`, keeping its permissions: completely or not at
/// all. The error is a sentence.
std::expected<void, std::string> rewrite_file(const std::string& path, std::string_view text);

/// The diagnostics of at least this severity, each with its line, a caret span and the hint; after the first 100 only
/// their number.
std::string diagnostics_text(const std::vector<Diagnostic>& diagnostics, const Patch& patch, Severity least,
                             bool colour);

}  // namespace oscilla::cli
