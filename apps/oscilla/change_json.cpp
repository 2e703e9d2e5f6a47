#include "oscilla/change_json.hpp"

namespace oscilla::cli {
namespace {

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

const char* word(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::Added: return "added";
    case Change::Kind::Removed: return "removed";
    case Change::Kind::Changed: return "changed";
    case Change::Kind::Renamed: return "renamed";
  }
  return "changed";
}

}  // namespace

Json change_json(const Change& change) {
  Json parts = Json::array();
  for (const PartChange& part : change.parts)
    parts.push_back({{"part", part.part}, {"before", text_or_null(part.before)}, {"after", text_or_null(part.after)}});
  return {{"change", word(change.kind)},
          {"what", change.what},
          {"name", change.name},
          {"before", text_or_null(change.before)},
          {"parts", std::move(parts)}};
}

}  // namespace oscilla::cli
