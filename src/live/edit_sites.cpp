#include "live/edit_sites.hpp"

#include <string>
#include <utility>

#include "live/signatures.hpp"
#include "patch/calls.hpp"

namespace oscilla::live {
namespace {

using patch::Node;
using patch::NodeIx;
using patch::NodeKind;

class Walk {
 public:
  explicit Walk(const patch::Patch& patch) : patch_(patch), words_(patch::word_nodes(patch, signature)) {}

  std::vector<Site> run() {
    for (std::uint32_t d = 0; d < patch_.definitions.size(); ++d) {
      definition_ = d;
      const patch::Definition& definition = patch_.definitions[d];
      visit(definition.value, {.node = {}, .place = std::string(patch_.at(definition.name)), .whole = true});
    }
    definition_ = ~0u;
    for (const patch::Define& composite : patch_.defines)
      for (const patch::Definition& definition : composite.body) {
        std::string place(patch_.at(composite.name));
        place += "." + std::string(patch_.at(definition.name));
        visit(definition.value, {.node = {}, .place = std::move(place), .whole = true, .in_composite = true});
      }
    return std::move(sites_);
  }

 private:
  void visit(NodeIx ix, Site site) {
    const Node& node = patch_[ix];
    if (node.kind == NodeKind::Error || node.kind == NodeKind::String || words_[ix.v]) return;
    site.node = ix;
    site.definition = definition_;
    sites_.push_back(site);
    site.in_kind = false;
    switch (node.kind) {
      case NodeKind::Call: return arguments({ix, {}}, site);
      case NodeKind::Pipe: return arguments({patch_.children_of(node)[1], ix}, site);
      case NodeKind::Member:
        if (!read_name(patch_, ix).empty()) return;
        break;
      default: break;
    }
    site.whole = node.kind == NodeKind::Group || node.kind == NodeKind::Vector || node.kind == NodeKind::List;
    if (node.kind >= NodeKind::Group)
      for (const NodeIx child : patch_.children_of(node)) visit(child, site);
  }

  void arguments(patch::CallSite call, const Site& site) {
    const patch::Signature known = patch::signature_of(patch_, call, signature);
    const bool kind = patch::is_kind(patch_.at(patch_[call.call].token));
    for (const patch::FilledPort& filled : patch::filled_ports(patch_, call, known)) {
      if (!filled.value.valid()) continue;
      Site inner = site;
      inner.port = filled.port == patch::kNoPort ? "" : known.ports[filled.port].name;
      inner.in_kind = kind && filled.argument != patch::kNoPort;
      inner.whole = true;
      // What stands left of a `|` stays where it is.
      if (inner.in_kind && !inner.port.empty()) inner.place += "." + inner.port;
      visit(filled.value, std::move(inner));
    }
  }

  const patch::Patch& patch_;
  std::vector<bool> words_;
  std::vector<Site> sites_;
  std::uint32_t definition_ = 0;
};

}  // namespace

std::vector<Site> edit_sites(const patch::Patch& patch) { return Walk(patch).run(); }

std::string_view read_name(const patch::Patch& patch, NodeIx node) {
  while (patch[node].kind == NodeKind::Member) node = patch.children_of(patch[node])[0];
  return patch[node].kind == NodeKind::Name ? patch.at(patch[node].span) : std::string_view{};
}

}  // namespace oscilla::live
