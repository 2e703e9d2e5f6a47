// A recording played again: the same frames, bit for bit, on any machine; and where they differ if they ever do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/asset.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/recording.hpp"
#include "oscilla/session.hpp"

namespace oscilla {

/// A frame that is not the recorded one. All parts are numbered as a backend draws them.
struct Divergence {
  std::int64_t tick = 0;
  std::int64_t last_equal = -1;  ///< the last tick before it whose frame was compared, and equal; -1: none
  std::string expected;          ///< digests of the frames, 32 hex digits
  std::string found;
  std::string pass;                   ///< the first that differs; empty: something that is no pass's
  std::string part;                   ///< "passes", "scalars", "header", "order", "lanes"
  std::optional<std::uint32_t> unit;  ///< of "lanes": 4,096 of them, from 4096 * unit on
};

/// "frame 240 differs (frame 180 was equal): pass draw, lanes 4096 to 8191".
std::string describe(const Divergence& divergence);

/// Why a recording cannot be played, or not to its end.
struct ReplayProblem {
  enum class Kind : std::uint8_t {
    MissingFile,  ///< a file that was too large to be recorded is not there
    ChangedFile,  ///< it is there, and another one
    FrameFormat,  ///< the digests are of frames in another form
    Patch,        ///< a patch that ran when it was recorded does not compile
    Snapshot,     ///< one that was to be gone on from is damaged, or of another engine
  };
  Kind kind{};
  std::string message;                    ///< a sentence without its full stop
  std::vector<Diagnostic> diagnostics{};  ///< Patch: why
};

struct ReplayOptions {
  SessionOptions session{};
  /// Finds files that are not in the recording; without, they are missing.
  ReadSource read{};
  ReadAsset read_asset{};
  std::vector<std::string> probes{};  ///< as in CompileOptions; those that a patch does not have are left out
  bool explain = false;               ///< as in CompileOptions
  /// Every so many ticks the session is kept as a snapshot, for go_to(); 0: only where the recording goes back to.
  std::uint32_t snapshot_every = 0;
};

/// A recording in play. Neither copied nor shared between threads.
class Replay {
 public:
  static std::expected<Replay, ReplayProblem> begin(const Recording& recording, ReplayOptions options = {});
  ~Replay();
  Replay(Replay&&) noexcept;
  Replay& operator=(Replay&&) noexcept;

  /// The next frame, compared with its digest if it has one; valid until the second next call. Null at the end, and
  /// when problem() says why it cannot go on.
  const RenderFrame* next();
  /// So that next() gives this tick: from the nearest snapshot before it, or from the beginning. False: problem() says
  /// why not. Frames of before are no longer valid; those on the way are not compared.
  bool go_to(std::int64_t tick);
  /// The tick that go_to() begins with on its way to this one: of the nearest snapshot, or 0.
  std::int64_t nearest_snapshot(std::int64_t tick) const;
  /// What was kept so far, for a file; use_snapshots() of another replay of the same recording goes on with it. The
  /// error is a sentence: they are damaged, or of another recording. Returns how many there are.
  std::vector<std::byte> snapshots() const;
  std::size_t kept_snapshots() const;  ///< how many they are
  std::expected<std::size_t, std::string> use_snapshots(std::span<const std::byte> bytes);
  /// The number of the next tick, from 0.
  std::int64_t tick() const;
  /// The host's time of a tick as it was recorded, in milliseconds; NaN if it had none.
  double host_ms(std::int64_t tick) const;
  /// The tick that this one went on from: the one before it, or the one that was gone back to. -1: it began.
  std::int64_t before(std::int64_t tick) const;

  /// How many frames were compared.
  std::size_t compared() const;
  /// The first one that was not the recorded one.
  const std::optional<Divergence>& divergence() const;
  const std::optional<ReplayProblem>& problem() const;

  /// What plays; what is asked of it leaves the frames as they are as long as nothing is written or requested.
  Session& session();

 private:
  struct Implementation;
  explicit Replay(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation_;
};

/// The first number in which two frames differ: "pass draw, lane 17, x: 0.5 and 0.25"; empty if none does.
std::string first_difference(const RenderFrame& a, const RenderFrame& b);

}  // namespace oscilla
