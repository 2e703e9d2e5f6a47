#include "oscilla/patch_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "assets/asset_file.hpp"
#include "oscilla/console.hpp"
#include "oscilla/interrupt.hpp"
#include "output/file_io.hpp"

namespace oscilla::cli {
namespace {

constexpr std::string_view kPlain = "\x1b[0m";
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kGreen = "\x1b[1;32m";

// More than what Patch takes, so that it can say that it is too much.
constexpr std::size_t kEnoughText = std::size_t{4} << 20;
constexpr std::size_t kEnoughJson = std::size_t{65} << 20;

struct CloseFile {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// The whole file, or enough of it to be told that it is longer than `most`. The error is an errno.
std::expected<std::string, int> read_file(const std::string& path, std::size_t most) {
  const File file(path == "-" ? stdin : std::fopen(path.c_str(), "rb"));
  if (!file) return std::unexpected(errno);
  std::string text;
  char piece[1 << 14];
  while (text.size() <= most) {
    const std::size_t count = std::fread(piece, 1, sizeof piece, file.get());
    text.append(piece, count);
    if (count == sizeof piece) continue;
    if (std::ferror(file.get()) != 0) return std::unexpected(errno);
    break;
  }
  return text;
}

std::string_view colour_of(Severity severity) {
  switch (severity) {
    case Severity::Fatal:
    case Severity::Error: return "\x1b[1;31m";
    case Severity::Warning: return "\x1b[1;35m";
    default: return "\x1b[1;36m";
  }
}

/// "place: error[CODE]: message", the line, the carets: place and message bold, severity in its colour, carets green.
std::string with_colour(const std::string& text, const Diagnostic& diagnostic) {
  const std::size_t head_end = text.find('\n');
  const std::string code = fmt::format("[{}]: ", diagnostic.code);
  const std::size_t code_begin = text.find(code);
  const std::size_t word = text.rfind(": ", code_begin);
  if (code_begin == std::string::npos || word == std::string::npos || code_begin > head_end) return text;
  const std::size_t word_begin = word + 2;
  const std::size_t message = code_begin + code.size();
  std::string out = fmt::format("{}{}{}{}{}{}{}{}", kBold, text.substr(0, word_begin), colour_of(diagnostic.severity),
                                text.substr(word_begin, message - word_begin), kPlain, kBold,
                                text.substr(message, head_end - message), kPlain);
  const std::size_t line_end = text.find('\n', head_end + 1);
  const std::size_t caret = line_end == std::string::npos ? line_end : text.find('^', line_end);
  if (caret == std::string::npos) return out + text.substr(head_end);
  const std::size_t caret_end = text.find_first_not_of('^', caret);
  out += text.substr(head_end, caret - head_end);
  out += fmt::format("{}{}{}", kGreen, text.substr(caret, caret_end - caret), kPlain);
  return caret_end == std::string::npos ? out : out + text.substr(caret_end);
}

/// Where a file may be that a patch names: beside the file that names it, then in the folders of OSCILLA_LIBRARY.
std::vector<std::string> places_of(std::string_view path, std::string_view user) {
  std::vector<std::filesystem::path> folders{std::filesystem::path(user).parent_path()};
  const char* listed = std::getenv("OSCILLA_LIBRARY");
  for (std::string_view rest = listed == nullptr ? "" : listed; !rest.empty();) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    if (end > 0) folders.emplace_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  std::vector<std::string> names;
  for (const std::filesystem::path& folder : folders) {
    names.push_back((folder / path).lexically_normal().string());
    if (names.back() == "-") names.pop_back();  // standard input is no file of a patch
  }
  return names;
}

std::optional<SourceText> read_library(std::string_view path, std::string_view user) {
  for (std::string& name : places_of(path, user))
    if (auto text = read_file(name, kEnoughText)) return SourceText{std::move(name), std::move(*text)};
  return std::nullopt;
}

AssetFile read_asset(std::string_view path, std::string_view user) {
  const std::vector<std::string> names = places_of(path, user);
  for (const std::string& name : names) {
    std::error_code error;
    if (!std::filesystem::exists(name, error)) continue;
    return assets::read_asset_file(name);
  }
  return {names.empty() ? std::string() : names.front(),
          nullptr,
          {fmt::format("there is no file {}", path),
           "a path leads from the file that it stands in, or from a library folder"},
          nullptr};
}

std::string unreadable(const std::string& path, int error) {
  return fmt::format("cannot read {}: {}", path == "-" ? "standard input" : path, output::system_reason(error));
}

std::expected<Patch, PatchTrouble> read_as(const std::string& path, PatchForm form, Uses uses) {
  auto text = read_file(path, form == PatchForm::Json ? kEnoughJson : kEnoughText);
  if (!text) return std::unexpected(PatchTrouble{ExitCode::InputOutput, unreadable(path, text.error())});
  std::string name = path == "-" ? "stdin" : path;
  const ReadSource read = uses == Uses::Read ? ReadSource(read_library) : ReadSource();
  const ReadAsset assets = uses == Uses::Read ? ReadAsset(read_asset) : ReadAsset();
  if (form == PatchForm::Text) return Patch::parse(std::move(*text), std::move(name), read, assets);
  auto patch = Patch::from_json(*text, name, read, assets);
  if (patch) return std::move(*patch);
  return std::unexpected(
      PatchTrouble{ExitCode::PatchErrors, fmt::format("{} is no patch in JSON: {}", name, patch.error())});
}

}  // namespace

ReadSource library_reader() { return read_library; }
ReadAsset asset_reader() { return read_asset; }

std::expected<std::string, ExitCode> read_text(const std::string& path, std::size_t most) {
  auto text = read_file(path, most);
  if (text && text->size() <= most) return std::move(*text);
  if (text)
    complain(fmt::format("{} is larger than {} MB", path == "-" ? "standard input" : path, most >> 20));
  else
    complain(unreadable(path, text.error()));
  return std::unexpected(text ? ExitCode::Usage : ExitCode::InputOutput);
}

PatchForm form_of(const std::string& path) { return path.ends_with(".json") ? PatchForm::Json : PatchForm::Text; }

std::expected<Patch, ExitCode> read_patch(const std::string& path) { return read_patch(path, form_of(path)); }

std::expected<Patch, ExitCode> read_patch(const std::string& path, PatchForm form, Uses uses) {
  auto patch = read_as(path, form, uses);
  if (patch) return std::move(*patch);
  complain(patch.error().sentence);
  return std::unexpected(patch.error().code);
}

std::expected<Patch, PatchTrouble> try_read_patch(const std::string& path) {
  return read_as(path, form_of(path), Uses::Read);
}

std::expected<Program, ExitCode> load_program(const std::string& path, const CompileOptions& options) {
  const auto patch = read_patch(path);
  if (!patch) return std::unexpected(patch.error());
  return compile_program(*patch, options);
}

std::expected<Program, ExitCode> compile_program(const Patch& patch, const CompileOptions& options) {
  CompileResult result = compile_patch(patch, options);
  say(diagnostics_text(result.diagnostics, patch, Severity::Warning, colour_on_error()));
  if (!result.program) return std::unexpected(ExitCode::PatchErrors);
  return std::move(*result.program);
}

std::expected<void, std::string> rewrite_file(const std::string& path, std::string_view text) {
  const HeldInterrupts held;
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  auto file = output::AtomicFile::create(error ? path : target.string());
  if (!file) return std::unexpected(file.error());
  const auto status = std::filesystem::status(target, error);
  if (!error) std::filesystem::permissions(file->temporary_path(), status.permissions(), error);
  const auto bytes = std::span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  if (auto outcome = file->write(bytes); !outcome) return std::unexpected(outcome.error());
  if (auto outcome = file->commit(); !outcome) return std::unexpected(outcome.error());
  return {};
}

std::string diagnostics_text(const std::vector<Diagnostic>& diagnostics, const Patch& patch, Severity least,
                             bool colour) {
  constexpr std::size_t kMostShown = 100;
  std::string text;
  std::size_t count = 0;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (diagnostic.severity < least || ++count > kMostShown) continue;
    const std::string plain = render_diagnostic(diagnostic, patch.text_of(diagnostic), patch.file_name_of(diagnostic));
    text += colour ? with_colour(plain, diagnostic) : plain;
  }
  if (count > kMostShown) text += fmt::format("{}: {} more not shown\n", patch.file_name(), count - kMostShown);
  return text;
}

std::string errors_text(const Session& session, bool colour) {
  std::vector<Diagnostic> list;
  for (const RuntimeError& error : session.errors()) list.push_back(to_diagnostic(error, session.program()));
  return diagnostics_text(list, session.program().patch(), Severity::Warning, colour);
}

}  // namespace oscilla::cli
