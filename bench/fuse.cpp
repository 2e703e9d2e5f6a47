// oscilla_fuse NAME PATCH: prints C++ that computes the patch's field program as a person would write it by hand: one
// loop over the lanes with every value in a variable, or a few loops, each over a part of the instructions, with what
// passes between them in small arrays. Same operations, same templates, same bits as the engine's kernels; none of its
// interpreting. In: a patch whose fields are one program. Out: `struct NAME` for bench/fused.hpp.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "exec/optimise.hpp"
#include "kernels/op_table.hpp"
#include "scene.hpp"

namespace oscilla::bench {
namespace {

using exec::kNoValue;
using exec::Node;
using ir::Operand;
using ir::Source;
using ir::Store;
using ir::StoreKind;

constexpr std::string_view kOpIds[] = {
#define OSCILLA_OP(id, ...) #id,
#include "kernels/op_table.def"
#undef OSCILLA_OP
};

/// Into how many loops the instructions are cut, each way a function of its own.
constexpr std::size_t kPartCounts[] = {1, 2, 3, 4, 6, 10};
constexpr std::size_t kInstrsWorthCutting = 50;

/// Prints one struct; one instance per run.
class Fuser {
 public:
  explicit Fuser(const Scene& scene) : program_(scene.field()), operands_(scene.operands()) {
    nodes_ = exec::nodes_of(program_);
    exec::remove_dead(nodes_, program_);
    const std::uint32_t values = exec::optimise(nodes_, program_);
    maker_.assign(values, 0);
    last_use_.assign(values, 0);
    for (std::size_t n = 0; n < nodes_.size(); ++n) {
      for (const std::uint32_t value : nodes_[n].values) {
        if (value != kNoValue) maker_[value] = n;
      }
      for (std::size_t i = 0; i < nodes_[n].arity; ++i) {
        if (nodes_[n].args[i].source == Source::Value) last_use_[nodes_[n].args[i].index] = n;
      }
    }
    for (const Store& store : program_.stores) {
      if (store.kind == StoreKind::State && store.value.source == Source::Value)
        last_use_[store.value.index] = nodes_.size();
    }
  }

  std::string print(std::string_view name);

 private:
  void print_part(std::size_t parts, std::size_t part, std::size_t begin, std::size_t end);
  void print_node(const Node& node);
  void print_stores(std::size_t begin, std::size_t end);
  void print_targets();
  std::vector<std::size_t> cuts(std::size_t parts) const;
  std::string text_of(const Operand& operand) const;
  /// The small arrays that hold what lives across a cut; one is used again once its value is dead.
  std::map<std::uint32_t, std::size_t> places(const std::vector<std::size_t>& cuts);

