#include "graph/graph.hpp"

#include "graph/adapters.hpp"

namespace oscilla::graph {

// Where a Repeat belongs to itself, which is refused, the way up has no end: it is no longer than there are instances.
bool belongs_to(std::span<const ir::InstanceIx> parents, ir::InstanceIx instance, ir::InstanceIx parent) {
  for (std::size_t steps = 0; steps < parents.size() && instance.v < parents.size(); ++steps) {
    instance = parents[instance.v];
    if (instance == parent) return parent.valid();
  }
  return false;
}

std::size_t initial_port(const blocks::Row& row) {
  for (std::size_t i = 0; i < row.ports.size() && row.form == blocks::Form::State; ++i)
    if (row.ports[i].name == "initial") return i;
  return kNoInitial;
}

std::string_view kind_name(const Node& node) {
  switch (node.kind) {
    case NodeKind::Row: return node.row->name;
    case NodeKind::Op: return kernels::row_of(node.op).name;
    case NodeKind::Constant: return "Const";
    case NodeKind::Swizzle: return "components";
    case NodeKind::Combine: return "combine";
    case NodeKind::Adapter: return adapter_rows()[node.adapter].name;
    case NodeKind::Parameter: return node.port == blocks::PortType::T ? "plus" : "Parameter";
    case NodeKind::Birth: return "birth";
    case NodeKind::Error: return "error";
  }
  return "";
}

}  // namespace oscilla::graph
