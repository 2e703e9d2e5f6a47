#include "patch/patch.hpp"

namespace oscilla::patch {

const Definition* Patch::find(std::string_view name) const {
  for (const Definition& definition : definitions)
    if (at(definition.name) == name) return &definition;
  return nullptr;
}

}  // namespace oscilla::patch
