# `cmake --install`: the library with its headers, for CMake (find_package(oscilla)) and pkg-config, the program, the gallery.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/oscilla)

install(TARGETS oscilla_library EXPORT oscillaTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(EXPORT oscillaTargets NAMESPACE oscilla:: DESTINATION ${package_dir})
install(DIRECTORY include/oscilla DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY patches DESTINATION ${CMAKE_INSTALL_DATADIR}/oscilla)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(TARGETS oscilla RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})

configure_package_config_file(cmake/oscillaConfig.cmake.in oscillaConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(oscillaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/oscillaConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/oscillaConfigVersion.cmake
        DESTINATION ${package_dir})

# Paths relative to the .pc file, so that the installed tree can be moved.
file(RELATIVE_PATH prefix_from_pc /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(cmake/oscilla.pc.in oscilla.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/oscilla.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
