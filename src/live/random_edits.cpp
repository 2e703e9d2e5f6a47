#include "oscilla/random_edits.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "live/random.hpp"
#include "live/random_changes.hpp"
#include "oscilla/patch.hpp"
#include "oscilla/session.hpp"

namespace oscilla {
namespace {

/// How often a kind comes in a round; each at least once of at most twenty.
struct Share {
  EditKind kind;
  std::size_t times;
};
constexpr Share kShares[] = {{EditKind::Literal, 3}, {EditKind::Count, 2},  {EditKind::Rewire, 2},
                             {EditKind::Wrap, 2},    {EditKind::Lens, 2},   {EditKind::Extract, 1},
                             {EditKind::Add, 2},     {EditKind::Remove, 2}, {EditKind::Rename, 1},
                             {EditKind::Undo, 1},    {EditKind::Broken, 1}};

constexpr std::size_t kTries = 24;
/// One edit in so many is taken as it comes, whether it compiles or not.
constexpr std::size_t kCarelessness = 8;

/// How a program looks from the beginning on: two frames.
struct Look {
  std::string digests;
  bool shows = false;  ///< there is something to see in both
};

Look look_of(const Program& program) {
  Session session(program);
  Look look{{}, true};
  for (const std::int64_t frame : {0, 30}) {
    const RenderFrame& picture = session.tick(program.frame_time_ms(frame));
    look.digests += frame_digest(picture);
    look.shows &= std::ranges::any_of(picture.passes, [](const Pass& pass) { return pass.instances.visible > 0; });
  }
  return look;
}

/// Whether an edit of the kind is about what one sees.
bool means_to_change(EditKind kind) { return kind != EditKind::Extract && kind != EditKind::Rename; }

}  // namespace

std::string_view word_of(EditKind kind) {
  switch (kind) {
    case EditKind::Literal: return "literal";
    case EditKind::Count: return "count";
    case EditKind::Rewire: return "rewire";
    case EditKind::Wrap: return "wrap";
    case EditKind::Lens: return "lens";
    case EditKind::Extract: return "extract";
    case EditKind::Add: return "add";
    case EditKind::Remove: return "remove";
    case EditKind::Rename: return "rename";
    case EditKind::Undo: return "undo";
    case EditKind::Broken: return "broken";
  }
  return {};
}

struct RandomEdits::Implementation {
  Implementation(const Patch& patch, std::uint32_t seed, const CompileOptions& compile_options,
                 std::function<void(const RandomEdit&)> see)
      : origin(patch), material(patch), options(compile_options), random(seed), before_compiling(std::move(see)) {
    if (const CompileResult result = compile_patch(origin, options); result.program) {
      most_lanes = 4 * result.program->lanes() + 4096;
      look = look_of(*result.program);
      must_show = look.shows;
    }
  }

  EditKind next_kind() {
    if (round.empty()) {
      for (const Share& share : kShares) round.insert(round.end(), share.times, share.kind);
      for (std::size_t i = round.size(); i > 1; --i) std::swap(round[i - 1], round[random.below(i)]);
    }
    const EditKind kind = round.back();
    round.pop_back();
    return kind;
  }

  /// The edit to that patch; nothing if nobody would make it: it draws nothing any more, or far too much.
  std::optional<RandomEdit> made(EditKind kind, std::string what, Patch patch) const {
    RandomEdit edit{kind, std::move(what), std::move(patch), {}};
    if (before_compiling) before_compiling(edit);
    edit.program = compile_patch(edit.patch, options).program;
    if (!edit.program) return edit;
    if (edit.program->lanes() > most_lanes) return {};
    const Look now = look_of(*edit.program);
    if (must_show && !now.shows) return {};
    edit.changes = now.digests != look.digests;
    return edit;
  }

  std::optional<RandomEdit> undo() const { return made(EditKind::Undo, "back to the beginning", origin); }

  /// An edit of the kind; nothing if the patch has no place for it.
  std::optional<RandomEdit> edit(EditKind kind) {
    if (kind == EditKind::Undo) return undo();
    const bool careless = random.one_in(kCarelessness);
    std::optional<RandomEdit> best;
    for (std::size_t i = 0; i < kTries; ++i) {
      std::optional<live::TextChange> change = live::random_change(kind, material, number, random);
      if (!change) continue;
      std::optional<RandomEdit> edit = made(kind, std::move(change->what), origin.with_text(std::move(change->text)));
      if (!edit) continue;
      const bool compiles = edit->program.has_value();
      const bool wanted = kind == EditKind::Broken ? !compiles : compiles && (edit->changes || !means_to_change(kind));
      if (!best || wanted || (compiles && !best->program)) best = std::move(edit);
      if (careless || wanted) break;
    }
    return best;
  }

  Patch origin;
  live::Material material;  ///< of the newest patch that compiles
  CompileOptions options;
  live::Random random;
  std::function<void(const RandomEdit&)> before_compiling;
  std::vector<EditKind> round;
  std::size_t number = 0;
  std::uint64_t most_lanes = ~std::uint64_t{0};
  Look look;  ///< of the newest patch that compiles
  bool must_show = false;
  std::array<std::size_t, kEditKinds> without_place{};
};

RandomEdits::RandomEdits(const Patch& origin, std::uint32_t seed, const CompileOptions& options,
                         std::function<void(const RandomEdit&)> before_compiling)
    : implementation_(std::make_unique<Implementation>(origin, seed, options, std::move(before_compiling))) {}
RandomEdits::~RandomEdits() = default;
RandomEdits::RandomEdits(RandomEdits&&) noexcept = default;
RandomEdits& RandomEdits::operator=(RandomEdits&&) noexcept = default;

RandomEdit RandomEdits::next() {
  Implementation& self = *implementation_;
  ++self.number;
  const EditKind kind = self.next_kind();
  std::optional<RandomEdit> edit = self.edit(kind);
  if (!edit) {
    ++self.without_place[static_cast<std::size_t>(kind)];
    edit = self.undo();
  }
  if (edit->program) {
    self.material = live::Material(edit->patch);
    self.look = look_of(*edit->program);
  }
  return std::move(*edit);
}

std::size_t RandomEdits::without_place(EditKind kind) const {
  return implementation_->without_place[static_cast<std::size_t>(kind)];
}

}  // namespace oscilla
