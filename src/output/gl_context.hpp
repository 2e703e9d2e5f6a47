// An OpenGL 3.3 core context without a window, through EGL: on a graphics card if the system gives one, else in
// software (Mesa). Each belongs to one thread.
#pragma once

#include <expected>
#include <memory>
#include <string>

namespace oscilla::output {

class HeadlessGl {
 public:
  /// The error says what is missing.
  static std::expected<std::unique_ptr<HeadlessGl>, std::string> open();
  ~HeadlessGl();
  HeadlessGl(const HeadlessGl&) = delete;
  HeadlessGl& operator=(const HeadlessGl&) = delete;

  /// From now on the OpenGL calls of this thread go here.
  bool make_current() const;

 private:
  HeadlessGl(void* display, void* context);

  void* display_;  // of EGL
  void* context_;
};

}  // namespace oscilla::output
