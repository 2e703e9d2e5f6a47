#include "patch/expression_text.hpp"

#include <fmt/format.h>

#include "patch/calls.hpp"

namespace oscilla::patch {
namespace {

class Printer {
 public:
  Printer(const Patch& patch, const NameMap& names) : patch_(patch), names_(names) {}

  std::string print(NodeIx ix) {
    value(ix);
    return std::move(out_);
  }

 private:
  void value(NodeIx ix) {
    const Node& node = patch_[ix];
    const std::string_view token = patch_.at(node.token);
    const auto child = [&](std::size_t i) { value(patch_.children_of(node)[i]); };
    switch (node.kind) {
      case NodeKind::Name:
      case NodeKind::Call: {
        const auto renamed = names_.find(token);
        out_ += renamed == names_.end() ? token : std::string_view(renamed->second);
        if (node.kind == NodeKind::Call) arguments(node);
        break;
      }
      case NodeKind::Group:
      case NodeKind::Vector: items(node, '(', ')'); break;
      case NodeKind::List: items(node, '[', ']'); break;
      case NodeKind::Member:
        child(0);
        out_ += fmt::format(".{}", token);
        break;
      case NodeKind::Unary:
        out_ += token;
        child(0);
        break;
      case NodeKind::Binary:
        child(0);
        out_ += fmt::format(" {} ", token);
        child(1);
        break;
      case NodeKind::Conditional:
        child(0);
        out_ += " ? ";
        child(1);
        out_ += " : ";
        child(2);
        break;
      case NodeKind::Pipe:
        child(0);
        out_ += " | ";
        child(1);
        break;
      default: out_ += patch_.at(node.span); break;
    }
  }

  void items(const Node& node, char open, char close) {
    out_ += open;
    for (const NodeIx child : patch_.children_of(node)) {
      if (child != patch_.children_of(node).front()) out_ += ", ";
      value(child);
    }
    out_ += close;
  }

  void arguments(const Node& call) {
    out_ += '(';
    bool first = true;
    for (const Argument& argument : patch_.arguments_of(call)) {
      if (!argument.value.valid()) continue;
      if (!first) out_ += ", ";
      first = false;
      if (!argument.name.empty()) out_ += fmt::format("{}: ", patch_.at(argument.name));
      value(argument.value);
    }
    out_ += ')';
  }

  const Patch& patch_;
  const NameMap& names_;
  std::string out_;
};

}  // namespace

std::string expression_text(const Patch& patch, NodeIx value, const NameMap& names) {
  return Printer(patch, names).print(value);
}

}  // namespace oscilla::patch
