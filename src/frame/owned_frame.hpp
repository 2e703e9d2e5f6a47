// A deep copy of a frame that owns its arrays: for drawing it in another thread while the session goes on. Assigning
// again allocates nothing when the sizes repeat. Movable; a moved-from one may only be assigned to or destroyed.
#pragma once

#include <cstdint>
#include <vector>

#include "oscilla/frame.hpp"

namespace oscilla::frame {

class OwnedFrame {
 public:
  OwnedFrame() = default;
  explicit OwnedFrame(const RenderFrame& source) { assign(source); }
  OwnedFrame(const OwnedFrame&) = delete;
  OwnedFrame& operator=(const OwnedFrame&) = delete;
  OwnedFrame(OwnedFrame&&) = default;
  OwnedFrame& operator=(OwnedFrame&&) = default;

  /// `source` must not be this object's own view.
  void assign(const RenderFrame& source);

  /// Equal to the frame assigned last; valid until the next assign.
  const RenderFrame& view() const { return frame_; }

 private:
  struct PassArrays {
    std::vector<char> name;
    std::vector<InstanceCore> core;
    std::vector<float> rotation;
    std::vector<std::uint32_t> shape;
    std::vector<std::uint32_t> order;
    std::vector<float> scale;
    std::vector<float> stroke;
    std::vector<float> dashes;
    std::vector<GradientStop> stops;
    std::vector<Batch> batches;
  };

  RenderFrame frame_;
  std::vector<PassArrays> arrays_;  // never shrinks: what a pass held is used again when it comes back
  std::vector<Pass> passes_;
  std::vector<Shape> shapes_;
  std::vector<std::vector<PathVerb>> verbs_;  // never shrinks
  std::vector<Topology> topologies_;
  std::vector<float> points_;
  std::vector<GradientStop> stops_;  // of the background
  std::vector<Layer> layers_;
};

}  // namespace oscilla::frame
