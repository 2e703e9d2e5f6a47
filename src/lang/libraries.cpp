#include "lang/libraries.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "lang/limits.hpp"
#include "lang/parse.hpp"
#include "patch/literal.hpp"

namespace oscilla::lang {
namespace {

/// Reads depth first, every file once. Recursion ends at kMaxFileDepth.
class Reader {
 public:
  Reader(patch::Patch& patch, const ReadSource& read) : patch_(patch), read_(read), bytes_(patch.text.size()) {}

  void run() {
    for (patch::Use& use : patch_.uses) {
      use_ = use.span;
      use.file = file(patch::read_string(patch_.at(use.path)), patch_.file_name);
    }
  }

 private:
  using File = std::shared_ptr<const patch::Patch>;

  File file(const std::string& path, const std::string& user) {
    if (full_ || !path_problem(path).message.empty()) return nullptr;
    std::optional<SourceText> source = read_(path, user);
    if (!source)
      return refuse(Code::E_USE, fmt::format("there is no file {}", described(path, user)),
                    "a path leads from the file that it stands in, or from a library folder");
    if (std::find(open_.begin(), open_.end(), source->name) != open_.end() || source->name == patch_.file_name)
      return refuse(Code::E_USE,
                    fmt::format("{} uses itself: {} -> {}", source->name, fmt::join(open_, " -> "), source->name),
                    "move what both need into a third file");
    if (const auto known = files_.find(source->name); known != files_.end()) return known->second;
    if (open_.size() == kMaxFileDepth)
      return refuse_limit(fmt::format("files use each other more than {} deep", kMaxFileDepth));
    if (files_.size() == kMaxFiles) return refuse_limit(fmt::format("a patch uses more than {} files", kMaxFiles));
    bytes_ += source->text.size();
    if (bytes_ > kMaxLibraryBytes)
      return refuse_limit(fmt::format("a patch and what it uses are larger than {} bytes", kMaxLibraryBytes));
    patch::Patch read = parse(std::move(source->text), source->name);
    open_.push_back(source->name);
    for (patch::Use& use : read.uses) use.file = file(patch::read_string(read.at(use.path)), read.file_name);
    open_.pop_back();
    return files_[source->name] = std::make_shared<const patch::Patch>(std::move(read));
  }

  /// "lib/a.oscilla", or "lib/a.oscilla, which b.oscilla uses".
  std::string described(const std::string& path, const std::string& user) const {
    return open_.empty() ? path : fmt::format("{}, which {} uses", path, user);
  }

  File refuse_limit(std::string message) {
    full_ = true;
    return refuse(Code::E_LIMIT_FILES, std::move(message), "write what is needed into one file");
  }

  File refuse(Code code, std::string message, std::string hint) {
    patch_.diagnostics.report(code, use_, std::move(message), std::move(hint));
    return nullptr;
  }

  patch::Patch& patch_;
  const ReadSource& read_;
  Span use_;  ///< the statement of the patch that is being followed
  std::size_t bytes_;
  bool full_ = false;
  std::vector<std::string> open_;
  std::map<std::string, File> files_;
};

}  // namespace

PathProblem path_problem(std::string_view path) {
  if (path.empty() || path.starts_with('/') || path.find_first_of("\\:") != std::string_view::npos)
    return {"a path leads from this file on, with `/` only", "write, say, `\"lib/swing.oscilla\"`"};
  if (fmt::format("/{}/", path).find("/../") != std::string::npos)
    return {"a path holds no `..`", "put the file beside this one, below it, or in a library folder"};
  return {};
}

void read_libraries(patch::Patch& patch, const ReadSource& read) { Reader(patch, read).run(); }

}  // namespace oscilla::lang
