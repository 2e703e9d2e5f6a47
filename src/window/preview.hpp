// The same scene seen in perspective, from above and afar: made of a finished frame and of how that was seen, so that
// nothing that computes, remembers or records frames knows of it.
#pragma once

#include <cstdint>
#include <vector>

#include "oscilla/camera.hpp"
#include "oscilla/frame.hpp"

namespace oscilla::window {

class PerspectivePreview {
 public:
  /// Valid until the next call, and as long as `frame` is. What the frame does not show is not there either.
  const RenderFrame& of(const RenderFrame& frame, const CameraView& camera);

 private:
  struct PassRoom {
    std::vector<InstanceCore> core;
    std::vector<double> distance;      ///< by lane
    std::vector<std::uint32_t> shape;  ///< by lane: what its batch says
    std::vector<std::uint32_t> order;
    std::vector<Batch> batches;
  };
  void turn(const Pass& source, const CameraView& camera, PassRoom& room, Pass& result);

  RenderFrame frame_;
  std::vector<Pass> passes_;
  std::vector<PassRoom> rooms_;
};

}  // namespace oscilla::window
