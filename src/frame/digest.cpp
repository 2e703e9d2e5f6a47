#include "frame/digest.hpp"

#include <algorithm>
#include <array>

#include "frame/canonical_hash.hpp"

namespace oscilla::frame {
namespace {

constexpr std::uint32_t kCanonicalNan = 0x7fc00000;

bool is_nan_bits(std::uint32_t bits) { return (bits & 0x7fffffff) > 0x7f800000; }

bool any_nan(const float* values, std::size_t count) {
  std::uint32_t found = 0;
  for (std::size_t i = 0; i < count; ++i) found |= is_nan_bits(std::bit_cast<std::uint32_t>(values[i]));
  return found != 0;
}

constexpr std::uint32_t kFirstVersion = 1;

bool is_default(const Fill& fill) { return fill.paint == Paint::Solid && fill.stops.empty(); }

bool is_default(const Style& style) {
  return is_default(style.fill) && style.rule == FillRule::NonZero && style.join == LineJoin::Miter &&
         style.cap == LineCap::Butt && style.dashes.empty() && style.dash_offset == 0;
}

/// Whether a frame has anything that the first version has not.
bool is_newer(const RenderFrame& frame) {
  if (frame.version <= kFirstVersion) return false;
  if (!is_default(frame.background_fill) || !frame.layers.empty()) return true;
  return std::any_of(frame.passes.begin(), frame.passes.end(), [](const Pass& pass) {
    return !pass.instances.stroke.empty() || !is_default(pass.style) || pass.weight != 1;
  });
}

/// A float is added as 32 bits whatever it is.
void add_float(CanonicalHash& hash, float value) { hash.add_floats(&value, 1); }

void add_fill(CanonicalHash& hash, const Fill& fill) {
  hash.add(fill.paint).add_floats(fill.place.data(), fill.place.size());
  hash.add(static_cast<std::uint32_t>(fill.stops.size()));
  for (const GradientStop& stop : fill.stops) {
    add_float(hash, stop.at);
    hash.add_floats(stop.color.data(), stop.color.size());
  }
}

void add_style(CanonicalHash& hash, const Style& style) {
  add_fill(hash, style.fill);
  hash.add(style.rule).add(style.join).add(style.cap).add(static_cast<std::uint32_t>(style.dashes.size()));
  hash.add_floats(style.dashes.data(), style.dashes.size());
  add_float(hash, style.dash_offset);
}

void add_layers(CanonicalHash& hash, std::span<const Layer> layers) {
  hash.add(static_cast<std::uint32_t>(layers.size()));
  for (const Layer& layer : layers) {
    hash.add(layer.layer).add(layer.blend);
    add_float(hash, layer.opacity);
    hash.add(layer.clip).add_floats(layer.place.data(), layer.place.size());
  }
}

Hash128 hash_scalars(const RenderFrame& frame) {
  CanonicalHash hash;
  const bool newer = is_newer(frame);
  hash.add(frame.version == kFrameVersion && !newer ? kFirstVersion : frame.version)
      .add(frame.tick)
      .add(frame.t_ms)
      .add(frame.width)
      .add(frame.height)
      .add(frame.fit);
  hash.add_floats(frame.background.data(), frame.background.size());
  hash.add(static_cast<std::uint32_t>(frame.shapes.size()));
  for (const Shape& shape : frame.shapes) {
    hash.add(shape.kind).add_floats(shape.parameters.data(), shape.parameters.size());
    hash.add(shape.topology).add(shape.first_point);
  }
  hash.add(static_cast<std::uint32_t>(frame.topologies.size()));
  for (const Topology& topology : frame.topologies) {
    hash.add(static_cast<std::uint32_t>(topology.verbs.size()));
    for (const PathVerb verb : topology.verbs) hash.add(verb);
  }
  hash.add(static_cast<std::uint32_t>(frame.points.size())).add_floats(frame.points.data(), frame.points.size());
  if (newer) {
    add_fill(hash, frame.background_fill);
    add_layers(hash, frame.layers);
  }
  return hash.finish();
}

Hash128 hash_header(const Pass& pass) {
  const Instances& instances = pass.instances;
  const unsigned present = (instances.rotation.empty() ? 0u : 1u) | (instances.shape.empty() ? 0u : 2u) |
                           (instances.order.empty() ? 0u : 4u) | (instances.scale.empty() ? 0u : 8u) |
                           (instances.stroke.empty() ? 0u : 16u) | (is_default(pass.style) ? 0u : 32u) |
                           (pass.weight == 1 ? 0u : 64u);
  CanonicalHash hash;
  hash.add(pass.name).add(pass.layer).add(pass.blend).add(instances.count).add(instances.visible);
  hash.add(static_cast<std::uint8_t>(present)).add(static_cast<std::uint32_t>(pass.batches.size()));
  for (const Batch& batch : pass.batches) hash.add(batch.first).add(batch.count).add(batch.shape);
  if (!is_default(pass.style)) add_style(hash, pass.style);
  if (pass.weight != 1) add_float(hash, pass.weight);
  return hash.finish();
}

Hash128 hash_unit(const Instances& instances, std::uint32_t unit) {
  const std::size_t first = std::size_t{unit} * kDigestUnitLanes;
  const std::size_t lanes = std::min<std::size_t>(kDigestUnitLanes, instances.count - first);
  CanonicalHash hash;
  hash.add_floats(&instances.core[first].x, lanes * (sizeof(InstanceCore) / sizeof(float)));
  if (!instances.rotation.empty()) hash.add_floats(&instances.rotation[first], lanes);
  if (!instances.shape.empty()) hash.add(instances.shape.subspan(first, lanes));
  if (!instances.scale.empty()) hash.add_floats(&instances.scale[2 * first], 2 * lanes);
  if (!instances.stroke.empty()) hash.add_floats(&instances.stroke[kStrokeFloats * first], kStrokeFloats * lanes);
  return hash.finish();
}

Hash128 hash_pass(const Pass& pass, DigestVisitor visitor) {
  const auto told = [&](DigestPart part, Hash128 hash) {
    if (visitor.visit != nullptr) visitor.visit(visitor.context, part, &pass, hash);
    return hash;
  };
  CanonicalHash hash;
  hash.add(told(DigestPart::Header, hash_header(pass)));
  hash.add(told(DigestPart::Order, CanonicalHash().add(pass.instances.order).finish()));
  const std::uint32_t units = digest_units(pass.instances.count);
  hash.add(units);
  for (std::uint32_t unit = 0; unit < units; ++unit) hash.add(told(DigestPart::Unit, hash_unit(pass.instances, unit)));
  return hash.finish();
}

/// The hash of a frame; `passes`, if given, gets those of its passes.
Hash128 hash_frame(const RenderFrame& frame, DigestVisitor visitor, std::vector<PassDigest>* passes) {
  const Hash128 scalars = hash_scalars(frame);
  if (visitor.visit != nullptr) visitor.visit(visitor.context, DigestPart::Scalars, nullptr, scalars);
  CanonicalHash hash;
  hash.add(scalars).add(static_cast<std::uint32_t>(frame.passes.size()));
  for (std::size_t i = 0; i < frame.passes.size(); ++i) {
    const Hash128 pass = hash_pass(frame.passes[i], visitor);
    hash.add(pass);
    if (passes) (*passes)[i].pass = pass;
  }
  return hash.finish();
}

}  // namespace

CanonicalHash& CanonicalHash::add_floats(const float* values, std::size_t count) {
  if (!any_nan(values, count)) return add_bytes(values, count * sizeof(float));
  std::array<std::uint32_t, 256> chunk;
  for (std::size_t done = 0; done < count; done += chunk.size()) {
    const std::size_t size = std::min(chunk.size(), count - done);
    for (std::size_t i = 0; i < size; ++i) {
      const auto bits = std::bit_cast<std::uint32_t>(values[done + i]);
      chunk[i] = is_nan_bits(bits) ? kCanonicalNan : bits;
    }
    add_bytes(chunk.data(), size * sizeof(std::uint32_t));
  }
  return *this;
}

FrameDigest digest_tree(const RenderFrame& frame) {
  FrameDigest tree;
  tree.passes.resize(frame.passes.size());
  struct Collector {
    FrameDigest& tree;
    const Pass* first;
  } collector{tree, frame.passes.data()};
  const auto collect = [](void* context, DigestPart part, const Pass* pass, Hash128 hash) {
    auto& [into, first] = *static_cast<Collector*>(context);
    switch (part) {
      case DigestPart::Scalars: into.scalars = hash; break;
      case DigestPart::Header: into.passes[static_cast<std::size_t>(pass - first)].header = hash; break;
      case DigestPart::Order: into.passes[static_cast<std::size_t>(pass - first)].order = hash; break;
      case DigestPart::Unit: into.passes[static_cast<std::size_t>(pass - first)].units.push_back(hash); break;
    }
  };
  tree.frame = hash_frame(frame, {collect, &collector}, &tree.passes);
  return tree;
}

Hash128 digest(const RenderFrame& frame, DigestVisitor visitor) { return hash_frame(frame, visitor, nullptr); }

}  // namespace oscilla::frame
