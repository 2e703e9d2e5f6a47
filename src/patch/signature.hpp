// What a call takes, from whoever knows: the catalogue does, this room does not. Edits need it to find a port among
// positional arguments, and to tell a word (`blend: screen`) from the name of a block.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace oscilla::patch {

inline constexpr std::size_t kNoPort = ~std::size_t{0};

struct Signature {
  struct Port {
    std::string name;
    bool takes_word = false;
  };
  std::vector<Port> ports;
  bool known = false;  ///< else any port may be its

  std::size_t find(std::string_view name) const {
    const auto found = std::find_if(ports.begin(), ports.end(), [&](const Port& port) { return port.name == name; });
    return found == ports.end() ? kNoPort : static_cast<std::size_t>(found - ports.begin());
  }
};

/// The signature of `callee` called with so many arguments (a lens's left side counts).
using Signatures = std::function<Signature(std::string_view callee, std::size_t arguments)>;

}  // namespace oscilla::patch
