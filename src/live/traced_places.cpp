#include "live/traced_places.hpp"

#include <algorithm>

#include "live/tracer.hpp"

namespace oscilla::live {

bool is_under(std::string_view name, std::string_view place) {
  return name.starts_with(place) &&
         (name.size() == place.size() || std::string_view(".:, ").contains(name[place.size()]));
}

TracedPlaces::TracedPlaces(const CompiledPatch& compiled, const graph::Places& places, const TraceOptions& options)
    : program_(*compiled.program), options_(options) {
  const std::vector<ir::PortBinding>& ports = compiled.program->ports;
  outputs_.resize(ports.size());
  for (const std::string& place : options.places) {
    const std::size_t dot = place.rfind('.');
    const auto block = dot == std::string::npos ? places.end() : places.find(place.substr(0, dot));
    const blocks::Row* row = block == places.end() ? nullptr : compiled.graph[block->second.node].row;
    if (row == nullptr) continue;
    const auto found = std::ranges::find(row->outputs, std::string_view(place).substr(dot + 1), &blocks::Output::name);
    if (found == row->outputs.end()) continue;
    const graph::Source source{block->second.node, static_cast<std::uint16_t>(found - row->outputs.begin())};
    for (std::size_t p = 0; p < ports.size(); ++p)
      if (const auto port = places.find(ports[p].name); port != places.end() && port->second == source)
        outputs_[p] = place;
  }
}

bool TracedPlaces::wants(TraceKind kind) const {
  return options_.kinds.empty() || std::ranges::find(options_.kinds, kind) != options_.kinds.end();
}

bool TracedPlaces::wants(const TraceRow& row, std::uint32_t owner) const {
  if (options_.places.empty() || (owner != ~0u && !outputs_[owner].empty())) return true;
  return std::ranges::any_of(options_.places, [&](std::string_view place) {
    return is_under(row.name, place) || is_under(row.port, place) || is_under(row.block, place);
  });
}

std::string_view TracedPlaces::name_of(std::uint32_t port) const {
  const std::string_view name = program_.ports[port].name;
  const bool named =
      std::ranges::any_of(options_.places, [&](std::string_view place) { return is_under(name, place); });
  return named ? name : outputs_[port];
}

std::vector<ir::ExprId> fields_to_tap(const Program& of, const TraceOptions& options) {
  const ir::Program& program = *of.compiled().program;
  std::vector<ir::ExprId> fields;
  const graph::Places places = graph::places_of(of.compiled().graph);
  const TracedPlaces traced(of.compiled(), places, options);
  for (std::uint32_t p = 0; p < program.ports.size(); ++p) {
    const ir::PortBinding& port = program.ports[p];
    if (port.type.cardinality != ir::Cardinality::Many || traced.name_of(p).empty()) continue;
    if (!traced.wants(TraceKind::Field)) continue;
    if (std::ranges::find(program.probes, port.name, &ir::Probe::name) != program.probes.end()) continue;
    for (const ir::ExprId id : port.values)
      if (id.valid() && std::ranges::find(fields, id) == fields.end()) fields.push_back(id);
  }
  return fields;
}

}  // namespace oscilla::live
