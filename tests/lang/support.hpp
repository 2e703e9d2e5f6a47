// Reading files and showing what a parse found, for the tests of this room.
#pragma once

#include <cstdio>
#include <string>
#include <vector>

#include "lang/parse.hpp"

namespace oscilla::test {

inline std::string read_file(const std::string& path) {
  std::string text;
  if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
    char buffer[4096];
    for (std::size_t count; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;) text.append(buffer, count);
    std::fclose(file);
  }
  return text;
}

inline bool write_file(const std::string& path, const std::string& text) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return false;
  const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
  return std::fclose(file) == 0 && written;
}

/// All that was found, as people read it.
inline std::string rendered(const patch::Patch& patch) {
  std::string out;
  for (const Diagnostic& diagnostic : patch.diagnostics.list())
    out += render_diagnostic(diagnostic, patch.text, patch.file_name);
  return out;
}

/// `code:line:column` of each finding, by spaces.
inline std::string findings(const std::string& text) {
  const patch::Patch patch = lang::parse(text);
  std::string out;
  for (const Diagnostic& diagnostic : patch.diagnostics.list()) {
    const TextPosition position = text_position(patch.text, diagnostic.span.begin);
    if (!out.empty()) out += ' ';
    out += std::string(diagnostic.code) + ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
  }
  return out;
}

}  // namespace oscilla::test
