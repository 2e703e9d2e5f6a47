#include "patch/target.hpp"

#include <charconv>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/nearest_name.hpp"

namespace oscilla::patch {
namespace {

std::string_view take_segment(std::string_view& path) {
  const std::size_t dot = std::min(path.find('.'), path.size());
  const std::string_view segment = path.substr(0, dot);
  path.remove_prefix(std::min(dot + 1, path.size()));
  return segment;
}

std::string hint_of(std::string_view name, const std::vector<std::string_view>& known, std::string_view otherwise) {
  std::string hint = did_you_mean(name, known);
  return hint.empty() ? std::string(otherwise) : hint;
}

class Finder {
 public:
  explicit Finder(const Patch& patch) : patch_(patch) {}

  FoundTarget statement(std::string_view& path) {
    const std::string_view name = take_segment(path);
    std::vector<std::string_view> known;
    for (std::uint32_t i = 0; i < patch_.statements.size(); ++i) {
      const Statement& statement = patch_.statements[i];
      Target target;
      target.statement = i;
      target.whole = statement.span;
      if (!read(statement, target)) continue;
      known.push_back(patch_.at(target.name));
      if (known.back() != name) continue;
      if (statement.broken)
        return refuse(Code::E_EDIT_UNREADABLE, statement.span, fmt::format("`{}` has a syntax error", name),
                      "mend it as text first; an edit would have to guess what it says");
      return target.is_define() && !path.empty() ? inside(target, path) : target;
    }
    return refuse(Code::E_EDIT_TARGET, {}, fmt::format("the patch has no `{}`", name),
                  hint_of(name, known, "a target begins with the name of a definition, input or define"));
  }

 private:
  bool read(const Statement& statement, Target& target) const {
    if (statement.kind == StatementKind::Definition) {
      target.definition = statement.index;
      target.name = patch_.definitions[statement.index].name;
      target.value = patch_.definitions[statement.index].value;
    } else if (statement.kind == StatementKind::Input) {
      target.input = statement.index;
      target.name = patch_.inputs[statement.index].name;
      target.value = patch_.inputs[statement.index].call;
    } else if (statement.kind == StatementKind::Define) {
      target.define = statement.index;
      target.name = patch_.defines[statement.index].name;
    } else {
      return false;
    }
    return true;
  }

  FoundTarget inside(Target target, std::string_view& path) const {
    const Define& define = patch_.defines[target.define];
    const std::string_view name = take_segment(path);
    std::vector<std::string_view> known;
    for (std::uint32_t i = 0; i < define.body.size(); ++i) {
      known.push_back(patch_.at(define.body[i].name));
      if (known.back() != name) continue;
      target.definition = i;
      target.name = define.body[i].name;
      target.whole = define.body[i].span;
      target.value = define.body[i].value;
      return target;
    }
    return refuse(Code::E_EDIT_TARGET, define.name,
                  fmt::format("`{}` has no definition `{}`", patch_.at(define.name), name),
                  hint_of(name, known, "its definitions stand between its braces"));
  }

