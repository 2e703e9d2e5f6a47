#include "oscilla/patch.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "lang/format.hpp"
#include "lang/json.hpp"
#include "lang/libraries.hpp"
#include "lang/parse.hpp"
#include "live/read_assets.hpp"
#include "live/standard_library.hpp"
#include "patch/literal.hpp"

namespace oscilla {

namespace {

/// The file called `name` among those that `patch` uses; null if there is none.
const patch::Patch* find_file(const patch::Patch& patch, std::string_view name) {
  for (const patch::Use& use : patch.uses) {
    if (!use.file) continue;
    if (use.file->file_name == name) return use.file.get();
    if (const patch::Patch* found = find_file(*use.file, name)) return found;
  }
  return nullptr;
}

const patch::Patch& file_of(const patch::Patch& patch, const Diagnostic& diagnostic) {
  if (diagnostic.file.empty()) return patch;
  if (diagnostic.file == live::standard_library().file_name) return live::standard_library();
  const patch::Patch* found = find_file(patch, diagnostic.file);
  return found == nullptr ? patch : *found;
}

/// What `path` means in the file called `user`, among the files that `patch` leads to.
const patch::Patch* find_use(const patch::Patch& patch, std::string_view path, std::string_view user) {
  for (const patch::Use& use : patch.uses) {
    if (!use.file) continue;
    if (patch.file_name == user && patch::read_string(patch.at(use.path)) == path) return use.file.get();
    if (const patch::Patch* found = find_use(*use.file, path, user)) return found;
  }
  return nullptr;
}

/// What `patch` has read before; nothing else is there.
lang::ReadSource used_files(const patch::Patch& patch) {
  return [&patch](std::string_view path, std::string_view user) -> std::optional<lang::SourceText> {
    const patch::Patch* found = find_use(patch, path, user);
    return found == nullptr ? std::nullopt : std::optional(lang::SourceText{found->file_name, found->text});
  };
}

void add_names(const patch::Patch& patch, std::vector<std::string>& names) {
  const auto add = [&](const std::string& name) {
    if (!name.empty() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (const patch::AssetUse& use : patch.assets) add(use.file.name);
  for (const patch::Use& use : patch.uses) {
    if (!use.file) continue;
    add(use.file->file_name);
    add_names(*use.file, names);
  }
}

}  // namespace

Patch Patch::parse(std::string text, std::string file_name, const ReadSource& read, ReadAsset read_asset) {
  patch::Patch patch = lang::parse(std::move(text), std::move(file_name));
  if (read)
    lang::read_libraries(patch, [&](std::string_view path, std::string_view user) -> std::optional<lang::SourceText> {
      std::optional<SourceText> source = read(path, user);
      if (!source) return std::nullopt;
      return lang::SourceText{std::move(source->name), std::move(source->text)};
    });
  patch.read_asset = std::move(read_asset);
  live::read_assets(patch, nullptr);
  return Patch(std::make_shared<const patch::Patch>(std::move(patch)));
}

Patch Patch::with_text(std::string text) const {
  patch::Patch patch = lang::parse(std::move(text), model_->file_name);
  lang::read_libraries(patch, used_files(*model_));
  patch.read_asset = model_->read_asset;
  live::read_assets(patch, model_.get());
  return Patch(std::make_shared<const patch::Patch>(std::move(patch)));
}

std::vector<std::string> Patch::files() const {
  std::vector<std::string> names;
  add_names(*model_, names);
  return names;
}

std::string_view Patch::text_of(const Diagnostic& diagnostic) const { return file_of(*model_, diagnostic).text; }
std::string_view Patch::file_name_of(const Diagnostic& diagnostic) const {
  return file_of(*model_, diagnostic).file_name;
}
std::string_view Patch::text() const { return model_->text; }
std::string_view Patch::file_name() const { return model_->file_name; }
const std::vector<Diagnostic>& Patch::diagnostics() const { return model_->diagnostics.list(); }
std::string Patch::format() const { return lang::format(*model_); }

std::string Patch::to_json() const { return lang::to_json(*model_); }

std::expected<Patch, std::string> Patch::from_json(std::string_view json, std::string file_name, const ReadSource& read,
                                                   ReadAsset read_asset) {
  auto text = lang::text_of_json(json);
  if (!text) return std::unexpected(std::move(text.error()));
  return parse(std::move(*text), std::move(file_name), read, std::move(read_asset));
}

}  // namespace oscilla
