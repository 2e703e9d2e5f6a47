#include "patch/patch.hpp"

#include <algorithm>

namespace oscilla::patch {

const AssetFile* Patch::find_asset(std::string_view path, std::string_view user) const {
  const auto found = std::find_if(assets.begin(), assets.end(),
                                  [&](const AssetUse& use) { return use.path == path && use.user == user; });
  return found == assets.end() ? nullptr : &found->file;
}

const Definition* Patch::find(std::string_view name) const {
  for (const Definition& definition : definitions)
    if (at(definition.name) == name) return &definition;
  return nullptr;
}

}  // namespace oscilla::patch