  const Patch& patch_;
};

/// "Phasor~2" as {"Phasor", 2}; 0 where the number is none.
std::pair<std::string_view, std::size_t> kind_and_number(std::string_view segment) {
  const std::size_t tilde = segment.find('~');
  if (tilde == std::string_view::npos) return {segment, 1};
  std::size_t number = 0;
  std::from_chars(segment.data() + tilde + 1, segment.data() + segment.size(), number);
  return {segment.substr(0, tilde), number};
}

/// Whether a call has this port: by its signature, because the text gives it, or because its Kind is unknown.
bool has_port(const Patch& patch, CallSite site, std::string_view port, const Signatures& signatures) {
  const Signature signature = signature_of(patch, site, signatures);
  if (signature.find(port) != kNoPort) return true;
  if (!signature.known && is_kind(patch.at(patch[site.call].token))) return true;
  for (const Argument& argument : patch.arguments_of(patch[site.call]))
    if (patch.at(argument.name) == port) return true;
  return false;
}

FoundTarget no_port(const Patch& patch, const Target& at, std::string_view port, const std::vector<CallSite>& sites,
                    const Signatures& signatures) {
  std::vector<Signature> all;
  for (const CallSite site : sites) all.push_back(signature_of(patch, site, signatures));
  std::vector<std::string_view> known;
  for (const Signature& signature : all)
    for (const Signature::Port& known_port : signature.ports) known.push_back(known_port.name);
  const Span span = at.value.valid() ? patch[at.value].span : at.name;
  if (sites.empty())
    return refuse(Code::E_EDIT_TARGET, span, fmt::format("no block stands here that could have a port `{}`", port),
                  "only calls have ports; set the definition as a whole");
  return refuse(Code::E_EDIT_TARGET, span, fmt::format("no block here has a port `{}`", port),
                hint_of(port, known, fmt::format("it could be {}", fmt::join(known, ", "))));
}

/// The call at the place of `at` that has the port: the main one before others, of which only one may.
std::expected<CallSite, Diagnostic> choose_call(const Patch& patch, const Target& at, std::string_view port,
                                                const Signatures& signatures) {
  const CallSite main = main_call(patch, at.value);
  if (main.call.valid() && has_port(patch, main, port, signatures)) return main;
  std::vector<CallSite> kinds;
  std::vector<CallSite> fitting;
  for (const CallSite site : calls_at(patch, at.value)) {
    if (!is_kind(patch.at(patch[site.call].token))) continue;
    kinds.push_back(site);
    if (has_port(patch, site, port, signatures)) fitting.push_back(site);
  }
  if (fitting.size() == 1) return fitting[0];
  if (fitting.empty()) {
    if (kinds.empty() && main.call.valid()) kinds.push_back(main);
    return std::unexpected(no_port(patch, at, port, kinds, signatures).error());
  }
  return refuse(Code::E_EDIT_TARGET, patch[at.value].span,
                fmt::format("{} blocks here have a port `{}`", fitting.size(), port),
                fmt::format("name the one: {}.{}.{}", patch.at(at.name), patch.at(patch[fitting[0].call].token), port));
}

std::expected<CallSite, Diagnostic> call_of_kind(const Patch& patch, const Target& at, std::string_view segment) {
  const auto [kind, number] = kind_and_number(segment);
  std::size_t count = 0;
  for (const CallSite site : calls_at(patch, at.value))
    if (patch.at(patch[site.call].token) == kind && ++count == number) return site;
  return refuse(Code::E_EDIT_TARGET, patch[at.value].span, fmt::format("no `{}` stands here", segment),
                "the second of a Kind at one place is written Kind~2");
}

void enter_port(const Patch& patch, Target& at, CallSite site, std::string_view port, const Signatures& signatures) {
  const Signature signature = signature_of(patch, site, signatures);
  at.call = site;
  at.port_name = port;
  at.port = signature.find(port);
  at.argument = kNoPort;
  at.value = {};
  const auto arguments = patch.arguments_of(patch[site.call]);
  for (const FilledPort& filled : filled_ports(patch, site, signature)) {
    const bool named = filled.argument != kNoPort && patch.at(arguments[filled.argument].name) == port;
    if (!named && (filled.port == kNoPort || filled.port != at.port)) continue;
    at.argument = filled.argument;
    at.value = filled.value;
  }
}

}  // namespace

std::unexpected<Diagnostic> refuse(Code code, Span span, std::string message, std::string hint) {
  const DiagnosticRow& row = row_of(code);
  return std::unexpected(Diagnostic{row.name, row.severity, row.domain, span, {}, std::move(message), std::move(hint)});
}

FoundTarget find_target(const Patch& patch, std::string_view path, const Signatures& signatures) {
  FoundTarget found = Finder(patch).statement(path);
  if (!found) return found;
  Target at = *found;
  while (!path.empty()) {
    if (!at.value.valid())
      return refuse(Code::E_EDIT_TARGET, at.name,
                    at.is_port() ? fmt::format("nothing stands in `{}` yet", at.port_name) : "a define has no ports",
                    at.is_port() ? "set it as a whole" : "name a definition of its body: Swing.spin");
    std::string_view segment = take_segment(path);
    std::expected<CallSite, Diagnostic> site;
    if (is_kind(segment)) {
      site = call_of_kind(patch, at, segment);
      segment = take_segment(path);
    } else {
      site = choose_call(patch, at, segment, signatures);
    }
    if (!site) return std::unexpected(site.error());
    if (!has_port(patch, *site, segment, signatures)) return no_port(patch, at, segment, {*site}, signatures);
    enter_port(patch, at, *site, segment, signatures);
  }
  return at;
}

FoundTarget find_statement(const Patch& patch, std::string_view path) {
  FoundTarget found = Finder(patch).statement(path);
  if (found && !path.empty())
    return refuse(Code::E_EDIT_TARGET, found->name, fmt::format("`{}` leads into a definition", path),
                  "this edit is for whole definitions, inputs and defines");
  return found;
}

}  // namespace oscilla::patch
