# Makes a C source with one constant: a web page of its own, from a template and the files that are
# its style and script. Run as a script:
#
#   cmake -DPAGE=page.html -DSTYLES=a.css,b.css -DSCRIPTS=a.js,b.js
#         -DNAME=report_page -DOUTPUT=report_page.c -P EmbedPage.cmake
#
# The template says where they go: {{STYLE}} and {{SCRIPT}} stand alone between their tags, and
# {{STYLE_HASH}} and {{SCRIPT_HASH}} in the page's Content-Security-Policy are the SHA-256 of what
# then stands there, so that the browser runs this script and no other.
# The source defines `const char NAME[]` and `const size_t NAME_len`.

function(read_all files out)
    set(all "\n")
    string(REPLACE "," ";" files "${files}")
    foreach(file IN LISTS files)
        file(READ "${file}" text)
        string(APPEND all "${text}")
    endforeach()
    set(${out} "${all}" PARENT_SCOPE)
endfunction()

# The base64 form of a SHA-256: 32 bytes, six bits a character, and one "=".
function(hash_in_base64 text out)
    set(alphabet ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/)
    string(SHA256 hex "${text}")
    string(APPEND hex "00")
    set(result "")
    foreach(begin RANGE 0 60 6)
        string(SUBSTRING "${hex}" ${begin} 6 digits)
        foreach(shift 18 12 6 0)
            math(EXPR six_bits "(0x${digits} >> ${shift}) & 63")
            string(SUBSTRING "${alphabet}" ${six_bits} 1 character)
            string(APPEND result "${character}")
        endforeach()
    endforeach()
    string(SUBSTRING "${result}" 0 43 result)
    set(${out} "${result}=" PARENT_SCOPE)
endfunction()

file(READ "${PAGE}" page)
read_all("${STYLES}" style)
read_all("${SCRIPTS}" script)
hash_in_base64("${style}" style_hash)
hash_in_base64("${script}" script_hash)
string(REPLACE "{{STYLE_HASH}}" "sha256-${style_hash}" page "${page}")
string(REPLACE "{{SCRIPT_HASH}}" "sha256-${script_hash}" page "${page}")
string(REPLACE "{{STYLE}}" "${style}" page "${page}")
string(REPLACE "{{SCRIPT}}" "${script}" page "${page}")
string(HEX "${page}" bytes)
string(REGEX REPLACE "(................................)" "\\1\n" bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE "${OUTPUT}" "/* Made by EmbedPage.cmake. */\n#include <stddef.h>\n\n"
    "extern const char ${NAME}[];\nextern const size_t ${NAME}_len;\n\n"
    "const char ${NAME}[] = {\n${bytes}\n};\nconst size_t ${NAME}_len = sizeof ${NAME};\n")
