#include "oscilla/program.hpp"

#include <utility>

#include <fmt/format.h>

#include "compile/compile.hpp"
#include "exec/link.hpp"
#include "exec/print.hpp"
#include "graph/print.hpp"
#include "ir/print.hpp"
#include "live/compiled_patch.hpp"
#include "live/standard_library.hpp"

namespace oscilla {
namespace {

std::string dump_blocks(const ir::Program& program) {
  std::string out;
  for (std::uint32_t field = 0; field < program.fields.size(); ++field)
    out += exec::print(exec::link(program, field, {kernels::best_isa()}), program);
  return out;
}

}  // namespace

std::uint32_t Program::width() const { return compiled_->program->canvas.width; }
std::uint32_t Program::height() const { return compiled_->program->canvas.height; }
std::uint32_t Program::fps_numerator() const { return compiled_->program->canvas.fps_numerator; }
std::uint32_t Program::fps_denominator() const { return compiled_->program->canvas.fps_denominator; }
std::uint32_t Program::seed() const { return compiled_->program->seed; }

std::uint64_t Program::lanes() const {
  std::uint64_t lanes = 0;
  for (const ir::Sink& sink : compiled_->program->sinks) lanes += compiled_->program->instances[sink.instance.v].lanes;
  return lanes;
}

double Program::frame_time_ms(std::int64_t frame) const {
  const ir::Canvas& canvas = compiled_->program->canvas;
  return static_cast<double>(frame) * (1000.0 * canvas.fps_denominator) / canvas.fps_numerator;
}

Patch Program::patch() const { return Patch(compiled_->patch); }

std::vector<ChannelInfo> Program::channels() const {
  std::vector<ChannelInfo> infos;
  for (const ir::Channel& channel : compiled_->program->channels) {
    const ir::Listening& to = channel.listening;
    infos.push_back({channel.name, static_cast<ChannelKind>(channel.kind), channel.components, to.channel, to.osc,
                     to.midi, to.key, channel.smooth_ms, channel.initial});
  }
  return infos;
}

std::vector<ValueInfo> Program::values() const {
  const graph::Graph& graph = compiled_->graph;
  std::vector<ValueInfo> values;
  const auto add = [&](std::string name, std::string_view block, graph::Source source) {
    if (!source.valid() || source.output >= graph[source.node].outputs.size()) return;
    const ir::Type& type = graph.type_of(source);
    const bool field = type.cardinality == ir::Cardinality::Many && type.instance.valid();
    values.push_back({std::move(name), std::string(block), std::string(graph::kind_name(graph[source.node])),
                      ir::describe(type), field ? compiled_->program->instances[type.instance.v].name : std::string()});
  };
  for (const auto& [name, source] : graph.named) {
    add(std::string(name), name, source);
    if (!source.valid() || source.output != 0) continue;
    const blocks::Row* row = graph[source.node].row;
    for (std::size_t output = 1; row != nullptr && output < row->outputs.size(); ++output)
      add(fmt::format("{}.{}", name, row->outputs[output].name), name,
          {source.node, static_cast<std::uint16_t>(output)});
  }
  return values;
}

std::string Program::dump(DumpStage stage) const {
  const ir::Program& program = *compiled_->program;
  switch (stage) {
    case DumpStage::Graph: return graph::print_graph(compiled_->graph);
    case DumpStage::Types: return graph::print_types(compiled_->graph);
    case DumpStage::Program: return ir::print(program, ir::Dump::Program);
    case DumpStage::Schedule: return ir::print(program, ir::Dump::Schedule);
    case DumpStage::Slots: return ir::print(program, ir::Dump::Slots);
    case DumpStage::State: return ir::print(program, ir::Dump::State);
    case DumpStage::Block: return dump_blocks(program);
  }
  return {};
}

CompileResult compile_patch(const Patch& patch, const CompileOptions& options) {
  compile::Compilation compilation = compile::compile(patch.model(), {options.seed,
                                                                      options.probes,
                                                                      options.optional_probes,
                                                                      options.explain,
                                                                      {options.caches, options.spills},
                                                                      &live::standard_library()});
  CompileResult result;
  result.diagnostics = compilation.diagnostics.sorted();
  if (!compilation.program) return result;
  auto compiled = std::make_shared<live::CompiledPatch>();
  compiled->patch = patch.shared_model();
  compiled->graph = std::move(compilation.graph);
  compiled->program = std::make_shared<const ir::Program>(std::move(*compilation.program));
  compiled->options = options;
  compiled->attribution = std::move(compilation.attribution);
  result.program = Program();
  result.program->compiled_ = std::move(compiled);
  return result;
}

}  // namespace oscilla
