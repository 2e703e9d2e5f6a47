#include "output/gl_shaders.hpp"

namespace oscilla::output {

// A lane is three rows of the table, or five with a line or a mask: the middle of its box and half of one side; half of
// the other side, and the way from its pixels to those of its mask; the fill; the line; the pixels that its mask
// covers, or, without a mask, the radii of its corners and half the width of its line, both along its own axes.
const std::string_view kFigureVertexShader = R"(
uniform samplerBuffer lanes;
uniform vec2 picture;
flat out vec4 fill;
#if PAINT == LINEAR || PAINT == RADIAL
out vec2 place;
#endif
#if HAS_LINE
flat out vec4 line;
const int kRows = 5;
#else
const int kRows = 3;
#endif
#if FIGURE == MASK
flat out ivec2 to_mask;
#else
flat out vec2 middle;
flat out vec4 form;
#endif
#if FIGURE == ROUNDED || FIGURE == LINED
flat out vec4 edges;
#endif
uniform bool as_point;

void main() {
  int first = (as_point ? gl_VertexID : gl_VertexID / 4) * kRows;
  vec4 half_side = texelFetch(lanes, first);
  vec4 other = texelFetch(lanes, first + 1);
  fill = texelFetch(lanes, first + 2);
  vec2 c = half_side.xy, u = half_side.zw, v = other.xy;
  vec2 low = vec2(0), high = picture;
#if HAS_LINE
  line = texelFetch(lanes, first + 3);
#endif
#if FIGURE == MASK
  to_mask = ivec2(other.zw);
  vec4 bounds = texelFetch(lanes, first + 4);
  low = bounds.xy;
  high = bounds.zw;
#elif FIGURE == UPRIGHT
  middle = c;
  vec2 reach = abs(u) + abs(v);
  form = vec4(c - reach, c + reach);
#elif IS_BOX
  middle = c;
  form = vec4(normalize(u), length(u), length(v));
  vec2 reach = abs(u) + abs(v), pen = vec2(0);
#if FIGURE != RECTANGLE
  edges = texelFetch(lanes, first + 4);
  pen = edges.zw;
#endif
  vec2 side_u = u + (pen.x + 0.75) * form.xy, side_v = v + (pen.y + 0.75) * normalize(v);
#elif FIGURE == DISC
  middle = c;
  float radius = length(u);
  form = vec4(radius * radius, 0.5 / radius, 1 / radius, 0);
  vec2 reach = vec2(radius);
#elif FIGURE == ELLIPSE || FIGURE == SMALL_ELLIPSE
  middle = c;
  float xx = u.x * u.x + v.x * v.x, yy = u.y * u.y + v.y * v.y, xy = u.x * u.y + v.x * v.y;
  float det = u.x * v.y - u.y * v.x;
  form = vec4(yy, -xy, xx, 0.25 * (xx + yy + 2 * abs(xy))) / (det * det);
  vec2 reach = sqrt(vec2(xx, yy));
#endif
#if FIGURE != MASK && FIGURE != WHOLE
  low = floor(c - reach);
  high = ceil(c + reach);
#endif
  vec2 at = vec2((gl_VertexID & 1) == 0 ? low.x : high.x, (gl_VertexID & 2) == 0 ? low.y : high.y);
  if (as_point) {
    gl_PointSize = max(high.x - low.x, high.y - low.y);
    at = low + 0.5 * gl_PointSize;
    gl_Position = vec4(at / (0.5 * picture + MARGIN) - picture / (picture + 2 * MARGIN), 0, 1);
    return;
  }
#if IS_BOX
  at = c + ((gl_VertexID & 1) == 0 ? -side_u : side_u) + ((gl_VertexID & 2) == 0 ? -side_v : side_v);
#elif FIGURE != MASK && FIGURE != WHOLE
  at = clamp(at, vec2(0), picture);
#endif
#if PAINT == LINEAR || PAINT == RADIAL
  vec2 d = at - c;
  place = vec2(d.x * v.y - d.y * v.x, u.x * d.y - u.y * d.x) / (u.x * v.y - u.y * v.x);
#endif
  gl_Position = vec4(at / picture * 2 - 1, 0, 1);
}
)";

