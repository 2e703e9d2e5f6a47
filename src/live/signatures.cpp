#include "live/signatures.hpp"

#include <algorithm>
#include <optional>

#include "blocks/catalogue.hpp"
#include "kernels/op_table.hpp"
#include "patch/calls.hpp"

namespace oscilla::live {

patch::Signature signature(std::string_view callee, std::size_t arguments) {
  patch::Signature signature;
  const blocks::Row* row =
      patch::is_kind(callee) ? blocks::find_kind(callee) : blocks::find_function(callee, arguments);
  if (row != nullptr) {
    signature.known = true;
    for (const blocks::Port& port : row->ports)
      signature.ports.push_back({std::string(port.name), !port.words.empty()});
    return signature;
  }
  const std::optional<kernels::Op> op = kernels::find_op(callee);
  if (!op) return signature;
  signature.known = true;
  std::string_view rest = kernels::row_of(*op).parameters;
  while (!rest.empty()) {
    const std::size_t comma = std::min(rest.find(", "), rest.size());
    signature.ports.push_back({std::string(rest.substr(0, comma))});
    rest.remove_prefix(std::min(comma + 2, rest.size()));
  }
  return signature;
}

}  // namespace oscilla::live
