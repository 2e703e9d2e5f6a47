#include "frame/owned_frame.hpp"

#include <string_view>

namespace oscilla::frame {
namespace {

/// Copies `source` into `storage` and returns the copy.
template <class T>
std::span<const T> keep(std::span<const T> source, std::vector<T>& storage) {
  storage.assign(source.begin(), source.end());
  return storage;
}

}  // namespace

void OwnedFrame::assign(const RenderFrame& source) {
  frame_ = source;
  frame_.shapes = keep(source.shapes, shapes_);
  frame_.points = keep(source.points, points_);
  frame_.layers = keep(source.layers, layers_);
  frame_.background_fill.stops = keep(source.background_fill.stops, stops_);

  if (verbs_.size() < source.topologies.size()) verbs_.resize(source.topologies.size());
  topologies_.resize(source.topologies.size());
  for (std::size_t i = 0; i < topologies_.size(); ++i) {
    topologies_[i].verbs = keep(source.topologies[i].verbs, verbs_[i]);
  }
  frame_.topologies = topologies_;

  if (arrays_.size() < source.passes.size()) arrays_.resize(source.passes.size());
  passes_.assign(source.passes.begin(), source.passes.end());
  for (std::size_t i = 0; i < passes_.size(); ++i) {
    Pass& pass = passes_[i];
    PassArrays& arrays = arrays_[i];
    arrays.name.assign(pass.name.begin(), pass.name.end());
    pass.name = std::string_view(arrays.name.data(), arrays.name.size());
    pass.instances.core = keep(pass.instances.core, arrays.core);
    pass.instances.rotation = keep(pass.instances.rotation, arrays.rotation);
    pass.instances.shape = keep(pass.instances.shape, arrays.shape);
    pass.instances.order = keep(pass.instances.order, arrays.order);
    pass.instances.scale = keep(pass.instances.scale, arrays.scale);
    pass.instances.stroke = keep(pass.instances.stroke, arrays.stroke);
    pass.style.dashes = keep(pass.style.dashes, arrays.dashes);
    pass.style.fill.stops = keep(pass.style.fill.stops, arrays.stops);
    pass.batches = keep(pass.batches, arrays.batches);
  }
  frame_.passes = passes_;
}

}  // namespace oscilla::frame
