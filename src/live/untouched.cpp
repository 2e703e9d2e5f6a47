#include "live/untouched.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include "live/signatures.hpp"
#include "patch/calls.hpp"

namespace oscilla::live {
namespace {

using patch::Node;
using patch::NodeIx;
using patch::NodeKind;

constexpr std::string_view kSink = "RenderInstances2D";

struct PartPorts {
  PassPart part;
  std::array<std::string_view, 4> ports;
};
constexpr PartPorts kParts[] = {{PassPart::Position, {"position", "z", {}, {}}},
                                {PassPart::Size, {"size", "position", "z", {}}},
                                {PassPart::Colour, {"color", "opacity", {}, {}}},
                                {PassPart::Rotation, {"rotation", {}, {}, {}}}};
/// Where these are other ones, the sink as a whole fades over to another.
constexpr std::string_view kWhole[] = {"shape", "fill", "stops", "dashes", "layer", "blend", "strokeWidth"};

/// Everything that values are made of, as text.
class Making {
 public:
  explicit Making(const patch::Patch& patch) : patch_(patch) {
    for (const patch::Definition& definition : patch.definitions) add(definition.name, definition.span);
    for (const patch::Input& input : patch.inputs) add(input.name, input.span);
    for (const patch::Define& define : patch.defines) add(define.name, define.span);
    // What everything depends on.
    for (const patch::Canvas& canvas : patch.canvases) everywhere_ += patch.at(canvas.span);
    for (const patch::Seed& seed : patch.seeds) everywhere_ += patch.at(seed.span);
    for (const patch::Use& use : patch.uses) everywhere_ += patch.at(use.span);
  }

  /// The calls of sinks, by the name of their definition.
  std::map<std::string, NodeIx> sinks() const {
    std::map<std::string, NodeIx> found;
    for (const patch::Definition& definition : patch_.definitions)
      if (const NodeIx call = call_of(definition, kSink); call.valid()) found.emplace(patch_.at(definition.name), call);
    return found;
  }

  std::string of(NodeIx sink, const PartPorts& part) const {
    std::set<std::string, std::less<>> names{"time"};
    std::string text = everywhere_;
    const patch::Signature known = patch::signature_of(patch_, {sink, {}}, signature);
    for (const patch::FilledPort& filled : patch::filled_ports(patch_, {sink, {}}, known)) {
      if (filled.port == patch::kNoPort || !filled.value.valid()) continue;
      const std::string& port = known.ports[filled.port].name;
      if (std::ranges::find(part.ports, port) == part.ports.end() &&
          std::ranges::find(kWhole, port) == std::end(kWhole))
        continue;
      text += fmt::format("|{}: {}", port, patch_.at(patch_[filled.value].span));
      collect(patch_[filled.value].span, names);
    }
    for (const patch::Definition& definition : patch_.definitions)
      for (const std::string_view kind : {"Camera", "Layer"})
        if (call_of(definition, kind).valid()) collect_name(patch_.at(definition.name), names);
    collect_name("time", names, true);
    for (const std::string& name : names) text += fmt::format("|{}", statement(name));
    return text;
  }

 private:
  void add(Span name, Span statement) { statements_.emplace(patch_.at(name), statement); }

  NodeIx call_of(const patch::Definition& definition, std::string_view kind) const {
    const patch::CallSite call = patch::main_call(patch_, definition.value);
    if (!call.call.valid() || call.pipe.valid() || patch_.at(patch_[call.call].token) != kind) return {};
    return call.call;
  }

  std::string_view statement(std::string_view name) const {
    const auto found = statements_.find(name);
    return found == statements_.end() ? std::string_view{} : patch_.at(found->second);
  }

  void collect_name(std::string_view name, std::set<std::string, std::less<>>& names, bool again = false) const {
    const auto found = statements_.find(name);
    if (found == statements_.end()) return;
    if (names.emplace(name).second || again) collect(found->second, names);
  }

  /// Every name in the text, whatever it means there: rather one too many.
  void collect(Span span, std::set<std::string, std::less<>>& names) const {
    const std::string_view text = patch_.at(span);
    const auto part_of_name = [](char c) {
      return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && part_of_name(text[end])) ++end;
      if (end > at) collect_name(text.substr(at, end - at), names);
      at = std::max(end, at + 1);
    }
  }

  const patch::Patch& patch_;
  std::map<std::string_view, Span> statements_;
  std::string everywhere_;
};

}  // namespace

std::vector<UntouchedPart> untouched_parts(const patch::Patch& before, const patch::Patch& after) {
  const Making old_making(before);
  const Making new_making(after);
  const std::map<std::string, NodeIx> old_sinks = old_making.sinks();
  std::vector<UntouchedPart> parts;
  for (const auto& [name, call] : new_making.sinks()) {
    const auto old = old_sinks.find(name);
    if (old == old_sinks.end()) continue;
    for (const PartPorts& part : kParts)
      if (old_making.of(old->second, part) == new_making.of(call, part)) parts.push_back({name, part.part});
  }
  return parts;
}

}  // namespace oscilla::live
