// Pictures of frames as PNG files, made beside the window and the frames, by cairo: as `render` makes them.
#pragma once

#include <cstdint>
#include <functional>
#include <future>
#include <string>
#include <vector>

#include "oscilla/frame.hpp"
#include "oscilla/read_option.hpp"

namespace oscilla::cli::play {

class Screenshots {
 public:
  /// Takes what is to be said, from another thread.
  using Tell = std::function<void(bool good, std::string sentence)>;

  explicit Screenshots(Tell tell) : tell_(std::move(tell)) {}
  /// All that were taken are written when it returns.
  ~Screenshots();

  void take(const RenderFrame& frame, Size size, std::string path);

 private:
  Tell tell_;
  std::vector<std::future<void>> pending_;
};

}  // namespace oscilla::cli::play
