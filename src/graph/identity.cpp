// Identity after all names are known: `was:` keeps a former name where that name is free.
#include <string_view>
#include <unordered_map>

#include <fmt/format.h>

#include "graph/normaliser.hpp"

namespace oscilla::graph {
namespace {

/// True if `path` begins with `head` as whole segments.
bool begins_with_path(std::string_view path, std::string_view head) {
  return path.starts_with(head) && (path.size() == head.size() || path[head.size()] == '.' || path[head.size()] == '~');
}

/// What `visit` says of the first part of `path`, of the first two parts ..., until it is satisfied.
template <class Visit>
void for_each_head(std::string_view path, Visit visit) {
  for (std::size_t end = path.find_first_of(".~"); end != std::string_view::npos;
       end = path.find_first_of(".~", end + 1))
    if (visit(path.substr(0, end))) return;
  visit(path);
}

bool is_block(const Node& node) { return node.row != nullptr && node.row->category != blocks::Category::Function; }

}  // namespace

/// `was:` counts only for a place that the patch no longer has; for one that it has, the name stays the identity. A
/// place that only names a value of another one (`size: s`) is free: what stood there has been given that name.
void Normaliser::check_renames() {
  std::unordered_multimap<std::string_view, std::string_view> dead;  // looked up only: where it stands -> was
  if (renames_.empty()) return;
  const Places places = places_of(graph_);
  for (const Rename& rename : renames_) {
    const auto place = places.find(rename.was);
    if (place == places.end() || !begins_with_path(graph_[place->second.node].place, rename.was)) continue;
    definition_ = rename.definition;
    report({}, Code::W_WAS_DEFINED, rename.span,
           fmt::format("`{}` is still defined, so `was:` does nothing", rename.was),
           "remove `was:`, or the definition that has the old name");
    dead.emplace(rename.place, rename.was);
  }
  if (dead.empty()) return;
  for (Node& node : graph_.nodes) {
    if (node.identity == node.name) continue;
    for_each_head(node.place, [&](std::string_view head) {
      const auto [first, last] = dead.equal_range(head);
      for (auto at = first; at != last && node.identity != node.name; ++at)
        if (begins_with_path(node.identity, at->second)) node.identity = node.name;
      return node.identity == node.name;
    });
  }
}

/// Two blocks that claim one former place: the first by name has it, the other begins anew.
void Normaliser::check_identities() {
  if (renames_.empty()) return;
  std::unordered_map<std::string_view, std::string_view> owners;  // looked up only
  std::unordered_map<std::string_view, const Rename*> renames;
  for (const Rename& rename : renames_) renames.emplace(rename.place, &rename);
  for (const Node& node : graph_.nodes)
    if (is_block(node) && node.identity == node.name) owners.emplace(node.identity, node.place);
  for (Node& node : graph_.nodes) {
    if (!is_block(node) || node.identity == node.name) continue;
    const auto [owner, is_new] = owners.emplace(node.identity, node.place);
    if (is_new) continue;
    node.identity = node.name;
    for_each_head(node.place, [&, first = &owner->second](std::string_view head) {
      const auto found = renames.find(head);
      if (found == renames.end()) return false;
      definition_ = found->second->definition;
      report({}, Code::W_WAS_DEFINED, found->second->span,
             fmt::format("`{}` has the state of `{}` already", *first, found->second->was),
             "one block only can carry it on: remove one `was:`");
      return true;
    });
  }
  definition_ = kNoDefinition;
}

}  // namespace oscilla::graph
