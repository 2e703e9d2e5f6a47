// libFuzzer: any bytes at all are a patch. Compiling it must end with diagnostics or a program, and a program must run:
// its frames are sound, whatever is divided by zero on the way, and another session goes on with them from a snapshot.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "oscilla/patch.hpp"
#include "oscilla/program.hpp"
#include "oscilla/session.hpp"

namespace {

constexpr std::uint64_t kMaximumLanes = 20000;  // more lanes find nothing more

void fail(const std::string& what) {
  std::fprintf(stderr, "broken: %s\n", what.c_str());
  std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const oscilla::Patch patch = oscilla::Patch::parse({reinterpret_cast<const char*>(data), size});
  const oscilla::CompileResult result = oscilla::compile_patch(patch);
  if (result.program.has_value() == oscilla::has_errors(result.diagnostics))
    fail("neither a program nor an error, or both");
  if (!result.program || result.program->lanes() > kMaximumLanes) return 0;
  oscilla::Session session(*result.program);
  for (const double t_ms : {0.0, 16.0, 1e7})
    if (const std::string problem = oscilla::validate_frame(session.tick(t_ms)); !problem.empty()) fail(problem);
  const auto snapshot = session.save();
  oscilla::Session other(*result.program);
  if (!snapshot || !other.load(*snapshot)) fail("no snapshot, or one that cannot be loaded");
  if (oscilla::frame_digest(session.tick(2e7)) != oscilla::frame_digest(other.tick(2e7)))
    fail("a session that was loaded makes another frame");
  return 0;
}
