#include <span>

#include "base/hash.hpp"
#include "live/compiled_patch.hpp"
#include "live/recording_assets.hpp"
#include "live/recording_json.hpp"
#include "live/recording_text.hpp"

namespace oscilla::live {
namespace {

std::string line_of(const Json& json) { return json.dump() + "\n"; }

std::size_t bytes_of(const RecordedFile& file) {
  if (file.mesh) return std::size_t{file.mesh->vertices} * kMeshStreams * sizeof(float);
  if (!file.drawing) return file.text->size();
  std::size_t bytes = 0;
  for (const Drawing::Part& part : file.drawing->parts) bytes += part.data.size() + part.transform.size();
  for (const Drawing::Name& name : file.drawing->names) bytes += name.id.size();
  return bytes;
}

Json file_json(const RecordedFile& file, std::set<Hash128>& written) {
  Json json{{"user", text_json(file.user)}, {"path", text_json(file.path)}, {"name", text_json(file.name)}};
  const std::size_t bytes = bytes_of(file);
  if (file.mesh)
    json["vertices"] = file.mesh->vertices;
  else if (file.drawing)
    json["parts"] = file.drawing->parts.size();
  else
    json["bytes"] = bytes;
  json["xxh3"] = to_hex(file.content);
  if (bytes > kMostRecordedBytes || !written.insert(file.content).second) return json;
  if (file.mesh)
    json["mesh"] = mesh_json(*file.mesh);
  else if (file.drawing)
    json["drawing"] = drawing_json(*file.drawing);
  else
    json["text"] = text_json(*file.text);
  return json;
}

Json patch_json(const RecordedPatch& patch, std::set<Hash128>& written) {
  const Hash128 revision = hash128(std::as_bytes(std::span(patch.text.data(), patch.text.size())));
  Json json{{"name", text_json(patch.name)}, {"revision", to_hex(revision)}, {"text", text_json(patch.text)}};
  for (const RecordedFile& file : patch.files) json["files"].push_back(file_json(file, written));
  return json;
}

Json values_json(const std::vector<double>& values) { return values.size() == 1 ? Json(values[0]) : Json(values); }

Json action_json(const RecordedAction& action, std::span<const RecordedPatch> patches, std::set<Hash128>& written) {
  using Kind = RecordedAction::Kind;
  switch (action.kind) {
    case Kind::Set: return {{"set", text_json(action.channel)}, {"to", values_json(action.values)}};
    case Kind::Send:
      return {
          {"send", text_json(action.channel)}, {"key", text_json(action.key)}, {"value", values_json(action.values)}};
    case Kind::Play: return {{"play", true}};
    case Kind::Pause: return {{"pause", true}};
    case Kind::Speed: return {{"speed", values_json(action.values)}};
    case Kind::Seek: return {{"seek", values_json(action.values)}};
    case Kind::Step: return {{"step", values_json(action.values)}};
    case Kind::Period: return {{"period", action.rail == 0 ? "A" : "B"}, {"to", values_json(action.values)}};
    case Kind::Swap: return {{"swap", patch_json(patches[action.patch], written)}, {"rehearsals", action.rehearsals}};
    case Kind::Restore: return {{"restore", action.tick}};
  }
  return {};
}

void add_digest(Json& json, const RecordedDigest& digest) {
  json["digest"] = to_hex(digest.frame);
  Json passes = Json::array();
  for (const RecordedDigest::OfPass& pass : digest.passes) {
    std::string units;
    for (const std::uint32_t unit : pass.units) units += to_hex(unit);
    passes.push_back({text_json(pass.name), to_hex(pass.header), to_hex(pass.order), units});
  }
  json["parts"] = {{"scalars", to_hex(digest.scalars)}, {"passes", std::move(passes)}};
}

}  // namespace

std::string RecordingWriter::begin(const RecordedPatch& patch, const Program& program) {
  const std::optional<std::uint32_t> seed = program.compiled().options.seed;
  return line_of({{"oscilla", "recording"},
                  {"version", kRecordingVersion},
                  {"engine", OSCILLA_VERSION},
                  {"frameVersion", kFrameVersion},
                  {"seed", seed ? Json(*seed) : Json()},
                  {"canvas", {program.width(), program.height()}},
                  {"fps", {program.fps_numerator(), program.fps_denominator()}},
                  {"patch", patch_json(patch, written_)}});
}

std::string RecordingWriter::tick(std::int64_t number, double host_ms, std::span<const RecordedAction> actions,
                                  std::span<const RecordedPatch> patches, const RecordedDigest* digest) {
  Json json{{"tick", number}, {"t", host_ms - host_ms == 0 ? Json(host_ms) : Json()}};
  for (const RecordedAction& action : actions) json["do"].push_back(action_json(action, patches, written_));
  if (digest != nullptr) add_digest(json, *digest);
  return line_of(json);
}

std::string RecordingWriter::end(std::int64_t ticks, const RecordedDigest* last) {
  Json json{{"end", ticks}};
  if (last != nullptr) add_digest(json, *last);
  return line_of(json);
}

std::string RecordingWriter::lost(std::int64_t ticks, std::string_view why) {
  return line_of({{"lost", ticks}, {"why", text_json(why)}});
}

}  // namespace oscilla::live