  template <class... Args>
  void line(fmt::format_string<Args...> format, Args&&... args) {
    out_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  const ir::FieldProgram& program_;
  const Operands& operands_;
  std::vector<Node> nodes_;
  std::vector<std::size_t> maker_, last_use_;  // by value: a node; nodes_.size() where a state's store needs it
  std::map<std::uint32_t, std::size_t> place_;
  std::size_t most_places_ = 0;
  std::string out_;
};

std::string Fuser::text_of(const Operand& operand) const {
  switch (operand.source) {
    case Source::Value: return fmt::format("v{}", operand.index);
    case Source::Uniform: return fmt::format("u{}", operands_.uniform(operand));
    default: return fmt::format("F::load(m{} + lane)", operands_.memory(operand));
  }
}

void Fuser::print_node(const Node& node) {
  if (node.op == kernels::Op::Index)
    return line("      const F v{} = F::of_integer(Bits<isa>::lane_numbers() + (in.first_lane + lane));",
                node.values[0]);
  if (node.op == kernels::Op::IndexDivide) {
    const std::string by = text_of(node.args[0]);
    line("      const F n{} = F::of_integer(Bits<isa>::lane_numbers() + (in.first_lane + lane));", node.values[0]);
    line("      guard.template before<Op::Divide>(lane, n{}, {});", node.values[0], by);
    return line("      const F v{} = evaluate(Is<Op::Divide>(), n{}, {});", node.values[0], node.values[0], by);
  }
  std::string args;
  for (std::size_t i = 0; i < node.arity; ++i) args += ", " + text_of(node.args[i]);
  const std::string_view id = kOpIds[static_cast<std::size_t>(node.op)];
  const std::string call = fmt::format("evaluate(Is<Op::{}>(){})", id, args);
  line("      guard.template before<Op::{}>(lane{});", id, args);
  if (node.results == 1) return line("      const F v{} = {};", node.values[0], call);
  line("      const auto r{} = {};", maker_[node.values[0] == kNoValue ? node.values[1] : node.values[0]], call);
  for (std::size_t k = 0; k < node.results; ++k) {
    if (node.values[k] != kNoValue)
      line("      const F v{} = r{}.values[{}];", node.values[k], maker_[node.values[k]], k);
  }
}

/// Cuts where the fewest values cross, near to equal parts.
std::vector<std::size_t> Fuser::cuts(std::size_t parts) const {
  const auto crossing = [&](std::size_t at) {
    std::size_t count = 0;
    for (std::size_t v = 0; v < maker_.size(); ++v) count += maker_[v] < at && last_use_[v] >= at;
    return count;
  };
  std::vector<std::size_t> cuts{0};
  const std::size_t slack = nodes_.size() / (4 * parts);
  for (std::size_t part = 1; part < parts; ++part) {
    const std::size_t middle = nodes_.size() * part / parts;
    std::size_t best = middle;
    for (std::size_t at = middle - slack; at <= middle + slack; ++at) {
      if (crossing(at) < crossing(best)) best = at;
    }
    cuts.push_back(best);
  }
  cuts.push_back(nodes_.size());
  return cuts;
}

std::map<std::uint32_t, std::size_t> Fuser::places(const std::vector<std::size_t>& cuts) {
  const auto part_of = [&](std::size_t node) {
    return static_cast<std::size_t>(std::upper_bound(cuts.begin(), cuts.end() - 1, node) - cuts.begin()) - 1;
  };
  std::map<std::uint32_t, std::size_t> places;
  std::vector<std::size_t> busy_until;
  for (std::uint32_t v = 0; v < maker_.size(); ++v) {
    const std::size_t from = part_of(maker_[v]), to = part_of(std::min(last_use_[v], nodes_.size() - 1));
    if (last_use_[v] == 0 || to <= from) continue;
    const auto free = std::find_if(busy_until.begin(), busy_until.end(), [&](std::size_t part) { return part < from; });
    places[v] = static_cast<std::size_t>(free - busy_until.begin());
    if (free == busy_until.end()) {
      busy_until.push_back(to);
    } else {
      *free = to;
    }
  }
  most_places_ = std::max(most_places_, busy_until.size());
  return places;
}

/// What a part computes for the frame, what later parts want, and at the very end the states.
void Fuser::print_stores(std::size_t begin, std::size_t end) {
  for (const Store& store : program_.stores) {
    if (store.value.source != Source::Value) continue;
    const std::size_t maker = maker_[store.value.index];
    const bool here = store.kind == StoreKind::State ? end == nodes_.size() : maker >= begin && maker < end;
    if (!here) continue;
    const std::string value = text_of(store.value);
    line("      guard.stored({});", value);
    if (store.kind == StoreKind::State) {
      const Operand state{Source::State, store.value.base, store.part, store.destination};
      line("      take.state(lane, m{}, {});", operands_.memory(state), value);
    } else {
      line("      take.plane(lane, {}, {});", store.part, value);
    }
  }
  for (const auto& [value, place] : place_) {
    if (maker_[value] >= begin && maker_[value] < end) line("      v{}.store(p{} + lane);", value, place);
  }
}

/// All that makes an instance, where one loop has it all.
void Fuser::print_targets() {
  std::string text;
  for (std::uint8_t role = 0; role < 8; ++role) {
    for (const Store& store : program_.stores) {
      if (store.kind == StoreKind::Target && store.part == role) text += (role == 0 ? "" : ", ") + text_of(store.value);
    }
  }
  line("      take.instance(lane, {});", text);
}

void Fuser::print_part(std::size_t parts, std::size_t part, std::size_t begin, std::size_t end) {
  line("  template <Isa isa, class Guard, class Take>");
  line("  [[gnu::flatten]] static void part_{}_{}(FusedBlock in, [[maybe_unused]] Take take) {{", parts, part);
  line("    using F = Floats<isa>;");
  line("    Guard guard(in);");
  for (std::size_t u = 0; u < operands_.uniforms().size(); ++u)
    line("    [[maybe_unused]] const F u{} = F::of_raw(in.uniforms[{}]);", u, u);
  for (std::size_t m = 0; m < operands_.memory().size(); ++m)
    line("    [[maybe_unused]] float* const m{} = in.memory[{}];", m, m);
  for (std::size_t p = 0; p < most_places_; ++p) line("    [[maybe_unused]] float* const p{} = in.places[{}];", p, p);
  line("    for (std::uint32_t lane = 0; lane < in.lanes; lane += kWidth<isa>) {{");
  for (const auto& [value, place] : place_) {
    bool used = last_use_[value] == nodes_.size() && end == nodes_.size();
    for (std::size_t n = begin; n < end; ++n) {
      for (std::size_t i = 0; i < nodes_[n].arity; ++i)
        used |= nodes_[n].args[i].source == Source::Value && nodes_[n].args[i].index == value;
    }
    if (used && maker_[value] < begin) line("      const F v{} = F::load(p{} + lane);", value, place);
  }
  for (std::size_t n = begin; n < end; ++n) print_node(nodes_[n]);
  print_stores(begin, end);
  if (parts == 1) print_targets();
  line("    }}");
  line("    guard.finish();");
  line("  }}");
}

std::string Fuser::print(std::string_view name) {
  line("// Made by bench/fuse.cpp.");
  line("struct {} {{", name);
  std::string calls;
  std::size_t count = 0;
  for (const std::size_t parts : kPartCounts) {
    if (parts > 1 && nodes_.size() < kInstrsWorthCutting) break;
    const std::vector<std::size_t> at = cuts(parts);
    place_ = places(at);
    calls += fmt::format("    if constexpr (way == {}) {{\n", count++);
    for (std::size_t part = 0; part < parts; ++part) {
      print_part(parts, part, at[part], at[part + 1]);
      calls += fmt::format("      part_{}_{}<isa, Guard>(in, take);\n", parts, part);
    }
    calls += "    }\n";
  }
  line("  static constexpr std::size_t kWays = {};  // 1 loop, then more", count);
  const bool flat = std::any_of(program_.stores.begin(), program_.stores.end(), [](const Store& store) {
    return store.kind == StoreKind::Target && store.part == static_cast<std::uint8_t>(ir::Role::Z) &&
           store.value.source == Source::Uniform;
  });
  line("  static constexpr bool kFlat = {};", flat);
  line("  static constexpr std::size_t kPlaces = {};", most_places_);
  line("  template <Isa isa, class Guard, std::size_t way, class Take>");
  line("  static void run(FusedBlock in, Take take) {{");
  out_ += calls;
  line("  }}");
  line("}};");
  return std::move(out_);
}

}  // namespace
}  // namespace oscilla::bench

int main(int argc, char** argv) {
  using namespace oscilla::bench;
  if (argc != 3) return std::fputs("usage: oscilla_fuse NAME PATCH\n", stderr), 2;
  const Scene scene(argv[2], 1000);
  std::fputs(Fuser(scene).print(argv[1]).c_str(), stdout);
  return 0;
}
