#include "output/gl_target.hpp"

namespace oscilla::output {

GlTarget::~GlTarget() {
  if (framebuffer_) glDeleteFramebuffers(1, &framebuffer_);
  if (texture_) glDeleteTextures(1, &texture_);
}

bool GlTarget::resize(std::uint32_t width, std::uint32_t height) {
  if (width == width_ && height == height_) return true;
  if (!texture_) glGenTextures(1, &texture_);
  if (!framebuffer_) glGenFramebuffers(1, &framebuffer_);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, texture_);
  const auto w = static_cast<GLsizei>(width);
  const auto h = static_cast<GLsizei>(height);
  if (format_ == Format::Colour) {
    // of no size, so that Mesa in software keeps what it is given: only so does it know how to copy pixels
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, w, h, 0, GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV, nullptr);
  } else if (format_ == Format::Coverage) {
    glTexImage2D(GL_TEXTURE_2D, 0, GL_R32F, w, h, 0, GL_RED, GL_FLOAT, nullptr);
  } else {
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RG32F, w, h, 0, GL_RG, GL_FLOAT, nullptr);
  }
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture_, 0);
  const bool complete = glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
  width_ = complete ? width : 0;
  height_ = complete ? height : 0;
  return complete;
}

void GlTarget::bind() const {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_);
  glViewport(0, 0, static_cast<GLsizei>(width_), static_cast<GLsizei>(height_));
}

void GlTarget::bind_texture(std::uint32_t unit) const {
  glActiveTexture(GL_TEXTURE0 + unit);
  glBindTexture(GL_TEXTURE_2D, texture_);
}

void GlTarget::download(std::uint32_t* pixels) const {
  GLint bound = 0;
  glGetIntegerv(GL_READ_FRAMEBUFFER_BINDING, &bound);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_);
  glReadPixels(0, 0, static_cast<GLsizei>(width_), static_cast<GLsizei>(height_), GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV,
               pixels);
  glBindFramebuffer(GL_READ_FRAMEBUFFER, static_cast<GLuint>(bound));
}

void GlTarget::upload(const std::uint32_t* pixels, std::uint32_t rows, std::uint32_t unit) const {
  bind_texture(unit);
  glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, static_cast<GLsizei>(width_), static_cast<GLsizei>(rows), GL_BGRA,
                  GL_UNSIGNED_INT_8_8_8_8_REV, pixels);
}

GlTable::~GlTable() {
  if (texture_) glDeleteTextures(1, &texture_);
  if (buffer_) glDeleteBuffers(1, &buffer_);
}

void GlTable::upload(const float* floats, std::size_t count, std::uint32_t unit) {
  if (!buffer_) glGenBuffers(1, &buffer_);
  if (!texture_) glGenTextures(1, &texture_);
  glBindBuffer(GL_TEXTURE_BUFFER, buffer_);
  glBufferData(GL_TEXTURE_BUFFER, static_cast<GLsizeiptr>(count * sizeof(float)), floats, GL_STREAM_DRAW);
  glActiveTexture(GL_TEXTURE0 + unit);
  glBindTexture(GL_TEXTURE_BUFFER, texture_);
  glTexBuffer(GL_TEXTURE_BUFFER, GL_RGBA32F, buffer_);
}

}  // namespace oscilla::output
