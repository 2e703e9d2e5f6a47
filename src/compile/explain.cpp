#include "compile/explain.hpp"

#include <utility>

namespace oscilla::compile {
namespace {

/// All that the probes are made of, in the order of the table.
std::vector<ir::ExprId> causes_of(const Lowered& lowered) {
  const ir::ExprTable& exprs = lowered.draft.build.table();
  std::vector<bool> seen(exprs.size());
  std::vector<ir::ExprId> open;
  const auto add = [&](ir::ExprId id) {
    if (!id.valid() || seen[id.v]) return;
    seen[id.v] = true;
    open.push_back(id);
  };
  for (const ProbeDraft& probe : lowered.probes) {
    for (const ir::ExprId value : probe.values) add(value);
    add(probe.list);
  }
  while (!open.empty()) {
    const ir::ExprId id = open.back();
    open.pop_back();
    for (const ir::ExprId arg : exprs.args_of(exprs[id])) add(arg);
  }
  std::vector<ir::ExprId> causes;
  for (std::uint32_t i = 0; i < exprs.size(); ++i)
    if (seen[i]) causes.push_back({i});
  return causes;
}

/// Of a list: how many events are in it, and the events.
ProbeDraft probe_of(ir::ExprBuilder& build, ir::ExprId id) {
  ProbeDraft draft;
  if (ir::is_list(build[id])) {
    draft.probe.type.cardinality = ir::Cardinality::One;
    draft.list = id;
    draft.values[0] = build.read_event(ir::EventPart::Count, id);
  } else {
    draft.probe.type.cardinality = build[id].cardinality;
    draft.probe.type.instance = draft.probe.instance = build[id].instance;
    draft.values[0] = id;
  }
  draft.probe.type.payload = ir::Payload::Float;
  return draft;
}

}  // namespace

Attribution keep_causes(Lowered& lowered) {
  Attribution attribution;
  for (const ProbeDraft& probe : lowered.probes) {
    attribution.asked.push_back(probe.values);
    if (probe.list.valid()) attribution.asked.back() = {probe.list};
  }
  attribution.causes = causes_of(lowered);
  for (const ir::ExprId id : attribution.causes) lowered.probes.push_back(probe_of(lowered.draft.build, id));
  attribution.origins = std::move(lowered.origins);
  return attribution;
}

}  // namespace oscilla::compile
