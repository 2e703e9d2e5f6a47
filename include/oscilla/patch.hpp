// A patch as text: reading and writing it. Every text can be read; what cannot be understood is a diagnostic.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "oscilla/asset.hpp"
#include "oscilla/diagnostic.hpp"

namespace oscilla {

namespace patch {
struct Patch;
}
class Program;

/// A file that a patch uses: its text, and the name that `use` inside it starts from. Equal names are one file.
struct SourceText {
  std::string name;
  std::string text;
};

/// The file that `path`, as `use` says it, means in the file called `user`; nothing if there is none.
using ReadSource = std::function<std::optional<SourceText>(std::string_view path, std::string_view user)>;

/// An immutable patch. Cheap to copy; copies share the text.
class Patch {
 public:
  /// Reads `text`; `file_name` is what diagnostics call it. What it uses is read through `read`, and the files
  /// that its blocks name through `read_asset`; without, they are missing when it is compiled.
  static Patch parse(std::string text, std::string file_name = "patch.oscilla", const ReadSource& read = {},
                     ReadAsset read_asset = {});
  /// Another text under the name of this one, with the files that this one was read with.
  Patch with_text(std::string text) const;

  std::string_view text() const;
  std::string_view file_name() const;
  /// The text that a diagnostic of this patch speaks of: its own, or that of a file that it uses.
  std::string_view text_of(const Diagnostic& diagnostic) const;
  /// The name of that file.
  std::string_view file_name_of(const Diagnostic& diagnostic) const;
  /// The names of the files that it was read with: what it uses, meshes and drawings, those that are not there
  /// included.
  std::vector<std::string> files() const;
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
  static std::expected<Patch, std::string> from_json(std::string_view json, std::string file_name = "patch.json",
                                                     const ReadSource& read = {}, ReadAsset read_asset = {});

  /// The model behind the handle, for the engine itself.
  const patch::Patch& model() const { return *model_; }
  std::shared_ptr<const patch::Patch> shared_model() const { return model_; }

 private:
  friend class Program;
  explicit Patch(std::shared_ptr<const patch::Patch> model) : model_(std::move(model)) {}
  std::shared_ptr<const patch::Patch> model_;
};

}  // namespace oscilla
