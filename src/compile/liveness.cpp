#include "compile/liveness.hpp"

namespace oscilla::compile {
namespace {

class Marker {
 public:
  explicit Marker(const Lowered& lowered) : lowered_(lowered), exprs_(lowered.draft.build.table()) {
    live_.exprs.resize(exprs_.size());
    live_.states.resize(lowered.draft.states.size());
    live_.queues.resize(lowered.draft.queues.size());
  }

  void need(ir::ExprId id) {
    if (!id.valid() || live_.exprs[id.v]) return;
    live_.exprs[id.v] = true;
    open_.push_back(id);
  }

  Liveness finish() {
    while (!open_.empty()) {
      const ir::Expr& expr = exprs_[open_.back()];
      open_.pop_back();
      for (const ir::ExprId arg : exprs_.args_of(expr)) need(arg);
      if (ir::is_list(expr) && expr.result == static_cast<std::uint8_t>(ir::EventOp::Delay) &&
          !live_.queues[expr.index]) {
        live_.queues[expr.index] = true;
        for (const ir::ExprId id : {lowered_.draft.queues[expr.index].list, lowered_.draft.queues[expr.index].delay,
                                    lowered_.draft.queues[expr.index].time})
          need(id);
      }
      if (expr.kind == ir::ExprKind::StateRead && !live_.states[expr.index]) {
        live_.states[expr.index] = true;
        for (const ir::ExprId next : lowered_.draft.states[expr.index].next) need(next);
      }
    }
    return std::move(live_);
  }

 private:
  const Lowered& lowered_;
  const ir::ExprTable& exprs_;
  Liveness live_;
  std::vector<ir::ExprId> open_;
};

}  // namespace

Liveness find_live(const Lowered& lowered) {
  Marker marker(lowered);
  const auto need = [&](ir::ExprId id) { marker.need(id); };
  for (const blocks::InstanceDraft& instance : lowered.draft.instances) {
    marker.need(instance.count);
    marker.need(instance.asked);
    if (instance.voices) marker.need(instance.active);  // whoever reads what: elements come and go
  }
  for (const blocks::SinkDraft& sink : lowered.draft.sinks) {
    for (const ir::ExprId role : sink.roles) marker.need(role);
    ir::each_number(sink.style, need);
  }
  for (const blocks::ShapeDraft& shape : lowered.draft.shapes) {  // those that are drawn: no others are left
    for (const ir::ExprId parameter : shape.parameters) marker.need(parameter);
    for (const ir::ExprId point : shape.points) marker.need(point);
    for (const ir::ExprId point : shape.fixed) marker.need(point);
    marker.need(shape.corner);
  }
  if (lowered.draft.background) ir::each_number(*lowered.draft.background, need);
  for (const auto& layer : lowered.draft.layers) ir::each_number(layer, need);
  if (lowered.draft.camera)
    for (const ir::ExprId value : lowered.draft.camera->values) marker.need(value);
  for (const ProbeDraft& probe : lowered.probes) {
    for (const ir::ExprId value : probe.values) marker.need(value);
    marker.need(probe.list);
  }
  return marker.finish();
}

}  // namespace oscilla::compile
