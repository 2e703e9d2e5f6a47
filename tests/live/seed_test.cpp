// Another seed changes what is random and nothing else: over the gallery, where the programs themselves say what
// follows from the seed.
#include <array>
#include <bit>
#include <set>
#include <span>
#include <tuple>

#include "compile/liveness.hpp"
#include "compile/plan_shapes.hpp"
#include "frame/digest.hpp"
#include "live/compiled_patch.hpp"
#include "patches.hpp"

namespace oscilla::test {
namespace {

using ir::ExprId;

Program with_seed(const Patch& patch, std::optional<std::uint32_t> seed) {
  CompileOptions options;
  options.seed = seed;
  const CompileResult result = compile_patch(patch, options);
  EXPECT_TRUE(result.program.has_value()) << rendered(result.diagnostics, patch);
  if (!result.program) std::abort();
  return *result.program;
}

/// What a program was planned from: its expressions, with what a tick leaves to the next.
compile::Lowered lowered(const Program& program) {
  graph::Findings findings;
  compile::Lowered lowered = compile::lower(program.compiled().graph, {}, findings);
  compile::keep_used_shapes(lowered);
  return lowered;
}

/// Which expressions, and what is made of them, follow from the seed: from a number that the program has with one seed
/// and not with the other.
class Dependence {
 public:
  Dependence(const compile::Lowered& one, const compile::Lowered& other) : draft_(one.draft), other_(other.draft) {
    for (const ir::Expr& expr : other_.build.table().exprs) hashes_.insert({expr.hash.low, expr.hash.high});
    exprs_.resize(table().size());
    states_.resize(draft_.states.size());
    queues_.resize(draft_.queues.size());
    instances_.resize(draft_.instances.size());
    while (grow()) continue;
  }

  bool of(ExprId id) const { return id.valid() && exprs_[id.v]; }
  bool of(ir::InstanceIx instance) const { return instance.valid() && instances_[instance.v]; }
  bool of(const blocks::ShapeDraft& shape) const {
    return any(shape.parameters) || any(shape.points) || any(shape.fixed) || of(shape.corner) || of(shape.instance);
  }
  bool of_camera() const { return draft_.camera && any(draft_.camera->values); }
  /// Of what a sink's lanes are on the screen: a camera makes x, y and size of all of a place.
  bool of(const TraceRow& row) const {
    if (of(ExprId{row.expression})) return true;
    if (!draft_.camera || !row.name.starts_with("frame.")) return false;
    const auto sink = std::ranges::find_if(draft_.sinks, [&](const blocks::SinkDraft& one) {
      return row.name.starts_with("frame." + one.sink.name + ".");
    });
    const std::string_view part = std::string_view(row.name).substr(row.name.rfind('.'));
    const bool placed = part == ".x" || part == ".y" || part == ".size";
    return sink != draft_.sinks.end() && placed && (of_camera() || any(std::span(sink->roles).first(3)));
  }
  /// Of anything that a pass of this sink has.
  bool of(const blocks::SinkDraft& sink) const {
    bool depends = any(sink.roles) || of(sink.sink.instance) || of_camera();
    ir::each_number(sink.style, [&](ExprId id) { depends |= of(id); });
    for (std::uint32_t i = 0; i < sink.sink.shapes; ++i) depends |= of(draft_.shapes[sink.sink.shape.v + i]);
    return depends;
  }
  /// Of what a frame has beside its passes.
  bool of_scalars() const {
    bool depends = std::ranges::any_of(draft_.shapes, [&](const blocks::ShapeDraft& shape) { return of(shape); });
    const auto look = [&](ExprId id) { depends |= of(id); };
    if (draft_.background) ir::each_number(*draft_.background, look);
    for (const auto& layer : draft_.layers) ir::each_number(layer, look);
    return depends;
  }
  bool of_picture() const {
    return of_scalars() || std::ranges::any_of(draft_.sinks, [&](const blocks::SinkDraft& sink) { return of(sink); });
  }

 private:
  const ir::ExprTable& table() const { return draft_.build.table(); }
  bool any(const auto& ids) const {
    return std::ranges::any_of(ids, [&](ExprId id) { return of(id); });
  }

  bool follows(const ir::Expr& expr) const {
    if (expr.kind == ir::ExprKind::Constant) return !hashes_.contains({expr.hash.low, expr.hash.high});
    if (expr.kind == ir::ExprKind::StateRead && states_[expr.index]) return true;
    if (expr.kind == ir::ExprKind::Event && expr.result == static_cast<std::uint8_t>(ir::EventOp::Delay) &&
        queues_[expr.index])
      return true;
    return of(expr.instance) || any(table().args_of(expr));
  }

  bool follows(std::size_t state) const {
    const blocks::StateDraft& draft = draft_.states[state];
    return any(draft.next) || of(draft.state.instance) || draft.state.initial != other_.states[state].state.initial;
  }

  bool follows(const blocks::InstanceDraft& instance) const {
    const bool voices =
        instance.voices && any(std::array{instance.voices->list, instance.voices->release, instance.voices->time});
    return voices || any(std::array{instance.count, instance.active, instance.fresh});
  }

