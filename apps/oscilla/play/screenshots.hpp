// Pictures of frames as PNG files, made beside the window and the frames, by cairo: as `render` makes them.
#pragma once

#include <cstddef>
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
  ~Screenshots() { finish(); }

  /// False if so many are being written that there is no room for another one.
  bool take(const RenderFrame& frame, Size size, std::string path);
  /// Whether a file of this name is being written.
  bool is_writing(const std::string& path) const;
  /// All that were taken are written when it returns, and told of. False if any could not be.
  bool finish();

 private:
  static constexpr std::size_t kMost = 4;
  struct Pending {
    std::string path;
    std::future<bool> written;
  };
  void look_after();

  Tell tell_;
  std::vector<Pending> pending_;
  bool failed_ = false;
};

}  // namespace oscilla::cli::play
