# How every file of this project is compiled. Options hold for this directory tree only, never for who links the library.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT OSCILLA_WASM)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  set(CMAKE_COMPILE_WARNING_AS_ERROR ON)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "kind of build" FORCE)
  endif()
  find_program(OSCILLA_CCACHE ccache)
  if(OSCILLA_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${OSCILLA_CCACHE})
  endif()
endif()

# Same bits everywhere: no contraction of a*b+c, anywhere.
add_compile_options(-Wall -Wextra -Wpedantic -ffp-contract=off)
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  add_compile_options(-Wno-restrict)  # false alarms in std::string (GCC bug 105651)
elseif(CMAKE_CXX_COMPILER_ID STREQUAL Clang AND NOT OSCILLA_WASM)
  add_compile_options(-Wno-deprecated-declarations)  # libstdc++ 12's own std::stable_sort
endif()

if(OSCILLA_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(OSCILLA_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
