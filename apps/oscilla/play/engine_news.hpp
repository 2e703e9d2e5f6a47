// What the engine's thread tells the window's: messages, in order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "oscilla/diagnostic.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/play/actions.hpp"
#include "oscilla/program.hpp"
#include "oscilla/swap_report.hpp"
#include "oscilla/transport.hpp"

namespace oscilla::cli::play {

/// What came of an edit, or of going back.
struct EditNews {
  SwapReport report;
  std::optional<Patch> patch;  ///< of an edit
  Program running;             ///< from here on
};

/// What the running program had to mend, for the first time.
struct MendedNews {
  std::vector<Diagnostic> list;
  Patch patch;
};

/// One sentence, without its full stop.
struct NoticeNews {
  enum class Kind : std::uint8_t { Said, Good, Trouble };
  Kind kind = Kind::Said;
  std::string sentence;
};

/// A command that came from a device, and is the window's.
struct CommandNews {
  Command command;
};

/// An input has learned what plays it.
struct LearnedNews {
  std::string input, source;
};

using News = std::variant<EditNews, MendedNews, NoticeNews, CommandNews, LearnedNews>;

/// How the engine is, after each tick; of fixed size.
struct EngineState {
  std::int64_t tick = -1;  ///< of the frame; counts back where somebody goes back
  double host_ms = 0;
  Transport transport;
  std::uint64_t frames = 0;   ///< made so far
  std::uint64_t dropped = 0;  ///< frames that were left out, by the clock on the wall
  std::uint64_t late = 0;     ///< ticks that took more processor time than a frame has, or waited for something
  std::uint64_t waited = 0;   ///< those of them that gave the processor up
  std::uint64_t tick_nanoseconds = 0;
  std::uint64_t budget_nanoseconds = 0;
  std::uint64_t swaps = 0;
};

}  // namespace oscilla::cli::play
