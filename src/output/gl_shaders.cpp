// Longer than files are: a vertex and a fragment shader are two halves of one program, read beside each other.
#include "output/gl_shaders.hpp"

namespace oscilla::output {

// A lane is three rows of the table, or five with a line or a mask: the middle of its box and half of one side; half of
// the other side, and the way from its pixels to those of its mask; the fill; the line; the pixels that its mask
// covers, or, without a mask, the radii of its corners and half the width of its line, both along its own axes.
//
// What is the same at all corners of a figure is EVEN. What differs depends on x or on y alone wherever it can, since
// only then a renderer in software finds quads along the picture's sides to be rectangles.
const std::string_view kFigureVertexShader = R"(
uniform samplerBuffer lanes;
uniform vec2 picture;
EVEN out vec4 fill;
#if PAINT == LINEAR || PAINT == RADIAL
noperspective out vec2 place;
#endif
#if HAS_LINE
EVEN out vec4 line;
const int kRows = 5;
#else
const int kRows = 3;
#endif
#if FIGURE == SPRITE
uniform sampler2D mask;
out vec2 texel;
#elif FIGURE != WHOLE
noperspective out vec2 d;
#endif
#if BY_FORMULA
EVEN out vec4 form;
#endif
#if IS_BOX && FIGURE != SMALL_RECTANGLE
EVEN out vec4 edges;
#endif
#if IS_BOX
uniform bool upright;
#endif

void main() {
  int first = gl_VertexID / 4 * kRows;
  vec4 half_side = texelFetch(lanes, first);
  vec4 other = texelFetch(lanes, first + 1);
  fill = texelFetch(lanes, first + 2);
#if IN_STEPS
  fill *= 1.0 / 255;
#endif
  vec2 c = half_side.xy, u = half_side.zw, v = other.xy;
  vec2 low = vec2(0), high = picture;
#if HAS_LINE
  line = texelFetch(lanes, first + 3);
#endif
#if FIGURE == MASK || FIGURE == SPRITE
  vec4 bounds = texelFetch(lanes, first + 4);
  low = bounds.xy;
  high = bounds.zw;
#elif FIGURE == UPRIGHT
  vec2 reach = abs(u) + abs(v);
  form = vec4(reach + 0.5, 0, 0);
#elif IS_BOX
  form = vec4(normalize(u), length(u), length(v));
  vec2 axis = form.xy, reach = abs(u) + abs(v), pen = vec2(0);
#if FIGURE == ROUNDED || FIGURE == LINED
  edges = texelFetch(lanes, first + 4);
  pen = edges.zw;
  reach += pen.x * abs(axis) + pen.y * abs(normalize(v));
#endif
  vec2 side_u = u + (pen.x + 0.75) * axis, side_v = v + (pen.y + 0.75) * normalize(v);
#elif FIGURE == DISC
  float radius = length(u);
  form = vec4(2 * radius, 0, 0, 0);
  vec2 reach = vec2(radius);
#elif FIGURE == ELLIPSE || FIGURE == SMALL_ELLIPSE
  float xx = u.x * u.x + v.x * v.x, yy = u.y * u.y + v.y * v.y, xy = u.x * u.y + v.x * v.y;
  float det = u.x * v.y - u.y * v.x;
  form = vec4(yy, -xy, xx, 0) / (det * det);
  vec2 reach = sqrt(vec2(xx, yy));
#endif
#if BY_FORMULA
  low = clamp(floor(c - reach), vec2(0), picture);
  high = clamp(ceil(c + reach), vec2(0), picture);
#endif
  vec2 at = vec2((gl_VertexID & 1) == 0 ? low.x : high.x, (gl_VertexID & 2) == 0 ? low.y : high.y);
#if IS_BOX
  if (!upright) at = c + ((gl_VertexID & 1) == 0 ? -side_u : side_u) + ((gl_VertexID & 2) == 0 ? -side_v : side_v);
#endif
#if FIGURE == SPRITE
  texel = (at + other.zw) / vec2(textureSize(mask, 0));
#elif FIGURE == MASK
  d = at + other.zw;
#elif BY_FORMULA
  d = at - c;
#endif
#if PAINT == LINEAR || PAINT == RADIAL
  vec2 e = at - c;
  place = vec2(e.x * v.y - e.y * v.x, u.x * e.y - u.y * e.x) / (u.x * v.y - u.y * v.x);
#endif
#if FIGURE == DISC
  d /= radius;
#elif FIGURE == RECTANGLE
  vec2 n = abs(axis);
  float a = max(n.x, n.y), b = max(min(n.x, n.y), 1e-3);
  form /= b;
  edges = vec4(0.5 * (a + b) / b, b / a, 0, 0);
#endif
  gl_Position = vec4(at / picture * 2 - 1, 0, 1);
}
)";

