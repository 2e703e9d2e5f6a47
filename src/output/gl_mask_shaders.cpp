// The shaders that sum up what figures cover.
#include "output/gl_shaders.hpp"

namespace oscilla::output {

// A lane is four rows of the table: its matrix; its place, and the way from its pixels to those of the mask; the pixels
// that it may touch; half the width of its line, and whether x and y change roles.
const std::string_view kMaskLane = R"(
uniform samplerBuffer lanes;
uniform samplerBuffer figures;
uniform vec2 picture;
uniform int first, count, first_quad, first_lane;
vec4 matrix, shift, bounds, pen;
int read_lane() {
  int quad = first_quad + gl_VertexID / 4;
  int row = 4 * (first_lane + quad / count);
  matrix = texelFetch(lanes, row);
  shift = texelFetch(lanes, row + 1);
  bounds = texelFetch(lanes, row + 2);
  pen = texelFetch(lanes, row + 3);
  return first + quad % count;
}
vec2 put(vec2 p) { return matrix.xy * p.x + matrix.zw * p.y + shift.xy; }
void emit(vec2 at) { gl_Position = vec4((at + shift.zw) / picture * 2 - 1, 0, 1); }
)";

// The area of a pixel to the right of an edge, with the sign of its direction. Pixels are their middles.
const std::string_view kArea = R"(
float area(vec2 a, vec2 b, vec2 pixel) {
  a -= pixel;
  b -= pixel;
  float top = clamp(a.y, -0.5, 0.5), bottom = clamp(b.y, -0.5, 0.5);
  float height = b.y - a.y;
  float slope = (b.x - a.x) / (height == 0 ? 1.0 : height);
  float from = 0.5 - (a.x + (top - a.y) * slope), to = 0.5 - (a.x + (bottom - a.y) * slope);
  float low = min(from, to), high = max(from, to), run = high - low;
  float above = high > 1 ? high - 0.5 : 0.5 * high * high;
  float under = low > 0 ? 0.5 * low * low : 0.0;
  float part = run < 1e-3 ? clamp(0.5 * (low + high), 0, 1) : (above - under) / run;
  part = low >= 1 ? 1.0 : high <= 0 ? 0.0 : part;
  return (bottom - top) * part;
}
)";

const std::string_view kEdgeVertexShader = R"(
flat out vec4 edge;
flat out vec3 from_mask;
void main() {
  vec4 ends = texelFetch(figures, read_lane());
  vec2 a = put(ends.xy), b = put(ends.zw);
  bool turned = pen.y > 0;
  vec4 box = turned ? bounds.yxwz : bounds;
  if (turned) { a = a.yx; b = b.yx; }
  edge = vec4(a, b);
  from_mask = vec3(-shift.zw, turned ? 1 : 0);
  vec2 low = clamp(floor(min(a, b)), box.xy, box.zw), high = vec2(box.z, clamp(ceil(max(a.y, b.y)), box.y, box.w));
  vec2 at = vec2((gl_VertexID & 1) == 0 ? low.x : high.x, (gl_VertexID & 2) == 0 ? low.y : high.y);
  emit(turned ? at.yx : at);
}
)";

const std::string_view kEdgeFragmentShader = R"(
flat in vec4 edge;
flat in vec3 from_mask;
out vec4 covered;
void main() {
  vec2 pixel = gl_FragCoord.xy + from_mask.xy;
  if (from_mask.z > 0) pixel = pixel.yx;
  covered = vec4(area(edge.xy, edge.zw, pixel), 0, 0, 0);
}
)";

// A piece is three rows of the table: two points; and for each of them which way the line turns there: the vector to
// the inner corner for half a width of 1, the half width up to which that corner exists, and what stands at this end
// (GlPiece). A wedge instead: its point and a vector; two more vectors.
const std::string_view kPieceVertexShader = R"(
flat out vec4 corners_a, corners_b, corners_c, bounds_in;
flat out vec2 from_mask;

void end_of(vec2 p, vec2 way, vec4 turn, out vec2 left, out vec2 right, out vec2 tip) {
  vec2 normal = vec2(-way.y, way.x);
  left = normal;
  right = -normal;
  tip = p;
  if (turn.w == SQUARE) tip += abs(pen.x) * turn.z * way;
  if (turn.w >= TURN) {
    bool on_left = dot(turn.xy, normal) > 0, fits = pen.x <= turn.z;
    if (on_left) {
      if (fits) left = turn.xy;
      if (turn.w == SMOOTH) right = -turn.xy;
    } else {
      if (fits) right = turn.xy;
      if (turn.w == SMOOTH) left = -turn.xy;
    }
  }
  left = put(tip + pen.x * left);
  right = put(tip + pen.x * right);
  tip = put(tip);
}

void main() {
  int row = 3 * read_lane();
  vec4 points = texelFetch(figures, row), begin = texelFetch(figures, row + 1), end = texelFetch(figures, row + 2);
  vec2 corner[6];
  vec2 way;
  if (end.w == WEDGE) {
    vec2 p = points.xy;
    corner[0] = put(p);
    corner[1] = put(p + pen.x * points.zw);
    corner[2] = put(p + pen.x * begin.xy);
    corner[3] = put(p + pen.x * begin.zw);
    corner[4] = corner[5] = corner[0];
    way = corner[3] - corner[1];
  } else {
    vec2 along = normalize(points.zw - points.xy);
    end_of(points.xy, along, begin, corner[0], corner[4], corner[5]);
    end_of(points.zw, along, end, corner[1], corner[3], corner[2]);
    way = corner[2] - corner[5];
  }
  float length_of_way = length(way);
  vec2 x = length_of_way > 0 ? way / length_of_way : vec2(1, 0), y = vec2(-x.y, x.x);
  vec2 low = vec2(1e9), high = vec2(-1e9);
  for (int i = 0; i < 6; ++i) {
    vec2 at = vec2(dot(corner[i], x), dot(corner[i], y));
    low = min(low, at);
    high = max(high, at);
  }
  low -= 0.75;
  high += 0.75;
  corners_a = vec4(corner[0], corner[1]);
  corners_b = vec4(corner[2], corner[3]);
  corners_c = vec4(corner[4], corner[5]);
  bounds_in = bounds;
  from_mask = -shift.zw;
  emit(((gl_VertexID & 1) == 0 ? low.x : high.x) * x + ((gl_VertexID & 2) == 0 ? low.y : high.y) * y);
}
)";

const std::string_view kPieceFragmentShader = R"(
flat in vec4 corners_a, corners_b, corners_c, bounds_in;
flat in vec2 from_mask;
out vec4 covered;
void main() {
  vec2 pixel = gl_FragCoord.xy + from_mask;
  if (any(lessThan(pixel, bounds_in.xy)) || any(greaterThan(pixel, bounds_in.zw))) discard;
  float sum = area(corners_a.xy, corners_a.zw, pixel) + area(corners_a.zw, corners_b.xy, pixel) +
              area(corners_b.xy, corners_b.zw, pixel) + area(corners_b.zw, corners_c.xy, pixel) +
              area(corners_c.xy, corners_c.zw, pixel) + area(corners_c.zw, corners_a.xy, pixel);
  covered = vec4(0, abs(sum), 0, 0);
}
)";

}  // namespace oscilla::output
