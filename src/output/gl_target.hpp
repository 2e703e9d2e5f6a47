// Textures that are drawn on. In a current context of OpenGL 3.3. Row 0 is the top row of the picture.
#pragma once

#include <epoxy/gl.h>

#include <cstdint>

namespace oscilla::output {

/// A texture with its framebuffer.
class GlTarget {
 public:
  enum class Format : std::uint8_t {
    Colour,        ///< 8 bits a channel, premultiplied
    Coverage,      ///< a float
    TwoCoverages,  ///< two of them
  };

  explicit GlTarget(Format format) : format_(format) {}
  ~GlTarget();
  GlTarget(const GlTarget&) = delete;
  GlTarget& operator=(const GlTarget&) = delete;

  /// Has this size from now on; what was on it is lost. False if there is no memory for it.
  bool resize(std::uint32_t width, std::uint32_t height);
  /// Draws go here.
  void bind() const;
  /// What shaders read at unit `unit`.
  void bind_texture(std::uint32_t unit) const;
  /// Colours: all of them, 0xAARRGGBB, row by row.
  void download(std::uint32_t* pixels) const;
  /// Colours: its first `rows` rows, 0xAARRGGBB, bound to unit `unit`.
  void upload(const std::uint32_t* pixels, std::uint32_t rows, std::uint32_t unit) const;

  std::uint32_t width() const { return width_; }
  std::uint32_t height() const { return height_; }
  GLuint framebuffer() const { return framebuffer_; }

 private:
  Format format_;
  GLuint texture_ = 0;
  GLuint framebuffer_ = 0;
  std::uint32_t width_ = 0;
  std::uint32_t height_ = 0;
};

/// Floats that shaders fetch, four at a time.
class GlTable {
 public:
  GlTable() = default;
  ~GlTable();
  GlTable(const GlTable&) = delete;
  GlTable& operator=(const GlTable&) = delete;

  /// Replaces what it holds and binds it to unit `unit`.
  void upload(const float* floats, std::size_t count, std::uint32_t unit);

 private:
  GLuint buffer_ = 0;
  GLuint texture_ = 0;
};

}  // namespace oscilla::output
