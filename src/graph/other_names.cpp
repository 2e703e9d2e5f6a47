#include "graph/other_names.hpp"

#include <algorithm>
#include <span>

#include "base/lower_case.hpp"

namespace oscilla::graph {
namespace {

struct OtherName {
  std::string_view there;
  std::string_view here;
};

constexpr OtherName kOtherNames[] = {
    // Functions of other languages
    {"lerp", "mix(a, b, t)"},
    {"frac", "fract(x)"},
    {"saturate", "clamp(x, 0, 1)"},
    {"fmod", "a % b"},
    {"mod", "a % b"},
    {"map", "range(x, low, high), or remap"},
    {"ln", "log(x)"},
    {"power", "pow(x, y)"},
    {"sq", "x * x"},
    {"sqr", "x * x"},
    {"trunc", "floor(x), or ceil(x) below 0"},
    {"degrees", "x as it is: angles have units, and convert into each other"},
    {"radians", "x as it is: angles have units, and convert into each other"},
    {"constrain", "clamp(x, low, high)"},
    {"norm", "remap(x, low, high)"},
    {"fit", "remap(x, inLow, inHigh, outLow, outHigh)"},
    {"fit01", "range(x, low, high)"},
    {"len", "length(v)"},
    {"sum", "a + b, or Reduce(x, mode: sum) over all lanes"},
    {"average", "combine(average, a, b), or Reduce(x, mode: average) over all lanes"},
    {"avg", "combine(average, a, b), or Reduce(x, mode: average) over all lanes"},
    {"any", "a || b"},
    {"all", "a && b"},
    {"if", "condition ? a : b"},
    {"switch", "condition ? a : b"},
    {"lerpColor", "mix(a, b, t)"},
    {"hsb", "hsv(h, s, v)"},
    {"hsl", "hsv(h, s, v)"},
    {"colour", "rgb(r, g, b), hsv(h, s, v), or #ff8800"},
    {"easeIn", "ease(x, inQuad)"},
    {"easeOut", "ease(x, outQuad)"},
    {"easeInOut", "ease(x, inOutQuad)"},
    {"smooth", "Slew(x, time: 80ms), which follows, or smoothstep(low, high, x)"},
    {"wiggle", "SmoothNoise(), or noise(x)"},
    {"sine", "sin(time.phaseA)"},
    {"saw", "sawtooth(phase)"},
    {"tri", "triangle(phase)"},
    {"float2", "(x, y)"},
    {"float3", "(x, y, z)"},
    // Blocks of other programs for moving pictures
    {"LFO", "sin(time.phaseA), or Oscillator(phase, mode: triangle)"},
    {"Time", "time.tMs, time.phaseA and time.phaseB"},
    {"Clock", "ClockPulse(period: 500ms)"},
    {"Metronome", "ClockPulse(period: 500ms)"},
    {"Timer", "ClockPulse(period: 500ms)"},
    {"Beat", "ClockPulse(period: 60s / 120)"},
    {"Tempo", "ClockPulse(period: 60s / 120)"},
    {"Duplicator", "Array(Ellipse(), count: 100)"},
    {"Duplicate", "Array(Ellipse(), count: 100)"},
    {"Copy", "Array(Ellipse(), count: 100)"},
    {"Clone", "Array(Ellipse(), count: 100)"},
    {"Cloner", "Array(Ellipse(), count: 100)"},
    {"Instance", "Array(Ellipse(), count: 100)"},
    {"Particles", "Array(...) with an Accumulator(velocity), or Voices(event) and Repeat(...)"},
    {"Emitter", "Voices(event), and Repeat(...) for what each of them throws out"},
    {"Scatter", "RandomScatter(elements), or EvenScatter(elements)"},
    {"Square", "Rect(width: a, height: a)"},
    {"Box", "Rect(width: a, height: b)"},
    {"Triangle", "ProceduralPolygon(sides: 3)"},
    {"Spline", "Path(points, curve: smooth)"},
    {"Bezier", "SvgPath(d: \"M 0 0 C ...\"), or Path(points, curve: smooth)"},
    {"Text", "as outlines in an SVG drawing: SvgFile(file: \"letters.svg\"); there are no fonts yet"},
    {"Image", "as outlines in an SVG drawing: SvgFile(file: \"drawing.svg\"); there are no pictures of pixels yet"},
    {"Translate", "position + (x, y)"},
    {"Transform", "position + (x, y), and a sink's rotation, size and scale"},
    {"Scale", "a sink's size and scale, or x * factor"},
    {"Opacity", "a sink's opacity, or ApplyOpacity(color, opacity)"},
    {"Ramp", "Gradient(t, stops: [#000000, #ffffff]), or Curve(x, points: [(0, 0), (1, 1)])"},
    {"Palette", "Gradient(t, stops: [#000000, #ffffff])"},
    {"Ease", "ease(x, inOutQuad)"},
    {"Easing", "ease(x, inOutQuad)"},
    {"Tween", "ease(x, inOutQuad)"},
    {"Keyframes", "Curve(time.phaseA, points: [(0, 0), (0.5, 1), (1, 0)])"},
    {"Keyframe", "Curve(time.phaseA, points: [(0, 0), (0.5, 1), (1, 0)])"},
    {"Stagger", "an Array's .t or .u in what each of them does: sin(time.phaseA + dots.u)"},
    {"Smooth", "Slew(x, time: 80ms)"},
    {"Filter", "Lag(x, time: 120ms)"},
    {"Feedback", "UnitDelay(x), where a loop closes"},
    {"Trail", "a setting of the sink: RenderInstances2D(position, trail: 8)"},
    {"Mask", "Layer(layer: 1, clip: shape)"},
    {"Blend", "a word of the sink: RenderInstances2D(position, blend: screen)"},
    {"Composite", "layers: RenderInstances2D(position, layer: 1, blend: screen)"},
    {"Draw", "RenderInstances2D(position, ...)"},
    {"Output", "RenderInstances2D(position, ...)"},
    {"Mouse", "a line of its own: input mouse = Value((0.5, 0.5), channel: \"mouse\")"},
    {"Keyboard", "a line of its own: input hit = Trigger(key: \"space\")"},
    {"Key", "a line of its own: input hit = Trigger(key: \"space\")"},
    {"MIDI", "a line of its own: input knob = Value(0, midi: \"cc.7\")"},
    {"OSC", "a line of its own: input level = Value(0, osc: \"/level\")"},
    {"Audio", "a line of its own: input loud = Value(0, channel: \"audio.rms\")"},
    {"mag", "length(v)"},
    {"dist", "distance(a, b)"},
    {"rand", "hash(x)"},
    {"random", "hash(x), or RandomScatter for places"},
    {"perlin", "noise(x)"},
    {"simplex", "noise(x)"},
    {"select", "condition ? a : b"},
    {"vec4", "rgb(r, g, b, a)"},
    {"rgba", "rgb(r, g, b, a)"},
    {"color", "rgb(r, g, b), hsv(h, s, v), or #ff8800"},
    {"float", "the value as it is: ints widen by themselves"},
    {"int", "floor(x), round(x) or ceil(x)"},
    // The earlier systems
    {"InfiniteTimeRoot", "TimeRoot(...)"},
    {"Const", "the value itself: 0.5, (0.5, 0.5), #ff8800"},
    {"Expression", "the expression itself, anywhere"},
    {"Add", "a + b"},
    {"Subtract", "a - b"},
    {"Multiply", "a * b"},
    {"Mul", "a * b"},
    {"Divide", "a / b"},
    {"Modulo", "a % b"},
    {"FieldAdd", "a + b"},
    {"FieldMultiply", "a * b"},
    {"FieldScale", "a * b"},
    {"Sin", "sin(x)"},
    {"Cos", "cos(x)"},
    {"Length", "length(v)"},
    {"Normalize", "normalize(v)"},
    {"Clamp", "clamp(x, a, b)"},
    {"SampleHold", "SampleAndHold(value, trigger: event)"},
    {"ThresholdCrossing", "Threshold(x, ...)"},
    {"PhaseWrapEvent", "PhaseWrap(phase)"},
    {"EventCombine", "combine(any, a, b) or combine(all, a, b)"},
    {"FlipFlop", "Toggle(event)"},
    {"Circle", "Ellipse(rx: r, ry: r)"},
    {"Rectangle", "Rect(...)"},
    {"Polygon", "ProceduralPolygon(...)"},
    {"Star", "ProceduralStar(...)"},
    {"DomainN", "Array(count: n)"},
    {"GridDomain", "Grid(...)"},
    {"LayoutAlongPath", "AlongPath(t, path: corners)"},
    {"FromDomainId", "an Array's .t and .index"},
    {"FieldPolarToCartesian", "PolarToCartesian(...)"},
    {"FieldCartesianToPolar", "CartesianToPolar(...)"},
    {"HSVToColor", "hsv(h, s, v), or HsvToRgb"},
    {"ExternalInput", "a line of its own: input name = Value(0, channel: \"...\")"},
    {"ExternalGate", "a line of its own: input name = Value(0, channel: \"...\"), then name >= 0.5"},
    {"ExternalVec2", "a line of its own: input name = Value((0.5, 0.5), channel: \"...\")"},
    {"CameraProjectionConst", "a word: Camera(projection: orthographic)"},
    {"Render", "RenderInstances2D(position, ...)"},
    {"TestSignal", "`oscilla probe`, which looks at a value from outside"},
};

constexpr OtherName kOtherValues[] = {
    {"frameCount", "time.tMs, in milliseconds, or time.phaseA, which goes round"},
    {"frame", "time.tMs, in milliseconds, or time.phaseA, which goes round"},
    {"millis", "time.tMs"},
    {"seconds", "time.tMs / 1s"},
    {"phase", "time.phaseA"},
    {"dt", "time.dt"},
    {"deltaTime", "time.dt"},
    {"width", "canvas.width"},
    {"height", "canvas.height"},
    {"aspect", "canvas.aspect"},
    {"mouseX", "mouse.x, with a line of its own: input mouse = Value((0.5, 0.5), channel: \"mouse\")"},
    {"mouseY", "mouse.y, with a line of its own: input mouse = Value((0.5, 0.5), channel: \"mouse\")"},
    {"mouse", "with a line of its own: input mouse = Value((0.5, 0.5), channel: \"mouse\")"},
    {"i", "an Array's .index"},
    {"index", "an Array's .index"},
    {"id", "an Array's .index"},
};

std::string_view look_up(std::span<const OtherName> rows, std::string_view name) {
  const auto same = [](char a, char b) { return lower_case(a) == lower_case(b); };
  const auto found =
      std::ranges::find_if(rows, [&](const OtherName& other) { return std::ranges::equal(other.there, name, same); });
  return found == rows.end() ? std::string_view() : found->here;
}

}  // namespace

std::string_view other_name(std::string_view name) { return look_up(kOtherNames, name); }

std::string_view other_value(std::string_view name) { return look_up(kOtherValues, name); }

}  // namespace oscilla::graph
