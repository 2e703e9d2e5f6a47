// The shaders of the OpenGL backend, in GLSL 3.30 without the #version line. Pixels are the picture's: x to the right,
// y down, the first row at 0, which is also the first row of every framebuffer here.
#pragma once

#include <string_view>

namespace oscilla::output {

/// Figures painted over the picture. Before it stand #defines: FIGURE, PAINT and MIX, each an enumerator of
/// gl_program.hpp.
extern const std::string_view kFigureVertexShader;
extern const std::string_view kFigureFragmentShader;

/// What figures cover, summed up in a texture: red the edges of what is filled, green the pieces of lines. Vertex
/// shaders begin with kMaskLane, fragment shaders with kArea.
extern const std::string_view kMaskLane;
extern const std::string_view kArea;
extern const std::string_view kEdgeVertexShader;
extern const std::string_view kEdgeFragmentShader;
extern const std::string_view kPieceVertexShader;
extern const std::string_view kPieceFragmentShader;

}  // namespace oscilla::output
