#include "patch/calls.hpp"

namespace oscilla::patch {

bool is_kind(std::string_view callee) { return !callee.empty() && callee[0] >= 'A' && callee[0] <= 'Z'; }

std::vector<FilledPort> filled_ports(const Patch& patch, CallSite site, const Signature& signature) {
  std::vector<FilledPort> filled;
  std::size_t positional = 0;
  const auto next_port = [&] { return positional < signature.ports.size() ? positional++ : kNoPort; };
  if (site.pipe.valid()) filled.push_back({next_port(), kNoPort, patch.children_of(patch[site.pipe])[0]});
  const auto arguments = patch.arguments_of(patch[site.call]);
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Argument& argument = arguments[i];
    FilledPort port{kNoPort, i, argument.value};
    if (argument.was_path.empty())
      port.port = argument.name.empty() ? next_port() : signature.find(patch.at(argument.name));
    filled.push_back(port);
  }
  return filled;
}

Signature signature_of(const Patch& patch, CallSite site, const Signatures& signatures) {
  const Node& call = patch[site.call];
  const std::string_view callee = patch.at(call.token);
  for (const Define& define : patch.defines) {
    if (patch.at(define.name) != callee) continue;
    Signature signature;
    signature.known = true;
    for (const Parameter& parameter : define.parameters)
      signature.ports.push_back({std::string(patch.at(parameter.name))});
    return signature;
  }
  std::size_t count = site.pipe.valid() ? 1 : 0;
  for (const Argument& argument : patch.arguments_of(call)) count += argument.was_path.empty();
  return signatures(callee, count);
}

namespace {

void collect_calls(const Patch& patch, NodeIx value, NodeIx pipe, std::vector<CallSite>& calls) {
  const Node& node = patch[value];
  if (node.kind == NodeKind::Call) {
    calls.push_back({value, pipe});
    if (is_kind(patch.at(node.token))) return;
    for (const Argument& argument : patch.arguments_of(node))
      if (argument.value.valid()) collect_calls(patch, argument.value, {}, calls);
  } else if (node.kind == NodeKind::Pipe) {
    const auto parts = patch.children_of(node);
    collect_calls(patch, parts[0], {}, calls);
    collect_calls(patch, parts[1], value, calls);
  } else if (node.kind >= NodeKind::Group && node.kind != NodeKind::Error) {
    for (const NodeIx child : patch.children_of(node)) collect_calls(patch, child, {}, calls);
  }
}

}  // namespace

std::vector<CallSite> calls_at(const Patch& patch, NodeIx value) {
  std::vector<CallSite> calls;
  collect_calls(patch, value, {}, calls);
  return calls;
}

NodeIx without_groups(const Patch& patch, NodeIx value) {
  while (patch[value].kind == NodeKind::Group) value = patch.children_of(patch[value])[0];
  return value;
}

CallSite main_call(const Patch& patch, NodeIx value) {
  const NodeIx inner = without_groups(patch, value);
  const Node& node = patch[inner];
  if (node.kind == NodeKind::Call) return {inner, {}};
  if (node.kind == NodeKind::Pipe) return {patch.children_of(node)[1], inner};
  return {};
}

NodeIx combine_of(const Patch& patch, NodeIx value) {
  const NodeIx inner = without_groups(patch, value);
  const bool is_combine = patch[inner].kind == NodeKind::Call && patch.at(patch[inner].token) == "combine";
  return is_combine ? inner : NodeIx{};
}

std::vector<bool> word_nodes(const Patch& patch, const Signatures& signatures) {
  std::vector<bool> words(patch.nodes.size());
  std::vector<NodeIx> pipe_of(patch.nodes.size());
  for (std::uint32_t i = 0; i < patch.nodes.size(); ++i)
    if (patch.nodes[i].kind == NodeKind::Pipe) pipe_of[patch.children_of(patch.nodes[i])[1].v] = {i};
  for (const Canvas& canvas : patch.canvases)
    for (const CanvasSetting& setting : canvas.settings) words[setting.value.v] = true;
  for (std::uint32_t i = 0; i < patch.nodes.size(); ++i) {
    const Node& node = patch.nodes[i];
    if (node.kind != NodeKind::Call) continue;
    const auto arguments = patch.arguments_of(node);
    if (patch.at(node.token) == "combine" && !arguments.empty() && arguments[0].value.valid())
      words[arguments[0].value.v] = true;
    const Signature signature = signature_of(patch, {{i}, pipe_of[i]}, signatures);
    for (const FilledPort& port : filled_ports(patch, {{i}, pipe_of[i]}, signature))
      if (port.port != kNoPort && port.value.valid() && signature.ports[port.port].takes_word)
        words[port.value.v] = true;
  }
  return words;
}

}  // namespace oscilla::patch
