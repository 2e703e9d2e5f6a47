#include "runtime/key_names.hpp"

#include <algorithm>
#include <string>

#include "base/hash.hpp"

namespace oscilla::runtime {

void KeyNames::add(StableId id, std::string_view text) {
  if (text.size() > kMostBytes || names_.size() == kMostNames) return;
  const auto at = std::lower_bound(names_.begin(), names_.end(), id,
                                   [](const Name& name, StableId wanted) { return name.id < wanted; });
  if (at != names_.end() && at->id == id) return;
  Name name{id, static_cast<std::uint8_t>(text.size()), {}};
  std::copy(text.begin(), text.end(), name.text.begin());
  names_.insert(at, name);
}

std::string_view KeyNames::find(StableId id) const {
  const auto at = std::lower_bound(names_.begin(), names_.end(), id,
                                   [](const Name& name, StableId wanted) { return name.id < wanted; });
  if (at == names_.end() || at->id != id) return {};
  return {at->text.data(), at->length};
}

void KeyNames::visit(Archive& archive) {
  const std::uint32_t count = archive.count(names_.size(), kMostNames);
  if (archive.reads()) names_.clear();
  for (std::uint32_t i = 0; i < count; ++i) {
    std::string text;
    if (!archive.reads()) text.assign(names_[i].text.data(), names_[i].length);
    archive.text(text, kMostBytes);
    if (archive.reads()) add(stable_id(text), text);
  }
}

}  // namespace oscilla::runtime
