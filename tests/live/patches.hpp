// Patches for the tests of this room: from files, from the specification, from a few lines.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../lang/spec_patches.hpp"
#include "assets/asset_file.hpp"
#include "oscilla/session.hpp"

namespace oscilla::test {

inline constexpr double kFrame = 1000.0 / 60;  ///< in milliseconds

inline std::string replaced(std::string text, std::string_view what, std::string_view with) {
  text.replace(text.find(what), what.size(), with);
  return text;
}

/// All patches of a folder below the source, by name.
inline std::vector<std::filesystem::path> patch_files(const std::string& folder) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(OSCILLA_SOURCE_DIR "/" + folder))
    if (entry.path().extension() == ".oscilla") paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

/// A text with the meshes and drawings of the gallery.
inline Patch parsed(const std::string& text, const std::string& name = "patch.oscilla") {
  return Patch::parse(text, name, {}, [](std::string_view path, std::string_view) -> AssetFile {
    const std::string file = OSCILLA_SOURCE_DIR "/patches/" + std::string(path);
    if (!std::filesystem::exists(file))
      return {file,
              nullptr,
              {"there is no file " + std::string(path),
               "a path leads from the file that it stands in, or from a library folder"}};
    return assets::read_asset_file(file);
  });
}

inline std::string rendered(const std::vector<Diagnostic>& diagnostics, const Patch& patch) {
  std::string out;
  for (const Diagnostic& d : diagnostics)
    out += render_diagnostic(d, patch.text_of(d), std::string(patch.file_name_of(d)));
  return out;
}

/// The program of a text that must compile.
inline Program compiled(const std::string& text, std::vector<std::string> probes = {}) {
  const Patch patch = parsed(text);
  CompileResult result = compile_patch(patch, {{}, std::move(probes)});
  EXPECT_TRUE(result.program.has_value()) << text << "\n" << rendered(result.diagnostics, patch);
  if (!result.program) std::abort();
  return *result.program;
}

/// Digests of the first `frames` frames.
inline std::vector<std::string> digests(const Program& program, int frames, SessionOptions options = {}) {
  Session session(program, std::move(options));
  std::vector<std::string> all;
  for (int frame = 0; frame < frames; ++frame) {
    const RenderFrame& picture = session.tick(program.frame_time_ms(frame));
    EXPECT_EQ(validate_frame(picture), "");
    all.push_back(frame_digest(picture));
  }
  return all;
}

}  // namespace oscilla::test
