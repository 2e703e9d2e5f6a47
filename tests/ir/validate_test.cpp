#include "ir/validate.hpp"

#include <gtest/gtest.h>

#include "../exec/scenes.hpp"

namespace oscilla::ir {
namespace {

using test::Assembler;
using test::Operand;

/// A valid program with something of everything, to be broken.
Program sound() {
  Program program = *test::spiral(100);
  State held;
  held.id = {1000};
  held.name = "held";
  held.slots[0] = SlotIx{static_cast<std::uint32_t>(program.slots.size())};
  program.slots.push_back(0.5);
  program.slot_origins.emplace_back();
  held.next[0] = program.time_slots[0].slot;
  program.states.push_back(held);
  return program;
}

Program broken(void (*damage)(Program&)) {
  Program program = sound();
  damage(program);
  return program;
}

Step& step_of(Program& program, StepKind kind) {
  return *std::find_if(program.steps.begin(), program.steps.end(), [&](const Step& s) { return s.kind == kind; });
}

TEST(Validate, AcceptsASoundProgram) {
  EXPECT_EQ(validate(sound()), std::vector<std::string>{});
  EXPECT_EQ(validate(*Assembler().finish()), std::vector<std::string>{});
}

struct Damage {
  const char* what;
  const char* said;
  void (*damage)(Program&);
};

const Damage kDamages[] = {
    {"scalar reads what comes later", "before it has a value",
     [](Program& p) { p.scalars[0].arg_slots[0] = p.scalars[1].result_slots[0]; }},
    {"scalar reads nothing", "does not exist", [](Program& p) { p.scalars[0].arg_slots[0] = {}; }},
    {"a constant is written", "a constant", [](Program& p) { p.scalars[0].result_slots[0] = SlotIx{0}; }},
    {"a slot has two writers", "which has a writer",
     [](Program& p) { p.scalars[0].result_slots[0] = p.time_slots[0].slot; }},
    {"a state's slot is written", "which has a writer",
     [](Program& p) { p.scalars[0].result_slots[0] = p.states.back().slots[0]; }},
    {"two states share a slot", "which has a writer",
     [](Program& p) {
       p.states.push_back(p.states.back());
       p.states.back().id = {1001};
     }},
    {"wrong arity", "arguments", [](Program& p) { p.scalars[0].arity = 1; }},
    {"no result", "no result", [](Program& p) { p.scalars[0].result_slots[0] = {}; }},
    {"origins missing", "origins", [](Program& p) { p.slot_origins.pop_back(); }},
    {"value before it is made", "before it is made", [](Program& p) { p.fields[0].body[1].args[0].index = 1; }},
    {"values not in order", "is next", [](Program& p) { p.fields[0].body[1].first_result.v = 7; }},
    {"more values than made", "makes", [](Program& p) { p.fields[0].values += 1; }},
    {"uniform of a later stage", "before it has a value",
     [](Program& p) { p.fields[0].body[1].args[1].index = p.reduces[0].result.v; }},
    {"unknown state", "does not exist",
     [](Program& p) { p.fields[0].body[1].args[0] = {Source::State, Base::Float, 0, 9}; }},
    {"a signal's state as a field", "lane by lane",
     [](Program& p) { p.fields[0].body[1].args[0] = {Source::State, Base::Float, 0, 1}; }},
    {"state store missing", "lacks the store",
     [](Program& p) { p.fields[0].stores.erase(p.fields[0].stores.begin()); }},
    {"target missing", "lacks the store", [](Program& p) { p.fields[0].stores.pop_back(); }},
    {"probe missing", "lacks the store", [](Program& p) { p.fields[1].stores.pop_back(); }},
    {"stored twice", "has been stored", [](Program& p) { p.fields[0].stores.push_back(p.fields[0].stores.back()); }},
    {"state not first", "after something else",
     [](Program& p) {
       std::rotate(p.fields[0].stores.begin(), p.fields[0].stores.begin() + 1, p.fields[0].stores.end());
     }},
    {"rotation that the sink has not", "does not fit", [](Program& p) { p.sinks[0].has_rotation = false; }},
    {"a store to another instance", "does not fit",
     [](Program& p) {
       p.instances.push_back({{77}, "other", 3});
       p.sinks[0].instance.v = 1;
     }},
    {"bits in a picture", "raw bits", [](Program& p) { p.fields[0].stores.back().value.base = Base::Bits; }},
    {"read after the store in place", "in a stage after its store",
     [](Program& p) { p.fields[1].body[1].args[0] = {Source::State, Base::Float, 0, 0}; }},
    {"a plane that nobody makes", "reads plane 0",
     [](Program& p) { p.fields[0].body[1].args[0] = {Source::Plane, Base::Float, 0, 0}; }},
    {"a plane before it is stored", "before it has a value",
     [](Program& p) {
       p.planes.push_back({{}, p.fields[1].instance, false, {}});
       p.fields[1].stores.push_back({StoreKind::Spill, 0, 0, p.fields[1].stores.back().value});
       p.fields[0].body[1].args[0] = {Source::Plane, Base::Float, 0, 0};
     }},
    {"a spill that is stable", "at the wrong time",
     [](Program& p) {
       p.planes.push_back({{}, p.fields[1].instance, true, {}});
       p.fields[1].stores.push_back({StoreKind::Spill, 0, 0, p.fields[1].stores.back().value});
     }},
    {"a plane with two writers", "two writers",
     [](Program& p) {
       p.planes.push_back({{}, p.fields[1].instance, false, {}});
       p.fields[0].stores.push_back({StoreKind::Spill, 0, 0, p.fields[0].stores.back().value});
       p.fields[1].stores.push_back({StoreKind::Spill, 0, 0, p.fields[1].stores.back().value});
     }},
    {"a gather from a value", "no memory",
     [](Program& p) {
       FieldInstr instr = p.fields[0].body[2];
       p.fields[0].body[2] = {kernels::Op::Gather, 1, 1, instr.first_result, {instr.args[0]}, {}, instr.args[0]};
     }},
    {"time before the first tick", "before it has a value",
     [](Program& p) {
       p.prepare.push_back({StepKind::Scalars, 0, 0, 1});
       p.steps[0].first = 1;
       p.steps[0].count -= 1;
     }},
    {"a picture before the first tick", "in prepare",
     [](Program& p) { p.prepare.push_back({StepKind::Order, 0, 0, 0}); }},
    {"a scan of nothing", "a scan reads nothing",
     [](Program& p) {
       p.planes.push_back({{}, p.fields[0].instance, false, {}});
       p.scans.push_back({Reduction::Sum, p.fields[0].instance, {Source::State, Base::Float, 0, 9}, PlaneIx{0}});
       p.steps.insert(p.steps.end() - 3, Step{StepKind::Scans, 1, 0, 1});
     }},
    {"steps leave something out", "leave out", [](Program& p) { p.steps.erase(p.steps.begin()); }},
    {"a step overlaps", "begins at", [](Program& p) { step_of(p, StepKind::Fields).first = 1; }},
    {"a step is too long", "ends out of range", [](Program& p) { step_of(p, StepKind::Reduces).count = 5; }},
    {"stages descend", "goes back", [](Program& p) { p.steps[0].stage = 1; }},
    {"a field in the wrong stage", "another stage", [](Program& p) { p.fields[1].stage = 0; }},
    {"no commit", "do not end", [](Program& p) { p.steps.pop_back(); }},
    {"emit twice", "twice", [](Program& p) { p.steps.insert(p.steps.begin(), Step{StepKind::Emit, 0, 0, 0}); }},
    {"state without its next value", "does not exist", [](Program& p) { p.states.back().next[0] = {}; }},
    {"state too wide", "components", [](Program& p) { p.states[0].components = 2; }},
    {"sink without a shape", "no shape", [](Program& p) { p.sinks[0].shape = {}; }},
    {"sink without an instance", "no instance", [](Program& p) { p.sinks[0].instance = {}; }},
    {"layers descend", "higher layer", [](Program& p) { p.sinks[0].layer = 3; }},
    {"one id twice", "one stable id", [](Program& p) { p.sinks[1].id = p.sinks[0].id; }},
    {"too many lanes", "lanes", [](Program& p) { p.instances[0].lanes = 1u << 24; }},
    {"stores of one sink apart", "one destination apart",
     [](Program& p) { std::swap(p.fields[0].stores[1], p.fields[0].stores[4]); }},
    {"more planes than can be numbered", "more than 65535",
     [](Program& p) {
       FieldInstr instr = p.fields[1].body[0];
       for (; p.fields[1].values < 65535; ++p.fields[1].values) {
         instr.first_result.v = p.fields[1].values;
         p.fields[1].body.push_back(instr);
       }
     }},
    {"an empty canvas", "canvas", [](Program& p) { p.canvas.width = 0; }},
    {"a shape without its measure", "does not exist", [](Program& p) { p.shapes[0].parameters[0] = SlotIx{5000}; }},
    {"a probe of nothing", "does not exist", [](Program& p) { p.probes[1].slots[0] = {}; }},
    {"a port without an expression", "no expression",
     [](Program& p) {
       p.ports.resize(1);
       p.ports[0].values[0] = ExprId{3};
     }},
    {"an expression that uses a later one", "does not come before",
     [](Program& p) {
       p.exprs.args = {ExprId{0}};
       p.exprs.exprs.resize(1);
       p.exprs.exprs[0].arity = 1;
     }},
};

TEST(Validate, FindsEveryDamage) {
  for (const Damage& damage : kDamages) {
    const std::vector<std::string> problems = validate(broken(damage.damage));
    const bool found = std::any_of(problems.begin(), problems.end(),
                                   [&](const std::string& text) { return text.find(damage.said) != text.npos; });
    EXPECT_TRUE(found) << damage.what << ": " << (problems.empty() ? "nothing" : problems[0]);
  }
}

/// Voices of the instance, taken by an input, and what is collected of them.
Program sound_voices() {
  Program program = sound();
  const InstanceIx lanes{0};
  const SlotIx time = program.time_slots[0].slot;
  program.event_lists = {{4, "hit", {}}, {4, "again", {}}};
  Channel hit;
  hit.id = {2000};
  hit.name = "hit";
  hit.kind = ChannelKind::Event;
  hit.events = EventIx{0};
  program.channels.push_back(hit);
  program.planes = {{{}, lanes, false, {}}, {{}, lanes, false, {}}};
  Voices voices{.id = {2001},
                .name = "voices",
                .was = {},
                .instance = lanes,
                .input = {0},
                .release = time,
                .time = time,
                .planes = {}};
  voices.planes[0] = PlaneIx{0};
  voices.planes[4] = PlaneIx{1};
  program.voices.push_back(voices);
  EventInstr collect;
  collect.op = EventOp::Collect;
  collect.result = EventIx{1};
  collect.instance = lanes;
  collect.planes = {PlaneIx{0}, PlaneIx{1}};
  program.events.push_back(collect);
  const auto fields = std::find_if(program.steps.begin(), program.steps.end(),
                                   [](const Step& step) { return step.kind == StepKind::Fields; });
  const auto events = program.steps.insert(fields + 1, Step{StepKind::Events, 0, 0, 1});
  program.steps.insert(events - 1, Step{StepKind::Voices, 0, 0, 1});
  return program;
}

const Damage kVoiceDamages[] = {
    {"no lanes", "no lanes", [](Program& p) { p.voices[0].instance = {}; }},
    {"no events", "does not exist", [](Program& p) { p.voices[0].input = {}; }},
    {"events of later on", "before it is made", [](Program& p) { p.voices[0].input = EventIx{1}; }},
    {"no release", "does not exist", [](Program& p) { p.voices[0].release = {}; }},
    {"no time", "does not exist", [](Program& p) { p.voices[0].time = {}; }},
    {"two parts in a plane", "two writers", [](Program& p) { p.voices[0].planes[1] = PlaneIx{0}; }},
    {"a plane of other lanes", "lanes of another instance",
     [](Program& p) {
       p.instances.push_back({{77}, "other", 100});
       p.planes[1].instance = InstanceIx{1};
     }},
    {"one id twice", "one stable id",
     [](Program& p) {
       p.voices.push_back(p.voices[0]);
       p.voices[1].planes = {};
     }},
    {"voices left out", "leave out", [](Program& p) { step_of(p, StepKind::Voices).count = 0; }},
    {"voices in prepare", "in prepare",
     [](Program& p) {
       std::erase_if(p.steps, [](const Step& step) { return step.kind == StepKind::Voices; });
       p.prepare.push_back({StepKind::Voices, 0, 0, 1});
     }},
    {"collected before they are there", "before it has a value",
     [](Program& p) {
       const Step events = step_of(p, StepKind::Events);
       std::erase_if(p.steps, [](const Step& step) { return step.kind == StepKind::Events; });
       p.steps.insert(p.steps.begin(), events);
     }},
    {"collected of no instance", "wrong instance", [](Program& p) { p.events[0].instance = {}; }},
    {"collected of two instances", "two instances",
     [](Program& p) {
       p.instances.push_back({{77}, "other", 100});
       p.events[0].instance = InstanceIx{1};
     }},
    {"collected without values", "number of arguments", [](Program& p) { p.events[0].planes[1] = {}; }},
    {"lanes of an event that collects nothing", "a field", [](Program& p) { p.events[0].op = EventOp::Any; }},
};

TEST(Validate, FindsEveryDamageOfVoices) {
  ASSERT_EQ(validate(sound_voices()), std::vector<std::string>{});
  for (const Damage& damage : kVoiceDamages) {
    Program program = sound_voices();
    damage.damage(program);
    const std::vector<std::string> problems = validate(program);
    const bool found = std::any_of(problems.begin(), problems.end(),
                                   [&](const std::string& text) { return text.find(damage.said) != text.npos; });
    EXPECT_TRUE(found) << damage.what << ": " << (problems.empty() ? "nothing" : problems[0]);
  }
}

}  // namespace
}  // namespace oscilla::ir
