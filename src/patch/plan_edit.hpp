// One edit as replacements in the text. In: a patch, an edit whose texts can be read, and what calls take. Out: what to
// replace, in the order of the text and without overlap, or an E_EDIT_* diagnostic. Spans are the patch's; nothing is
// changed here.
#pragma once

#include <expected>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostics.hpp"
#include "oscilla/edit.hpp"
#include "patch/patch.hpp"
#include "patch/signature.hpp"

namespace oscilla::patch {

struct Replacement {
  Span span;
  std::string text;
  bool lays_out = false;  ///< the statement around it is to be laid out anew
};

using Plan = std::expected<std::vector<Replacement>, Diagnostic>;

/// New names by what they were called before the transaction: `was:` skips the names in between.
using Renames = std::map<std::string, std::string, std::less<>>;

Plan plan_edit(const Patch& patch, const Edit& edit, const Signatures& signatures, Renames& renames);

// By kind of edit (plan_*.cpp)
Plan plan_set(const Patch& patch, const Edit& edit, const Signatures& signatures);
Plan plan_clear(const Patch& patch, const Edit& edit, const Signatures& signatures);
Plan plan_writers(const Patch& patch, const Edit& edit, const Signatures& signatures);
Plan plan_statement(const Patch& patch, const Edit& edit);
Plan plan_setting(const Patch& patch, const Edit& edit);
Plan plan_rename(const Patch& patch, const Edit& edit, const Signatures& signatures, Renames& renames);

/// Puts `text` behind the last argument of a call.
void append_argument(const Patch& patch, NodeIx call, std::string text, std::vector<Replacement>& plan);
/// Takes arguments out, each with the comma that parted it from the next.
void drop_argument(const Patch& patch, NodeIx call, std::size_t argument, std::vector<Replacement>& plan);

/// The first place in a scope (a define; kNoIndex: the file) that reads the definition `name`, or anywhere that uses
/// the define `name`; empty if there is none.
Span first_use(const Patch& patch, std::uint32_t scope, std::string_view name, const Signatures& signatures);

}  // namespace oscilla::patch
