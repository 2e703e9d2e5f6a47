#include "graph/other_names.hpp"

#include <algorithm>
#include <iterator>

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
    {"Mod", "a % b"},
    {"Modulo", "a % b"},
    {"FieldAdd", "a + b"},
    {"FieldMultiply", "a * b"},
    {"FieldScale", "a * b"},
    {"Sin", "sin(x)"},
    {"Cos", "cos(x)"},
    {"Length", "length(v)"},
    {"Normalize", "normalize(v)"},
    {"Clamp", "clamp(x, a, b)"},
    {"Lerp", "mix(a, b, t)"},
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

}  // namespace

std::string_view other_name(std::string_view name) {
  const auto found = std::find_if(std::begin(kOtherNames), std::end(kOtherNames),
                                  [&](const OtherName& other) { return other.there == name; });
  return found == std::end(kOtherNames) ? std::string_view() : found->here;
}

}  // namespace oscilla::graph
