// A patch as text without places: equal iff two patches say the same. Tokens are spelled as the formatter spells them;
// statements that could not be read are shown byte for byte.
#pragma once

#include <string>

#include "lang/layout.hpp"
#include "patch/patch.hpp"

namespace oscilla::test {

class Structure {
 public:
  explicit Structure(const patch::Patch& patch) : patch_(patch) {}

  std::string run() {
    out_ = "version " + std::to_string(patch_.version) + '\n';
    for (const patch::Statement& statement : patch_.statements) print(statement);
    return std::move(out_);
  }

 private:
  void print(const patch::Statement& statement) {
    out_ += std::to_string(static_cast<int>(statement.kind)) + ' ';
    if (statement.broken) out_ += "broken " + std::string(patch_.at(statement.span));
    switch (statement.kind) {
      case patch::StatementKind::Canvas: canvas(patch_.canvases[statement.index]); break;
      case patch::StatementKind::Seed: token(lang::TokenKind::Number, patch_.seeds[statement.index].number); break;
      case patch::StatementKind::Use: name(patch_.uses[statement.index].path); break;
      case patch::StatementKind::Input:
        name(patch_.inputs[statement.index].name);
        node(patch_.inputs[statement.index].call);
        break;
      case patch::StatementKind::Define: define(patch_.defines[statement.index]); break;
      case patch::StatementKind::Definition: definition(patch_.definitions[statement.index]); break;
      default: break;
    }
    out_ += '\n';
  }

  void canvas(const patch::Canvas& canvas) {
    token(lang::TokenKind::Size, canvas.size);
    for (const patch::CanvasSetting& setting : canvas.settings) {
      name(setting.name);
      node(setting.value);
      if (setting.divisor.valid()) node(setting.divisor);
    }
  }

  void define(const patch::Define& define) {
    name(define.name);
    for (const patch::Parameter& parameter : define.parameters) {
      name(parameter.name);
      name(parameter.type);
      if (parameter.fallback.valid()) node(parameter.fallback);
    }
    out_ += "-> ";
    for (const Span output : define.outputs) name(output);
    for (const patch::Definition& inner : define.body) definition(inner);
  }

  void definition(const patch::Definition& definition) {
    name(definition.name);
    node(definition.value);
  }

  void node(patch::NodeIx ix) {
    const patch::Node& node = patch_[ix];
    out_ += '(' + std::to_string(static_cast<int>(node.kind)) + ' ' + std::to_string(static_cast<int>(node.operation)) +
            ' ';
    using enum patch::NodeKind;
    switch (node.kind) {
      case Number: token(lang::TokenKind::Number, node.token); break;
      case Color: token(lang::TokenKind::Color, node.token); break;
      case Error: break;
      default: name(node.token); break;
    }
    if (node.kind == Call) {
      for (const patch::Argument& argument : patch_.arguments_of(node)) {
        name(argument.name);
        for (const char c : patch_.at(argument.was_path))
          if (c == '.' || lang_name_part(c)) out_ += c;
        if (argument.value.valid()) this->node(argument.value);
      }
    } else if (node.kind >= Group && node.kind != Error) {
      for (const patch::NodeIx child : patch_.children_of(node)) this->node(child);
    }
    out_ += ')';
  }

  static bool lang_name_part(char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }
  void name(Span span) { out_ += std::string(patch_.at(span)) + ' '; }
  void token(lang::TokenKind kind, Span span) { out_ += lang::token_text(kind, patch_.at(span)) + ' '; }

  const patch::Patch& patch_;
  std::string out_;
};

inline std::string structure(const patch::Patch& patch) { return Structure(patch).run(); }

}  // namespace oscilla::test
