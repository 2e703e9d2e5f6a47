#include "runtime/picture_limits.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace oscilla::runtime {
namespace {

using ir::CameraValue;

struct CameraLimit {
  CameraValue value;
  std::string_view port;
  double least, most;
};
constexpr double kNoLimit = std::numeric_limits<double>::infinity();
/// As render::uniforms_of keeps them.
constexpr CameraLimit kPerspective[] = {
    {CameraValue::Distance, "distance", 1e-4, kNoLimit},
    {CameraValue::Tilt, "tilt", -89.9, 89.9},
    {CameraValue::FovY, "fovY", 1, 179},
    {CameraValue::Near, "near", 1e-6, kNoLimit},
};
constexpr CameraLimit kOrthographic[] = {
    {CameraValue::Height, "height", 1e-6, kNoLimit},
    {CameraValue::Near, "near", -1e6, kNoLimit},
};

class LimitMaker {
 public:
  explicit LimitMaker(const ir::Program& program) : program_(program) {}

  std::vector<PictureLimit> run() {
    if (program_.camera) add_camera(*program_.camera);
    if (program_.background) add_stops(program_.background->fill, program_.background->name);
    for (const ir::Sink& sink : program_.sinks) {
      add_stops(sink.style.fill, sink.name);
      for (std::uint32_t i = 0; i < sink.style.dashes.size(); ++i) {
        PictureLimit& limit = add(RuntimeErrorKind::InvalidStyle, sink.style.dashes[i], sink.name, "dashes");
        limit.least = 0;
        limit.list = "dash";
        limit.element = i;
      }
    }
    for (const ir::ShapeEntry& shape : program_.shapes)
      if (shape.corner.valid()) add_corner(shape.corner);
    return std::move(limits_);
  }

 private:
  PictureLimit& add(RuntimeErrorKind kind, ir::SlotIx slot, std::string_view block, std::string_view port) {
    limits_.push_back({.kind = kind, .slot = slot, .block = std::string(block), .port = {}});
    limits_.back().port = fmt::format("{}.{}", block, port);
    return limits_.back();
  }

  void add_camera(const ir::Camera& camera) {
    const auto number = [&](const CameraLimit& of) -> PictureLimit& {
      PictureLimit& limit = add(RuntimeErrorKind::InvalidTransform, camera.values[static_cast<std::size_t>(of.value)],
                                camera.name, of.port);
      limit.least = of.least;
      limit.most = of.most;
      return limit;
    };
    if (camera.perspective)
      std::for_each(std::begin(kPerspective), std::end(kPerspective), number);
    else
      std::for_each(std::begin(kOrthographic), std::end(kOrthographic), number);
    number({CameraValue::Far, "far", -kNoLimit, kNoLimit}).ascends = true;
  }

  void add_stops(const ir::FillOf<ir::SlotIx>& fill, std::string_view block) {
    for (std::uint32_t i = 0; i < fill.stops.size(); ++i) {
      PictureLimit& limit = add(RuntimeErrorKind::InvalidStyle, fill.stops[i].at, block, "stopsAt");
      limit.least = 0;
      limit.most = 1;
      limit.ascends = i > 0;
      limit.list = "stop";
      limit.element = i;
    }
  }

  /// Of the figure whose port it is.
  void add_corner(ir::SlotIx slot) {
    constexpr std::string_view kPort = ".cornerRadius";
    const auto found = std::ranges::find_if(program_.ports, [&](const ir::PortBinding& port) {
      return port.name.ends_with(kPort) && port.values[0] == program_.slot_origins[slot.v];
    });
    if (found == program_.ports.end()) return;
    const std::string_view name = found->name;
    add(RuntimeErrorKind::InvalidGeometry, slot, name.substr(0, name.size() - kPort.size()), kPort.substr(1)).least = 0;
  }

  const ir::Program& program_;
  std::vector<PictureLimit> limits_;
};

}  // namespace

std::vector<PictureLimit> picture_limits(const ir::Program& program) { return LimitMaker(program).run(); }

}  // namespace oscilla::runtime
