// Meshes as instances: what a patch sees of a file, and what an edit of the file does.
#include <map>

#include "assets/obj.hpp"
#include "live/compiled_patch.hpp"
#include "patches.hpp"
#include "runtime/session.hpp"

namespace oscilla::test {
namespace {

using Values = std::vector<double>;
using Files = std::map<std::string, std::string, std::less<>>;

/// Reads meshes out of texts; counts how often.
ReadAsset reader(const Files& files, int* reads = nullptr) {
  return [files, reads](std::string_view path, std::string_view) -> AssetFile {
    if (reads != nullptr) ++*reads;
    const auto found = files.find(path);
    if (found == files.end()) return {std::string(path), nullptr, {"there is no file " + std::string(path), "?"}};
    auto mesh = assets::read_obj(found->second, path);
    if (!mesh) return {std::string(path), nullptr, mesh.error()};
    return {std::string(path), std::make_shared<const Mesh>(std::move(*mesh)), {}};
  };
}

const std::string kBox = "v 0 0 0\nv 4 0 0\nv 4 2 0\nv 0 2 -1\nvt 0.5 0.25\nf 1/1 2/1 3/1\n";

std::string mesh_patch(const std::string& mesh, const std::string& see) {
  return "oscilla 1\ntime = TimeRoot()\nm = " + mesh + "\nsee = " + see + "\ndraw = RenderInstances2D((see, m.t))\n";
}

Values seen(const std::string& mesh, const std::string& see) {
  const Patch patch = Patch::parse(mesh_patch(mesh, see), "a.oscilla", {}, reader({{"box.obj", kBox}}));
  CompileResult result = compile_patch(patch, {{}, {"see"}});
  EXPECT_TRUE(result.program.has_value()) << rendered(result.diagnostics, patch);
  if (!result.program) return {};
  Session session(*result.program);
  session.tick(0);
  return session.probe()[0].data;
}

TEST(Mesh, GivesWhatTheFileSays) {
  const std::string kept = "Mesh(\"box.obj\", fit: keep)";
  EXPECT_EQ(seen(kept, "m.position.x"), (Values{0, 4, 4, 0}));
  EXPECT_EQ(seen(kept, "m.position.z"), (Values{0, 0, 0, -1}));
  EXPECT_EQ(seen(kept, "m.normal.z"), (Values{1, 1, 1, 0}));
  EXPECT_EQ(seen(kept, "m.uv.x"), (Values{0.5, 0.5, 0.5, 0}));
  EXPECT_EQ(seen(kept, "m.index"), (Values{0, 1, 2, 3}));
}

TEST(Mesh, FitsIntoTheMiddle) {
  const std::string fitted = "Mesh(\"box.obj\", size: 0.5)";
  EXPECT_EQ(seen(fitted, "m.position.x"), (Values{0.25, 0.75, 0.75, 0.25}));
  EXPECT_EQ(seen(fitted, "m.position.y"), (Values{0.375, 0.375, 0.625, 0.625}));
  EXPECT_EQ(seen(fitted, "m.position.z"), (Values{0.0625, 0.0625, 0.0625, -0.0625}));
  EXPECT_EQ(seen("Mesh(file: \"box.obj\", size: 0.5 + 0 * time.tMs / 1s)", "m.position.x"),
            (Values{0.25, 0.75, 0.75, 0.25}))
      << "the size may move";
}

TEST(Mesh, LanesAreReadLikeThoseOfAnyInstance) {
  EXPECT_EQ(seen("Mesh(\"box.obj\", fit: keep)", "Neighbour(m.position.x, 1)"), (Values{4, 4, 0, 0}));
  EXPECT_EQ(seen("Mesh(\"box.obj\", fit: keep)", "Scan(m.position.x)"), (Values{0, 4, 8, 8}));
  EXPECT_EQ(seen("Mesh(\"box.obj\", fit: keep)", "m.t * 0 + Reduce(m.position.x)"), (Values{8, 8, 8, 8}));
  EXPECT_EQ(seen("Mesh(\"box.obj\", fit: keep)", "m.t * 0 + Pick(m.position.x, 1)"), (Values{4, 4, 4, 4}));
  EXPECT_EQ(seen("Mesh(\"box.obj\", fit: keep)", "Accumulator(m.position.x)"), (Values{0, 4, 4, 0}));
}

std::string said(const std::string& mesh, const ReadAsset& read) {
  const Patch patch = Patch::parse(mesh_patch(mesh, "m.t"), "a.oscilla", {}, read);
  const CompileResult result = compile_patch(patch);
  EXPECT_FALSE(result.program.has_value());
  std::string codes;
  for (const Diagnostic& d : result.diagnostics) codes += std::string(d.code) + " " + d.message;
  return codes;
}

TEST(Mesh, ProblemsAreDiagnostics) {
  const ReadAsset read = reader({{"bad.obj", "v 1\n"}, {"empty.obj", ""}});
  EXPECT_EQ(said("Mesh(\"absent.obj\")", read), "E_ASSET there is no file absent.obj");
  EXPECT_EQ(said("Mesh(\"bad.obj\")", read), "E_ASSET bad.obj, line 1: `v` takes 3 numbers");
  EXPECT_EQ(said("Mesh(\"empty.obj\")", read), "E_ASSET empty.obj has no vertices");
  EXPECT_EQ(said("Mesh(\"bad.obj\")", {}), "E_ASSET nobody read \"bad.obj\"");
  EXPECT_EQ(said("Mesh(\"../bad.obj\")", read), "E_ASSET a path holds no `..`");
  EXPECT_EQ(said("Mesh(\"/bad.obj\")", read), "E_ASSET a path leads from this file on, with `/` only");
  EXPECT_EQ(said("Mesh(file: 3)", read), "E_ARGUMENT `file` takes a text");
  EXPECT_EQ(said("Mesh()", read), "E_ARGUMENT `Mesh` needs `file`");
}

TEST(Mesh, FilesAreReadOnceAndTheirNamesAreKnown) {
  int reads = 0;
  const ReadAsset read = reader({{"box.obj", kBox}}, &reads);
  const std::string text =
      "oscilla 1\ntime = TimeRoot()\na = Mesh(\"box.obj\")\nb = Mesh(size: 2, file: \"box.obj\")\n"
      "c = Mesh(\"gone.obj\")\ndraw = RenderInstances2D(vec2(a.t, 0))\n";
  const Patch patch = Patch::parse(text, "a.oscilla", {}, read);
  EXPECT_EQ(reads, 2);
  EXPECT_EQ(patch.files(), (std::vector<std::string>{"box.obj", "gone.obj"}));
  const Patch edited = patch.with_text(text + "d = Mesh(\"box.obj\", fit: keep)\n");
  EXPECT_EQ(reads, 2) << "another text reads nothing that is known";
  EXPECT_TRUE(compile_patch(edited).program.has_value()) << "what nobody draws may be missing";
  (void)patch.with_text(text + "d = Mesh(\"new.obj\")\n");
  EXPECT_EQ(reads, 3);
}

std::uint32_t computed(const std::string& obj, const std::shared_ptr<runtime::CacheStore>& store,
                       std::unique_ptr<runtime::Session>& session) {
  const Patch patch = Patch::parse(
      "oscilla 1\ntime = TimeRoot()\nm = Mesh(\"box.obj\")\nwave = sin(9 * m.position.x) * cos(m.position.y * 7)\n"
      "draw = RenderInstances2D((wave + time.phaseA, m.normal.z))\n",
      "a.oscilla", {}, reader({{"box.obj", obj}}));
  session = std::make_unique<runtime::Session>(compile_patch(patch).program->compiled().program, runtime::RunOptions{},
                                               store);
  return session->caches_computed();
}

TEST(Mesh, AnEditOfTheFileMissesTheCaches) {
  const auto store = std::make_shared<runtime::CacheStore>();
  std::unique_ptr<runtime::Session> first, again, edited;
  EXPECT_GE(computed(kBox, store, first), 3u) << "planes of the file, and what is made of them";
  EXPECT_EQ(computed("# the same numbers\n" + kBox, store, again), 0u);
  std::string other = kBox;
  other.replace(other.find("-1"), 2, "-2");
  EXPECT_GE(computed(other, store, edited), 3u);
}

TEST(Mesh, StateGoesOnByVertex) {
  const auto patch = [](const std::string& more) {
    return Patch::parse(mesh_patch("Mesh(\"box.obj\", fit: keep)", "Accumulator(m.position.x)"), "a.oscilla", {},
                        reader({{"box.obj", kBox + more}}));
  };
  Session session(*compile_patch(patch(""), {{}, {"see"}}).program);
  session.tick(0);
  EXPECT_EQ(session.swap(patch("v 1 1 1\n")).outcome, SwapOutcome::Swapped);
  session.tick(1);
  EXPECT_EQ(session.probe()[0].data, (Values{0, 8, 8, 0, 1}));
}

}  // namespace
}  // namespace oscilla::test
