#include "output/gl_context.hpp"

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <string_view>
#include <vector>

namespace oscilla::output {

namespace {

bool lists(const char* extensions, std::string_view name) {
  const std::string_view all = extensions ? extensions : "";
  for (std::size_t at = all.find(name); at != std::string_view::npos; at = all.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || all[at - 1] == ' ') && (end == all.size() || all[end] == ' ')) return true;
  }
  return false;
}

/// Displays that need no window system, then the default one.
std::vector<EGLDisplay> candidates() {
  std::vector<EGLDisplay> found;
  const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
  const auto of_platform =
      reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(eglGetProcAddress("eglGetPlatformDisplayEXT"));
  if (of_platform && lists(extensions, "EGL_MESA_platform_surfaceless"))
    found.push_back(of_platform(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr));
  const auto devices = reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(eglGetProcAddress("eglQueryDevicesEXT"));
  EGLDeviceEXT device[8];
  EGLint count = 0;
  if (of_platform && devices && lists(extensions, "EGL_EXT_platform_device") && devices(8, device, &count)) {
    for (EGLint i = 0; i < count; ++i) found.push_back(of_platform(EGL_PLATFORM_DEVICE_EXT, device[i], nullptr));
  }
  found.push_back(eglGetDisplay(EGL_DEFAULT_DISPLAY));
  return found;
}

EGLContext create_context(EGLDisplay display) {
  const char* extensions = eglQueryString(display, EGL_EXTENSIONS);
  EGLConfig config = nullptr;  // none is needed where nothing but framebuffers of our own is drawn on
  if (!lists(extensions, "EGL_KHR_no_config_context")) {
    const EGLint wanted[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_NONE};
    EGLint count = 0;
    if (!eglChooseConfig(display, wanted, &config, 1, &count) || count == 0) return EGL_NO_CONTEXT;
  }
  const EGLint wanted[] = {
      EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 3, EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  return eglBindAPI(EGL_OPENGL_API) ? eglCreateContext(display, config, EGL_NO_CONTEXT, wanted) : EGL_NO_CONTEXT;
}

/// Shared by all contexts of the process, which keeps it to its end: drivers do not like to be loaded twice.
EGLDisplay shared_display() {
  static const EGLDisplay shared = [] {
    for (const EGLDisplay candidate : candidates()) {
      if (candidate == EGL_NO_DISPLAY || !eglInitialize(candidate, nullptr, nullptr)) continue;
      if (lists(eglQueryString(candidate, EGL_EXTENSIONS), "EGL_KHR_surfaceless_context")) return candidate;
    }
    return EGLDisplay{EGL_NO_DISPLAY};
  }();
  return shared;
}

}  // namespace

HeadlessGl::HeadlessGl(void* display, void* context) : display_(display), context_(context) {}

HeadlessGl::~HeadlessGl() {
  if (eglGetCurrentContext() == context_) eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  eglDestroyContext(display_, context_);
}

bool HeadlessGl::make_current() const {
  return eglGetCurrentContext() == context_ ||
         eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) == EGL_TRUE;
}

std::expected<std::unique_ptr<HeadlessGl>, std::string> HeadlessGl::open() {
  const EGLDisplay display = shared_display();
  if (display == EGL_NO_DISPLAY)
    return std::unexpected("EGL gives no display; on Debian the package libgl1-mesa-dri draws in software");
  const EGLContext context = create_context(display);
  if (context == EGL_NO_CONTEXT) return std::unexpected("EGL gives no OpenGL 3.3 core context");
  std::unique_ptr<HeadlessGl> gl(new HeadlessGl(display, context));
  if (!gl->make_current()) return std::unexpected("EGL does not make its context current without a surface");
  return gl;
}

}  // namespace oscilla::output
