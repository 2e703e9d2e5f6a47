// Patches from files and standard input, and what the engine says about them, as text for people.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/exit_code.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/program.hpp"
#include "oscilla/session.hpp"

namespace oscilla::cli {

/// The whole file ("-": standard input). A file that cannot be read is said and gives InputOutput, one that is longer
/// than `most` bytes gives Usage.
std::expected<std::string, ExitCode> read_text(const std::string& path, std::size_t most);

/// How a patch is written in a file.
enum class PatchForm : std::uint8_t { Text, Json };

/// Json for names that end in .json.
PatchForm form_of(const std::string& path);

/// Whether the files that a patch uses are read too: not where it is not to be compiled.
enum class Uses : std::uint8_t { Read, Ignore };

/// Reads the patch at `path` ("-": standard input). A file that cannot be read is said and gives InputOutput, JSON that
/// is no patch PatchErrors; what is wrong inside a patch is in its diagnostics.
std::expected<Patch, ExitCode> read_patch(const std::string& path);
std::expected<Patch, ExitCode> read_patch(const std::string& path, PatchForm form, Uses uses = Uses::Read);

/// Why there is no patch: a sentence without its full stop.
struct PatchTrouble {
  ExitCode code = ExitCode::InputOutput;
  std::string sentence;
};
/// The same, and nothing is said.
std::expected<Patch, PatchTrouble> try_read_patch(const std::string& path);

/// How the files are found that a patch uses: beside the file that names them, then in the folders of OSCILLA_LIBRARY.
ReadSource library_reader();
ReadAsset asset_reader();

/// Compiles. Warnings and errors are said; errors give PatchErrors.
std::expected<Program, ExitCode> compile_program(const Patch& patch, const CompileOptions& options);
/// Reads and compiles.
std::expected<Program, ExitCode> load_program(const std::string& path, const CompileOptions& options);

/// Replaces the file behind `path` (through symbolic links) with `text`, keeping its permissions: completely or not at
/// all. The error is a sentence.
std::expected<void, std::string> rewrite_file(const std::string& path, std::string_view text);

/// The diagnostics of at least this severity, each with its line, a caret span and the hint; after the first 100 only
/// their number.
std::string diagnostics_text(const std::vector<Diagnostic>& diagnostics, const Patch& patch, Severity least,
                             bool colour);

/// What a running program had to mend, as warnings with their places.
std::string errors_text(const Session& session, bool colour);

}  // namespace oscilla::cli