const std::string_view kFigureFragmentShader = R"(
EVEN in vec4 fill;
#if PAINT == LINEAR || PAINT == RADIAL
noperspective in vec2 place;
uniform vec4 gradient;
uniform samplerBuffer stops;
uniform int stop_count;
#elif PAINT == SHEET
uniform sampler2D sheet;
#endif
#if HAS_LINE
EVEN in vec4 line;
#endif
#if IS_BOX && FIGURE != SMALL_RECTANGLE
EVEN in vec4 edges;
#endif
#if FIGURE == SPRITE
in vec2 texel;
#elif FIGURE != WHOLE
noperspective in vec2 d;
#endif
#if FIGURE == MASK
uniform sampler2D mask;
uniform bool even_odd;
#elif FIGURE == SPRITE
uniform sampler2D mask;
#elif BY_FORMULA
EVEN in vec4 form;
#endif
#if MIX == MULTIPLY
layout(location = 0, index = 0) out vec4 colour;
layout(location = 0, index = 1) out vec4 keep;
#else
out vec4 colour;
#endif
#if MIX == READ
uniform sampler2D below;
uniform int blend;
#endif

#if PAINT == FLAT
vec4 paint() { return fill; }
#elif PAINT == SHEET
vec4 paint() { return texelFetch(sheet, ivec2(gl_FragCoord.xy), 0) * fill.a; }
#else
vec4 stop(int i) { return clamp(texelFetch(stops, 2 * i + 1) * fill, 0, 1); }
float where(int i) { return texelFetch(stops, 2 * i).x; }
vec4 paint() {
#if PAINT == LINEAR
  vec2 way = gradient.zw - gradient.xy;
  float t = dot(place - gradient.xy, way) / dot(way, way);
#else
  float t = length(place - gradient.xy) / gradient.z;
#endif
  int next = 0;
  while (next < stop_count && where(next) <= t) ++next;
  vec4 mixed;
  if (next == 0) {
    mixed = stop(0);
  } else if (next == stop_count) {
    mixed = stop(stop_count - 1);
  } else {
    float from = where(next - 1);
    mixed = mix(stop(next - 1), stop(next), (t - from) / (where(next) - from));
  }
  return vec4(mixed.rgb * mixed.a, mixed.a);
}
#endif

#if FIGURE == UPRIGHT
float coverage() {
  vec2 part = clamp(form.xy - d, 0, 1) - clamp(-form.xy - d + 1, 0, 1);
  return part.x * part.y;
}
#elif FIGURE == SMALL_ELLIPSE
// Four lines across what the pixel and the ellipse have in common, along the axis on which the edge is steeper, each cut
// at its exact ends.
float coverage() {
  vec2 p = d;
  float a = form.x, b = form.y, c = form.z;
  vec2 slope = abs(vec2(a * p.x + b * p.y, b * p.x + c * p.y));
  if (slope.x < slope.y) { p = p.yx; a = form.z; c = form.x; }
  float inverse = 1 / a, lean = -b * inverse, k = (c + b * lean) * inverse, end = sqrt(inverse / k);
  float low = max(p.y - 0.5, -end), high = max(min(p.y + 0.5, end), low);
  vec4 y = mix(vec4(low), vec4(high), vec4(0.125, 0.375, 0.625, 0.875));
  vec4 reach = sqrt(max(inverse - k * y * y, 0)), centre = lean * y - p.x;
  return dot(clamp(centre + reach, -0.5, 0.5) - clamp(centre - reach, -0.5, 0.5), vec4(0.25 * (high - low)));
}
#elif FIGURE == DISC || FIGURE == ELLIPSE || IS_BOX
// The exact part of the pixel that lies on one side of a straight edge: twice how far its middle is inside, times the length
// of the edge's normal, and that normal.
float beside(float twice_inside, vec2 normal) {
  vec2 n = abs(normal);
  float sum = n.x + n.y + 1e-3, apart = abs(n.x - n.y), a = sum + apart, b = sum - apart;
  float beyond = (sum - abs(twice_inside)) / b, m = clamp(beyond, 0, 1);
  float less = m * (beyond - 0.5 * m) * b / a;
  return twice_inside > 0 ? 1 - less : less;
}
#endif
#if IS_BOX
vec2 along_axes() { return vec2(dot(d, form.xy), dot(d, vec2(-form.y, form.x))); }
#endif
#if FIGURE == DISC
// How far the middle of the pixel is inside, from the squares of radius and distance by three terms of a series: the root
// costs a renderer in software a third of everything. Near the rim, where it counts, they are off by 1/1000 pixel at most.
float coverage() {
  float u = 0.5 - 0.5 * dot(d, d);
  return beside((u + u * u * (0.5 + 0.5 * u)) * form.x, d);
}
#elif FIGURE == ELLIPSE
float coverage() {
  vec2 slope = vec2(form.x * d.x + form.y * d.y, form.y * d.x + form.z * d.y);
  float f = max(dot(d, slope), 0.25);  // the middle is well inside
  return beside(2 * (sqrt(f) - f), slope);
}
#elif FIGURE == RECTANGLE
// No two edges that are opposite touch the same pixel. All have the same normal but for its signs and order; the smaller
// of its components is 1 here.
float coverage() {
  vec2 inside = form.zw - abs(along_axes()), beyond = edges.x - abs(inside), m = clamp(beyond, 0, 1);
  vec2 less = m * (beyond - 0.5 * m) * edges.y;
  vec2 covered = mix(1 - less, less, lessThan(inside, vec2(0)));
  return covered.x * covered.y;
}
#elif FIGURE == SMALL_RECTANGLE
// Between two parallel edges.
float between(float place, float half_size, vec2 normal) {
  return max(beside(2 * (half_size - place), normal) + beside(2 * (half_size + place), normal) - 1, 0);
}
float coverage() {
  vec2 x = form.xy, y = vec2(-x.y, x.x), place = along_axes();
  return between(place.x, form.z, x) * between(place.y, form.w, y);
}
#elif FIGURE == ROUNDED || FIGURE == LINED
// A box around the middle, `place` along its axes, whose corners are quarters of ellipses.
float box(vec2 place, vec2 half_size, vec2 radii) {
  vec2 x = form.xy, y = vec2(-x.y, x.x);
  vec2 away = half_size - abs(place), corner = radii - away;
  if (half_size.x <= 0 || half_size.y <= 0) return 0.0;
  if (min(away.x, away.y) >= 1 && (corner.x <= 0 || corner.y <= 0)) return 1.0;
  if (corner.x <= 0 || corner.y <= 0 || radii.x <= 0 || radii.y <= 0) return beside(2 * away.x, x) * beside(2 * away.y, y);
  vec2 part = corner / radii, g = part / radii;
  float f = dot(part, part), scale = inversesqrt(max(dot(g, g), 1e-12));
  g *= sign(place) * scale;
  return beside(2 * (sqrt(f) - f) * scale, g.x * x + g.y * y);
}
#endif

