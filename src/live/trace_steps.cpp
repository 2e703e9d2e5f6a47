#include "live/trace_steps.hpp"

namespace oscilla::live {

TraceSteps::TraceSteps(const ir::Program& program)
    : slots(program.slots.size()),
      states(program.states.size()),
      planes(program.planes.size()),
      probes(program.probes.size()),
      lists(program.event_lists.size()),
      fields(program.fields.size()) {
  for (std::uint32_t s = 0; s < program.steps.size(); ++s) note(program, s);
}

void TraceSteps::note(const ir::Program& program, std::uint32_t s) {
  const ir::Step& step = program.steps[s];
  for (std::uint32_t i = step.first; i < step.first + step.count; ++i) {
    switch (step.kind) {
      case ir::StepKind::Scalars:
        for (std::size_t k = 0; k < program.scalars[i].results; ++k)
          if (program.scalars[i].result_slots[k].valid()) slots[program.scalars[i].result_slots[k].v] = s;
        break;
      case ir::StepKind::Events:
        if (program.events[i].reads)
          slots[program.events[i].result_slot.v] = s;
        else
          lists[program.events[i].result.v] = s;
        break;
      case ir::StepKind::Voices:
        for (const ir::PlaneIx plane : program.voices[i].planes)
          if (plane.valid()) planes[plane.v] = s;
        break;
      case ir::StepKind::Fields: note_field(program.fields[i], i, s); break;
      case ir::StepKind::Reduces: slots[program.reduces[i].result.v] = s; break;
      case ir::StepKind::Scans: planes[program.scans[i].result.v] = s; break;
      default: break;
    }
  }
  if (step.kind == ir::StepKind::Emit) emit = s;
  if (step.kind != ir::StepKind::Commit) return;
  for (const ir::State& state : program.states)
    for (std::size_t c = 0; c < state.components && !state.instance.valid(); ++c)
      if (state.slots[c].valid()) slots[state.slots[c].v] = s;
}

void TraceSteps::note_field(const ir::FieldProgram& field, std::uint32_t index, std::uint32_t s) {
  fields[index] = s;
  for (const ir::Store& store : field.stores) {
    if (store.kind == ir::StoreKind::State) states[store.destination] = s;
    if (store.kind == ir::StoreKind::Spill) planes[store.destination] = s;
    if (store.kind == ir::StoreKind::Tap) probes[store.destination] = s;
  }
}

}  // namespace oscilla::live
