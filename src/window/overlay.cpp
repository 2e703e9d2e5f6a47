#include "window/overlay.hpp"

#include <SDL2/SDL.h>
#include <backends/imgui_impl_opengl3.h>
#include <backends/imgui_impl_sdl.h>
#include <fontconfig/fontconfig.h>
#include <imgui.h>

#include <array>
#include <filesystem>
#include <string>
#include <system_error>

namespace oscilla::window {
namespace {

constexpr float kTextPixels = 15;

/// The file of the system's letters of equal width; empty: none.
std::string font_file() {
  std::string file;
  FcConfig* const config = FcInitLoadConfigAndFonts();
  FcPattern* const wanted = FcNameParse(reinterpret_cast<const FcChar8*>("monospace:fontformat=TrueType"));
  FcConfigSubstitute(config, wanted, FcMatchPattern);
  FcDefaultSubstitute(wanted);
  FcResult result{};
  if (FcPattern* const found = FcFontMatch(config, wanted, &result)) {
    FcChar8* name = nullptr;
    if (FcPatternGetString(found, FC_FILE, 0, &name) == FcResultMatch) file = reinterpret_cast<const char*>(name);
    FcPatternDestroy(found);
  }
  FcPatternDestroy(wanted);
  FcConfigDestroy(config);
  return file;
}

/// The system's letters; ImGui's own are made for one size.
void load_font(ImGuiIO& io, float pixels) {
  static constexpr std::array<ImWchar, 7> kLetters = {0x20, 0x24f, 0x370, 0x3ff, 0x2010, 0x27bf, 0};
  const std::string file = font_file();
  std::error_code error;
  if (!file.empty() && std::filesystem::exists(file, error) &&
      io.Fonts->AddFontFromFileTTF(file.c_str(), pixels, nullptr, kLetters.data()) != nullptr)
    return;
  ImFontConfig own;
  own.SizePixels = pixels;
  io.Fonts->AddFontDefault(&own);
}

void set_look(float scale) {
  ImGui::StyleColorsDark();
  ImGuiStyle& style = ImGui::GetStyle();
  style.WindowRounding = 6;
  style.FrameRounding = 3;
  style.GrabRounding = 3;
  style.WindowBorderSize = 0;
  style.WindowPadding = {12, 10};
  style.ItemSpacing = {8, 5};
  style.Colors[ImGuiCol_WindowBg] = {0.045f, 0.05f, 0.065f, 0.86f};
  style.Colors[ImGuiCol_TitleBgActive] = {0.10f, 0.12f, 0.16f, 0.95f};
  style.Colors[ImGuiCol_Text] = {0.88f, 0.90f, 0.93f, 1};
  style.ScaleAllSizes(scale);
}

}  // namespace

Overlay::Overlay(Window& window, double scale) : window_(window), scale_(scale) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  io.IniFilename = nullptr;  // leaves no files
  io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
  set_look(static_cast<float>(scale));
  load_font(io, kTextPixels * static_cast<float>(scale));
  const Letterbox::Window size = window.size();
  io.FontGlobalScale = static_cast<float>(size.height_points) / static_cast<float>(size.height_pixels);
  ImGui_ImplSDL2_InitForOpenGL(window.sdl(), window.context());
  ImGui_ImplOpenGL3_Init("#version 330 core");
  window.set_witness([](const SDL_Event& event) { ImGui_ImplSDL2_ProcessEvent(&event); });
}

Overlay::~Overlay() {
  window_.set_witness({});
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplSDL2_Shutdown();
  ImGui::DestroyContext();
}

bool Overlay::takes_keys() const { return ImGui::GetIO().WantTextInput; }
bool Overlay::takes_pointer() const { return ImGui::GetIO().WantCaptureMouse; }

void Overlay::begin() {
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplSDL2_NewFrame();
  ImGui::NewFrame();
}

void Overlay::end() {
  ImGui::Render();
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace oscilla::window
