#include <algorithm>
#include <limits>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "base/hash.hpp"
#include "live/recording_assets.hpp"
#include "live/recording_json.hpp"
#include "live/recording_text.hpp"

namespace oscilla::live {
namespace {

constexpr std::uint32_t kMostVertices = 1u << 24;

/// Reads line by line. What a line says is wrong is a sentence; empty: nothing is.
class RecordingReader {
 public:
  std::string header(const Json& json);
  std::string line(const Json& json);
  Performance take() { return std::move(performance_); }
  bool ended() const { return ended_; }

 private:
  std::string patch(const Json& json);
  std::string file(const Json& json, RecordedPatch& patch);
  std::string action(const Json& json);
  std::string digest(const Json& json, RecordedTick& tick);
  std::string tick(const Json& json);
  std::string end(const Json& json);

  Performance performance_;
  bool ended_ = false;
  std::map<Hash128, std::shared_ptr<const std::string>> texts_;
  std::map<Hash128, std::shared_ptr<const Mesh>> meshes_;
  std::map<Hash128, std::shared_ptr<const Drawing>> drawings_;
};

std::string RecordingReader::header(const Json& json) {
  const Json& version = member(json, "version");
  if (member(json, "oscilla") != "recording" || !version.is_number_unsigned())
    return R"(this is no recording: its first line has no "oscilla": "recording")";
  if (version != kRecordingVersion)
    return fmt::format("this recording has version {}, and this engine reads version {}", version.get<std::uint64_t>(),
                       kRecordingVersion);
  const Json& engine = member(json, "engine");
  const auto frames = read_count(member(json, "frameVersion"), std::numeric_limits<std::uint32_t>::max());
  if (!engine.is_string() || !frames) return R"("engine" must be a text and "frameVersion" a number)";
  performance_.engine = engine.get<std::string>();
  performance_.frame_version = static_cast<std::uint32_t>(*frames);
  if (const Json& seed = member(json, "seed"); !seed.is_null()) {
    const auto number = read_count(seed, std::numeric_limits<std::uint32_t>::max());
    if (!number) return R"("seed" must be a number from 0 to 4294967295, or null)";
    performance_.seed = static_cast<std::uint32_t>(*number);
  }
  return patch(member(json, "patch"));
}

std::string RecordingReader::patch(const Json& json) {
  const auto name = read_text(member(json, "name")), text = read_text(member(json, "text"));
  const auto revision = read_hash(member(json, "revision"));
  if (!name || !text || !revision) return "a patch needs \"name\", \"revision\" and \"text\"";
  if (hash128(std::as_bytes(std::span(text->data(), text->size()))) != *revision)
    return fmt::format("the text of {} is not the one that was recorded: its hash is another one", *name);
  RecordedPatch patch{*name, *text, {}};
  if (const Json& files = member(json, "files"); files.is_array())
    for (const Json& json_file : files)
      if (std::string wrong = file(json_file, patch); !wrong.empty()) return wrong;
  performance_.patches.push_back(std::move(patch));
  return {};
}

std::string RecordingReader::file(const Json& json, RecordedPatch& patch) {
  const auto user = read_text(member(json, "user")), path = read_text(member(json, "path")),
             name = read_text(member(json, "name"));
  const auto content = read_hash(member(json, "xxh3"));
  const auto vertices = read_count(member(json, "vertices"), kMostVertices);
  if (!user || !path || !name || !content) return R"(a file needs "user", "path", "name" and "xxh3")";
  RecordedFile file{*user, *path, *name, *content, vertices ? RecordedFile::Kind::Mesh : RecordedFile::Kind::Text};
  if (!member(json, "parts").is_null()) file.kind = RecordedFile::Kind::Drawing;
  if (const Json& text = member(json, "text"); !text.is_null()) {
    auto bytes = read_text(text);
    if (!bytes || hash128(std::as_bytes(std::span(bytes->data(), bytes->size()))) != *content)
      return fmt::format("the text of {} is not the one that was recorded: its hash is another one", *name);
    texts_[*content] = std::make_shared<const std::string>(std::move(*bytes));
  }
  if (const Json& streams = member(json, "mesh"); !streams.is_null()) {
    auto mesh = read_mesh(streams, vertices.value_or(0), *content);
    if (!mesh) return fmt::format("the mesh {} is not the one that was recorded", *name);
    meshes_[*content] = std::move(mesh);
  }
  if (const Json& says = member(json, "drawing"); !says.is_null()) {
    auto drawing = read_drawing(says, *content);
    if (!drawing) return fmt::format("the drawing {} is not the one that was recorded", *name);
    drawings_[*content] = std::move(drawing);
  }
  if (const auto known = texts_.find(*content); known != texts_.end()) file.text = known->second;
  if (const auto known = meshes_.find(*content); known != meshes_.end()) file.mesh = known->second;
  if (const auto known = drawings_.find(*content); known != drawings_.end()) file.drawing = known->second;
  patch.files.push_back(std::move(file));
  return {};
}

bool read_values(const Json& json, std::vector<double>& values) {
  if (const auto one = read_double(json)) return values.push_back(*one), true;
  if (!json.is_array() || json.empty() || json.size() > 4) return false;
  for (const Json& value : json) {
    const auto number = read_double(value);
    if (!number) return false;
    values.push_back(*number);
  }
  return true;
}

std::string RecordingReader::action(const Json& json) {
  using Kind = RecordedAction::Kind;
  RecordedAction action;
  const auto has = [&](const char* name, Kind kind) {
    if (member(json, name).is_null()) return false;
    action.kind = kind;
    return true;
  };
  bool read = false;
  if (has("set", Kind::Set)) {
    auto channel = read_text(member(json, "set"));
    read = channel && read_values(member(json, "to"), action.values);
    if (read) action.channel = std::move(*channel);
  } else if (has("send", Kind::Send)) {
    auto channel = read_text(member(json, "send")), key = read_text(member(json, "key"));
    read = channel && key && read_values(member(json, "value"), action.values) && action.values.size() == 1;
    if (read) action.channel = std::move(*channel), action.key = std::move(*key);
  } else if (has("play", Kind::Play) || has("pause", Kind::Pause)) {
    read = true;
  } else if (has("speed", Kind::Speed)) {
    read = read_values(member(json, "speed"), action.values);
  } else if (has("seek", Kind::Seek)) {
    read = read_values(member(json, "seek"), action.values);
  } else if (has("step", Kind::Step)) {
    read = read_values(member(json, "step"), action.values);
  } else if (has("period", Kind::Period)) {
    const Json& rail = member(json, "period");
    action.rail = rail == "B" ? 1 : 0;
    read = (rail == "A" || rail == "B") && read_values(member(json, "to"), action.values);
  } else if (has("swap", Kind::Swap)) {
    const auto rehearsals = read_count(member(json, "rehearsals"), 2);
    action.rehearsals = static_cast<std::uint32_t>(rehearsals.value_or(0));
    action.patch = static_cast<std::uint32_t>(performance_.patches.size());
    if (std::string wrong = patch(member(json, "swap")); !wrong.empty()) return wrong;
    read = rehearsals.has_value();
  } else if (has("restore", Kind::Restore)) {
    const auto tick = read_count(member(json, "restore"), performance_.ticks.size());
    read = tick && *tick < performance_.ticks.size();
    action.tick = tick.value_or(0);
  }
  if (!read)
    return fmt::format("this is nothing that can be done: {}",
                       json.dump(-1, ' ', true, Json::error_handler_t::replace));
  performance_.actions.push_back(std::move(action));
  return {};
}

bool read_pass(const Json& json, RecordedDigest& digest) {
  if (!json.is_array() || json.size() != 4) return false;
  const auto hex = [&](std::size_t place) -> std::optional<std::uint64_t> {
    if (!json[place].is_string()) return std::nullopt;
    return read_hex(json[place].get_ref<const std::string&>(), 8);
  };
  const auto name = read_text(json[0]);
  const auto header = hex(1), order = hex(2);
  if (!name || !header || !order || !json[3].is_string()) return false;
  RecordedDigest::OfPass pass{*name, static_cast<std::uint32_t>(*header), static_cast<std::uint32_t>(*order), {}};
  std::string_view units = json[3].get_ref<const std::string&>();
  for (; !units.empty(); units.remove_prefix(8)) {
    const auto unit = read_hex(units.substr(0, 8), 8);
    if (!unit) return false;
    pass.units.push_back(static_cast<std::uint32_t>(*unit));
  }
  digest.passes.push_back(std::move(pass));
  return true;
}

std::string RecordingReader::digest(const Json& json, RecordedTick& tick) {
  const Json& root = member(json, "digest");
  if (root.is_null()) return {};
  const std::string kWrong = "its digest is none";
  RecordedDigest digest;
  const auto frame = read_hash(root);
  const Json& parts = member(json, "parts");
  const Json& scalars = member(parts, "scalars");
  if (!frame || !scalars.is_string()) return kWrong;
  const auto short_hash = read_hex(scalars.get_ref<const std::string&>(), 8);
  if (!short_hash) return kWrong;
  digest.frame = *frame;
  digest.scalars = static_cast<std::uint32_t>(*short_hash);
  if (const Json& passes = member(parts, "passes"); passes.is_array())
    for (const Json& pass : passes)
      if (!read_pass(pass, digest)) return kWrong;
  tick.digest = static_cast<std::uint32_t>(performance_.digests.size());
  performance_.digests.push_back(std::move(digest));
  return {};
}

std::string RecordingReader::tick(const Json& json) {
  if (member(json, "tick") != performance_.ticks.size())
    return fmt::format("tick {} must come here", performance_.ticks.size());
  RecordedTick tick;
  const Json& time = member(json, "t");
  tick.host_ms = read_double(time).value_or(std::numeric_limits<double>::quiet_NaN());
  if (!time.is_null() && !time.is_number()) return R"("t" must be a number of milliseconds, or null)";
  tick.first_action = performance_.actions.size();
  if (const Json& actions = member(json, "do"); actions.is_array())
    for (const Json& one : actions)
      if (std::string wrong = action(one); !wrong.empty()) return wrong;
  tick.actions = static_cast<std::uint32_t>(performance_.actions.size() - tick.first_action);
  if (std::string wrong = digest(json, tick); !wrong.empty()) return wrong;
  performance_.ticks.push_back(tick);
  return {};
}

std::string RecordingReader::end(const Json& json) {
  ended_ = true;
  if (const Json& why = member(json, "why"); !why.is_null()) {
    performance_.trouble = read_text(why).value_or("");
    return {};
  }
  if (member(json, "end") != performance_.ticks.size())
    return fmt::format("it ends after {} ticks, and says otherwise", performance_.ticks.size());
  performance_.complete = true;
  if (performance_.ticks.empty()) return {};
  RecordedTick& last = performance_.ticks.back();
  return last.digest == kNoDigest ? digest(json, last) : std::string();
}

std::string RecordingReader::line(const Json& json) {
  if (ended_) return "something comes behind the end";
  if (!member(json, "tick").is_null()) return tick(json);
  if (!member(json, "end").is_null() || !member(json, "lost").is_null()) return end(json);
  return R"(a line begins with "tick", "end" or "lost")";
}

}  // namespace

std::expected<Performance, RecordingProblem> read_recording(std::string_view text) {
  RecordingReader reader;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {  // cut here
      if (number == 1)
        return std::unexpected(RecordingProblem{1, "its first line, which says what is played, is not whole"});
      break;
    }
    const Json json = Json::parse(text.substr(0, end), nullptr, false);
    text.remove_prefix(end + 1);
    std::string wrong = !json.is_object()
                            ? (number == 1 ? "this is no recording, which `--record` of live, play and render writes"
                                           : "this is no JSON object")
                        : number == 1 ? reader.header(json)
                                      : reader.line(json);
    if (!wrong.empty()) return std::unexpected(RecordingProblem{number, std::move(wrong)});
  }
  Performance performance = reader.take();
  if (performance.patches.empty()) return std::unexpected(RecordingProblem{0, "it is empty"});
  return performance;
}

}  // namespace oscilla::live
