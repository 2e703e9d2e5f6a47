#include "oscilla/edit.hpp"

#include <algorithm>
#include <deque>
#include <utility>

#include "lang/edit.hpp"
#include "live/signatures.hpp"
#include "live/used_files.hpp"
#include "oscilla/program.hpp"

namespace oscilla {
namespace {

/// Those of `after` that `before` has not. Places do not count: lines move.
std::vector<Diagnostic> introduced(std::vector<Diagnostic> before, const std::vector<Diagnostic>& after) {
  std::vector<Diagnostic> result;
  for (const Diagnostic& diagnostic : after) {
    const auto same = std::find_if(before.begin(), before.end(), [&](const Diagnostic& other) {
      return other.code == diagnostic.code && other.target == diagnostic.target && other.message == diagnostic.message;
    });
    if (same == before.end())
      result.push_back(diagnostic);
    else
      before.erase(same);
  }
  return result;
}

}  // namespace

EditPreview preview_edits(const Patch& patch, std::span<const Edit> edits) {
  EditPreview preview;
  auto edited = lang::apply_edits(patch.model(), edits, live::signature);
  if (!edited) {
    preview.refusals = std::move(edited.error());
    return preview;
  }
  preview.patch = Patch::parse(std::move(edited->text), std::move(edited->file_name), live::used_files(patch));
  preview.diagnostics = compile_patch(*preview.patch).diagnostics;
  preview.introduced = introduced(compile_patch(patch).diagnostics, preview.diagnostics);
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
  history.steps.resize(history.at + 1, patch());
  history.steps.push_back(
      Patch::parse(std::move(edited->text), std::move(edited->file_name), live::used_files(patch())));
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
