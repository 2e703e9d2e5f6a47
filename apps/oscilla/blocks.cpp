// oscilla blocks: the catalogue, or one block's page.
#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "oscilla/catalogue.hpp"
#include "oscilla/console.hpp"
#include "oscilla/json.hpp"
#include "oscilla/schema.hpp"
#include "oscilla/verbs.hpp"

namespace oscilla::cli {
namespace {

struct BlocksOptions {
  std::string name;
  bool json = false;
  bool markdown = false;
  bool schema = false;
};

constexpr const char* kBlocksFooter =
    R"(Kinds (upper case) are blocks with a name of their own; functions (lower case) are pure and work
on every lane.

--json prints one array, or with a NAME one object: {"name", "category", "doc", "function",
"stateful", "draws", "inputs": [{"name", "type", "default", "lanes", "doc", "unit", "minimum",
"maximum", "words"}], "outputs": [{"name", "type", "doc"}], "example": "a whole patch"}. default null:
required; unit: what a is taken for there; minimum and maximum: of a constant, null if any will do; words: what
else than a value it takes.

examples:
  oscilla blocks
  oscilla blocks PolarToCartesian
  oscilla blocks --markdown > catalogue.md)";

Json bound_json(const std::optional<double>& bound) { return bound ? json_number(*bound) : Json(nullptr); }

Json to_json(const BlockInfo& block) {
  Json inputs = Json::array();
  for (const PortInfo& port : block.inputs) {
    inputs.push_back({{"name", port.name},
                      {"type", port.type},
                      {"default", port.fallback.empty() ? Json(nullptr) : Json(port.fallback)},
                      {"lanes", port.lanes},
                      {"doc", port.doc},
                      {"unit", port.unit.empty() ? Json(nullptr) : Json(port.unit)},
                      {"minimum", bound_json(port.minimum)},
                      {"maximum", bound_json(port.maximum)},
                      {"words", port.words}});
  }
  Json outputs = Json::array();
  for (const PortInfo& port : block.outputs) {
    outputs.push_back({{"name", port.name}, {"type", port.type}, {"doc", port.doc}});
  }
  return {{"name", block.name},          {"category", block.category},    {"doc", block.doc},
          {"function", block.function},  {"stateful", block.stateful},    {"draws", block.draws},
          {"inputs", std::move(inputs)}, {"outputs", std::move(outputs)}, {"example", block.example}};
}

/// "Array(element, count: int = 100) -> elements, index": how it is called and what it gives.
std::string signature(const BlockInfo& block) {
  std::string text = block.name + "(";
  for (const PortInfo& port : block.inputs) {
    if (&port != &block.inputs.front()) text += ", ";
    text += port.name;
    if (!port.fallback.empty()) text += " = " + port.fallback;
  }
  text += ")";
  for (const PortInfo& port : block.outputs) {
    text += &port == &block.outputs.front() ? " -> " : ", ";
    text += port.name;
  }
  return text;
}

/// The first sentence, without its full stop.
std::string_view summary(std::string_view doc) {
  doc = doc.substr(0, std::min(doc.find(". "), doc.find('\n')));
  if (doc.ends_with('.')) doc.remove_suffix(1);
  return doc;
}

std::vector<std::string> categories(const std::vector<BlockInfo>& blocks) {
  std::vector<std::string> names;
  for (const BlockInfo& block : blocks) {
    if (std::find(names.begin(), names.end(), block.category) == names.end()) names.push_back(block.category);
  }
  return names;
}

std::string properties(const BlockInfo& block) {
  std::string text = block.category;
  if (block.function && block.category != "function") text += ", function";
  if (block.stateful) text += ", has state";
  if (block.draws) text += ", draws";
  return text;
}

std::string ports_text(std::string_view title, const std::vector<PortInfo>& ports) {
  std::size_t name_width = 0;
  std::size_t type_width = 0;
  for (const PortInfo& port : ports) {
    name_width = std::max(name_width, port.name.size());
    type_width = std::max(type_width, std::min<std::size_t>(port.type.size(), 24));
  }
  std::string text = ports.empty() ? "" : fmt::format("\n{}:\n", title);
  for (const PortInfo& port : ports) {
    std::string more;
    if (!port.fallback.empty()) more += fmt::format("  = {}", port.fallback);
    if (!port.lanes.empty()) more += fmt::format("  ({})", port.lanes);
    text += fmt::format("  {:<{}}  {:<{}}{}\n", port.name, name_width, port.type, more.empty() ? 0 : type_width, more);
    if (!port.doc.empty()) text += fmt::format("  {:<{}}    {}\n", "", name_width, port.doc);
  }
  return text;
}

std::string indented(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    out += fmt::format("  {}", text.substr(0, end));
    text.remove_prefix(end);
  }
  return out;
}

