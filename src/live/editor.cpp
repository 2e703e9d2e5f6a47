#include "oscilla/edit.hpp"

#include <deque>
#include <utility>

#include "lang/edit.hpp"
#include "live/signatures.hpp"
#include "live/workbench.hpp"
#include "oscilla/program.hpp"

namespace oscilla {
EditPreview preview_edits(const Patch& patch, std::span<const Edit> edits) {
  EditPreview preview;
  auto edited = lang::apply_edits(patch.model(), edits, live::signature);
  if (!edited) {
    preview.refusals = std::move(edited.error());
    return preview;
  }
  preview.patch = patch.with_text(std::move(edited->text));
  preview.diagnostics = compile_patch(*preview.patch).diagnostics;
  preview.introduced = live::introduced(compile_patch(patch).diagnostics, preview.diagnostics);
  return preview;
}

/// The patches of all steps that can be undone and redone; `at` is the present one.
struct Editor::History {
  std::deque<Patch> steps;
  std::size_t at = 0;
  std::size_t most_undo = 0;
  std::uint64_t revision = 0;
};

Editor::Editor(Patch patch, std::size_t most_undo) : history_(std::make_unique<History>()) {
  history_->steps.push_back(std::move(patch));
  history_->most_undo = most_undo;
}

Editor::~Editor() = default;
Editor::Editor(Editor&&) noexcept = default;
Editor& Editor::operator=(Editor&&) noexcept = default;

const Patch& Editor::patch() const { return history_->steps[history_->at]; }
std::uint64_t Editor::revision() const { return history_->revision; }

std::vector<Diagnostic> Editor::apply(std::span<const Edit> edits) {
  auto edited = lang::apply_edits(patch().model(), edits, live::signature);
  if (!edited) return std::move(edited.error());
  History& history = *history_;
  Patch next = patch().with_text(std::move(edited->text));
  history.steps.resize(history.at + 1, patch());
  history.steps.push_back(std::move(next));
  if (history.steps.size() > history.most_undo + 1) history.steps.pop_front();
  history.at = history.steps.size() - 1;
  ++history.revision;
  return {};
}

bool Editor::undo() {
  if (history_->at == 0) return false;
  --history_->at;
  ++history_->revision;
  return true;
}

bool Editor::redo() {
  if (history_->at + 1 == history_->steps.size()) return false;
  ++history_->at;
  ++history_->revision;
  return true;
}

}  // namespace oscilla