const std::string_view kFigureFragmentShader = R"(
flat in vec4 fill;
#if PAINT == LINEAR || PAINT == RADIAL
in vec2 place;
uniform vec4 gradient;
uniform samplerBuffer stops;
uniform int stop_count;
#elif PAINT == SHEET
uniform sampler2D sheet;
#endif
#if HAS_LINE
flat in vec4 line;
#endif
#if FIGURE == ROUNDED || FIGURE == LINED
flat in vec4 edges;
#endif
#if FIGURE == MASK
flat in ivec2 to_mask;
uniform sampler2D mask;
uniform bool even_odd;
#else
flat in vec2 middle;
flat in vec4 form;
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
  vec2 part = clamp(min(form.zw, gl_FragCoord.xy + 0.5) - max(form.xy, gl_FragCoord.xy - 0.5), 0, 1);
  return part.x * part.y;
}
#elif FIGURE == SMALL_ELLIPSE
// Four lines across what the pixel and the ellipse have in common, along the axis on which the edge is steeper, each cut
// at its exact ends.
float coverage() {
  vec2 d = gl_FragCoord.xy - middle;
  float a = form.x, b = form.y, c = form.z;
  vec2 slope = abs(vec2(a * d.x + b * d.y, b * d.x + c * d.y));
  if (slope.x < slope.y) { d = d.yx; a = form.z; c = form.x; }
  float inverse = 1 / a, lean = -b * inverse, k = (c + b * lean) * inverse, end = sqrt(inverse / k);
  float low = max(d.y - 0.5, -end), high = max(min(d.y + 0.5, end), low);
  vec4 y = mix(vec4(low), vec4(high), vec4(0.125, 0.375, 0.625, 0.875));
  vec4 reach = sqrt(max(inverse - k * y * y, 0)), centre = lean * y - d.x;
  return dot(clamp(centre + reach, -0.5, 0.5) - clamp(centre - reach, -0.5, 0.5), vec4(0.25 * (high - low)));
}
#elif FIGURE == DISC || FIGURE == ELLIPSE || IS_BOX
// The exact part of the pixel that lies on one side of a straight edge: how far its middle is inside, and the edge's normal.
float beside(float inside, vec2 normal) {
  vec2 n = abs(normal);
  float a = max(n.x, n.y), b = max(min(n.x, n.y), 1e-3);
  float t = clamp(inside, -0.5 * (a + b), 0.5 * (a + b));
  float bend = max(abs(t) - 0.5 * (a - b), 0);
  return 0.5 + (t * b - sign(t) * 0.5 * bend * bend) / (a * b);
}
#endif
#if FIGURE == DISC
// How far the middle of the pixel is inside, from the squares of radius and distance by three terms of a series: the root
// costs a renderer in software a third of everything. Near the rim, where it counts, they are off by 1/1000 pixel at most.
float coverage() {
  vec2 d = gl_FragCoord.xy - middle;
  float u = (form.x - dot(d, d)) * form.y, bend = u * form.y;
  return beside(u + u * bend * (1 + 2 * bend), d * form.z);
}
#elif FIGURE == ELLIPSE
float coverage() {
  vec2 d = gl_FragCoord.xy - middle;
  vec2 g = vec2(form.x * d.x + form.y * d.y, form.y * d.x + form.z * d.y);
  float f = dot(d, g);
  vec2 n = abs(g);
  if (f + n.x + n.y + form.w <= 1) return 1.0;
  float scale = inversesqrt(dot(g, g));
  return beside((sqrt(f) - f) * scale, g * scale);
}
#elif FIGURE == RECTANGLE
// Between two parallel edges.
float between(float place, float half_size, vec2 normal) {
  return max(beside(half_size - place, normal) + beside(half_size + place, normal) - 1, 0);
}
float coverage() {
  vec2 d = gl_FragCoord.xy - middle, x = form.xy, y = vec2(-x.y, x.x);
  return between(dot(d, x), form.z, x) * between(dot(d, y), form.w, y);
}
#elif FIGURE == ROUNDED || FIGURE == LINED
// A box around the middle, `place` along its axes, whose corners are quarters of ellipses.
float box(vec2 place, vec2 half_size, vec2 radii) {
  vec2 x = form.xy, y = vec2(-x.y, x.x);
  vec2 away = half_size - abs(place), corner = radii - away;
  if (half_size.x <= 0 || half_size.y <= 0) return 0.0;
  if (min(away.x, away.y) >= 1 && (corner.x <= 0 || corner.y <= 0)) return 1.0;
  if (corner.x <= 0 || corner.y <= 0 || radii.x <= 0 || radii.y <= 0) return beside(away.x, x) * beside(away.y, y);
  vec2 part = corner / radii, g = part / radii;
  float f = dot(part, part), scale = inversesqrt(max(dot(g, g), 1e-12));
  g *= sign(place) * scale;
  return beside((sqrt(f) - f) * scale, g.x * x + g.y * y);
}
#endif

// In the steps of cairo's masks, so that many figures over one another do not drift apart.
float part(float covered) { return floor(covered * 255 + 0.5) / 255; }

vec4 source() {
#if FIGURE == MASK
  vec2 covered = texelFetch(mask, ivec2(gl_FragCoord.xy) + to_mask, 0).rg;
  float inside = even_odd ? 1 - abs(mod(abs(covered.r), 2) - 1) : min(abs(covered.r), 1);
  vec4 over = line * part(min(covered.g, 1));
  return over + paint() * part(inside) * (1 - over.a);
#elif FIGURE == ROUNDED || FIGURE == LINED
  vec2 d = gl_FragCoord.xy - middle;
  vec2 place = vec2(dot(d, form.xy), dot(d, vec2(-form.y, form.x))), radii = edges.xy, pen = edges.zw;
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
