#include "ir/print.hpp"

#include <fmt/format.h>

#include "ir/print_text.hpp"

namespace oscilla::ir {
namespace {

/// "; what it is" where that is known.
std::string remark(const Program& program, ExprId origin) {
  return origin.valid() ? "  ; " + expression_text(program.exprs, origin) : std::string();
}

/// ", listens to channel \"mouse\", key \"space\"".
std::string text_of(const Listening& listening) {
  std::string text;
  const auto add = [&](std::string_view where, const std::string& name) {
    if (!name.empty()) text += fmt::format("{}{} \"{}\"", text.empty() ? ", listens to " : ", ", where, name);
  };
  add("channel", listening.channel);
  add("osc", listening.osc);
  add("midi", listening.midi);
  add("key", listening.key);
  return text;
}

void print_head(std::string& out, const Program& program) {
  const Canvas& canvas = program.canvas;
  line(out, "canvas {}x{} fps {}/{} fit {} background {} {} {} {}", canvas.width, canvas.height, canvas.fps_numerator,
       canvas.fps_denominator, canvas.fit == Fit::Square ? "square" : "stretch", to_text(canvas.background[0]),
       to_text(canvas.background[1]), to_text(canvas.background[2]), to_text(canvas.background[3]));
  line(out, "seed {}", program.seed);
  line(out, "periods {} ms, {} ms", to_text(program.period_a_ms), to_text(program.period_b_ms));
  for (const Channel& channel : program.channels) {
    line(out, "input {}: {}, {}{}", channel.name, name_of(channel.kind), name_of(channel.payload),
         text_of(channel.listening) +
             (channel.smooth_ms > 0 ? fmt::format(", smooth {} ms", to_text(channel.smooth_ms)) : "") +
             (channel.events.valid() ? fmt::format(", fills e{}", channel.events.v) : ""));
  }
  for (const Instance& instance : program.instances) {
    if (!instance.count.valid()) {
      line(out, "instance {}: {} lanes", instance.name, instance.lanes);
    } else {
      line(out, "instance {}: pool of {} lanes, {} live", instance.name, instance.lanes,
           slot_text(program, instance.count));
    }
  }
  print_picture(out, program);
}

void print_scalar(std::string& out, const Program& program, const ScalarInstr& instr) {
  std::string results;
  ExprId origin;
  for (std::size_t k = 0; k < instr.results; ++k) {
    const SlotIx slot = instr.result_slots[k];
    results += k == 0 ? "" : ", ";
    results += slot.valid() ? fmt::format("s{}", slot.v) : "_";
    if (slot.valid() && !origin.valid()) origin = program.slot_origins[slot.v];
  }
  std::string args;
  for (std::size_t i = 0; i < instr.arity; ++i) args += " " + slot_text(program, instr.arg_slots[i]);
  line(out, "  {} = {}{}{}", results, kernels::row_of(instr.op).name, args, remark(program, origin));
}

void print_event(std::string& out, const Program& program, const EventInstr& instr) {
  std::string args;
  for (const EventIx list : instr.lists) args += fmt::format(" e{}", list.v);
  if (instr.reads) return line(out, "  s{} = {} of{}", instr.result_slot.v, name_of(instr.part), args);
  for (const SlotIx slot : instr.args)
    if (slot.valid()) args += " " + slot_text(program, slot);
  if (instr.key.valid()) args += fmt::format(" \"{}\"", program.event_keys[instr.key.v].text);
  const EventList& list = program.event_lists[instr.result.v];
  line(out, "  e{} = {}{}  ; {}, at most {}", instr.result.v, name_of(instr.op), args, list.name, list.capacity);
}

void print_field_instr(std::string& out, const Program& program, const FieldInstr& instr) {
  std::string results;
  for (std::uint32_t k = 0; k < instr.results; ++k) {
    results += fmt::format("{}v{}", k == 0 ? "" : ", ", instr.first_result.v + k);
  }
  std::string args;
  for (std::size_t i = 0; i < instr.arity; ++i) args += " " + operand_text(program, instr.args[i]);
  if (instr.op == kernels::Op::Gather) args += " of " + operand_text(program, instr.from);
  line(out, "  {} = {}{}{}", results, kernels::row_of(instr.op).name, args, remark(program, instr.origin));
}

void print_field(std::string& out, const Program& program, std::size_t index) {
  const FieldProgram& field = program.fields[index];
  const Instance& instance = program.instances[field.instance.v];
  line(out, "field program {}: instance {}, {}stage {}, {} values", index, instance.name,
       field.stable ? "prepare, " : "", field.stage, field.values);
  for (const FieldInstr& instr : field.body) print_field_instr(out, program, instr);
  for (const Store& store : field.stores) {
    line(out, "  store {} <- {}", destination_text(program, store), operand_text(program, store.value));
  }
}

void print_reduce(std::string& out, const Program& program, std::size_t index) {
  const ReduceStep& reduce = program.reduces[index];
  line(out, "  s{} = {} of reduction {} over {}{}", reduce.result.v, name_of(reduce.reduction), index,
       program.instances[reduce.instance.v].name, remark(program, program.slot_origins[reduce.result.v]));
}

void print_voices(std::string& out, const Program& program, const Voices& voices) {
  std::string planes;
  for (std::size_t part = 0; part < kVoiceParts; ++part)
    if (voices.planes[part].valid())
      planes += fmt::format(" p{} {}", voices.planes[part].v, name_of(static_cast<VoicePart>(part)));
  line(out, "  {} voices of {} <- events e{}, release {}{}:{}", program.instances[voices.instance.v].lanes,
       program.instances[voices.instance.v].name, voices.input.v, slot_text(program, voices.release),
       voices.holds ? ", held" : "", planes);
}

void print_scan(std::string& out, const Program& program, std::size_t index) {
  const ScanStep& scan = program.scans[index];
  line(out, "  p{} = {} up to every lane of {}{}", scan.result.v, name_of(scan.reduction),
       operand_text(program, scan.source), remark(program, program.planes[scan.result.v].origin));
}

void print_steps(std::string& out, const Program& program, const std::vector<Step>& steps, std::string_view when) {
  for (const Step& step : steps) {
    if (step.kind == StepKind::Scalars) line(out, "scalars, {}stage {}", when, step.stage);
    if (step.kind == StepKind::Events) line(out, "events, {}stage {}", when, step.stage);
    if (step.kind == StepKind::Voices) line(out, "voices, {}stage {}", when, step.stage);
    if (step.kind == StepKind::Reduces) line(out, "reductions, {}stage {}", when, step.stage);
    if (step.kind == StepKind::Scans) line(out, "scans, {}stage {}", when, step.stage);
    for (std::uint32_t i = step.first; i < step.first + step.count; ++i) {
      switch (step.kind) {
        case StepKind::Scalars: print_scalar(out, program, program.scalars[i]); break;
        case StepKind::Events: print_event(out, program, program.events[i]); break;
        case StepKind::Voices: print_voices(out, program, program.voices[i]); break;
        case StepKind::Fields: print_field(out, program, i); break;
        case StepKind::Reduces: print_reduce(out, program, i); break;
        case StepKind::Scans: print_scan(out, program, i); break;
        case StepKind::Order:
        case StepKind::Emit:
        case StepKind::Commit: break;
      }
    }
  }
}

void print_program(std::string& out, const Program& program) {
  print_head(out, program);
  print_steps(out, program, program.prepare, "prepare, ");
  print_steps(out, program, program.steps, "");
}

std::string step_text(const Program& program, const Step& step) {
  switch (step.kind) {
    case StepKind::Scalars: return fmt::format("scalars, {} instructions", step.count);
    case StepKind::Events: return fmt::format("events, {} instructions", step.count);
    case StepKind::Voices: return fmt::format("voices, {}", step.count);
    case StepKind::Fields: {
      std::string text = "fields, one parallel region:";
      for (std::uint32_t f = step.first; f < step.first + step.count; ++f) {
        const FieldProgram& field = program.fields[f];
        const Instance& instance = program.instances[field.instance.v];
        text += fmt::format(" program {} ({}, {} lanes, {} instructions, {} stores)", f, instance.name, instance.lanes,
                            field.body.size(), field.stores.size());
      }
      return text;
    }
    case StepKind::Reduces: return fmt::format("reductions, {}", step.count);
    case StepKind::Scans: return fmt::format("scans, {}", step.count);
    case StepKind::Order: return fmt::format("drawing order of {} sinks", program.sinks.size());
    case StepKind::Emit: return fmt::format("emit {} passes", program.sinks.size());
    case StepKind::Commit:
      return fmt::format("commit {} states", program.states.size() + program.queues.size() + program.voices.size());
  }
  return {};
}

void print_schedule(std::string& out, const Program& program) {
  for (const Step& step : program.prepare) line(out, "prepare, stage {}: {}", step.stage, step_text(program, step));
  std::string inputs, times;
  for (const Channel& channel : program.channels) inputs += " " + channel.name;
  for (const TimeSlot& time : program.time_slots) times += fmt::format(" {}", name_of(time.value));
  if (!inputs.empty()) line(out, "begin: inputs{}", inputs);
  if (!times.empty()) line(out, "begin: time{}", times);
  for (std::size_t s = 0; s < program.steps.size(); ++s) {
    line(out, "{} stage {}: {}", s, program.steps[s].stage, step_text(program, program.steps[s]));
  }
}

/// Who fills each slot, where it is neither a constant nor the result of an instruction.
std::vector<std::string> fillers_of(const Program& program) {
  std::vector<std::string> fillers(program.slots.size());
  for (const TimeSlot& time : program.time_slots) fillers[time.slot.v] = fmt::format("time.{}", name_of(time.value));
  for (const Channel& channel : program.channels) {
    for (std::size_t c = 0; c < channel.components; ++c) {
      if (channel.slots[c].valid()) fillers[channel.slots[c].v] = fmt::format("input {}[{}]", channel.name, c);
    }
  }
  for (const State& state : program.states) {
    if (state.instance.valid()) continue;
    for (std::size_t c = 0; c < state.components; ++c) {
      const SlotIx slot = state.slots[c];
      fillers[slot.v] = fmt::format("state {}[{}], starts at {}", state.name, c, to_text(program.slots[slot.v]));
    }
  }
  return fillers;
}

void print_slots(std::string& out, const Program& program) {
  const std::vector<std::string> fillers = fillers_of(program);
  for (std::uint32_t s = 0; s < program.slots.size(); ++s) {
    if (s < program.constant_slots) {
      line(out, "s{} constant {}", s, to_text(program.slots[s]));
    } else if (!fillers[s].empty()) {
      line(out, "s{} {}", s, fillers[s]);
    } else {
      line(out, "s{} computed{}", s, remark(program, program.slot_origins[s]));
    }
  }
}

void print_state(std::string& out, const Program& program) {
  std::size_t plane = 0;  // every field has planes of its own, one after the other
  for (std::size_t s = 0; s < program.states.size(); ++s) {
    const State& state = program.states[s];
    const bool is_field = state.instance.valid();
    line(out, "state {}: {}{}{}", state.name, name_of(state.payload),
         is_field ? " field of " + program.instances[state.instance.v].name : " signal",
         state.was.empty() ? std::string() : ", was " + state.was);
    if (is_field) {
      line(out, "  {} lanes, stride {}, planes {} to {}, {}", program.instances[state.instance.v].lanes,
           state.components, plane, plane + state.components - 1,
           state.double_buffered ? "in two buffers: other lanes read it" : "in place");
      plane += state.components;
    }
    for (std::size_t c = 0; c < state.components; ++c) {
      const std::string places =
          is_field ? "" : fmt::format(", in s{}, next {}", state.slots[c].v, slot_text(program, state.next[c]));
      line(out, "  component {}: initially {}{}", c, to_text(state.initial[c]), places);
    }
  }
  for (const Queue& queue : program.queues)
    line(out, "queue {}: room for {} events, of e{}{}", queue.name, queue.capacity, queue.input.v,
         queue.was.empty() ? std::string() : ", was " + queue.was);
  for (const Voices& voices : program.voices)
    line(out, "voices {}: {} lanes of {}, taken by e{}{}", voices.name, program.instances[voices.instance.v].lanes,
         program.instances[voices.instance.v].name, voices.input.v,
         voices.was.empty() ? std::string() : ", was " + voices.was);
  for (std::size_t p = 0; p < program.planes.size(); ++p) {
    const Plane& plane = program.planes[p];
    const bool of_voices = plane.origin.valid() && program.exprs[plane.origin].kind == ExprKind::Voice;
    line(out, "plane p{}: {} of {}{}", p,
         plane.stable ? "cache"
         : of_voices  ? "voices"
                      : "spill",
         program.instances[plane.instance.v].name, remark(program, plane.origin));
  }
}

}  // namespace

std::string print(const Program& program, Dump dump) {
  std::string out;
  switch (dump) {
    case Dump::Program: print_program(out, program); break;
    case Dump::Schedule: print_schedule(out, program); break;
    case Dump::Slots: print_slots(out, program); break;
    case Dump::State: print_state(out, program); break;
  }
  return out;
}

}  // namespace oscilla::ir
