// Shader programs of the OpenGL backend, made when they are first needed. In a current context of OpenGL 3.3.
#pragma once

#include <epoxy/gl.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "oscilla/frame.hpp"

namespace oscilla::output {

class GlProgram {
 public:
  using Sources = std::array<std::string_view, 2>;  ///< one after the other
  /// Where it does not compile, why is in `problem`.
  GlProgram(std::string_view preamble, const Sources& vertex, const Sources& fragment, std::string& problem);
  ~GlProgram();
  GlProgram(const GlProgram&) = delete;
  GlProgram& operator=(const GlProgram&) = delete;

  /// The calls below, and draws, are about this program then.
  void use() const { glUseProgram(program_); }
  void set(const char* name, int value) const { glUniform1i(location(name), value); }
  void set(const char* name, float x, float y) const { glUniform2f(location(name), x, y); }
  void set(const char* name, const std::array<float, 4>& value) const { glUniform4fv(location(name), 1, value.data()); }

 private:
  GLint location(const char* name) const { return glGetUniformLocation(program_, name); }

  GLuint program_ = 0;
};

/// How the pixels of a figure are found: by formula, in the mask, or all of the picture's. Every formula is a program
/// of its own, since renderers in software compute both sides of every branch.
enum class GlFigure : std::uint8_t {
  Disc,
  Ellipse,
  SmallEllipse,  ///< curved within a pixel
  Upright,       ///< a rectangle along the picture's sides
  Rectangle,
  SmallRectangle,  ///< with opposite edges in one pixel
  Rounded,         ///< a rectangle with round corners
  Lined,           ///< a rectangle or disc with a line
  Mask,
  Sprite,  ///< a picture that is ready
  Whole
};
/// What colours them. Sheet: the passes of a layer.
enum class GlPaint : std::uint8_t { Flat, Linear, Radial, Sheet };
/// How they are laid over what is there: by a blend function with one source or two, or from a copy of it.
enum class GlMix : std::uint8_t { Fixed, Multiply, Read };

struct GlLook {
  GlFigure figure;
  GlPaint paint;
  GlMix mix;
};

/// What stands at an end of a piece of a line.
enum class GlEnd : std::uint8_t {
  Plain,
  Square,  ///< half the width further on
  Turn,    ///< the next piece, with a corner on the inner side
  Smooth,  ///< the next piece, with corners on both sides
  Wedge,   ///< this is no piece with two ends, but the filling of an outer corner
};

/// Texture units.
struct GlUnit {
  static constexpr int kLanes = 0, kMask = 1, kBelow = 2, kSheet = 3, kStops = 4, kFigures = 5;
};

class GlPrograms {
 public:
  /// In use, with its textures at their units. Null where the driver does not compile it: problem() says why.
  const GlProgram* figure(const GlLook& look);
  const GlProgram* edges();
  const GlProgram* pieces();
  const std::string& problem() const { return problem_; }

 private:
  const GlProgram* used(std::unique_ptr<GlProgram>& program);

  std::unique_ptr<GlProgram> figures_[11][4][3];
  std::unique_ptr<GlProgram> edges_, pieces_;
  std::string problem_;
};

}  // namespace oscilla::output
