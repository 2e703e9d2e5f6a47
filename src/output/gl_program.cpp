#include "output/gl_program.hpp"

#include <fmt/format.h>

#include <span>

#include "output/gl_quads.hpp"
#include "output/gl_shaders.hpp"

namespace oscilla::output {
namespace {

constexpr std::string_view kFigures[] = {"DISC",      "ELLIPSE",         "SMALL_ELLIPSE", "UPRIGHT",
                                         "RECTANGLE", "SMALL_RECTANGLE", "ROUNDED",       "LINED",
                                         "MASK",      "SPRITE",          "WHOLE"};
constexpr std::string_view kPaints[] = {"FLAT", "LINEAR", "RADIAL", "SHEET"};
constexpr std::string_view kMixes[] = {"FIXED", "MULTIPLY", "READ"};
constexpr std::string_view kEnds[] = {"PLAIN", "SQUARE", "TURN", "SMOOTH", "WEDGE"};

void define(std::string& text, std::span<const std::string_view> names) {
  for (std::size_t i = 0; i < names.size(); ++i) text += fmt::format("#define {} {}\n", names[i], i);
}

std::string preamble_of(const GlLook& look) {
  std::string text;
  define(text, kFigures);
  define(text, kPaints);
  define(text, kMixes);
  text +=
      "#define HAS_LINE (FIGURE == MASK || FIGURE == SPRITE || FIGURE == ROUNDED || FIGURE == LINED)\n"
      "#define IS_BOX (FIGURE == RECTANGLE || FIGURE == SMALL_RECTANGLE || FIGURE == ROUNDED || FIGURE == LINED)\n"
      "#define BY_FORMULA (FIGURE != MASK && FIGURE != SPRITE && FIGURE != WHOLE)\n"
      "#define IN_STEPS (PAINT == FLAT && !HAS_LINE && FIGURE != WHOLE)\n";
  text += fmt::format("#define FIGURE {}\n#define PAINT {}\n#define MIX {}\n", static_cast<int>(look.figure),
                      static_cast<int>(look.paint), static_cast<int>(look.mix));
  return text + fmt::format("#define OVERLAY {}\n#define DARKEN {}\n#define LIGHTEN {}\n#define EVEN {}\n",
                            static_cast<int>(Blend::Overlay), static_cast<int>(Blend::Darken),
                            static_cast<int>(Blend::Lighten), draws_in_software() ? "noperspective" : "flat");
}

GLuint compile(GLenum kind, std::string_view preamble, const GlProgram::Sources& sources, std::string& problem) {
  const std::string_view parts[] = {"#version 330 core\n", preamble, sources[0], sources[1]};
  const char* texts[4];
  GLint lengths[4];
  for (int i = 0; i < 4; ++i) {
    texts[i] = parts[i].empty() ? "" : parts[i].data();
    lengths[i] = static_cast<GLint>(parts[i].size());
  }
  const GLuint shader = glCreateShader(kind);
  glShaderSource(shader, 4, texts, lengths);
  glCompileShader(shader);
  GLint compiled = 0;
  glGetShaderiv(shader, GL_COMPILE_STATUS, &compiled);
  if (!compiled) {
    char log[1000] = "";
    glGetShaderInfoLog(shader, sizeof log, nullptr, log);
    problem = fmt::format("the OpenGL driver does not compile a shader: {}", log);
  }
  return shader;
}

}  // namespace

GlProgram::GlProgram(std::string_view preamble, const Sources& vertex, const Sources& fragment, std::string& problem) {
  program_ = glCreateProgram();
  const GLuint shaders[] = {compile(GL_VERTEX_SHADER, preamble, vertex, problem),
                            compile(GL_FRAGMENT_SHADER, preamble, fragment, problem)};
  for (const GLuint shader : shaders) glAttachShader(program_, shader);
  glLinkProgram(program_);
  for (const GLuint shader : shaders) glDeleteShader(shader);
  GLint linked = 0;
  glGetProgramiv(program_, GL_LINK_STATUS, &linked);
  if (!linked && problem.empty()) {
    char log[1000] = "";
    glGetProgramInfoLog(program_, sizeof log, nullptr, log);
    problem = fmt::format("the OpenGL driver does not link a program: {}", log);
  }
  use();
  set("lanes", GlUnit::kLanes);
  set("mask", GlUnit::kMask);
  set("below", GlUnit::kBelow);
  set("sheet", GlUnit::kSheet);
  set("stops", GlUnit::kStops);
  set("figures", GlUnit::kFigures);
}

GlProgram::~GlProgram() { glDeleteProgram(program_); }

const GlProgram* GlPrograms::used(std::unique_ptr<GlProgram>& program) {
  if (!problem_.empty()) return nullptr;
  program->use();
  return program.get();
}

const GlProgram* GlPrograms::figure(const GlLook& look) {
  auto& program = figures_[static_cast<int>(look.figure)][static_cast<int>(look.paint)][static_cast<int>(look.mix)];
  if (!program) {
    program = std::make_unique<GlProgram>(preamble_of(look), GlProgram::Sources{"", kFigureVertexShader},
                                          GlProgram::Sources{"", kFigureFragmentShader}, problem_);
  }
  return used(program);
}

const GlProgram* GlPrograms::edges() {
  if (!edges_) {
    edges_ = std::make_unique<GlProgram>("", GlProgram::Sources{kMaskLane, kEdgeVertexShader},
                                         GlProgram::Sources{kArea, kEdgeFragmentShader}, problem_);
  }
  return used(edges_);
}

const GlProgram* GlPrograms::pieces() {
  if (!pieces_) {
    std::string ends;
    define(ends, kEnds);
    pieces_ = std::make_unique<GlProgram>(ends, GlProgram::Sources{kMaskLane, kPieceVertexShader},
                                          GlProgram::Sources{kArea, kPieceFragmentShader}, problem_);
  }
  return used(pieces_);
}

}  // namespace oscilla::output
