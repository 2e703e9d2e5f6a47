#include "runtime/snapshot.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/float_environment.hpp"
#include "base/hash.hpp"
#include "runtime/emit.hpp"
#include "runtime/prepare.hpp"

namespace oscilla::runtime {
namespace {

constexpr std::array<char, 8> kMagic{'o', 's', 'c', 's', 'n', 'a', 'p', '\n'};

struct Header {
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kSnapshotVersion;
  std::uint32_t engine = ir::kEngineVersion;
  Hash128 program_hash{};
  std::int64_t tick = 0;
  std::uint64_t bytes = 0;  ///< of all, the checksum included
};
constexpr std::size_t kHeaderBytes = 8 + 4 + 4 + 16 + 8 + 8, kBytesAt = kHeaderBytes - 8, kChecksumBytes = 16;

void visit(Archive& archive, Header& header) {
  archive(header.magic, header.version, header.engine, header.program_hash, header.tick, header.bytes);
}

/// Signals are slots, fields planes without their padding.
void visit_states(Archive& archive, ProgramState& state) {
  const ir::Program& program = *state.program;
  for (std::size_t s = 0; s < program.states.size(); ++s) {
    const ir::State& description = program.states[s];
    archive.same(description.id);
    archive.same(description.components);
    if (!description.instance.valid()) {
      for (std::size_t c = 0; c < description.components; ++c) archive(state.slots[description.slots[c].v]);
      continue;
    }
    const std::uint32_t lanes = program.instances[description.instance.v].lanes;
    const std::size_t stride = exec::padded_lanes(lanes);
    for (std::size_t c = 0; c < description.components; ++c)
      archive.all(state.states[s].span().subspan(c * stride, lanes));
  }
}

void visit_instances(Archive& archive, ProgramState& state) {
  const ir::Program& program = *state.program;
  for (std::size_t i = 0; i < program.instances.size(); ++i) {
    archive.same(program.instances[i].id);
    archive.same(program.instances[i].lanes);
    state.lanes_before[i] = archive.count(state.lanes_before[i], program.instances[i].lanes);
  }
}

void visit_events(Archive& archive, ProgramState& state) {
  for (std::size_t q = 0; q < state.queues.size(); ++q) {
    archive.same(state.program->queues[q].id);
    state.queues[q].visit(archive);
  }
  for (std::size_t v = 0; v < state.voices.size(); ++v) {
    archive.same(state.program->voices[v].id);
    state.voices[v].visit(archive);
  }
}

/// A program of other parts than these is another one.
void visit_sizes(Archive& archive, const ir::Program& program) {
  for (const std::size_t size :
       {program.instances.size(), program.states.size(), program.queues.size(), program.voices.size(),
        program.channels.size(), program.sinks.size(), program.shapes.size()})
    archive.same(static_cast<std::uint32_t>(size));
  archive.same(program.point_floats);
}

/// The points of the last frame's figures.
void visit_points(Archive& archive, const Clock& clock, ProgramState& state) {
  if (clock.tick < 0) return;
  FrameState& frame = state.frames[static_cast<std::size_t>(clock.tick) % kFrameBuffers];
  archive.all(std::span(frame.points).first(state.program->point_floats));
}

void visit(Archive& archive, const MomentParts& parts) {
  visit_sizes(archive, *parts.state.program);
  if (!archive.sound()) return;
  visit(archive, parts.clock);
  visit_instances(archive, parts.state);
  visit_states(archive, parts.state);
  visit_events(archive, parts.state);
  parts.channels.visit(archive);
  parts.key_names.visit(archive);
  visit(archive, parts.state.numbers);
  if (archive.sound()) visit_points(archive, parts.clock, parts.state);
  if (archive.sound()) visit_pictures(archive, parts.state);
}

std::string wrong_with(std::span<const std::byte> bytes, const Header& header, Hash128 program_hash) {
  if (bytes.size() < kHeaderBytes || header.magic != kMagic) return "this is no snapshot";
  if (header.version != kSnapshotVersion)
    return fmt::format("it is a snapshot of version {}, and this engine reads version {}", header.version,
                       kSnapshotVersion);
  if (header.engine != ir::kEngineVersion)
    return fmt::format(
        "an engine of version {} has made it, whose numbers go on in another way than those of "
        "version {}; a recording can be replayed and saved again",
        header.engine, ir::kEngineVersion);
  if (bytes.size() < header.bytes)
    return fmt::format("it is cut off: {} of {} bytes are there", bytes.size(), header.bytes);
  if (bytes.size() != header.bytes || bytes.size() < kHeaderBytes + kChecksumBytes)
    return "it is longer or shorter than it says";
  Hash128 written;
  Archive checksum(bytes.last(kChecksumBytes));
  checksum(written);
  if (hash128(bytes.first(bytes.size() - kChecksumBytes)) != written)
    return "its bytes are not those that were saved: the checksum is another one";
  if (header.program_hash != program_hash) return "it is of another patch than the one that runs";
  return {};
}

}  // namespace

std::vector<std::byte> write_snapshot(const MomentParts& parts, Hash128 program_hash) {
  Header header;
  header.program_hash = program_hash;
  header.tick = parts.clock.tick;
  Archive archive;
  visit(archive, header);
  visit(archive, parts);
  std::vector<std::byte> bytes = archive.take();
  const std::uint64_t size = bytes.size() + kChecksumBytes;
  std::memcpy(bytes.data() + kBytesAt, &size, sizeof size);
  Hash128 hash = hash128(bytes);
  Archive checksum;
  checksum(hash);
  const std::vector<std::byte> end = checksum.take();
  bytes.insert(bytes.end(), end.begin(), end.end());
  return bytes;
}

std::expected<Moment, std::string> read_snapshot(std::span<const std::byte> bytes, Hash128 program_hash,
                                                 std::shared_ptr<const ir::Program> program, const RunOptions& options,
                                                 CacheStore& caches) {
  Header header;
  Archive beginning(bytes);
  visit(beginning, header);
  if (std::string wrong = wrong_with(bytes, header, program_hash); !wrong.empty())
    return std::unexpected(std::move(wrong));
  const FloatEnvironment environment;
  Channels channels(*program);
  Moment moment{{}, make_program_state(std::move(program), options), std::move(channels), {}};
  prepare(moment.state, caches, inline_runner());
  Archive archive(bytes.subspan(kHeaderBytes, bytes.size() - kHeaderBytes - kChecksumBytes));
  visit(archive, {moment.clock, moment.state, moment.channels, moment.key_names});
  if (!archive.finished()) return std::unexpected("its parts are not those of this program");
  emit_last(moment.state, moment.clock);
  return moment;
}

}  // namespace oscilla::runtime
