#include "runtime/key_names.hpp"

#include <algorithm>

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

}  // namespace oscilla::runtime
