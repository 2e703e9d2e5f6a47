#include "oscilla/patch.hpp"

#include <utility>

#include "lang/format.hpp"
#include "lang/json.hpp"
#include "lang/parse.hpp"

namespace oscilla {

Patch Patch::parse(std::string text, std::string file_name) {
  return Patch(std::make_shared<const patch::Patch>(lang::parse(std::move(text), std::move(file_name))));
}

std::string_view Patch::text() const { return model_->text; }
std::string_view Patch::file_name() const { return model_->file_name; }
const std::vector<Diagnostic>& Patch::diagnostics() const { return model_->diagnostics.list(); }
std::string Patch::format() const { return lang::format(*model_); }

std::string Patch::to_json() const { return lang::to_json(*model_); }

std::expected<Patch, std::string> Patch::from_json(std::string_view json, std::string file_name) {
  auto text = lang::text_of_json(json);
  if (!text) return std::unexpected(std::move(text.error()));
  return parse(std::move(*text), std::move(file_name));
}

}  // namespace oscilla
