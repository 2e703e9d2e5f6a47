// Changing a patch as a program does it: edits of its text that keep every name, comment and line they do not speak of,
// made all or not at all, with undo and a revision number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "oscilla/diagnostic.hpp"
#include "oscilla/patch.hpp"

namespace oscilla {

/// One change. A *target* is a definition or input ("draw"), a port on the way down from one ("draw.size",
/// "draw.position.target", "spin.Phasor~2.frequency"), a `define` ("Swing") or what stands inside it
/// ("Swing.spin.frequency"). Make one with the functions below.
struct Edit {
  enum class Kind : std::uint8_t {
    Add,        ///< the statement `text`: a definition, input, define or use; before `target`, or at the end
    AddInside,  ///< the definition `text`, last in the define `target`
    Remove,     ///< the definition, input or define `target`, with the comment behind it
    Rename,     ///< `target` and everything that reads it become `text`; blocks that may remember get `was:`
    Set,        ///< the expression `text` becomes the value of the definition or port `target`
    Clear,      ///< the port `target` falls back to its default
    AddWriter,  ///< `text` joins the writers of `target` at place `index`; a single value becomes combine(`mode`, ...)
    RemoveWriter,  ///< writer `index` of the combine() at `target` leaves
    MoveWriter,    ///< writer `index` of the combine() at `target` goes to place `to`
    Move,          ///< the statement `target` goes before the statement `text`, or to the end
    Setting,       ///< `target` is size, fps, background, fit or seed; `text` is its value as written
  };
  static constexpr std::size_t kLast = ~std::size_t{0};

  Kind kind = Kind::Add;
  std::string target;
  std::string text;
  std::size_t index = kLast;
  std::size_t to = kLast;
  std::string mode = {};

  static Edit add(std::string statement, std::string before = {}) {
    return {Kind::Add, std::move(before), std::move(statement)};
  }
  static Edit add_inside(std::string define, std::string definition) {
    return {Kind::AddInside, std::move(define), std::move(definition)};
  }
  static Edit remove(std::string target) { return {Kind::Remove, std::move(target), {}}; }
  static Edit rename(std::string target, std::string name) {
    return {Kind::Rename, std::move(target), std::move(name)};
  }
  static Edit set(std::string target, std::string expression) {
    return {Kind::Set, std::move(target), std::move(expression)};
  }
  static Edit clear(std::string target) { return {Kind::Clear, std::move(target), {}}; }
  static Edit add_writer(std::string target, std::string expression, std::string mode = "last",
                         std::size_t index = kLast) {
    return {Kind::AddWriter, std::move(target), std::move(expression), index, kLast, std::move(mode)};
  }
  static Edit remove_writer(std::string target, std::size_t index) {
    return {Kind::RemoveWriter, std::move(target), {}, index};
  }
  static Edit move_writer(std::string target, std::size_t from, std::size_t to) {
    return {Kind::MoveWriter, std::move(target), {}, from, to};
  }
  static Edit move(std::string target, std::string before = {}) {
    return {Kind::Move, std::move(target), std::move(before)};
  }
  static Edit setting(std::string name, std::string value) {
    return {Kind::Setting, std::move(name), std::move(value)};
  }
};

/// What some edits would come to.
struct EditPreview {
  std::optional<Patch> patch;           ///< the patch after them; nothing if they cannot be made
  std::vector<Diagnostic> refusals;     ///< why they cannot be made; spans are of the patch as it is
  std::vector<Diagnostic> diagnostics;  ///< of the patch after them, as compile_patch() finds them
  std::vector<Diagnostic> introduced;   ///< those of them that the patch as it is has not
};

/// The patch after all edits, one after the other, or why they cannot be made: E_EDIT_*, or what the text would not
/// read as. A change that can be read but not compiled is made: previews tell.
EditPreview preview_edits(const Patch& patch, std::span<const Edit> edits);

/// A patch under edit. Values that patch() gave stay what they were.
class Editor {
 public:
  /// Keeps `most_undo` steps.
  explicit Editor(Patch patch, std::size_t most_undo = 1000);
  ~Editor();
  Editor(Editor&&) noexcept;
  Editor& operator=(Editor&&) noexcept;

  const Patch& patch() const;
  /// Grows by one with every change of the patch: edits, undo, redo.
  std::uint64_t revision() const;

  EditPreview preview(std::span<const Edit> edits) const { return preview_edits(patch(), edits); }
  /// Makes all edits as one step, or none: then the result says why.
  std::vector<Diagnostic> apply(std::span<const Edit> edits);

  /// False if there is nothing to undo or redo.
  bool undo();
  bool redo();

 private:
  struct History;
  std::unique_ptr<History> history_;
};

}  // namespace oscilla
