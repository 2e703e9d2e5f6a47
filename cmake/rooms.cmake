# The rooms of the house (docs/architecture.md, section 1) as targets oscilla_<room>, and the one library made of the core's.

# A static library of src/<name>/*.cpp, linked to the rooms that it may see.
function(oscilla_outer_room name)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${name}/*.cpp)
  if(OSCILLA_WASM)
    list(TRANSFORM oscilla_host_only PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE left_out)
    list(REMOVE_ITEM sources ${left_out})
  endif()
  add_library(oscilla_${name} STATIC ${sources})
  target_include_directories(oscilla_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
  foreach(seen ${ARGN})
    target_link_libraries(oscilla_${name} PUBLIC oscilla_${seen})
  endforeach()
  # objects of kernels and exec are looked at file by file; the tables of blocks have the same names
  if(OSCILLA_UNITY AND NOT name MATCHES "^(kernels|exec|blocks)$")
    oscilla_unite(oscilla_${name})
  elseif(NOT name STREQUAL kernels)
    oscilla_precompile(oscilla_${name} <algorithm> <array> <cstdint> <expected> <map> <memory> <optional> <span> <string>
                       <string_view> <unordered_map> <utility> <vector> <fmt/format.h>)
  endif()
endfunction()

# A room of the core: as above, without exceptions, and part of the library.
function(oscilla_room name)
  oscilla_outer_room(${name} ${ARGN})
  target_compile_options(oscilla_${name} PRIVATE -fno-exceptions)
  set_property(GLOBAL APPEND PROPERTY oscilla_core ${name})
endfunction()

# Headers of libraries, which most files read, are read once: by clang, and by g++ where it does not optimise, since version 12
# forgets -Wno-restrict over them. Not for WebAssembly. That every file names its own is proved by ./test --full.
string(COMPARE EQUAL "${CMAKE_CXX_COMPILER_ID}${CMAKE_BUILD_TYPE}" GNUDebug oscilla_gnu_debug)
if((CMAKE_CXX_COMPILER_ID STREQUAL Clang OR oscilla_gnu_debug) AND NOT OSCILLA_WASM)
  set(OSCILLA_PRECOMPILE ON)
endif()
function(oscilla_precompile target)
  if(OSCILLA_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()

# OSCILLA_UNITY: ten files at once, for a build of everything in less time. What is local to a file then is local to ten: names differ
# within a room, except in the files that oscilla_alone lists.
function(oscilla_unite target)
  if(OSCILLA_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 10)
    # g++ says so of a file that is read by another one, as if it were a header
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  endif()
endfunction()
function(oscilla_alone)
  set_source_files_properties(${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# For programs around the rooms, whose own code takes no time: quick to build rather than quick to run.
function(oscilla_quick_to_build target)
  if(OSCILLA_SANITIZE)
    target_compile_options(${target} PRIVATE -O0)
  else()
    target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
  endif()
endfunction()

# liboscilla.a: every object of the core in one archive; the public headers are its interface.
function(oscilla_make_library)
  get_property(core GLOBAL PROPERTY oscilla_core)
  add_library(oscilla_library STATIC)
  add_library(oscilla::oscilla ALIAS oscilla_library)
  set_target_properties(oscilla_library PROPERTIES OUTPUT_NAME oscilla EXPORT_NAME oscilla LINKER_LANGUAGE CXX)
  target_compile_features(oscilla_library PUBLIC cxx_std_23)
  target_include_directories(oscilla_library PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:include>)
  target_link_libraries(oscilla_library PRIVATE fmt::fmt Threads::Threads)
  foreach(room ${core})
    target_sources(oscilla_library PRIVATE $<TARGET_OBJECTS:oscilla_${room}>)
  endforeach()
endfunction()
