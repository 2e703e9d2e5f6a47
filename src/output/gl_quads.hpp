// How much is drawn at once, and the corners of quads by number: a vertex shader gets 4 q .. 4 q + 3 in gl_VertexID for
// quad q, and fetches the rest.
#pragma once

#include <epoxy/gl.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace oscilla::output {

inline constexpr std::size_t kMostQuads = 65'536;  ///< of one draw
/// Mesa's renderer in software takes quads along the picture's sides, whose outputs do not vary or are not flat, for
/// rectangles, which cost it a third of two triangles, but only in draws of up to 1,020 corners.
inline constexpr std::size_t kRectangleQuads = 170;

/// Whether the processor draws, in a current context.
inline bool draws_in_software() {
  const auto* text = reinterpret_cast<const char*>(glGetString(GL_RENDERER));
  const std::string_view name = text ? text : "";
  return name.find("llvmpipe") != name.npos || name.find("softpipe") != name.npos;
}

/// How many figures a draw should have at most. A renderer in software keeps what it has to paint in memory until it is
/// told to go on: with few figures at a time that stays in the processor's cache, which makes it nearly twice as fast.
class GlPace {
 public:
  bool is_software() {
    if (!software_) software_ = draws_in_software();
    return *software_;
  }
  std::size_t step(std::size_t most) { return is_software() ? std::min(most, kSoftwareStep) : most; }
  /// After each draw of so many.
  void drawn(std::size_t count) {
    drawn_ += count;
    if (!is_software() || drawn_ < kSoftwareStep) return;
    glFlush();
    drawn_ = 0;
  }

 private:
  static constexpr std::size_t kSoftwareStep = 1000;

  std::size_t drawn_ = 0;
  std::optional<bool> software_;
};

/// Quads [first, first + count) of at most kMostQuads, in order, `step` in one call. GlQuads are bound.
inline void draw_quads(std::size_t first, std::size_t count, std::size_t step = kMostQuads) {
  for (const std::size_t end = first + count; first < end; first += step) {
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(6 * std::min(step, end - first)), GL_UNSIGNED_INT,
                   reinterpret_cast<const void*>(6 * first * sizeof(std::uint32_t)));
  }
}

class GlQuads {
 public:
  GlQuads() {
    std::vector<std::uint32_t> corners;
    corners.reserve(6 * kMostQuads);
    for (std::uint32_t quad = 0; quad < kMostQuads; ++quad) {
      for (const std::uint32_t corner : {0u, 1u, 2u, 2u, 1u, 3u}) corners.push_back(4 * quad + corner);
    }
    glGenVertexArrays(1, &array_);
    glGenBuffers(1, &buffer_);
    bind();
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, buffer_);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER, static_cast<GLsizeiptr>(corners.size() * sizeof(std::uint32_t)),
                 corners.data(), GL_STATIC_DRAW);
  }
  ~GlQuads() {
    glDeleteVertexArrays(1, &array_);
    glDeleteBuffers(1, &buffer_);
  }
  GlQuads(const GlQuads&) = delete;
  GlQuads& operator=(const GlQuads&) = delete;

  void bind() const { glBindVertexArray(array_); }

 private:
  GLuint array_ = 0;
  GLuint buffer_ = 0;
};

}  // namespace oscilla::output
