#include "live/performance.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "base/hash.hpp"
#include "frame/digest.hpp"
#include "patch/literal.hpp"
#include "patch/patch.hpp"

namespace oscilla::live {
namespace {

Hash128 content_of(std::string_view text) { return hash128(std::as_bytes(std::span(text.data(), text.size()))); }

void add_libraries(const patch::Patch& patch, std::vector<RecordedFile>& files) {
  for (const patch::Use& use : patch.uses) {
    if (!use.file) continue;
    RecordedFile file;
    file.user = patch.file_name;
    file.path = patch::read_string(patch.at(use.path));
    const bool known = std::ranges::any_of(
        files, [&](const RecordedFile& other) { return other.user == file.user && other.path == file.path; });
    if (known) continue;
    file.name = use.file->file_name;
    file.content = content_of(use.file->text);
    file.text = std::shared_ptr<const std::string>(use.file, &use.file->text);
    files.push_back(std::move(file));
    add_libraries(*use.file, files);
  }
}

}  // namespace

RecordedPatch recorded_patch(const Patch& patch) {
  RecordedPatch recorded{std::string(patch.file_name()), std::string(patch.text()), {}};
  add_libraries(patch.model(), recorded.files);
  for (const patch::AssetUse& use : patch.model().assets) {
    if (!use.file.read()) continue;
    const auto& content = use.file.mesh ? use.file.mesh->content : use.file.drawing->content;
    recorded.files.push_back({use.user, use.path, use.file.name, Hash128{content[0], content[1]},
                              use.file.mesh ? RecordedFile::Kind::Mesh : RecordedFile::Kind::Drawing, nullptr,
                              use.file.mesh, use.file.drawing});
  }
  return recorded;
}

RecordedDigest recorded_digest(const RenderFrame& frame) {
  const auto short_of = [](Hash128 hash) { return static_cast<std::uint32_t>(hash.low); };
  const frame::FrameDigest tree = frame::digest_tree(frame);
  RecordedDigest digest;
  digest.frame = tree.frame;
  digest.scalars = short_of(tree.scalars);
  for (std::size_t p = 0; p < tree.passes.size(); ++p) {
    const frame::PassDigest& pass = tree.passes[p];
    RecordedDigest::OfPass of{std::string(frame.passes[p].name), short_of(pass.header), short_of(pass.order), {}};
    for (const Hash128 unit : pass.units) of.units.push_back(short_of(unit));
    digest.passes.push_back(std::move(of));
  }
  return digest;
}

}  // namespace oscilla::live
