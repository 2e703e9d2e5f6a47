#include "oscilla/why_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace oscilla::cli {
namespace {

std::string number_text(const Cause& cause) {
  if (cause.raw) return fmt::format("#{:08x}", static_cast<std::uint32_t>(cause.value));
  return cause.single ? fmt::format("{}", static_cast<float>(cause.value)) : fmt::format("{}", cause.value);
}

class Tree {
 public:
  explicit Tree(const WhyScene& scene) : scene_(scene), causes_(scene.explanation.causes), printed_(causes_.size()) {}

  void add(std::uint32_t index, std::uint32_t depth, std::string_view parent, std::string_view label) {
    const Cause& cause = causes_[index];
    const CausePlace* place = place_under(cause, parent);
    const bool again = printed_[index] && !cause.causes.empty();
    const std::string name = name_of(cause, place, parent, label);
    lines_.push_back({depth, line(cause, index, place, name) + (again ? "  (told above)" : "")});
    if (place != nullptr && place->in_text) lines_.back().place = *place;
    if (printed_[index]) return;
    printed_[index] = true;
    const std::string_view block = place != nullptr ? std::string_view(place->place) : parent;
    for (const std::uint32_t child : visible_causes(cause, block)) add(child, depth + 1, block, {});
  }

  std::vector<WhyLine> take() { return std::move(lines_); }

 private:
  /// The causes of a cause that are shown, inner steps replaced by what they are made of, each once.
  std::vector<std::uint32_t> visible_causes(const Cause& cause, std::string_view block) const {
    std::vector<std::uint32_t> visible;
    std::vector<bool> seen(causes_.size());
    for (const std::uint32_t child : cause.causes) collect_visible(child, block, seen, visible);
    // A number of the engine that equals one of the text stands where something else does already.
    std::erase_if(visible, [&](std::uint32_t index) {
      const CausePlace* place = place_under(causes_[index], block);
      return !scene_.all && causes_[index].kind == CauseKind::Constant && place->place != block &&
             std::any_of(visible.begin(), visible.end(), [&](std::uint32_t other) {
               const CausePlace* taken = place_under(causes_[other], block);
               return other != index && taken != nullptr && taken->place == place->place;
             });
    });
    return visible;
  }

  void collect_visible(std::uint32_t index, std::string_view block, std::vector<bool>& seen,
                       std::vector<std::uint32_t>& visible) const {
    if (seen[index]) return;
    seen[index] = true;
    if (is_visible(causes_[index], block)) return visible.push_back(index);
    for (const std::uint32_t child : causes_[index].causes) collect_visible(child, block, seen, visible);
  }

  bool is_visible(const Cause& cause, std::string_view parent) const {
    if (scene_.all) return true;
    if (cause.kind == CauseKind::Constant) {
      const CausePlace* place = place_under(cause, parent);
      return place != nullptr && place->in_text;
    }
    if (cause.kind == CauseKind::Gather || cause.kind == CauseKind::Operation || cause.kind == CauseKind::Reading)
      return !cause.places.empty();
    return true;
  }

  static bool is_under(std::string_view place, std::string_view parent) {
    return place == parent ||
           (place.starts_with(parent) && place.size() > parent.size() && place[parent.size()] == '.');
  }

  /// Of the places whose value a cause is, the one that belongs to what it is a cause of.
  const CausePlace* place_under(const Cause& cause, std::string_view parent) const {
    for (const CausePlace& place : cause.places)
      if (is_under(place.place, parent)) return &place;
    if (cause.kind == CauseKind::Constant || cause.places.empty()) return nullptr;
    return &cause.places.front();
  }

  /// What a value is called; a part of the expression that stands at its parent's place has no name.
  static std::string name_of(const Cause& cause, const CausePlace* place, std::string_view parent,
                             std::string_view label) {
    if (!label.empty()) return std::string(label);
    if (place != nullptr && place->place == parent && place->output.empty()) return {};
    if (place == nullptr && cause.kind == CauseKind::Constant) return {};
    const std::string name = place != nullptr ? place_text(*place) : cause.name;
    return cause.lane ? fmt::format("{}[{}]", name, *cause.lane) : name;
  }

  std::string line(const Cause& cause, std::uint32_t index, const CausePlace* place, const std::string& name) const {
    std::string text = name.empty() ? number_text(cause) : fmt::format("{} = {}", name, number_text(cause));
    if (const std::string how = how_text(cause, index, place); !how.empty()) text += "  " + how;
    if (place != nullptr && place->in_text) text += "  " + position_text(*place);
    if (cause.kind != CauseKind::Constant && cause.places.size() > 1) text += also_text(cause, place);
    return text;
  }

  static std::string place_text(const CausePlace& place) {
    return place.output.empty() ? place.place : fmt::format("{}.{}", place.place, place.output);
  }

