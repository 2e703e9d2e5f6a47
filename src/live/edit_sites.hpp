// Where a patch's text can be changed: every expression of its definitions and its composites', with the place it
// stands at. In: a patch. Out: sites in the order of the text. Words of ports are none.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "patch/patch.hpp"

namespace oscilla::live {

struct Site {
  patch::NodeIx node;
  std::uint32_t definition = 0;  ///< of Patch::definitions
  std::string place{};           ///< as docs/language.md, section 4, names it: "pos.radius"
  std::string port{};            ///< whose value it is a part of; empty: the definition's
  bool whole = false;            ///< it is all that stands there, so a `|` may follow it without brackets
  bool in_kind = false;          ///< it is all that stands in a port of a Kind
  bool in_composite = false;     ///< it stands in a `define`; the definition is none of the patch's
};

std::vector<Site> edit_sites(const patch::Patch& patch);

/// The definition's name that a site reads: "dots" of `dots.t`; empty if it is anything else.
std::string_view read_name(const patch::Patch& patch, patch::NodeIx node);

}  // namespace oscilla::live
