// The engine as a web page embeds it: text in, text out. Runs bundles (scenes.hpp) for tests/determinism/run.mjs.
#include <cstdint>
#include <string>

#include "scenes.hpp"

namespace {

std::string texts[2];  // a bundle, options
oscilla::determinism::Outcome outcome;

}  // namespace

/// Room for so many bytes of the bundle (0) or the options (1).
extern "C" [[clang::export_name("room")]] char* room_for(std::uint32_t which, std::uint32_t bytes) {
  texts[which & 1].assign(bytes, ' ');
  return texts[which & 1].data();
}

/// Runs the bundle; 1 if there was an error.
extern "C" [[clang::export_name("run")]] std::int32_t run() {
  outcome = oscilla::determinism::run_bundle(texts[0], texts[1]);
  return outcome.error.empty() ? 0 : 1;
}

/// The lines (0) or the error (1) of the last run.
extern "C" [[clang::export_name("result")]] const char* result(std::uint32_t which) {
  return (which == 0 ? outcome.lines : outcome.error).data();
}
extern "C" [[clang::export_name("result_size")]] std::uint32_t result_size(std::uint32_t which) {
  return static_cast<std::uint32_t>((which == 0 ? outcome.lines : outcome.error).size());
}
