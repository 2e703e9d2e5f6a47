// A patch as text: reading and writing it. Every text can be read; what cannot be understood is a diagnostic.
#pragma once

#include <expected>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/diagnostic.hpp"

namespace oscilla {

namespace patch {
struct Patch;
}

/// An immutable patch. Cheap to copy; copies share the text.
class Patch {
 public:
  /// Reads `text`; `file_name` is what diagnostics call it.
  static Patch parse(std::string text, std::string file_name = "patch.oscilla");

  std::string_view text() const;
  std::string_view file_name() const;
  /// What reading found, in text order. Compiling finds more.
  const std::vector<Diagnostic>& diagnostics() const;
  /// The canonical text (docs/language.md, section 6): comments kept, statements that could not be read kept byte for
  /// byte.
  std::string format() const;

  /// The patch as a tree for tools (docs/language.md, section 8): comments and order kept, so that from_json() gives
  /// the canonical text back byte for byte.
  std::string to_json() const;
  /// The patch that a tree says. The error is a sentence about the first thing wrong with the tree; what is wrong with
  /// the patch is in its diagnostics.
  static std::expected<Patch, std::string> from_json(std::string_view json, std::string file_name = "patch.json");

  /// The model behind the handle, for the engine itself.
  const patch::Patch& model() const { return *model_; }
  std::shared_ptr<const patch::Patch> shared_model() const { return model_; }

 private:
  explicit Patch(std::shared_ptr<const patch::Patch> model) : model_(std::move(model)) {}
  std::shared_ptr<const patch::Patch> model_;
};

}  // namespace oscilla
