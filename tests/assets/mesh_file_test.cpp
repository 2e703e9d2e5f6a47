#include "assets/mesh_file.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "assets/gltf.hpp"
#include "assets/obj.hpp"

namespace oscilla::assets {
namespace {

using Numbers = std::vector<float>;

Mesh obj(std::string_view text) {
  auto mesh = read_obj(text, "a.obj");
  EXPECT_TRUE(mesh.has_value()) << (mesh ? "" : mesh.error().message);
  return mesh ? *mesh : Mesh{};
}

std::string obj_problem(std::string_view text) {
  const auto mesh = read_obj(text, "a.obj");
  return mesh ? "none" : mesh.error().message;
}

TEST(Obj, PointsAloneAreLanesInTheirOrder) {
  const Mesh mesh = obj("# points\r\nv 1 2 3\r\nv -1.5e-1 +.25 0 1.0\n\n  v\t7 8 9 0.5 0.5 0.5");
  EXPECT_EQ(mesh.vertices, 3u);
  EXPECT_EQ(mesh[MeshStream::X], (Numbers{1, -0.15f, 7}));
  EXPECT_EQ(mesh[MeshStream::Y], (Numbers{2, 0.25f, 8}));
  EXPECT_EQ(mesh[MeshStream::Z], (Numbers{3, 0, 9}));
  EXPECT_EQ(mesh[MeshStream::NormalX], (Numbers{0, 0, 0}));
}

TEST(Obj, NormalsComeFromCornersElseFromFaces) {
  const char* square = "v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\n";
  const Mesh faces = obj(std::string(square) + "f 1 2 3 4\n");
  EXPECT_EQ(faces[MeshStream::NormalZ], (Numbers{1, 1, 1, 1}));
  const Mesh corners = obj(std::string(square) + "vn 0 0 -2\nvn 1 0 0\nf 1//1 2//1 3//-1\n");
  EXPECT_EQ(corners[MeshStream::NormalZ], (Numbers{-1, -1, 0, 0}));
  EXPECT_EQ(corners[MeshStream::NormalX], (Numbers{0, 0, 1, 0}));
}

TEST(Obj, TextureOfAVertexIsTheFirstThatAFaceSays) {
  const Mesh mesh = obj("v 0 0 0\nv 1 0 0\nv 0 1 0\nvt 0.25 0.75\nvt 1\nf 1/1 2/2 3/-1\nf 1/2 2/1 3/1\n");
  EXPECT_EQ(mesh[MeshStream::U], (Numbers{0.25f, 1, 1}));
  EXPECT_EQ(mesh[MeshStream::V], (Numbers{0.75f, 0, 0}));
}

TEST(Obj, EqualNumbersHaveEqualHashes) {
  EXPECT_EQ(obj("v 1 2 3").content, obj("# a comment\nv 1.0 2e0 3").content);
  EXPECT_NE(obj("v 1 2 3").content, obj("v 1 2 3.0000003").content);
  EXPECT_NE(obj("v 1 2 3").content, obj("v 2 1 3").content);
}

TEST(Obj, LinesEndAsInAnySystem) {
  for (const char* end : {"\n", "\r\n", "\r"}) {
    std::string text;
    for (const char* line : {"# old", "v 0 0 0", "v 1 0 0", "v 0 1 0", "f 1 2 3"}) text += std::string(line) + end;
    EXPECT_EQ(obj(text).vertices, 3u) << text;
    EXPECT_EQ(obj_problem(text + "f 1 2 9"), "a.obj, line 6: `f` speaks of `9`, there are 3 by then");
  }
}

TEST(Obj, NumbersDoNotDependOnTheLocale) {
  const Mesh before = obj("v 0.1 1.5 -2.25");
  const char* const kept = std::setlocale(LC_ALL, nullptr);
  const std::string restore = kept == nullptr ? "C" : kept;
  for (const char* name : {"de_DE.UTF-8", "fr_FR.UTF-8", "C"}) {
    std::setlocale(LC_ALL, name);
    EXPECT_EQ(obj("v 0.1 1.5 -2.25").content, before.content) << name;
  }
  std::setlocale(LC_ALL, restore.c_str());
}

TEST(Obj, SaysWhatIsWrongAndWhere) {
  EXPECT_EQ(obj_problem(""), "a.obj has no vertices");
  EXPECT_EQ(obj_problem("g nothing\n"), "a.obj has no vertices");
  EXPECT_EQ(obj_problem("v 1 2 3\nv 1 2\n"), "a.obj, line 2: `v` takes 3 numbers");
  EXPECT_EQ(obj_problem("v 1 2 x"), "a.obj, line 1: `v` takes 3 numbers");
  EXPECT_EQ(obj_problem("v 1 2 nan"), "a.obj, line 1: `v` takes 3 numbers");
  EXPECT_EQ(obj_problem("v 1 2 1e999"), "a.obj, line 1: `v` takes 3 numbers");
  EXPECT_EQ(obj_problem("v 1 2 1e300"), "a.obj has numbers that are not finite");
  EXPECT_EQ(obj_problem("v 1 2 3\nf 1 2 3"), "a.obj, line 2: `f` speaks of `2`, there are 1 by then");
  EXPECT_EQ(obj_problem("v 1 2 3\nf 1 1"), "a.obj, line 2: a face has three corners or more");
  EXPECT_EQ(obj_problem("v 1 2 3\nf 1 -2 1"), "a.obj, line 2: `f` speaks of `-2`, there are 1 by then");
  EXPECT_EQ(obj_problem("v 1 2 3\nf 1/9 1 1"), "a.obj, line 2: `f` speaks of `9`, there are 0 by then");
  EXPECT_EQ(obj_problem("v 1 2 3\nf 0 1 1"), "a.obj, line 2: `f` speaks of `0`, there are 1 by then");
}

/// Any cut and any changed byte of a file is a mesh or a problem, never a crash.
TEST(Obj, BrokenFilesAreProblems) {
  const std::string text = "v 0 0 0\nv 1 0 0\nv 0 1 0\nvn 0 0 1\nvt 0 0\nf 1/1/1 2/1/1 3/1/1\n";
  for (std::size_t i = 0; i < text.size(); ++i) {
    (void)read_obj(text.substr(0, i), "a.obj");
    std::string changed = text;
    for (const char c : {'\0', '/', '-', '9', '\xff', ' ', 'e'}) {
      changed[i] = c;
      (void)read_obj(changed, "a.obj");
    }
  }
}

/// Two triangles: three positions, normals and places on the texture, in a buffer of the text's own.
std::string base64(const std::vector<float>& numbers) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(numbers.data());
  constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i + 2 < numbers.size() * 4; i += 3) {
    const unsigned word = unsigned{bytes[i]} << 16 | unsigned{bytes[i + 1]} << 8 | bytes[i + 2];
    for (const int shift : {18, 12, 6, 0}) out += kDigits[word >> shift & 63];
  }
  return out;
}