  /// How it came about, in a few words.
  std::string how_text(const Cause& cause, std::uint32_t index, const CausePlace* place) const {
    const std::string what = place == nullptr           ? std::string()
                             : place->role.empty()      ? place->kind
                             : place->role == "lens"    ? fmt::format("lens {}", place->kind)
                             : place->role == "adapter" ? fmt::format("adapter {}", place->kind)
                                                        : place->role;
    switch (cause.kind) {
      case CauseKind::Constant: return place == nullptr ? "of the engine" : place->role;
      case CauseKind::Time: return "time";
      case CauseKind::Input: return fmt::format("input {}{}{}", cause.name, channel_text(cause), input_change(index));
      case CauseKind::State: return fmt::format("remembered by {}{}", cause.name, state_change(index));
      case CauseKind::Reduction:
        return fmt::format("{} of all lanes; {}", cause.name,
                           cause.name == "minimum" || cause.name == "maximum" ? "that one" : "the largest part");
      case CauseKind::Scan: return fmt::format("{} of this lane and all before it", cause.name);
      case CauseKind::Mesh: return fmt::format("{} of the mesh", cause.name);
      case CauseKind::Gather: return what.empty() ? "of another lane" : what + ", of another lane";
      case CauseKind::Voice: return fmt::format("{} of the voice", cause.name);
      case CauseKind::Events: return events_text(cause, index);
      case CauseKind::Reading: return fmt::format("{} of the events", cause.name);
      case CauseKind::Operation: break;
    }
    const bool is_operator = place == nullptr || place->kind == cause.name;
    return is_operator ? operation_text(cause) : what;
  }

  std::string operation_text(const Cause& cause) const {
    std::vector<std::string> operands;
    for (const std::uint32_t operand : cause.causes) operands.push_back(number_text(causes_[operand]));
    const std::string_view sign = sign_of(cause.name);
    if (!sign.empty()) return fmt::format("= {}", fmt::join(operands, fmt::format(" {} ", sign)));
    return fmt::format("= {}({})", cause.name, fmt::join(operands, ", "));
  }

  std::string events_text(const Cause& cause, std::uint32_t index) const {
    if (cause.events.empty()) return fmt::format("events ({}): none in this frame", cause.name);
    const auto& entered = scene_.history.entered[index];
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < cause.events.size(); ++i) {
      const ProbedEvent& event = cause.events[i];
      texts.push_back(fmt::format("{} {}", event.key.empty() ? "event" : event.key, event.value));
      if (i >= entered.size()) continue;
      if (entered[i])
        texts.back() += fmt::format(" that came in frame {}", *entered[i]);
      else if (scene_.since)
        texts.back() += fmt::format(" that came before frame {}", scene_.since->frame);
    }
    return fmt::format("events ({}{}): {}", cause.name, channel_text(cause), fmt::join(texts, ", "));
  }

  static std::string channel_text(const Cause& cause) {
    return cause.channel.empty() ? std::string() : fmt::format(" from {}", cause.channel);
  }

  /// Of what did not change as far as anybody can tell.
  std::string unchanged(std::string_view born) const {
    if (scene_.since) return fmt::format("as it was at the edit in frame {}", scene_.since->frame);
    return std::string(born);
  }

  std::string input_change(std::uint32_t index) const {
    if (!scene_.looked_back) return {};
    const auto& change = scene_.history.changes[index];
    return ", " + (change ? fmt::format("came in frame {}, at {} ms", change->frame, change->t_ms)
                          : unchanged("at its start value"));
  }

  std::string state_change(std::uint32_t index) const {
    if (!scene_.looked_back) return {};
    const auto& change = scene_.history.changes[index];
    return ", " + (change ? fmt::format("written in frame {}", change->frame) : unchanged("as it was born"));
  }

  std::string position_text(const CausePlace& place) const {
    const Diagnostic where{.code = {}, .span = place.span, .target = {}, .message = {}, .hint = {}, .file = place.file};
    const TextPosition at = text_position(scene_.patch.text_of(where), place.span.begin);
    return fmt::format("{}:{}:{}", scene_.patch.file_name_of(where), at.line, at.column);
  }

  static std::string also_text(const Cause& cause, const CausePlace* told) {
    std::string text;
    for (const CausePlace& place : cause.places)
      if (&place != told) text += fmt::format("{} {}", text.empty() ? "  also" : ",", place_text(place));
    return text;
  }

  const WhyScene& scene_;
  const std::vector<Cause>& causes_;
  std::vector<bool> printed_;
  std::vector<WhyLine> lines_;
};

std::string asked_text(const WhyScene& scene, std::size_t component) {
  const Explanation& explanation = scene.explanation;
  const Cause& root = explanation.causes[explanation.roots[component]];
  std::string text = explanation.value;
  if (root.lane) text += fmt::format("[{}]", *root.lane);
  if (explanation.roots.size() > 1) text += fmt::format(".{}", "xyzw"[component]);
  return text;
}

