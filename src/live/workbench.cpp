#include "live/workbench.hpp"

#include <algorithm>

#include "live/standard_library.hpp"

namespace oscilla::live {

compile::Compilation compilation_of(const Patch& patch) {
  return compile::compile(patch.model(), {{}, {}, false, false, {}, &standard_library()});
}

std::vector<Diagnostic> introduced(std::vector<Diagnostic> before, const std::vector<Diagnostic>& after) {
  std::vector<Diagnostic> result;
  for (const Diagnostic& diagnostic : after) {
    const auto same = std::find_if(before.begin(), before.end(), [&](const Diagnostic& other) {
      return other.code == diagnostic.code && other.target == diagnostic.target && other.message == diagnostic.message;
    });
    if (same == before.end())
      result.push_back(diagnostic);
    else
      before.erase(same);
  }
  return result;
}

}  // namespace oscilla::live