std::string gltf_text(const std::string& node = "\"mesh\": 0", const std::string& more = "") {
  const Numbers numbers{0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0.5f, 0.25f};
  return R"({"asset": {"version": "2.0"}, "scene": 0, "scenes": [{"nodes": [0]}], "nodes": [{)" + node +
         R"(}], "meshes": [{"primitives": [{"attributes": {"POSITION": 0, "NORMAL": 1, "TEXCOORD_0": 2}},
                                          {"attributes": {"POSITION": 0}}]}],
  "accessors": [{"bufferView": 0, "componentType": 5126, "count": 3, "type": "VEC3"},
                {"bufferView": 0, "byteOffset": 36, "componentType": 5126, "count": 3, "type": "VEC3"},
                {"bufferView": 0, "byteOffset": 72, "componentType": 5126, "count": 3, "type": "VEC2"}],
  "bufferViews": [{"buffer": 0, "byteLength": 96}],
  "buffers": [{"byteLength": 96, "uri": "data:application/octet-stream;base64,)" +
         base64(numbers) + R"("}])" + more + "}";
}

std::string gltf_problem(const std::string& text) {
  const auto mesh = read_gltf(text, ".", "a.gltf");
  return mesh ? "none" : mesh.error().message;
}

TEST(Gltf, GivesPositionsNormalsAndTexture) {
  const auto mesh = read_gltf(gltf_text(), ".", "a.gltf");
  ASSERT_TRUE(mesh.has_value()) << mesh.error().message;
  EXPECT_EQ(mesh->vertices, 3u);
  EXPECT_EQ((*mesh)[MeshStream::X], (Numbers{0, 1, 0}));
  EXPECT_EQ((*mesh)[MeshStream::Y], (Numbers{0, 0, 2}));
  EXPECT_EQ((*mesh)[MeshStream::NormalZ], (Numbers{1, 1, 1}));
  EXPECT_EQ((*mesh)[MeshStream::U], (Numbers{0, 1, 0.5f}));
  EXPECT_EQ((*mesh)[MeshStream::V], (Numbers{1, 1, 0.75f})) << "from below";
}

TEST(Gltf, NodesPutMeshesInTheirPlaces) {
  const auto mesh = read_gltf(
      gltf_text(R"("mesh": 0, "translation": [1, 2, 3], "scale": [2, 1, 1], "rotation": [0, 0, 1, 0])"), ".", "a.gltf");
  ASSERT_TRUE(mesh.has_value()) << mesh.error().message;
  EXPECT_EQ((*mesh)[MeshStream::X], (Numbers{1, -1, 1})) << "turned by half a turn, twice as wide";
  EXPECT_EQ((*mesh)[MeshStream::Y], (Numbers{2, 2, 0}));
  EXPECT_EQ((*mesh)[MeshStream::Z], (Numbers{3, 3, 3}));
  EXPECT_EQ((*mesh)[MeshStream::NormalZ], (Numbers{1, 1, 1}));
}

