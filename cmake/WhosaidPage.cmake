# whosaid_page(TARGET NAME PAGE file STYLES file... SCRIPTS file...): builds a web page into a
# library, as a C constant called NAME (EmbedPage.cmake). Files are relative to the caller's folder.
function(whosaid_page target name)
    cmake_parse_arguments(FROM "" "PAGE" "STYLES;SCRIPTS" ${ARGN})
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.c)
    list(TRANSFORM FROM_PAGE PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    list(TRANSFORM FROM_STYLES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    list(TRANSFORM FROM_SCRIPTS PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
    list(JOIN FROM_STYLES "," styles)
    list(JOIN FROM_SCRIPTS "," scripts)
    set(maker ${CMAKE_SOURCE_DIR}/cmake/EmbedPage.cmake)
    add_custom_command(OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DPAGE=${FROM_PAGE} -DSTYLES=${styles} -DSCRIPTS=${scripts}
                -DNAME=${name} -DOUTPUT=${output} -P ${maker}
        DEPENDS ${FROM_PAGE} ${FROM_STYLES} ${FROM_SCRIPTS} ${maker}
        VERBATIM)
    # A target between the file and its user: the sources of one may come from another folder.
    add_library(${name} OBJECT ${output})
    target_link_libraries(${name} PRIVATE whosaid_build)
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${name}>)
endfunction()
