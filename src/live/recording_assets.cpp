#include "live/recording_assets.hpp"

#include <array>
#include <cstring>
#include <limits>
#include <optional>
#include <span>
#include <utility>

#include "base/drawing_content.hpp"
#include "base/hash.hpp"

namespace oscilla::live {
namespace {

constexpr std::array<const char*, kMeshStreams> kStreams{"x", "y", "z", "normalX", "normalY", "normalZ", "u", "v"};

std::optional<Drawing::Part> read_part(const Json& json) {
  if (!json.is_array() || json.size() != 5 || !json[3].is_boolean() || !json[4].is_boolean()) return std::nullopt;
  auto data = read_text(json[0]), transform = read_text(json[1]);
  const auto line = read_count(json[2], std::numeric_limits<std::uint32_t>::max());
  if (!data || !transform || !line) return std::nullopt;
  return Drawing::Part{std::move(*data), std::move(*transform), static_cast<std::uint32_t>(*line), json[3].get<bool>(),
                       json[4].get<bool>()};
}

std::optional<Drawing::Name> read_name(const Json& json, std::size_t parts) {
  if (!json.is_array() || json.size() != 3) return std::nullopt;
  auto id = read_text(json[0]);
  const auto first = read_count(json[1], parts), count = read_count(json[2], parts);
  if (!id || !first || !count || *first + *count > parts) return std::nullopt;
  return Drawing::Name{std::move(*id), static_cast<std::uint32_t>(*first), static_cast<std::uint32_t>(*count)};
}

bool read_page(const Json& json, Drawing& drawing) {
  if (json.is_null()) return true;
  if (!json.is_array() || json.size() != drawing.page.size()) return false;
  for (std::size_t i = 0; i < drawing.page.size(); ++i) {
    const auto number = read_double(json[i]);
    if (!number) return false;
    drawing.page[i] = *number;
  }
  return drawing.has_page = true;
}

}  // namespace

Json mesh_json(const Mesh& mesh) {
  Json streams = Json::object();
  for (std::size_t s = 0; s < kMeshStreams; ++s) {
    bool any = false;
    for (const float x : mesh.streams[s]) any |= x != 0;
    if (any) streams[kStreams[s]] = to_base64(std::as_bytes(std::span(mesh.streams[s])));
  }
  return streams;
}

Json drawing_json(const Drawing& drawing) {
  Json parts = Json::array(), names = Json::array();
  for (const Drawing::Part& part : drawing.parts)
    parts.push_back({text_json(part.data), text_json(part.transform), part.line, part.shown, part.even_odd});
  for (const Drawing::Name& name : drawing.names) names.push_back({text_json(name.id), name.first, name.count});
  Json json{{"parts", std::move(parts)}, {"names", std::move(names)}};
  if (drawing.has_page) json["page"] = drawing.page;
  return json;
}

std::shared_ptr<const Mesh> read_mesh(const Json& json, std::uint64_t vertices, Hash128 content) {
  Mesh mesh;
  mesh.vertices = static_cast<std::uint32_t>(vertices);
  HashBuilder hash;  // as the reader of mesh files makes it
  for (std::size_t s = 0; s < kMeshStreams; ++s) {
    mesh.streams[s].resize(vertices);
    if (const Json& stream = member(json, kStreams[s]); stream.is_string()) {
      const auto bytes = from_base64(stream.get_ref<const std::string&>());
      if (!bytes || bytes->size() != vertices * sizeof(float)) return nullptr;
      std::memcpy(mesh.streams[s].data(), bytes->data(), bytes->size());
    }
    hash.add(hash128(std::as_bytes(std::span(mesh.streams[s]))));
  }
  if (hash.add(mesh.vertices).finish() != content) return nullptr;
  mesh.content = {content.low, content.high};
  return std::make_shared<const Mesh>(std::move(mesh));
}

std::shared_ptr<const Drawing> read_drawing(const Json& json, Hash128 content) {
  Drawing drawing;
  const Json &parts = member(json, "parts"), &names = member(json, "names");
  if (!parts.is_array() || !names.is_array() || !read_page(member(json, "page"), drawing)) return nullptr;
  for (const Json& says : parts) {
    auto part = read_part(says);
    if (!part) return nullptr;
    drawing.parts.push_back(std::move(*part));
  }
  for (const Json& says : names) {
    auto name = read_name(says, drawing.parts.size());
    if (!name) return nullptr;
    drawing.names.push_back(std::move(*name));
  }
  if (drawing_content(drawing) != content) return nullptr;
  drawing.content = {content.low, content.high};
  return std::make_shared<const Drawing>(std::move(drawing));
}

}  // namespace oscilla::live
