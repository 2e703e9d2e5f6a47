// What a frame holds for a patch with a camera, with figures of corners, with a figure for every element.
#include <cmath>
#include <cstdint>

#include <fmt/format.h>

#include "patches.hpp"

namespace oscilla::test {
namespace {

/// The one pass of the first frame of a patch of these lines.
struct Picture {
  explicit Picture(const std::string& lines, int tick = 0)
      : session(compiled("oscilla 1\ntime = TimeRoot(periodA: 4s)\n" + lines + "\n")) {
    for (int i = 0; i <= tick; ++i) frame = session.tick(i * 16);
    EXPECT_EQ(validate_frame(frame), "");
  }
  const Pass& pass() const { return frame.passes[0]; }
  Session session;
  RenderFrame frame;
};

struct View {
  const char* camera;
  const char* point;
  double x, y, depth, radius;  ///< radius as wide as the place's own mapping makes it
};

TEST(Camera, ProjectsAsWrittenDown) {
  const View views[] = {
      {"", "(0.5, 0.5, 0)", 0.5, 0.5, .019901990, .024142136},
      {"", "(0, 0, 0)", .236069398, .283800708, .022770159, .021114448},
      {"", "(1, 1, 0)", .852293509, .788581948, .017033821, .028183481},
      {"", "(0.5, 0.5, 0.3)", .5, .381596191, .017444288, .027524099},
      {"", "(0.25, 0.75, -0.2)", .350637857, .690886789, .020106374, .023897943},
      {"distance: 0.87, fovY: 60deg", "(0, 0, 0)", .125676770, .193372361, .011469029, .029945858},
      {"distance: 0.87, fovY: 60deg", "(1, 1, 0)", 1.242462199, 1.108189428, .005732691, .059396976},
      {"tilt: 45deg, yaw: 30deg", "(0, 0, 0)", .293429098, .415667782, .025205821, .019082203},
      {"tilt: 45deg, yaw: 30deg", "(0.5, 0.5, 0.3)", .400309868, .377905022, .018064689, .026584035},
  };
  for (const View& view : views) {
    const Picture picture(
        fmt::format("cam = Camera({})\ndraw = RenderInstances2D({}, size: 0.02)", view.camera, view.point));
    const InstanceCore& core = picture.pass().instances.core[0];
    EXPECT_EQ(picture.pass().instances.visible, 1u);
    EXPECT_NEAR(core.x, view.x, 1e-6) << view.camera << view.point;
    EXPECT_NEAR(core.y, view.y, 1e-6) << view.camera << view.point;
    EXPECT_NEAR(core.depth, view.depth, 1e-6) << view.camera << view.point;
    EXPECT_NEAR(core.size, view.radius / 2, 1e-7) << view.camera << view.point;
  }
}

TEST(Camera, DrawsTheNearLastAndLeavesOutWhatIsBehindTheEye) {
  const Picture picture(
      "cam = Camera(tilt: 0)\ndots = Array(count: 4)\n"
      "draw = RenderInstances2D((dots.t, 0.5), z: 3 - dots.index, shape: dots)");
  EXPECT_EQ(picture.pass().instances.visible, 2u);
  const std::vector<std::uint32_t> order(picture.pass().instances.order.begin(), picture.pass().instances.order.end());
  EXPECT_EQ(order, (std::vector<std::uint32_t>{3, 2}));
}

TEST(Camera, OrthographicMovesAndZooms) {
  const Picture same("cam = Camera(projection: orthographic)\ndraw = RenderInstances2D((0.3, 0.7, 0), size: 2)");
  EXPECT_EQ(same.pass().instances.core[0].x, 0.3f);
  EXPECT_EQ(same.pass().instances.core[0].y, 0.7f);
  EXPECT_EQ(same.pass().instances.core[0].size, 2.0f);
  const Picture near(
      "cam = Camera(center: (0.25, 0.5), projection: orthographic, height: 0.5)\n"
      "draw = RenderInstances2D((0.5, 0.75, 0))");
  EXPECT_EQ(near.pass().instances.core[0].x, 1.0f);
  EXPECT_EQ(near.pass().instances.core[0].y, 1.0f);
  EXPECT_EQ(near.pass().instances.core[0].size, 2.0f);
}

TEST(Camera, FollowsWhatIsReducedInTheSameTick) {
  const Picture picture(
      "dots = Array(count: 3)\n"
      "cam = Camera(center: (Reduce(dots.t, mode: max), 0.5), tilt: 0)\n"
      "draw = RenderInstances2D((dots.t, 0.5), shape: dots)");
  EXPECT_EQ(picture.pass().instances.core[2].x, 0.5f);
}

TEST(Camera, IsSanitised) {
  for (const char* camera :
       {"distance: -1", "tilt: 900deg", "fovY: 0", "near: 5, far: 1", "height: 0, projection: orthographic"}) {
    const Picture picture(fmt::format("cam = Camera({})\ndraw = RenderInstances2D((0.4, 0.5))", camera));
    EXPECT_TRUE(std::isfinite(picture.pass().instances.core[0].x)) << camera;
  }
}

TEST(Figures, APolygonIsAPathThroughItsCorners) {
  const Picture picture(
      "tri = ProceduralPolygon(sides: 4, radiusX: 0.2, radiusY: 0.1, rotation: 90deg)\n"
      "draw = RenderInstances2D((0.5, 0.5), shape: tri)");
  ASSERT_EQ(picture.frame.shapes.size(), 1u);
  const Shape& shape = picture.frame.shapes[0];
  EXPECT_EQ(shape.kind, ShapeKind::Path);
  EXPECT_NEAR(shape.parameters[0], 1.5707963, 1e-6);
  ASSERT_EQ(picture.frame.points.size(), 8u);
  const float expected[] = {0, 0.1f, -0.2f, 0, 0, -0.1f, 0.2f, 0};
  for (std::size_t i = 0; i < 8; ++i) EXPECT_NEAR(picture.frame.points[i], expected[i], 1e-7) << i;
  const auto verbs = picture.frame.topologies[0].verbs;
  EXPECT_EQ(std::vector(verbs.begin(), verbs.end()),
            (std::vector{PathVerb::Move, PathVerb::Line, PathVerb::Line, PathVerb::Line, PathVerb::Close}));
}

TEST(Figures, AStarHasTwoRadiiAndItsCornersAreAField) {
  const Program program = compiled(
      "oscilla 1\ntime = TimeRoot()\nstar = ProceduralStar(points: 3, outerRadius: 0.2, innerRadius: 0.1)\n"
      "draw = RenderInstances2D(0.5 + star.controlPoints)\n",
      {"star.controlPoints"});
  Session session(program);
  const RenderFrame& frame = session.tick(0);
  EXPECT_EQ(frame.passes[0].instances.count, 6u);
  EXPECT_TRUE(frame.points.empty());  // nothing draws the star itself
  const std::vector<double> corners = session.probe()[0].data;
  ASSERT_EQ(corners.size(), 12u);
  for (std::size_t i = 0; i < 6; ++i)
    EXPECT_NEAR(std::hypot(corners[2 * i], corners[2 * i + 1]), i % 2 == 0 ? 0.2 : 0.1, 1e-6);
  EXPECT_NEAR(corners[1], 0.2, 1e-6);
}

TEST(Figures, PathsThatAreJoinedAlikeShareATopology) {
  const Picture picture(
      "a = ProceduralStar(points: 3)\nb = ProceduralPolygon(sides: 6)\nc = Path(b.controlPoints, curve: smooth)\n"
      "drawA = RenderInstances2D((0.2, 0.5), shape: a)\ndrawB = RenderInstances2D((0.5, 0.5), shape: b, layer: 1)\n"
      "drawC = RenderInstances2D((0.8, 0.5), shape: c, layer: 2)");
  EXPECT_EQ(picture.frame.topologies.size(), 2u);
  EXPECT_EQ(picture.frame.shapes[0].topology, picture.frame.shapes[1].topology);
  EXPECT_EQ(picture.frame.points.size(), (6u + 6u + 13u) * 2);
}

TEST(Figures, SmoothPathsGoThroughTheMiddlesOfTheEdges) {
  const Picture picture(
      "box = ProceduralPolygon(sides: 4, radiusX: 1, radiusY: 1)\n"
      "draw = RenderInstances2D((0.5, 0.5), shape: Path(box.controlPoints, curve: smooth))");
  ASSERT_EQ(picture.frame.points.size(), 18u);
  const float expected[] = {0.5f, 0.5f, 0, 1, -0.5f, 0.5f, -1, 0, -0.5f, -0.5f, 0, -1, 0.5f, -0.5f, 1, 0, 0.5f, 0.5f};
  for (std::size_t i = 0; i < 18; ++i) EXPECT_NEAR(picture.frame.points[i], expected[i], 1e-6) << i;
}

TEST(Figures, PathsMoveWithTimeAndState) {
  const std::string lines =
      "ring = Array(count: 8)\n"
      "grown = Accumulator((ring.t, 1), initial: 0)\n"
      "draw = RenderInstances2D((0.5, 0.5), shape: Path(grown))";
  EXPECT_EQ(Picture(lines, 0).frame.points[15], 1.0f);
  EXPECT_EQ(Picture(lines, 2).frame.points[15], 3.0f);
  EXPECT_EQ(Picture(lines, 2).frame.points[14], 3.0f);
  const std::string delayed =
      lines.substr(0, lines.find("draw")) + "draw = RenderInstances2D((0.5, 0.5), shape: Path(UnitDelay(grown)))";
  EXPECT_EQ(Picture(delayed, 2).frame.points[15], 2.0f);
}

TEST(Figures, EveryElementMayHaveItsOwn) {
  const Picture picture(
      "dots = Array(count: 5)\n"
      "figure = ChooseShape(dots.index, shapes: [Ellipse(), Rect(), ProceduralStar()])\n"
      "draw = RenderInstances2D((dots.t, 0.5), shape: figure, scale: (1, 2 - dots.t))");
  const Instances& instances = picture.pass().instances;
  EXPECT_EQ(std::vector<std::uint32_t>(instances.shape.begin(), instances.shape.end()),
            (std::vector<std::uint32_t>{0, 1, 2, 0, 1}));
  EXPECT_EQ(picture.frame.shapes[2].kind, ShapeKind::Path);
  EXPECT_EQ(picture.pass().batches.size(), 5u);
  ASSERT_EQ(instances.scale.size(), 10u);
  EXPECT_EQ(instances.scale[9], 1.0f);
  EXPECT_EQ(instances.scale[1], 2.0f);
}

/// A probe of the first tick of a patch with a square whose corners are at the top, left, bottom and right.
std::vector<double> of_square(const std::string& lines, const std::string& probe) {
  Session session(
      compiled("oscilla 1\ntime = TimeRoot()\nbox = ProceduralPolygon(sides: 4, radiusX: 0.5, radiusY: 0.5)\n" + lines +
                   "\ndraw = RenderInstances2D((0.5, 0.5))\n",
               {probe}));
  session.tick(0);
  return session.probe()[0].data;
}

void expect_near(const std::vector<double>& got, const std::vector<double>& want) {
  ASSERT_EQ(got.size(), want.size());
  for (std::size_t i = 0; i < want.size(); ++i) EXPECT_NEAR(got[i], want[i], 1e-6) << i;
}

TEST(Paths, KnowWhereTheyLeadAndHowLongTheyAre) {
  const double edge = std::sqrt(0.5);
  const std::string closed = "path = PathField(box.controlPoints)";
  const std::string open = "path = PathField(box.controlPoints, ends: open)";
  expect_near(of_square(closed, "path.arcLength"), {0, edge, 2 * edge, 3 * edge});
  expect_near(of_square(closed, "path.tangent"), {-0.5, 0, 0, -0.5, 0.5, 0, 0, 0.5});
  expect_near(of_square(open, "path.tangent"), {-0.25, -0.25, 0, -0.5, 0.5, 0, 0.25, 0.25});
  expect_near(of_square(open, "path.index"), {0, 1, 2, 3});
}

/// A field whose last writer is a signal.
TEST(Paths, WhoseCornersAreAllOneArePoints) {
  for (const char* corners : {"(time.phaseA / 1turn, 0.5)", "(0.25, 0.5)"}) {
    for (const char* block : {"AlongPath(dots.t, path: b)", "AlongPath(dots.t, path: b, ends: open)", "TrimPath(b)",
                              "PathField(b)", "OffsetPath(b)"}) {
      Session session(compiled(std::string("oscilla 1\ntime = TimeRoot(periodA: 4s)\ndots = Array(count: 9)\n") +
                               "b = combine(last, (dots.u, 1), " + corners + ")\nway = " + block +
                               "\ndraw = RenderInstances2D(way, shape: dots)\n"));
      const RenderFrame& frame = session.tick(1000);
      EXPECT_EQ(validate_frame(frame), "");
      for (const InstanceCore& core : frame.passes[0].instances.core) EXPECT_EQ(core.x, 0.25f) << block;
    }
  }
}

TEST(Paths, PlacesAlongThemAreMeasuredByLength) {
  const std::string closed = "dots = Array(count: 9)\nway = AlongPath(dots.index / 8, path: box.controlPoints)";
  expect_near(of_square(closed, "way.position"),
              {0, 0.5, -0.25, 0.25, -0.5, 0, -0.25, -0.25, 0, -0.5, 0.25, -0.25, 0.5, 0, 0.25, 0.25, 0, 0.5});
  const double part = std::sqrt(0.5);
  const std::vector<double> tangents = of_square(closed, "way.tangent");
  EXPECT_NEAR(tangents[2], -part, 1e-6);
  EXPECT_NEAR(tangents[3], -part, 1e-6);
  const std::string open =
      "dots = Array(count: 4)\nway = AlongPath(dots.t * 2 - 0.5, path: box.controlPoints, ends: open)";
  expect_near(of_square(open, "way.position"), {0, 0.5, -0.25, 0.25, 0.25, -0.25, 0.5, 0});
}

TEST(Paths, EdgesOfDifferentLengthKeepTheirShare) {
  const std::string lines =
      "line = Array(count: 3)\ncorners = (line.index * line.index, 0)\n"  // 0, 1, 4
      "dots = Array(count: 5)\nway = AlongPath(dots.t, path: corners, ends: open)";
  expect_near(of_square(lines, "way.position"), {0, 0, 1, 0, 2, 0, 3, 0, 4, 0});
}

}  // namespace
}  // namespace oscilla::test
