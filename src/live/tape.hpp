// What a session is told, on its way from the frame's thread to the recorder's: a ring of bytes of fixed size with one
// writer and one reader. The writer never waits, locks or allocates; what does not fit ends the recording. In: calls
// of the session. Out: the same, in their order, through TapeReader.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "oscilla/frame.hpp"
#include "oscilla/program.hpp"

namespace oscilla::live {

enum class TapeKind : std::uint8_t {
  Begin,
  Set,
  Send,
  Play,
  Pause,
  Speed,
  Seek,
  Step,
  Period,
  Swap,
  Restore,
  Tick,
  End
};

class Tape {
 public:
  explicit Tape(std::uint32_t digest_every);

  // The frame's thread.
  void begin(const Program& program);
  void set(std::string_view channel, std::span<const double> values);
  void send(std::string_view channel, std::string_view key, double value);
  /// Play, Pause, Speed, Seek, Step; Period with the number of the rail.
  void transport(TapeKind kind, double value = 0, std::uint8_t rail = 0);
  /// A program takes over that was rehearsed in so many ticks.
  void swap(const Program& program, std::uint32_t rehearsals);
  /// Everything is what it was after that tick of the tape.
  void restore(std::uint64_t tick);
  /// A tick that was made of all before.
  void tick(double host_ms, const RenderFrame& frame);
  /// Nothing comes any more; `last` is the last frame, null if there was none.
  void end(const RenderFrame* last);
  /// False since something did not fit, or since the reader gave up.
  bool runs() const { return !lost_.load(std::memory_order_acquire) && !abandoned_.load(std::memory_order_relaxed); }

  // The reader's thread.
  /// Takes everything that is there: `bytes` gets whole records.
  void take(std::string& bytes);
  /// The program of the next Begin or Swap among them.
  Program take_program();
  /// No more, please.
  void abandon() { abandoned_.store(true); }

 private:
  static constexpr std::size_t kBytes = std::size_t{4} << 20;
  static constexpr std::size_t kPrograms = 64;  ///< that wait at once

  bool lost() const { return lost_.load(std::memory_order_relaxed); }
  template <class Number>
  void put_number(Number number);
  void put(const void* bytes, std::size_t size);
  void put_text(std::string_view text);
  void put_digest(const RenderFrame& frame);
  /// A record is whole, and can be read; or, if it did not fit, the last there is.
  void close();
  void put_program(const Program& program);

  std::uint32_t digest_every_;
  bool digest_due_ = true;
  std::size_t next_ = 0;  ///< where the record in hand goes on; beyond head_
  std::size_t room_ = 0;  ///< so many bytes are known to be free
  std::uint64_t ticks_ = 0;
  std::unique_ptr<std::byte[]> ring_;
  std::array<std::optional<Program>, kPrograms> programs_;
  std::atomic<std::size_t> head_{0};  ///< bytes that were written, ever
  std::atomic<std::size_t> tail_{0};  ///< bytes that were taken
  std::size_t programs_put_ = 0;
  std::atomic<std::size_t> programs_taken_{0};
  std::atomic<bool> lost_{false};
  std::atomic<bool> abandoned_{false};
};

/// Reads numbers and texts from whole records.
class TapeReader {
 public:
  explicit TapeReader(std::string_view bytes) : rest_(bytes) {}
  bool empty() const { return rest_.empty(); }
  template <class Number>
  Number number() {
    Number value{};
    rest_.copy(reinterpret_cast<char*>(&value), sizeof value);
    rest_.remove_prefix(sizeof value);
    return value;
  }
  std::string_view text() {
    const auto size = number<std::uint32_t>();
    const std::string_view taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }

 private:
  std::string_view rest_;
};

}  // namespace oscilla::live
