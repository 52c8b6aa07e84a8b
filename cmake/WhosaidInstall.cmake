# What `cmake --install` puts where, in two components: runtime (program, shared library, models,
# manual, completions, Python module) and development (header, static library, package files).
include(CMakePackageConfigHelpers)

install(TARGETS whosaid RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT runtime)
install(TARGETS whosaid_shared EXPORT whosaidTargets
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT development)
install(DIRECTORY models DESTINATION ${CMAKE_INSTALL_DATADIR}/whosaid COMPONENT runtime)
install(FILES README.md CHANGELOG.md CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR}
    COMPONENT runtime)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} RENAME copyright COMPONENT runtime)

# Where Debian's Python looks; elsewhere PYTHONPATH must name it.
set(WHOSAID_PYTHON_FOLDER lib/python3/dist-packages CACHE STRING "where the Python module goes")
install(FILES analyzer/python/whosaid.py DESTINATION ${WHOSAID_PYTHON_FOLDER} COMPONENT runtime)

# Manual and completions come from the program's own helps, which needs that it runs here.
if(NOT CMAKE_CROSSCOMPILING AND NOT WHOSAID_SANITIZE)
    find_program(SCDOC scdoc)
    if(NOT SCDOC)
        message(STATUS "scdoc is not installed: no manual pages")
    endif()
    file(GLOB manual_sources CONFIGURE_DEPENDS analyzer/manual/*)
    add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/help_table.tsv
        COMMAND sh ${CMAKE_SOURCE_DIR}/analyzer/manual/make.sh
                $<TARGET_FILE:whosaid> ${PROJECT_VERSION} ${CMAKE_BINARY_DIR}
        DEPENDS whosaid ${manual_sources}
        COMMENT "Making the manual and the completions" VERBATIM)
    add_custom_target(whosaid_manual ALL DEPENDS ${CMAKE_BINARY_DIR}/help_table.tsv)
    install(DIRECTORY ${CMAKE_BINARY_DIR}/man/ DESTINATION ${CMAKE_INSTALL_MANDIR}
        COMPONENT runtime)
    foreach(place bash-completion/completions/whosaid zsh/vendor-completions/_whosaid
                  fish/vendor_completions.d/whosaid.fish)
        cmake_path(GET place PARENT_PATH folder)
        cmake_path(GET place FILENAME name)
        string(REGEX MATCH "^[a-z]+" shell ${place})
        install(FILES ${CMAKE_BINARY_DIR}/completions/whosaid.${shell} RENAME ${name}
            DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} COMPONENT runtime)
    endforeach()
endif()

install(FILES analyzer/include/whosaid.h DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
    COMPONENT development)
install(FILES analyzer/examples/whosaid_example.c DESTINATION ${CMAKE_INSTALL_DOCDIR}/examples
    COMPONENT development)
install(FILES ${CMAKE_BINARY_DIR}/libwhosaid.a DESTINATION ${CMAKE_INSTALL_LIBDIR}
    COMPONENT development)

# What the static library needs beside it, in the order of linking.
set(static_libraries -lsvm -ljansson -lsqlite3 -lxxhash -lcsv -lgumbo -larchive -luchardet
    -lutf8proc -lzstd -llzma -lbz2 -lz -lm -pthread)
set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/whosaid)
set(whosaid_models ${CMAKE_INSTALL_DATADIR}/whosaid/models)
file(RELATIVE_PATH prefix_from_pc
    ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_package_config_file(cmake/whosaidConfig.cmake.in ${CMAKE_BINARY_DIR}/whosaidConfig.cmake
    INSTALL_DESTINATION ${package_folder}
    PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR whosaid_models)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/whosaidConfigVersion.cmake
    COMPATIBILITY SameMajorVersion)
install(FILES ${CMAKE_BINARY_DIR}/whosaidConfig.cmake ${CMAKE_BINARY_DIR}/whosaidConfigVersion.cmake
    DESTINATION ${package_folder} COMPONENT development)
install(EXPORT whosaidTargets NAMESPACE whosaid:: DESTINATION ${package_folder}
    COMPONENT development)
list(JOIN static_libraries " " static_libraries)
configure_file(cmake/whosaid.pc.in whosaid.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/whosaid.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig
    COMPONENT development)

include(WhosaidPackage)
