#include "live/read_assets.hpp"

#include <cstddef>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "blocks/catalogue.hpp"
#include "lang/libraries.hpp"

namespace oscilla::live {
namespace {

/// The port of a Kind that names a file, by place; ~0 if it has none.
std::size_t file_port_of(std::string_view kind) {
  const blocks::Row* row = blocks::find_kind(kind);
  for (std::size_t port = 0; row != nullptr && port < row->ports.size(); ++port)
    if (row->ports[port].file != blocks::FileKind::None) return port;
  return ~std::size_t{0};
}

/// The text that stands at a call's file port, without its quotes; empty if there is none.
std::string_view path_of(const patch::Patch& patch, const patch::Node& call) {
  const std::size_t port = file_port_of(patch.at(call.token));
  if (port == ~std::size_t{0}) return {};
  const std::string_view name = blocks::find_kind(patch.at(call.token))->ports[port].name;
  std::size_t place = 0;
  for (const patch::Argument& argument : patch.arguments_of(call)) {
    if (!argument.value.valid()) continue;  // `was:`
    const bool positional = patch.at(argument.name).empty();
    if (positional ? place++ != port : patch.at(argument.name) != name) continue;
    const patch::Node& value = patch[argument.value];
    const std::string_view token = patch.at(value.token);
    return value.kind == patch::NodeKind::String && token.size() > 2 ? token.substr(1, token.size() - 2) : "";
  }
  return {};
}

class AssetReader {
 public:
  AssetReader(patch::Patch& patch, const patch::Patch* before) : patch_(patch), before_(before) {}

  void visit(const patch::Patch& file) {
    if (!seen_.insert(&file).second) return;
    for (const patch::Node& node : file.nodes)
      if (node.kind == patch::NodeKind::Call)
        if (const std::string_view path = path_of(file, node); !path.empty()) add(path, file.file_name);
    for (const patch::Use& use : file.uses)
      if (use.file) visit(*use.file);
  }

 private:
  void add(std::string_view path, std::string_view user) {
    if (patch_.find_asset(path, user) != nullptr) return;
    if (const lang::PathProblem problem = lang::path_problem(path); !problem.message.empty()) {
      patch_.assets.push_back({std::string(path),
                               std::string(user),
                               {{}, nullptr, {std::string(problem.message), std::string(problem.hint)}, nullptr}});
      return;
    }
    const AssetFile* known = before_ == nullptr ? nullptr : before_->find_asset(path, user);
    if (known == nullptr && !patch_.read_asset) return;
    patch_.assets.push_back(
        {std::string(path), std::string(user), known != nullptr ? *known : patch_.read_asset(path, user)});
  }

  patch::Patch& patch_;
  const patch::Patch* before_;
  std::set<const patch::Patch*> seen_;  // asked only
};

}  // namespace

void read_assets(patch::Patch& patch, const patch::Patch* before) { AssetReader(patch, before).visit(patch); }

}  // namespace oscilla::live
