// The engine as a web page embeds it: a patch's text in, digests of its frames out. Calls the public headers only.
#include <cstdint>
#include <optional>
#include <string>

#include "oscilla/patch.hpp"
#include "oscilla/program.hpp"
#include "oscilla/session.hpp"

namespace {

std::string text;
std::string digest;
std::optional<oscilla::Session> session;
std::int64_t next_frame = 0;

}  // namespace

/// Room for a patch's text of so many bytes.
extern "C" [[clang::export_name("text")]] char* room_for_text(std::uint32_t bytes) {
  text.assign(bytes, ' ');
  return text.data();
}

/// Compiles the text and starts a session; the number of errors.
extern "C" [[clang::export_name("start")]] std::int32_t start() {
  oscilla::CompileResult result = oscilla::compile_patch(oscilla::Patch::parse(text));
  session.reset();
  next_frame = 0;
  if (!result.program) return static_cast<std::int32_t>(result.diagnostics.size());
  session.emplace(*result.program);
  return 0;
}

/// Ticks up to and including `frame`; its digest, 32 characters.
extern "C" [[clang::export_name("digest")]] const char* digest_of(std::uint32_t frame) {
  for (; next_frame <= frame; ++next_frame) {
    const oscilla::RenderFrame& picture = session->tick(session->program().frame_time_ms(next_frame));
    if (next_frame == frame) digest = oscilla::frame_digest(picture);
  }
  return digest.c_str();
}
