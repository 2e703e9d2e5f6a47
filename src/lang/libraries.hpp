// The files that a patch uses. In: a patch as it was read, and somebody who can read files. Out: its Use statements,
// and those of every file that they lead to, hold what stands there; what cannot be read is reported at the statement
// of the patch that leads to it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "patch/patch.hpp"

namespace oscilla::lang {

/// A file's text, and the name that `use` in it starts from. Equal names are one file.
struct SourceText {
  std::string name;
  std::string text;
};

/// The file that `path` means in the file called `user`; nothing if there is none.
using ReadSource = std::function<std::optional<SourceText>(std::string_view path, std::string_view user)>;

/// Why a path may not stand behind `use`; an empty message if it may.
struct PathProblem {
  std::string_view message;
  std::string_view hint;
};
PathProblem path_problem(std::string_view path);

void read_libraries(patch::Patch& patch, const ReadSource& read);

}  // namespace oscilla::lang
