#include "assets/svg.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "assets/svg_shapes.hpp"
#include "base/drawing_content.hpp"

namespace oscilla::assets {
namespace {

constexpr int kMostDepth = 64;
constexpr std::size_t kMostVisited = std::size_t{1} << 22;  // elements, each as often as it is used
constexpr std::size_t kMostPassedOn = std::size_t{1}
                                      << 28;  // bytes of transforms that groups pass on to what is in them

AssetProblem broken_svg(std::string message) {
  return {std::move(message), "save it again as plain SVG, with everything as paths"};
}

/// What a group passes on to what is in it.
struct Inherited {
  std::string transform;
  bool filled = true;
  bool stroked = false;
  bool even_odd = false;
  bool defined = false;  ///< in `defs`: drawn only by `use`
  bool used = false;     ///< in a `use`: the names in it are those of what is used
  int depth = 0;
};

void add_transform(Inherited& state, std::string_view transform) {
  if (transform.empty()) return;
  if (!state.transform.empty()) state.transform += ' ';
  state.transform += transform;
}

class SvgReader {
 public:
  SvgReader(std::string_view text, std::string_view name) : text_(text), name_(name) {
    for (std::size_t at = 0; at < text.size(); ++at)
      if (text[at] == '\n') line_ends_.push_back(at);
  }

  std::expected<Drawing, AssetProblem> run() {
    pugi::xml_document document;
    const pugi::xml_parse_result result = document.load_buffer(text_.data(), text_.size());
    if (!result) {
      std::string why = result.description();
      while (why.ends_with('.')) why.pop_back();
      return std::unexpected(
          broken_svg(fmt::format("{}, line {}: {}", name_, line_of(static_cast<std::size_t>(result.offset)), why)));
    }
    const pugi::xml_node root = document.document_element();
    if (kind_of(root) != "svg")
      return std::unexpected(broken_svg(fmt::format("{} is no SVG: its first element is <{}>", name_, root.name())));
    read_page(root);
    find_names(root);
    Inherited state;
    if (!problem_) visit(root, state);
    if (problem_) return std::unexpected(std::move(*problem_));
    const Hash128 content = drawing_content(drawing_);
    drawing_.content = {content.low, content.high};
    return std::move(drawing_);
  }

 private:
  std::uint32_t line_of(std::size_t offset) const {
    return static_cast<std::uint32_t>(std::lower_bound(line_ends_.begin(), line_ends_.end(), offset) -
                                      line_ends_.begin()) +
           1;
  }
  std::uint32_t line_of(const pugi::xml_node& node) const {
    return line_of(static_cast<std::size_t>(std::max<std::ptrdiff_t>(node.offset_debug(), 0)));
  }
  void fail(const pugi::xml_node& node, std::string_view what) {
    if (!problem_) problem_ = broken_svg(fmt::format("{}, line {}: {}", name_, line_of(node), what));
  }

  /// The viewBox, else width and height.
  void read_page(const pugi::xml_node& root) {
    std::string problem;
    const auto box = view_box_of(root, problem);
    if (!problem.empty()) return fail(root, problem);
    if (box) {
      drawing_.page = *box;
      drawing_.has_page = true;
      return;
    }
    const SvgLengths lengths({});
    const double width = lengths.length(root, "width", 0, problem), height = lengths.length(root, "height", 0, problem);
    drawing_.has_page = problem.empty() && width > 0 && height > 0;  // of 100 % nothing is known
    if (drawing_.has_page) drawing_.page = {0, 0, width, height};
  }

  void find_names(const pugi::xml_node& node, int depth = 0) {
    if (depth > kMostDepth) return fail(node, fmt::format("elements more than {} deep in each other", kMostDepth));
    if (const std::string_view id = node.attribute("id").value(); !id.empty()) named_.emplace(id, node);
    for (const pugi::xml_node& child : node.children()) find_names(child, depth + 1);
  }

