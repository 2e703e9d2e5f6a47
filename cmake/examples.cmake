# The example patches of the catalogue (examples/NAME.oscilla) as text inside the library (src/blocks/examples.hpp).
file(GLOB examples CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/*.oscilla)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${examples})
set(example_rows "")
foreach(file ${examples})
  get_filename_component(name ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND example_rows "    {\"${name}\", R\"oscilla(${text})oscilla\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/examples.cpp @ONLY CONTENT
"#include \"blocks/examples.hpp\"

namespace oscilla::blocks {

std::span<const Example> examples() {
  static constexpr Example kExamples[] = {
@example_rows@  };
  return kExamples;
}

}  // namespace oscilla::blocks
")
target_sources(oscilla_blocks PRIVATE ${PROJECT_BINARY_DIR}/examples.cpp)