std::string page(const BlockInfo& block) {
  return fmt::format("{}\n  {}\n\n{}\n", signature(block), properties(block), block.doc) +
         ports_text("inputs", block.inputs) + ports_text("outputs", block.outputs) +
         (block.example.empty() ? "" : "\nexample:\n" + indented(block.example));
}

std::string overview(const std::vector<BlockInfo>& blocks) {
  std::string text;
  std::size_t width = 0;
  for (const BlockInfo& block : blocks) width = std::max(width, block.name.size());
  for (const std::string& category : categories(blocks)) {
    text += fmt::format("{}{}:\n", text.empty() ? "" : "\n", category);
    for (const BlockInfo& block : blocks) {
      if (block.category == category) text += fmt::format("  {:<{}}  {}\n", block.name, width, summary(block.doc));
    }
  }
  return text;
}

/// A cell of a Markdown table.
std::string cell(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|') out += '\\';
    out += c == '\n' ? ' ' : c;
  }
  return out;
}

/// With the example unless it is among those shown before.
std::string markdown_page(const BlockInfo& block, std::set<std::string>& shown) {
  std::string text =
      fmt::format("### {}\n\n`{}`\n\n{} *({})*\n\n", block.name, signature(block), block.doc, properties(block));
  text += "| port | type | default | meaning |\n|---|---|---|---|\n";
  for (const PortInfo& port : block.inputs) {
    const std::string fallback = port.fallback.empty() ? "required" : fmt::format("`{}`", port.fallback);
    text += fmt::format("| `{}` | {} | {} | {} |\n", port.name, cell(port.type), cell(fallback), cell(port.doc));
  }
  for (const PortInfo& port : block.outputs) {
    text += fmt::format("| → `{}` | {} | | {} |\n", port.name, cell(port.type), cell(port.doc));
  }
  if (!block.example.empty() && shown.insert(block.example).second)
    text += fmt::format("\n```oscilla\n{}```\n", block.example);
  return text;
}

std::string markdown_overview(const std::vector<BlockInfo>& blocks) {
  std::string text = "# The catalogue\n";
  std::set<std::string> shown;
  for (const std::string& category : categories(blocks)) {
    text += fmt::format("\n## {}\n", category);
    for (const BlockInfo& block : blocks) {
      if (block.category == category) text += "\n" + markdown_page(block, shown);
    }
  }
  return text;
}

std::string print_all(const BlocksOptions& options, const std::vector<BlockInfo>& blocks) {
  if (options.schema) return patch_schema(blocks).dump(2) + "\n";
  if (options.markdown) return markdown_overview(blocks);
  if (!options.json) return overview(blocks);
  Json list = Json::array();
  for (const BlockInfo& block : blocks) list.push_back(to_json(block));
  return json_line(list) + "\n";
}

ExitCode blocks(const BlocksOptions& options) {
  const std::vector<BlockInfo> all = catalogue();
  StandardOutput out;
  if (options.name.empty()) {
    out.write(print_all(options, all));
    return out.finish();
  }
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const BlockInfo& block) { return block.name == options.name; });
  if (found == all.end()) {
    const std::string nearest = nearest_block(options.name);
    complain(fmt::format(
        "blocks: there is no \"{}\"{}", options.name,
        nearest.empty() ? "; `oscilla blocks` lists what there is" : fmt::format("; did you mean \"{}\"?", nearest)));
    return ExitCode::Usage;
  }
  std::set<std::string> shown;
  out.write(options.markdown ? markdown_page(*found, shown)
            : options.json   ? json_line(to_json(*found)) + "\n"
                             : page(*found));
  return out.finish();
}

}  // namespace

void declare_blocks(CLI::App& program, Action& action) {
  CLI::App* verb = program.add_subcommand("blocks", "the catalogue, or one block's page");
  auto options = std::make_shared<BlocksOptions>();
  verb->add_option("NAME", options->name, "a Kind or function; none: all");
  auto* json = verb->add_flag("--json", options->json, "for programs");
  verb->add_flag("--markdown", options->markdown, "for documentation")->excludes(json);
  verb->add_flag("--schema", options->schema, "the JSON Schema of patches as JSON (oscilla fmt --to json)")
      ->excludes("--json")
      ->excludes("--markdown")
      ->excludes("NAME");
  verb->footer(kBlocksFooter);
  verb->callback([options, &action] { action = [options] { return blocks(*options); }; });
}

}  // namespace oscilla::cli
