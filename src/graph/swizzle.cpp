#include "graph/swizzle.hpp"

namespace oscilla::graph {

bool read_swizzle(std::string_view letters, Node& node) {
  if (letters.empty() || letters.size() > 4) return false;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    std::size_t component = std::string_view("xyzw").find(letters[i]);
    if (component == std::string_view::npos) component = std::string_view("rgba").find(letters[i]);
    if (component == std::string_view::npos) return false;
    node.components[i] = static_cast<std::uint8_t>(component);
  }
  node.kind = NodeKind::Swizzle;
  node.component_count = static_cast<std::uint8_t>(letters.size());
  node.outputs.resize(1);
  return true;
}

ir::Payload payload_of_components(std::uint8_t count) {
  constexpr ir::Payload kPayloads[] = {ir::Payload::Unknown, ir::Payload::Float, ir::Payload::Vec2, ir::Payload::Vec3,
                                       ir::Payload::Color};
  return kPayloads[count];
}

}  // namespace oscilla::graph
