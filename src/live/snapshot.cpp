#include "live/snapshot.hpp"

#include "base/hash.hpp"
#include "live/compiled_patch.hpp"
#include "live/performance.hpp"

namespace oscilla::live {

Hash128 hash_of(const Program& program) {
  const RecordedPatch patch = recorded_patch(program.patch());
  const std::optional<std::uint32_t> seed = program.compiled().options.seed;
  HashBuilder hash;
  hash.add(std::string_view(patch.text)).add(seed.has_value()).add(seed.value_or(0));
  for (const RecordedFile& file : patch.files)
    hash.add(std::string_view(file.user)).add(std::string_view(file.path)).add(file.content);
  return hash.finish();
}

std::vector<std::uint32_t> rooms_of(const runtime::ProgramState& state) {
  std::vector<std::uint32_t> rooms;
  for (std::size_t s = 0; s < state.sinks.size(); ++s) {
    const ir::Sink& sink = state.program->sinks[s];
    const runtime::SinkBuffer& buffer = state.sinks[s].buffers.front();
    const auto bit = [](ir::Role role) { return 1u << static_cast<std::uint32_t>(role); };
    std::uint32_t room = 0;
    if (!sink.has_rotation && buffer.rotation.size() > 0) room |= bit(ir::Role::Rotation);
    if (!sink.has_scale && !buffer.scale.empty()) room |= bit(ir::Role::ScaleX) | bit(ir::Role::ScaleY);
    rooms.push_back(room);
  }
  return rooms;
}

}  // namespace oscilla::live