// In the steps of cairo's masks, so that many figures over one another do not drift apart.
float steps(float covered) { return floor(covered * 255 + 0.5); }
float part(float covered) { return steps(covered) * (1.0 / 255); }

vec4 source() {
#if FIGURE == SPRITE
  return texture(mask, texel);
#elif FIGURE == MASK
  vec2 covered = texelFetch(mask, ivec2(d), 0).rg;
  float inside = even_odd ? 1 - abs(mod(abs(covered.r), 2) - 1) : min(abs(covered.r), 1);
  vec4 over = line * part(min(covered.g, 1));
  return over + paint() * part(inside) * (1 - over.a);
#elif FIGURE == ROUNDED || FIGURE == LINED
  vec2 place = along_axes(), radii = edges.xy, pen = edges.zw;
  vec4 filled = paint() * part(box(place, form.zw, radii));
#if FIGURE == ROUNDED
  return filled;
#else
  vec2 outer = radii.x > 0 ? radii + pen : vec2(0), inner = max(radii - pen, 0);
  vec4 over = line * part(box(place, form.zw + pen, outer) - box(place, form.zw - pen, inner));
  return over + filled * (1 - over.a);
#endif
#elif FIGURE == WHOLE
  return paint();
#elif IN_STEPS
  return fill * steps(coverage());
#else
  return paint() * part(coverage());
#endif
}

void main() {
  vec4 s = source();
#if MIX == FIXED
  colour = s;
#elif MIX == MULTIPLY
  colour = s;
  keep = vec4(1 - s.a + s.rgb, 1);
#else
  vec4 d = texelFetch(below, ivec2(gl_FragCoord.xy), 0);
  vec3 both;
  if (blend == OVERLAY) {
    both = mix(s.a * d.a - 2 * (d.a - d.rgb) * (s.a - s.rgb), 2 * s.rgb * d.rgb, lessThanEqual(2 * d.rgb, vec3(d.a)));
  } else if (blend == DARKEN) {
    both = min(s.rgb * d.a, d.rgb * s.a);
  } else if (blend == LIGHTEN) {
    both = max(s.rgb * d.a, d.rgb * s.a);
  } else {
    both = abs(s.rgb * d.a - d.rgb * s.a);
  }
  colour = vec4(s.rgb * (1 - d.a) + d.rgb * (1 - s.a) + both, s.a + d.a - s.a * d.a);
#endif
}
)";

}  // namespace oscilla::output
