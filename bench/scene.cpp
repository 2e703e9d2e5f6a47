#include "scene.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>

#include "live/compiled_patch.hpp"
#include "oscilla/patch.hpp"

namespace oscilla::bench {
namespace {

std::string text_of_file(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) fail("cannot read " + path);
  std::string text(1 << 20, '\0');
  text.resize(std::fread(text.data(), 1, text.size(), file));
  std::fclose(file);
  return text;
}

Program compiled_with(const std::string& path, std::uint32_t lanes) {
  std::string text = text_of_file(path);
  constexpr std::string_view kCount = "count: ";
  const std::size_t begin = text.find(kCount);
  if (begin == std::string::npos) fail(path + " has no count");
  const std::size_t digits = begin + kCount.size();
  text.replace(digits, text.find_first_not_of("0123456789", digits) - digits, std::to_string(lanes));
  CompileResult result = compile_patch(Patch::parse(std::move(text), path));
  if (!result.program) fail(path + " does not compile: " + result.diagnostics.front().message);
  return std::move(*result.program);
}

/// The one that fills the sink.
std::size_t drawing_field(const ir::Program& program) {
  for (std::size_t f = 0; f < program.fields.size(); ++f) {
    for (const ir::Store& store : program.fields[f].stores) {
      if (store.kind == ir::StoreKind::Target) return f;
    }
  }
  fail("a scene draws nothing");
}

std::size_t index_in(const std::vector<ir::Operand>& list, const ir::Operand& operand) {
  return static_cast<std::size_t>(std::lower_bound(list.begin(), list.end(), operand) - list.begin());
}

}  // namespace

void fail(const std::string& why) {
  fmt::print(stderr, "oscilla_bench: {}\n", why);
  std::exit(1);
}

Operands::Operands(const ir::FieldProgram& program) {
  const auto look_at = [this](const ir::Operand& operand) {
    if (operand.source == ir::Source::Value) return;
    (operand.source == ir::Source::Uniform ? uniforms_ : memory_).push_back(operand);
  };
  for (const ir::FieldInstr& instr : program.body) {
    for (std::size_t i = 0; i < instr.arity; ++i) look_at(instr.args[i]);
  }
  for (const ir::Store& store : program.stores) {
    look_at(store.value);
    if (store.kind == ir::StoreKind::State)
      look_at({ir::Source::State, store.value.base, store.part, store.destination});
  }
  for (std::vector<ir::Operand>* list : {&uniforms_, &memory_}) {
    std::sort(list->begin(), list->end());
    list->erase(std::unique(list->begin(), list->end()), list->end());
  }
}

std::size_t Operands::uniform(const ir::Operand& operand) const { return index_in(uniforms_, operand); }
std::size_t Operands::memory(const ir::Operand& operand) const { return index_in(memory_, operand); }

Scene::Scene(const std::string& path, std::uint32_t lanes)
    : program_(compiled_with(path, lanes)),
      compiled_(program_.compiled().program.get()),
      index_(drawing_field(*compiled_)),
      operands_(compiled_->fields[index_]),
      lanes_(lanes) {}

}  // namespace oscilla::bench
