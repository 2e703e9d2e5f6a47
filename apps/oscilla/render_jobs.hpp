// Frames made by several processes on this machine (`render --jobs`). Every one runs all ticks before its frames, so
// that they are what one process would have made.
#pragma once

#include <cstdint>
#include <functional>

#include "oscilla/exit_code.hpp"
#include "oscilla/frame_set.hpp"
#include "output/frame_writer.hpp"

namespace oscilla::cli {

struct Jobs {
  const FrameSet& frames;
  std::int64_t count;
};

/// Each makes a run of frames. `make` returns an exit code. A job that fails is named, and so are its frames.
ExitCode make_shares(const Jobs& jobs, const std::function<int(const FrameSet&)>& make);

/// Each makes every count-th frame, as `bytes` bytes on its standard output, which go to `writer` in order.
ExitCode make_interleaved(const Jobs& jobs, std::size_t bytes, output::FrameWriter& writer,
                          const std::function<int(const FrameSet&)>& make);

}  // namespace oscilla::cli