  /// True if there was more.
  bool grow() {
    const auto before = std::tuple(exprs_, states_, queues_, instances_);
    for (std::size_t i = 0; i < exprs_.size(); ++i) exprs_[i] = exprs_[i] || follows(table().exprs[i]);
    for (std::size_t i = 0; i < states_.size(); ++i) states_[i] = states_[i] || follows(i);
    for (std::size_t i = 0; i < queues_.size(); ++i) {
      const blocks::QueueDraft& queue = draft_.queues[i];
      queues_[i] = queues_[i] || any(std::array{queue.list, queue.delay, queue.time});
    }
    for (std::size_t i = 0; i < instances_.size(); ++i) instances_[i] = instances_[i] || follows(draft_.instances[i]);
    return before != std::tuple(exprs_, states_, queues_, instances_);
  }

  const blocks::Draft& draft_;
  const blocks::Draft& other_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> hashes_;
  std::vector<bool> exprs_, states_, queues_, instances_;
};

/// A session whose trace has every value that has a name, and its inputs.
struct Player {
  explicit Player(const Program& program) : session(program) {
    TraceOptions everything{.frames = 1};
    for (const ir::PortBinding& port : program.compiled().program->ports) everything.places.push_back(port.name);
    for (const ir::Sink& sink : program.compiled().program->sinks) everything.places.push_back("frame." + sink.name);
    EXPECT_TRUE(session.trace(everything));
  }
  frame::FrameDigest tick(int frame) {
    const auto channels = static_cast<std::uint32_t>(session.program().channels().size());
    for (std::uint32_t c = 0; c < channels; ++c) {
      session.set(c, 0.1 * ((frame * 7 + static_cast<int>(c) * 3) % 10));
      session.send(c, "60", 1);
    }
    const RenderFrame& picture = session.tick(frame * 150.0);
    names.clear();
    for (const Pass& pass : picture.passes) names.emplace_back(pass.name);
    return frame::digest_tree(picture);
  }
  Session session;
  std::vector<std::string> names;
};

/// Values that do not follow from the seed have the same bits. Returns how many there were.
int expect_same_values(const TracedFrame& one, const TracedFrame& other, const Dependence& dependence) {
  int same = 0;
  EXPECT_EQ(one.rows.size(), other.rows.size());
  if (one.rows.size() != other.rows.size()) return 0;
  for (std::size_t i = 0; i < one.rows.size(); ++i) {
    const TraceRow& row = one.rows[i];
    EXPECT_EQ(row.name, other.rows[i].name);
    if (row.kind == TraceKind::Cache || row.kind == TraceKind::Glide || row.expression == ~0u) continue;
    if (dependence.of(row)) continue;
    const auto a = one.numbers_of(row), b = other.numbers_of(other.rows[i]);
    const bool equal = std::ranges::equal(
        a, b, [](double x, double y) { return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y); });
    EXPECT_TRUE(equal) << row.name << ", which nothing random has made, is another one";
    ++same;
  }
  return same;
}

TEST(Seed, ChangesWhatIsRandomAndNothingElse) {
  constexpr int kFrames = 6;
  int random = 0, plain = 0;
  for (const auto& path : patch_files("patches")) {
    SCOPED_TRACE(path.filename());
    const Patch patch = parsed(read_file(path));
    const Program one = with_seed(patch, 1), other = with_seed(patch, 2);
    if (one.lanes() > 60'000) continue;
    const compile::Lowered first = lowered(one), second = lowered(other);
    ASSERT_EQ(first.draft.build.table().size(), one.compiled().program->exprs.size());
    const Dependence dependence(first, second);
    Player a(one), b(other);
    bool differs = false;
    for (int frame = 0; frame < kFrames; ++frame) {
      const frame::FrameDigest x = a.tick(frame), y = b.tick(frame);
      differs |= x.frame != y.frame;
      if (!dependence.of_scalars()) {
        EXPECT_EQ(x.scalars, y.scalars);
      }
      ASSERT_EQ(a.names, b.names);
      for (const blocks::SinkDraft& sink : first.draft.sinks)
        for (std::size_t p = 0; p < a.names.size(); ++p)
          EXPECT_TRUE(a.names[p] != sink.sink.name || dependence.of(sink) || x.passes[p] == y.passes[p]) << a.names[p];
      EXPECT_GT(expect_same_values(a.session.traced().back(), b.session.traced().back(), dependence), 0);
    }
    EXPECT_EQ(differs, dependence.of_picture());
    ++(differs ? random : plain);
  }
  EXPECT_GT(random, 10);
  EXPECT_GT(plain, 10);
}

TEST(Seed, OfTheCommandBeatsThePatches) {
  for (const auto& path : patch_files("patches")) {
    const std::string text = read_file(path);
    const Program own = compiled(text);
    if (own.lanes() > 60'000) continue;
    const std::uint32_t seed = own.seed() + 1;
    EXPECT_EQ(with_seed(parsed(text), seed).seed(), seed) << path;
    std::string written = text;
    const std::size_t at = written.find("\nseed ");
    if (at != std::string::npos) written.erase(at, written.find('\n', at + 1) - at);
    written.insert(written.find('\n') + 1, "seed " + std::to_string(seed) + "\n");
    EXPECT_EQ(digests(with_seed(parsed(text), seed), 2), digests(with_seed(parsed(written), {}), 2)) << path;
  }
}

}  // namespace
}  // namespace oscilla::test
