#include "assets/svg.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "assets/asset_file.hpp"

namespace oscilla::assets {
namespace {

std::string around(std::string_view inner, std::string_view attributes = "viewBox='0 0 10 20'") {
  return fmt::format("<svg xmlns='http://www.w3.org/2000/svg' {}>{}</svg>", attributes, inner);
}

Drawing svg(std::string_view text) {
  auto drawing = read_svg(text, "a.svg");
  EXPECT_TRUE(drawing.has_value()) << (drawing ? "" : drawing.error().message);
  return drawing ? *drawing : Drawing{};
}

/// "DATA | TRANSFORM" of every part.
std::vector<std::string> parts(std::string_view inner) {
  std::vector<std::string> found;
  for (const Drawing::Part& part : svg(around(inner)).parts)
    found.push_back(part.transform.empty() ? part.data : part.data + " | " + part.transform);
  return found;
}

std::string problem(std::string_view text) {
  const auto drawing = read_svg(text, "a.svg");
  return drawing ? "none" : drawing.error().message;
}

using Parts = std::vector<std::string>;

TEST(Svg, FiguresArePathData) {
  EXPECT_EQ(parts("<path d=' M0 0\nL1 1 '/>"), Parts{"M0 0 L1 1"});
  EXPECT_EQ(parts("<rect x='1' y='2' width='3' height='4'/>"), Parts{"M1 2H4V6H1Z"});
  EXPECT_EQ(parts("<rect width='4' height='2' rx='9'/>"),
            Parts{"M2 0H2A2 1 0 0 1 4 1V1A2 1 0 0 1 2 2H2A2 1 0 0 1 0 1V1A2 1 0 0 1 2 0Z"});
  EXPECT_EQ(parts("<circle cx='1' r='2'/>"), Parts{"M3 0A2 2 0 0 1 -1 0A2 2 0 0 1 3 0Z"});
  EXPECT_EQ(parts("<ellipse cy='1' rx='2' ry='.5'/>"), Parts{"M2 1A2 0.5 0 0 1 -2 1A2 0.5 0 0 1 2 1Z"});
  EXPECT_EQ(parts("<line x1='1' y2='2'/>"), Parts{"M1 0L0 2"});
  EXPECT_EQ(parts("<polyline points='0,0 1,0 1,1'/><polygon points='0,0 1,0 1,1'/>"),
            (Parts{"M0,0 1,0 1,1", "M0,0 1,0 1,1Z"}));
}

TEST(Svg, LengthsHaveUnits) {
  EXPECT_EQ(parts("<line x2='50%' y2='50%'/>"), Parts{"M0 0L5 10"});
  EXPECT_EQ(parts("<line x1='+1px' y1='1in' x2='3pt' y2='2pc'/>"), Parts{"M1 96L4 32"});
  EXPECT_EQ(parts("<line x2='25.4mm'/>"), Parts{"M0 0L96 0"});
}

TEST(Svg, WhatCannotBeSeenIsLeftOut) {
  EXPECT_EQ(parts("<rect width='0' height='4'/><circle/><path d=''/><polygon points=' '/>"), Parts{});
  EXPECT_EQ(parts("<g display='none'><path d='M0 0'/></g><path style='display: none' d='M0 0'/>"), Parts{});
  EXPECT_EQ(parts("<title>a</title><text>b</text><style>c</style><image/>"), Parts{});
}

TEST(Svg, GroupsPassTransformsOn) {
  EXPECT_EQ(parts("<g transform='scale(2)'><g><path transform='rotate(9)' d='M0 0'/></g></g><path d='M1 1'/>"),
            (Parts{"M0 0 | scale(2) rotate(9)", "M1 1"}));
}

TEST(Svg, UseDrawsWhatIsDefinedElsewhere) {
  EXPECT_EQ(parts("<use href='#a' x='3' y='4'/><defs><path id='a' d='M0 0' transform='scale(2)'/></defs>").front(),
            "M0 0 | translate(3 4) scale(2)");
  EXPECT_EQ(parts("<symbol id='s' viewBox='0 0 2 2'><path d='M1 1'/></symbol>"
                  "<use xmlns:xlink='x' xlink:href='#s' x='1' width='4' height='8'/>")
                .back(),
            "M1 1 | translate(1 2) scale(2)");
  EXPECT_EQ(problem(around("<use href='#b'/>")), "a.svg, line 1: `use` of \"#b\", which is not in the file");
  EXPECT_EQ(problem(around("<g id='a'><use href='#a'/></g>")), "a.svg, line 1: a `use` that leads back to itself");
}

TEST(Svg, NamesCoverTheirParts) {
  const Drawing drawing = svg(around("<path d='M0 0'/><g id='g'><path id='p' d='M1 1'/><path d='M2 2'/></g>"));
  ASSERT_EQ(drawing.names.size(), 2u);
  EXPECT_EQ(drawing.names[0].id, "p");
  EXPECT_EQ(drawing.names[1].id, "g");
  EXPECT_EQ(drawing.names[1].first, 1u);
  EXPECT_EQ(drawing.names[1].count, 2u);
}

TEST(Svg, PaintSaysWhatIsShown) {
  const Drawing drawing =
      svg(around("<path d='M0 0'/><g fill='none'><path d='M1 1'/><path stroke='#000' d='M2 2'/><path style='fill:red' "
                 "d='M3 3'/></g>"
                 "<defs><path d='M4 4'/></defs><path d='M5 5' fill-rule='evenodd'/>"));
  std::string shown, rules;
  for (const Drawing::Part& part : drawing.parts) {
    shown += part.shown ? '1' : '0';
    rules += part.even_odd ? '1' : '0';
  }
  EXPECT_EQ(shown, "101101");
  EXPECT_EQ(rules, "000001");
}

TEST(Svg, PageIsTheViewBoxElseItsSize) {
  using Page = std::array<double, 4>;
  EXPECT_EQ(svg(around("", "viewBox='-1,-2 3 4' width='100'")).page, (Page{-1, -2, 3, 4}));
  EXPECT_EQ(svg(around("", "width='20' height='1in'")).page, (Page{0, 0, 20, 96}));
  EXPECT_FALSE(svg(around("", "width='100%' height='50%'")).has_page);
  EXPECT_FALSE(svg(around("", "")).has_page);
  EXPECT_EQ(problem(around("", "viewBox='0 0 10'")),
            "a.svg, line 1: `viewBox` takes four numbers: x, y, width and height");
  EXPECT_EQ(problem(around("", "viewBox='1.7e308 0 1.7e308 1'")),
            "a.svg, line 1: `viewBox` takes four numbers: x, y, width and height");
  EXPECT_FALSE(svg(around("", "width='1e308in' height='1'")).has_page) << "more than any number";
}

TEST(Svg, ProblemsNameTheLine) {
  EXPECT_EQ(problem(""), "a.svg, line 1: No document element found");
  EXPECT_EQ(problem("<html/>"), "a.svg is no SVG: its first element is <html>");
  EXPECT_EQ(problem("<svg>\n<path d='M0 0'>\n</svg>"), "a.svg, line 3: Start-end tags mismatch");
  EXPECT_EQ(problem("<svg>\n\n<circle r='1em'/></svg>"), "a.svg, line 3: `r` is no length: 1em");
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<g>";
  for (int i = 0; i < 100; ++i) deep += "</g>";
  EXPECT_EQ(problem(around(deep)), "a.svg, line 1: elements more than 64 deep in each other");
}

/// Ten elements that use ten elements that use ten ...
TEST(Svg, UsesThatMultiplyAreRefused) {
  std::string text = "<defs><path id='u0' d='M0 0'/>";
  for (int level = 1; level < 9; ++level) {
    text += fmt::format("<g id='u{}'>", level);
    for (int i = 0; i < 10; ++i) text += fmt::format("<use href='#u{}'/>", level - 1);
    text += "</g>";
  }
  EXPECT_EQ(problem(around(text + "</defs><use href='#u8'/>")), "a.svg has more than 65536 elements");
}

/// A long transform, and groups in it that multiply.
TEST(Svg, TransformsThatMultiplyAreRefused) {
  std::string text = "<defs><g id='u0'/>";
  for (int level = 1; level < 5; ++level) {
    text += fmt::format("<g id='u{}'>", level);
    for (int i = 0; i < 10; ++i) text += fmt::format("<use href='#u{}'/>", level - 1);
    text += "</g>";
  }
  text += "</defs><g transform='" + std::string(100'000, ' ') + "translate(1 1)'><use href='#u4'/></g>";
  EXPECT_EQ(problem(around(text)), "a.svg, line 1: too many elements use each other");
}

/// Files that are cut off, or in which bytes are exchanged, are read or refused with a sentence.
TEST(Svg, DamagedFilesAreReadOrRefused) {
  std::ifstream file(OSCILLA_SOURCE_DIR "/tests/scenes/drawings/elements.svg", std::ios::binary);
  const std::string whole(std::istreambuf_iterator<char>(file), {});
  ASSERT_GT(whole.size(), 1000u);
  std::mt19937 random(3);
  std::size_t read = 0, refused = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string text = whole;
    if (round % 3 == 0) text.resize(random() % text.size());
    constexpr std::string_view kBytes = "<>/\"'&;#%-.e9 \0\xff";
    for (std::uint32_t i = random() % 4; i > 0 && !text.empty(); --i)
      text[random() % text.size()] = round % 2 == 0 ? kBytes[random() % kBytes.size()] : text[random() % text.size()];
    const auto drawing = read_svg(text, "a.svg");
    ++(drawing ? read : refused);
    if (!drawing) {
      EXPECT_FALSE(drawing.error().message.empty());
      EXPECT_FALSE(drawing.error().hint.empty());
    }
  }
  EXPECT_GT(read, 100u);
  EXPECT_GT(refused, 100u);
}

TEST(Svg, EqualFiguresHaveEqualHashes) {
  EXPECT_EQ(svg(around("<path d='M0 0'/>")).content, svg(around("<!-- a --><path d='M0 0' stroke='red'/>")).content);
  EXPECT_NE(svg(around("<path d='M0 0'/>")).content, svg(around("<path d='M0 1'/>")).content);
  EXPECT_NE(svg(around("<path d='M0 0'/>")).content, svg(around("<path id='p' d='M0 0'/>")).content);
  EXPECT_NE(svg(around("<path d='M0 0'/>")).content, svg(around("<path d='M0 0'/>", "")).content);
}

TEST(AssetFile, TheNameSaysWhatIsInIt) {
  const std::string folder = (std::filesystem::path(testing::TempDir()) / "asset_file_test").string();
  std::filesystem::create_directories(folder);
  std::ofstream(folder + "/a.SVG") << around("<path d='M0 0'/>");
  std::ofstream(folder + "/a.obj") << "v 1 2 3\n";
  EXPECT_NE(read_asset_file(folder + "/a.SVG").drawing, nullptr);
  EXPECT_NE(read_asset_file(folder + "/a.obj").mesh, nullptr);
  EXPECT_EQ(read_asset_file(folder + "/b.svg").problem.message, folder + "/b.svg is no file");
  std::ofstream(folder + "/large.svg") << std::string((kMostSvgMegabytes << 20) + 1, ' ');
  EXPECT_EQ(read_asset_file(folder + "/large.svg").problem.message, folder + "/large.svg is larger than 16 MiB");
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace oscilla::assets
