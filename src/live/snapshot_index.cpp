#include "live/snapshot_index.hpp"

#include <array>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/archive.hpp"
#include "base/hash.hpp"

namespace oscilla::live {
namespace {

constexpr std::array<char, 8> kMagic{'o', 's', 'c', 's', 'n', 'a', 'p', 's'};
constexpr std::uint32_t kIndexVersion = 1;
constexpr std::size_t kMostSnapshots = 1 << 24, kMostBytes = std::numeric_limits<std::uint32_t>::max();

void add(HashBuilder& hash, const RecordedPatch& patch) {
  hash.add(std::string_view(patch.name)).add(std::string_view(patch.text));
  for (const RecordedFile& file : patch.files)
    hash.add(std::string_view(file.user)).add(std::string_view(file.path)).add(file.content);
}

/// The hash of all that was played before a tick; ticks are asked for in ascending order.
class PlayedHash {
 public:
  explicit PlayedHash(const Performance& performance) : performance_(performance) {
    HashBuilder hash;
    hash.add(performance.seed.has_value()).add(performance.seed.value_or(0));
    add(hash, performance.patches[0]);
    hash_ = hash.finish();
  }

  Hash128 before(std::size_t tick) {
    for (; next_ < tick; ++next_) add_tick(performance_.ticks[next_]);
    return hash_;
  }

 private:
  void add_tick(const RecordedTick& tick) {
    HashBuilder hash;
    hash.add(hash_).add(tick.host_ms);
    for (std::size_t a = tick.first_action; a < tick.first_action + tick.actions; ++a) {
      const RecordedAction& action = performance_.actions[a];
      hash.add(action.kind).add(std::string_view(action.channel)).add(std::string_view(action.key));
      for (const double value : action.values) hash.add(value);
      hash.add(action.rail).add(action.rehearsals).add(action.tick);
      if (action.kind == RecordedAction::Kind::Swap) add(hash, performance_.patches[action.patch]);
    }
    hash_ = hash.finish();
  }

  const Performance& performance_;
  std::size_t next_ = 0;
  Hash128 hash_;
};

void visit(Archive& archive, std::uint64_t& tick, KeptMoment& kept, Hash128& played) {
  archive(tick, kept.patch, kept.resumes, played);
  archive.list(kept.bytes, kMostBytes);
}

}  // namespace

std::vector<std::byte> write_index(const Performance& performance, const KeptMoments& kept) {
  Archive archive;
  std::array<char, 8> magic = kMagic;
  std::uint32_t version = kIndexVersion;
  archive(magic, version);
  archive.count(kept.size(), kMostSnapshots);
  PlayedHash played(performance);
  for (const auto& [next, moment] : kept) {
    std::uint64_t tick = next;
    KeptMoment copy = moment;
    Hash128 hash = played.before(next);
    visit(archive, tick, copy, hash);
  }
  return archive.take();
}

std::expected<KeptMoments, std::string> read_index(const Performance& performance, std::span<const std::byte> bytes) {
  Archive archive(bytes);
  std::array<char, 8> magic{};
  std::uint32_t version = 0;
  archive(magic, version);
  if (magic != kMagic) return std::unexpected("these are no snapshots of a recording");
  if (version != kIndexVersion)
    return std::unexpected(
        fmt::format("these are snapshots of version {}, and this engine reads version {}", version, kIndexVersion));
  const std::uint32_t count = archive.count(0, kMostSnapshots);
  PlayedHash played(performance);
  KeptMoments all;
  for (std::uint32_t i = 0; i < count && archive.sound(); ++i) {
    std::uint64_t tick = 0;
    KeptMoment kept;
    Hash128 hash;
    visit(archive, tick, kept, hash);
    archive.require(all.empty() || tick > all.rbegin()->first);
    if (!archive.sound()) break;
    if (tick > performance.ticks.size()) continue;  // of a recording that was longer
    if (kept.patch >= performance.patches.size() || played.before(tick) != hash)
      return std::unexpected("these are snapshots of another recording");
    all.emplace(tick, std::move(kept));
  }
  if (!archive.finished()) return std::unexpected("these snapshots are cut off or damaged");
  return all;
}

}  // namespace oscilla::live