TEST(Gltf, SaysWhatIsWrong) {
  EXPECT_NE(gltf_problem("").find("a.gltf cannot be read"), std::string::npos);
  EXPECT_NE(gltf_problem("{}").find("a.gltf cannot be read"), std::string::npos);
  EXPECT_NE(gltf_problem("glTF").find("a.gltf cannot be read"), std::string::npos);
  EXPECT_EQ(gltf_problem(R"({"asset": {"version": "2.0"}})"), "a.gltf has no vertices");
  EXPECT_EQ(gltf_problem(gltf_text("\"children\": [0]")),
            "a.gltf cannot be read: its nodes lie too deep in each other");
  std::string short_buffer = gltf_text();
  short_buffer.replace(short_buffer.find("\"byteOffset\": 72"), 16, "\"byteOffset\": 76");
  EXPECT_EQ(gltf_problem(short_buffer), "a.gltf cannot be read: a list of numbers does not fit its buffer");
  std::string many = gltf_text();
  many.replace(many.find("\"count\": 3"), 10, "\"count\": 4000000000");
  EXPECT_NE(gltf_problem(many), "none");
  std::string outside = gltf_text();
  const std::size_t uri = outside.find("data:");
  outside.replace(uri, outside.find('"', uri) - uri, "../secret.bin");
  EXPECT_NE(gltf_problem(outside), "none");
}

TEST(Gltf, BrokenFilesAreProblems) {
  const std::string text = gltf_text();
  for (std::size_t i = 0; i < text.size(); i += 3) {
    (void)read_gltf(std::string_view(text).substr(0, i), ".", "a.gltf");
    std::string changed = text;
    for (const char c : {'\0', '"', '-', '9', '{', ']'}) {
      changed[i] = c;
      (void)read_gltf(changed, ".", "a.gltf");
    }
  }
}

/// A triangle whose numbers are in points.bin.
std::string gltf_beside_its_buffer() {
  std::string text = gltf_text();
  const std::size_t uri = text.find("data:");
  return text.replace(uri, text.find('"', uri) - uri, "points.bin");
}

TEST(Gltf, BuffersStandBesideTheFile) {
  const std::filesystem::path root = std::filesystem::temp_directory_path() / "oscilla-gltf";
  std::filesystem::create_directories(root / "meshes");
  std::filesystem::create_directories(root / "patches");
  std::ofstream(root / "meshes" / "cloud.gltf") << gltf_beside_its_buffer();
  std::ofstream(root / "meshes" / "points.bin") << std::string(96, '\0');
  const auto mesh = read_mesh_file((root / "patches" / ".." / "meshes" / "cloud.gltf").string());
  ASSERT_TRUE(mesh) << mesh.error().message;
  EXPECT_EQ(mesh->vertices, 3u);
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(root / "meshes");
  EXPECT_TRUE(read_mesh_file("cloud.gltf"));
  EXPECT_TRUE(read_mesh_file("../meshes/cloud.gltf"));
  std::filesystem::rename("cloud.gltf", "../patches/cloud.gltf");
  EXPECT_FALSE(read_mesh_file("../patches/cloud.gltf")) << "its buffer is in the current folder";
  std::filesystem::current_path(before);
  std::filesystem::remove_all(root);
}

TEST(AssetFile, ReadsByItsEnding) {
  const std::string folder = ::testing::TempDir();
  const auto write = [&](const std::string& name, const std::string& text) {
    std::ofstream(folder + "/" + name, std::ios::binary) << text;
    return folder + "/" + name;
  };
  EXPECT_EQ(read_mesh_file(write("Cloud.OBJ", "v 1 2 3"))->vertices, 1u);
  EXPECT_EQ(read_mesh_file(write("cloud.gltf", gltf_text()))->vertices, 3u);
  EXPECT_NE(
      read_mesh_file(write("cloud.txt", "v 1 2 3")).error().message.find("neither a mesh nor a drawing by its name"),
      std::string::npos);
  EXPECT_NE(read_mesh_file(folder + "/absent.obj").error().message.find("is no file"), std::string::npos);
  std::filesystem::create_directories(folder + "/folder.obj");
  EXPECT_NE(read_mesh_file(folder + "/folder.obj").error().message.find("is no file"), std::string::npos);
}

TEST(AssetFile, HugeFilesAreRefused) {
  const std::string path = ::testing::TempDir() + "/huge.obj";
  std::ofstream(path) << "v 1 2 3\n";
  std::filesystem::resize_file(path, (kMostMeshMegabytes << 20) + 1);  // sparse: nothing is written
  const auto mesh = read_mesh_file(path);
  std::filesystem::remove(path);
  ASSERT_FALSE(mesh.has_value());
  EXPECT_NE(mesh.error().message.find("is larger than 256 MiB"), std::string::npos);
}

}  // namespace
}  // namespace oscilla::assets
