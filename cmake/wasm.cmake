# The core as a WebAssembly module without threads, files or a main: build/wasm/oscilla.wasm, with three functions to run a
# patch (tests/determinism/module.cpp). Every object is linked in, so that whatever the core needs and WebAssembly lacks fails here.

# The header-only libraries of the host, and nothing else of /usr/include.
set(host_headers ${CMAKE_CURRENT_BINARY_DIR}/host_headers)
file(MAKE_DIRECTORY ${host_headers})
foreach(header fmt fast_float nlohmann xxhash.h xxh3.h)
  file(CREATE_LINK /usr/include/${header} ${host_headers}/${header} SYMBOLIC)
endforeach()
include_directories(SYSTEM ${host_headers})

add_library(fmt::fmt INTERFACE IMPORTED)
target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY)
add_library(Threads::Threads INTERFACE IMPORTED)

function(oscilla_make_wasm_module)
  get_property(core GLOBAL PROPERTY oscilla_core)
  list(TRANSFORM core REPLACE "(.+)" "$<TARGET_OBJECTS:oscilla_\\1>" OUTPUT_VARIABLE objects)
  add_executable(oscilla_wasm ${objects} ${PROJECT_SOURCE_DIR}/tests/determinism/module.cpp
                 ${PROJECT_SOURCE_DIR}/tests/determinism/scenes.cpp
                 ${PROJECT_SOURCE_DIR}/src/assets/obj.cpp ${PROJECT_SOURCE_DIR}/src/assets/mesh_builder.cpp)
  target_include_directories(oscilla_wasm PRIVATE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(oscilla_wasm PRIVATE fmt::fmt)
  set_target_properties(oscilla_wasm PROPERTIES OUTPUT_NAME oscilla SUFFIX .wasm LINKER_LANGUAGE CXX)
  target_link_options(oscilla_wasm PRIVATE -mexec-model=reactor -Wl,--no-gc-sections)
endfunction()
