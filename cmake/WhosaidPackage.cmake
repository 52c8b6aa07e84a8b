# Debian packages: `cpack -G DEB` in a build with CMAKE_INSTALL_PREFIX=/usr makes whosaid_*.deb (the
# program, the shared library, models, manual, completions, Python module) and libwhosaid-dev_*.deb.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME whosaid)
set(CPACK_PACKAGE_CONTACT "the whosaid authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "who said what in news articles, and where they stand")
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)

set(CPACK_COMPONENT_RUNTIME_DESCRIPTION
    "Finds attributed statements in English news articles: the words, the speaker, how openly the\nsource speaks, and where it stands on configured questions.")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME whosaid)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION science)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS "python3, python3-pandas")

set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "Header, static library and package files of libwhosaid.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libwhosaid-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "whosaid (= ${PROJECT_VERSION})")
# For linking the static library.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SUGGESTS
    "libsvm-dev, libjansson-dev, libsqlite3-dev, libxxhash-dev, libcsv-dev, libgumbo-dev, libarchive-dev, libuchardet-dev, libutf8proc-dev, libzstd-dev, liblzma-dev, libbz2-dev, zlib1g-dev")
include(CPack)
