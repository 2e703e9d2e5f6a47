// The patches of docs/language.md, section 7: each begins at a line `oscilla 1  # n title`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support.hpp"

namespace oscilla::test {

inline std::vector<std::string> spec_patches() {
  std::vector<std::string> patches;
  const std::string page = read_file(std::string(OSCILLA_SOURCE_DIR) + "/docs/language.md");
  const std::size_t section = page.find("\n## 7. Twelve patches");
  if (section == std::string::npos) return patches;
  std::string_view rest = std::string_view(page).substr(page.find("```oscilla\n", section) + 11);
  rest = rest.substr(0, rest.find("```"));
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    if (line.starts_with("oscilla 1  # ")) patches.emplace_back();
    if (!patches.empty()) patches.back() += line;
    rest.remove_prefix(line.size());
  }
  return patches;
}

}  // namespace oscilla::test
