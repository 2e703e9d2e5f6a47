// Edits that anybody may make, on every patch of the gallery: at the switch the picture is the old program's at the
// same tick, its numbers leave without a corner, and where nothing changed nothing changes.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <numbers>
#include <optional>
#include <regex>

#include "patches.hpp"

namespace oscilla::test {
namespace {

constexpr int kFrames = 20;  // before an edit

struct Lane {
  // x, y, depth, size, r, g, b, a, rotation, scale x, scale y; the line: width, r, g, b, a
  std::array<double, 16> numbers{};
};
using Picture = std::map<std::string, std::vector<Lane>, std::less<>>;

Picture picture_of(const RenderFrame& frame) {
  Picture picture;
  for (const Pass& pass : frame.passes) {
    if (pass.weight < 1) continue;  // of a trail
    std::vector<Lane>& lanes = picture[std::string(pass.name)];
    if (!lanes.empty()) continue;  // what is left of lanes that are gone
    for (std::uint32_t i = 0; i < pass.instances.count; ++i) {
      const InstanceCore& c = pass.instances.core[i];
      const bool turned = !pass.instances.rotation.empty(), scaled = !pass.instances.scale.empty();
      lanes.push_back({{c.x, c.y, c.depth, c.size, c.r, c.g, c.b, c.a, turned ? pass.instances.rotation[i] : 0,
                        scaled ? pass.instances.scale[2 * i] : 1, scaled ? pass.instances.scale[2 * i + 1] : 1}});
      if (pass.instances.stroke.empty()) continue;
      std::ranges::copy(pass.instances.stroke.subspan(kStrokeFloats * i, kStrokeFloats),
                        lanes.back().numbers.begin() + 11);
    }
  }
  return picture;
}

double apart(const Lane& a, const Lane& b, std::size_t number) {
  double difference = std::abs(a.numbers[number] - b.numbers[number]);
  if (number == 8) difference = std::abs(std::remainder(difference, 2 * std::numbers::pi));
  return difference / std::max(1.0, std::abs(b.numbers[number]));
}

/// The largest difference of a lane that both have.
double apart(const Picture& a, const Picture& b) {
  double most = 0;
  for (const auto& [name, lanes] : b) {
    const auto found = a.find(name);
    if (found == a.end()) continue;
    for (std::size_t i = 0; i < std::min(lanes.size(), found->second.size()); ++i)
      for (std::size_t n = 0; n < lanes[i].numbers.size(); ++n)
        most = std::max(most, apart(found->second[i], lanes[i], n));
  }
  return most;
}

struct Edit {
  std::string kind, text;
};

/// Every match of a pattern replaced, one after the other.
void replace_each(const std::string& kind, const std::string& text, const std::string& pattern,
                  const std::string& replacement, std::size_t most, std::vector<Edit>& edits) {
  const std::regex regex(pattern);
  for (auto m = std::sregex_iterator(text.begin(), text.end(), regex); m != std::sregex_iterator() && most > 0; ++m) {
    const auto at = static_cast<std::size_t>(m->position());
    if (text.rfind('#', at) != std::string::npos && text.find('\n', text.rfind('#', at)) > at) continue;
    edits.push_back({kind, text.substr(0, at) + m->format(replacement) + text.substr(at + m->length())});
    --most;
  }
}

std::string camera_of(const std::string& text) {
  const std::size_t at = text.find("Camera(");
  return at == std::string::npos ? "" : text.substr(at, text.find("\n\n", at) - at);
}

std::vector<Edit> edits_of(const std::string& text) {
  std::vector<Edit> edits;
  replace_each("literal", text, R"(\* 0\.(\d+))", "* 0.9$1", 3, edits);
  replace_each("literal", text, R"(: 0\.([1-9]\d*)([,)]))", ": 0.8$1$2", 3, edits);
  replace_each("literal", text, R"(\+ 0\.(\d+))", "+ 0.2$1", 3, edits);
  replace_each("count", text, R"(count: (\d)(\d+))", "count: 1$1$2", 1, edits);
  replace_each("count", text, R"(count: (\d+)(\d))", "count: $1", 1, edits);
  replace_each("layout", text, R"(RenderInstances2D\(\s*(\w+)([,)]))", "RenderInstances2D(0.9 * $1 + (0.03, 0.02)$2", 2,
               edits);
  replace_each("layout", text, R"(RenderInstances2D\(\s*(\w+)([,)]))",
               "RenderInstances2D($1 + 0.1 * sin($1.yx * 7), rotation: $1.x$2", 2, edits);
  replace_each("rewire", text, R"(color: (\w+)([,)]))", "color: mix($1, (0.9, 0.2, 0.4, 1), 0.6)$2", 2, edits);
  replace_each("rewire", text, R"(opacity: (\w+)([,)]))", "opacity: 0.5$2, scale: (1.5, 0.5)", 1, edits);
  // How it is seen does not glide yet.
  std::erase_if(edits, [&](const Edit& edit) { return camera_of(edit.text) != camera_of(text); });
  std::erase_if(edits, [](const Edit& edit) { return !compile_patch(Patch::parse(edit.text)).program; });
  return edits;
}

/// Settings for every sink, written before its closing bracket.
std::string with_settings(std::string text, const std::string& settings) {
  const std::string block = "RenderInstances2D(";
  for (std::size_t at = text.find(block); at != std::string::npos; at = text.find(block, at + 1)) {
    std::size_t end = at + block.size();
    for (int open = 1; open > 0; ++end) open += text[end] == '(' ? 1 : text[end] == ')' ? -1 : 0;
    --end;
    std::size_t last = end - 1;
    while (std::isspace(static_cast<unsigned char>(text[last])) != 0) --last;
    text.insert(end, (text[last] == ',' ? "" : ", ") + settings);
  }
  return text;
}

const std::string kOff =
    "positionPolicy: none, colorPolicy: none, sizePolicy: none, opacityPolicy: none, rotationPolicy: none, "
    "zPolicy: none, scalePolicy: none";

/// A session with an edit and one without, up to the switch and beyond.
struct Comparison {
  Comparison(const std::string& before, const std::string& after) : edited(compiled(before)), plain(compiled(before)) {
    for (int frame = 0; frame < kFrames; ++frame) tick();
    edited.request_swap(Patch::parse(after));
    edited.wait_for_requests();
    for (int more = 0; more < 8; ++more) tick();
    edited.wait_for_requests();  // the report comes from the worker
    for (SwapReport& told : edited.take_swap_reports()) report = std::move(told);
  }
  void tick() {
    const double t = frame++ * 1000.0 / 60;
    const RenderFrame& picture = edited.tick(t);
    EXPECT_EQ(validate_frame(picture), "");
    now.push_back(picture_of(picture));
    old.push_back(picture_of(plain.tick(t)));
  }
  Session edited, plain;
  int frame = 0;
  std::vector<Picture> now, old;
  std::optional<SwapReport> report;
};

TEST(Continuity, ThePictureGoesOnAtEveryEdit) {
  std::map<std::string, int> kinds;
  for (const std::filesystem::path& path : patch_files("patches")) {
    const std::string text = read_file(path.string());
    for (const Edit& edit : edits_of(text)) {
      const Comparison pair(text, edit.text);
      ASSERT_TRUE(pair.report && pair.report->tick >= kFrames) << path;
      const auto at = static_cast<std::size_t>(pair.report->tick);
      EXPECT_LE(apart(pair.now[at], pair.old[at]), 1e-6) << path << " " << edit.kind << "\n" << describe(*pair.report);
      ++kinds[edit.kind];
    }
  }
  for (const auto& [kind, count] : kinds) std::printf("%s: %d\n", kind.c_str(), count);
}

TEST(Continuity, WithoutItThePictureJumps) {
  int edits = 0, jumps = 0;
  for (const std::filesystem::path& path : patch_files("patches")) {
    const std::string text = with_settings(read_file(path.string()), kOff);
    for (const Edit& edit : edits_of(text)) {
      if (edit.kind == "count") continue;
      const Comparison pair(text, edit.text);
      const auto at = static_cast<std::size_t>(pair.report->tick);
      ++edits;
      jumps += apart(pair.now[at], pair.old[at]) > 1e-6;
    }
  }
  EXPECT_GT(jumps, edits / 2) << edits;
}

}  // namespace
}  // namespace oscilla::test
