#include "oscilla/console.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <span>

#include <fmt/format.h>

#include "output/file_io.hpp"

namespace oscilla::cli {
namespace {

std::span<const std::uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

bool colour_on(int descriptor) {
  if (isatty(descriptor) == 0) return false;
  const char* no_colour = std::getenv("NO_COLOR");
  if (no_colour && *no_colour) return false;
  const char* terminal = std::getenv("TERM");
  return !terminal || std::string_view(terminal) != "dumb";
}

}  // namespace

void StandardOutput::write(std::string_view text) {
  constexpr std::size_t kPiece = 1 << 16;
  if (failed()) return;
  waiting_ += text;
  if (waiting_.size() >= kPiece) flush();
}

void StandardOutput::flush() {
  if (!failed()) error_ = output::write_all(STDOUT_FILENO, bytes_of(waiting_));
  waiting_.clear();
}

ExitCode StandardOutput::finish() {
  flush();
  if (!failed()) return ExitCode::Ok;
  if (error_ != EPIPE) complain(fmt::format("cannot write to standard output: {}", output::system_reason(error_)));
  return ExitCode::InputOutput;
}

void say(std::string_view text) { output::write_all(STDERR_FILENO, bytes_of(text)); }
void complain(std::string_view sentence) { say(fmt::format("oscilla: {}\n", sentence)); }

void complain_about_output(std::string_view sentence) {
  if (!sentence.ends_with(output::system_reason(EPIPE))) complain(sentence);
}

bool output_is_terminal() { return isatty(STDOUT_FILENO) != 0; }
bool error_is_terminal() { return isatty(STDERR_FILENO) != 0; }
bool colour_on_output() { return colour_on(STDOUT_FILENO); }
bool colour_on_error() { return colour_on(STDERR_FILENO); }

}  // namespace oscilla::cli