  void visit(const pugi::xml_node& node, const Inherited& outer) {
    const std::string_view kind = kind_of(node);
    const ElementForm form = form_of(kind);
    if (problem_) return;
    passed_on_ += outer.transform.size();
    if (++visited_ > kMostVisited || passed_on_ > kMostPassedOn) return fail(node, "too many elements use each other");
    if (form == ElementForm::Other || property_of(node, "display") == "none") return;
    if (outer.depth > kMostDepth) return fail(node, "a `use` that leads back to itself");
    Inherited state = outer;
    ++state.depth;
    inherit(node, state);
    const auto first = static_cast<std::uint32_t>(drawing_.parts.size());
    if (form == ElementForm::Figure)
      add_figure(node, kind, state);
    else if (kind == "use")
      visit_used(node, state);
    else
      visit_group(node, kind, state);
    if (const std::string_view id = node.attribute("id").value(); !id.empty() && !outer.used)
      drawing_.names.push_back({std::string(id), first, static_cast<std::uint32_t>(drawing_.parts.size()) - first});
  }

  static void inherit(const pugi::xml_node& node, Inherited& state) {
    add_transform(state, node.attribute("transform").value());
    if (const std::string_view fill = property_of(node, "fill"); !fill.empty()) state.filled = fill != "none";
    if (const std::string_view stroke = property_of(node, "stroke"); !stroke.empty()) state.stroked = stroke != "none";
    if (const std::string_view rule = property_of(node, "fill-rule"); !rule.empty()) state.even_odd = rule == "evenodd";
  }

  void visit_group(const pugi::xml_node& node, std::string_view kind, Inherited& state) {
    state.defined |= form_of(kind) == ElementForm::Definition;
    if (kind == "svg" && state.depth > 1) enter_viewport(node, node, state);
    for (const pugi::xml_node& child : node.children()) visit(child, state);
  }

  void visit_used(const pugi::xml_node& node, Inherited& state) {
    std::string_view target = node.attribute("href").value();
    if (target.empty()) target = node.attribute("xlink:href").value();
    const auto found = target.starts_with('#') ? named_.find(target.substr(1)) : named_.end();
    if (found == named_.end()) return fail(node, fmt::format("`use` of \"{}\", which is not in the file", target));
    state.used = true;
    const pugi::xml_node& used = found->second;
    const std::string_view kind = kind_of(used);
    if (kind != "symbol" && kind != "svg") {
      std::string problem;
      const SvgLengths lengths(drawing_.page);
      const double x = lengths.length(node, "x", 0, problem), y = lengths.length(node, "y", 1, problem);
      if (!problem.empty()) return fail(node, problem);
      if (x != 0 || y != 0) add_transform(state, translation(x, y));
      return visit(used, state);
    }
    enter_viewport(node, used, state);
    for (const pugi::xml_node& child : used.children()) visit(child, state);
  }

  /// `placed` says where the viewport is, `inner` has its viewBox.
  void enter_viewport(const pugi::xml_node& placed, const pugi::xml_node& inner, Inherited& state) {
    std::string problem;
    const std::string transform = viewport_transform(placed, inner, SvgLengths(drawing_.page), problem);
    if (!problem.empty()) fail(placed, problem);
    add_transform(state, transform);
  }

  void add_figure(const pugi::xml_node& node, std::string_view kind, const Inherited& state) {
    std::string problem;
    std::string data = path_data_of(node, kind, SvgLengths(drawing_.page), problem);
    if (!problem.empty()) return fail(node, problem);
    if (data.empty()) return;
    bytes_ += data.size() + state.transform.size();
    if (drawing_.parts.size() == kMostSvgParts || bytes_ > kMostSvgMegabytes << 20) {
      problem_ =
          AssetProblem{fmt::format("{} has more than {} elements", name_, kMostSvgParts), "make what is in it simpler"};
      return;
    }
    drawing_.parts.push_back({std::move(data), state.transform, line_of(node),
                              !state.defined && (state.filled || state.stroked), state.even_odd});
  }

  const std::string_view text_;
  const std::string_view name_;
  std::vector<std::size_t> line_ends_;
  std::map<std::string_view, pugi::xml_node> named_;
  std::size_t bytes_ = 0;
  std::size_t visited_ = 0;
  std::size_t passed_on_ = 0;
  std::optional<AssetProblem> problem_;
  Drawing drawing_;
};

}  // namespace

std::expected<Drawing, AssetProblem> read_svg(std::string_view bytes, std::string_view name) {
  return SvgReader(bytes, name).run();
}

}  // namespace oscilla::assets
