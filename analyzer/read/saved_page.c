#include "read/saved_page.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

static const char ENDING[] = "_files/";

/* Where ENDING begins behind `from`; path.len when nowhere. */
static size_t find_ending(text_view path, size_t from) {
    text_view ending = VIEW(ENDING);
    while (from < path.len && !view_starts_with(view_slice(path, from, path.len), ending))
        from++;
    return from;
}

static bool page_is_there(const char *path, size_t stem_len) {
    static const char *const suffixes[] = {".html", ".htm", ".xhtml"};
    char page[PATH_MAX];
    if (stem_len >= PATH_MAX - 8) return false;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        snprintf(page, sizeof page, "%.*s%s", (int)stem_len, path, suffixes[i]);
        if (access(page, F_OK) == 0) return true;
    }
    return false;
}

bool saved_page_has(const char *path) {
    text_view whole = view_of(path);
    for (size_t at = find_ending(whole, 0); at < whole.len; at = find_ending(whole, at + 1))
        if (page_is_there(path, at)) return true;
    return false;
}

bool saved_page_frame(text_view path) {
    static const char frame[] = "saved_resource";
    size_t at = find_ending(path, 0);
    if (at == path.len) return false;
    size_t begin = path.len;
    while (begin > 0 && path.ptr[begin - 1] != '/')
        begin--;
    return view_starts_with(view_slice(path, begin, path.len), VIEW(frame));
}