Json place_json(const CausePlace& place) {
  Json json = {{"place", place.place}, {"kind", place.kind}};
  if (!place.output.empty()) json["output"] = place.output;
  if (!place.role.empty()) json["role"] = place.role;
  if (place.in_text) json["span"] = {place.span.begin, place.span.end};
  if (!place.file.empty()) json["file"] = place.file;
  return json;
}

Json cause_json(const Cause& cause, const WhyHistory& history, std::size_t index) {
  const auto& change = history.changes[index];
  const auto& entered = history.entered[index];
  Json json = {{"kind", name_of(cause.kind)}};
  if (!cause.name.empty()) json["name"] = cause.name;
  json["value"] = json_number(cause.value);
  json["bits"] = cause.raw || cause.single ? 32 : 64;
  if (cause.lane) {
    json["instance"] = cause.instance;
    json["lane"] = *cause.lane;
  }
  json["expression"] = cause.expression;
  if (cause.slot) json["slot"] = *cause.slot;
  if (!cause.step.empty()) json["step"] = cause.step;
  if (cause.part != 0) json["part"] = cause.part;
  if (!cause.channel.empty()) json["channel"] = cause.channel;
  if (change) json["changed"] = change->frame;
  if (change) json["changedMs"] = json_number(change->t_ms);
  for (const CausePlace& place : cause.places) json["places"].push_back(place_json(place));
  for (std::size_t i = 0; i < cause.events.size(); ++i) {
    Json event = {{"key", cause.events[i].key}, {"value", json_number(cause.events[i].value)}};
    if (i < entered.size() && entered[i]) event["cameIn"] = *entered[i];
    json["events"].push_back(std::move(event));
  }
  if (!cause.causes.empty()) json["causes"] = cause.causes;
  return json;
}

/// Of what an edit took to another course.
std::string offset_text(const WhyScene& scene, const AbsorbedOffset& offset) {
  const bool single = scene.explanation.causes[scene.explanation.roots[offset.root]].single;
  const auto number = [&](double x) {
    return single ? fmt::format("{}", static_cast<float>(x)) : fmt::format("{}", x);
  };
  return fmt::format("{} is drawn as {} ({}): {} is left of its course before the edit", asked_text(scene, offset.root),
                     number(offset.shown), offset.target, number(offset.offset));
}

}  // namespace

std::vector<WhyLine> why_lines(const WhyScene& scene) {
  const Explanation& explanation = scene.explanation;
  const std::size_t dot = explanation.value.rfind('.');
  const std::string_view parent = std::string_view(explanation.value).substr(0, dot);
  Tree tree(scene);
  for (std::size_t i = 0; i < explanation.roots.size(); ++i)
    tree.add(explanation.roots[i], 0, parent, asked_text(scene, i));
  std::vector<WhyLine> lines = tree.take();
  for (const AbsorbedOffset& offset : explanation.offsets) lines.push_back({0, offset_text(scene, offset)});
  return lines;
}

std::string why_text(const WhyScene& scene) {
  const Explanation& explanation = scene.explanation;
  std::string text =
      fmt::format("{} in frame {}, at {} ms: {}\n", explanation.value, scene.frame, scene.t_ms, explanation.type);
  text += explanation.sinks.empty() ? "nothing draws it\n"
                                    : fmt::format("drawn by {}\n", fmt::join(explanation.sinks, ", "));
  if (scene.since) text += fmt::format("{} runs since frame {}\n", scene.patch.file_name(), scene.since->frame);
  std::vector<WhyLine> lines = why_lines(scene);
  std::ranges::rotate(lines, lines.end() - static_cast<std::ptrdiff_t>(explanation.offsets.size()));
  for (const WhyLine& line : lines) text += std::string(std::size_t{2} * line.depth, ' ') + line.text + "\n";
  return text;
}

Json why_json(const WhyScene& scene) {
  const Explanation& explanation = scene.explanation;
  Json json = {{"value", explanation.value},     {"type", explanation.type},   {"frame", scene.frame},
               {"tMs", json_number(scene.t_ms)}, {"sinks", explanation.sinks}, {"roots", explanation.roots},
               {"causes", Json::array()}};
  if (scene.since) json["edit"] = {{"frame", scene.since->frame}, {"patch", scene.patch.file_name()}};
  for (const AbsorbedOffset& offset : explanation.offsets)
    json["offsets"].push_back({{"root", offset.root},
                               {"target", offset.target},
                               {"shown", json_number(offset.shown)},
                               {"offset", json_number(offset.offset)}});
  for (std::size_t i = 0; i < explanation.causes.size(); ++i)
    json["causes"].push_back(cause_json(explanation.causes[i], scene.history, i));
  return json;
}

}  // namespace oscilla::cli
