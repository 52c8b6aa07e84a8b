#include "tag/lexicon.h"

#include "base/buffer.h"
#include "base/error.h"
#include "corpus/corpus_reader.h"
#include "tag/word_profile.h"

#include <stdlib.h>

static unsigned class_of_letter(char letter) {
    switch (letter) {
    case 'c': return LEXICON_COMMON;
    case 'g': return LEXICON_GIVEN;
    case 'f': return LEXICON_FAMILY;
    case 'p': return LEXICON_PLACE;
    case 'n': return LEXICON_NATIONALITY;
    default: return 0;
    }
}

/* Adds classes to a word. A word for which no place is near stays out. */
static void add(uint32_t *entries, size_t mask, uint64_t word, unsigned classes) {
    uint32_t fingerprint = (uint32_t)(word >> 37);
    size_t at = (size_t)(word >> 8) & mask;
    for (int probe = 0; probe < LEXICON_PROBES; probe++, at = (at + 1) & mask) {
        if (entries[at] && entries[at] >> LEXICON_CLASS_BITS != fingerprint) continue;
        entries[at] |= fingerprint << LEXICON_CLASS_BITS | classes;
        return;
    }
}

static whosaid_status add_line(text_view line, size_t number, const char *path, uint32_t *entries,
                               size_t mask, whosaid_error *err) {
    const char *tab = line.len ? memchr(line.ptr, '\t', line.len) : NULL;
    unsigned classes = 0;
    for (const char *p = tab ? tab + 1 : line.ptr + line.len; p < line.ptr + line.len; p++) {
        if (!class_of_letter(*p)) classes = 0;
        if (!class_of_letter(*p)) break;
        classes |= class_of_letter(*p);
    }
    if (!classes || tab == line.ptr)
        return error_set(err, WHOSAID_SYNTAX, path, number,
                         "not a word, a tab and letters of c, g, f, p, n");
    add(entries, mask, word_hash((text_view){line.ptr, (size_t)(tab - line.ptr)}), classes);
    return WHOSAID_OK;
}

static size_t count_lines(text_view content) {
    size_t count = 1;
    for (size_t i = 0; i < content.len; i++)
        count += content.ptr[i] == '\n';
    return count;
}

whosaid_status lexicon_read(const char *path, lexicon *out, whosaid_error *err) {
    buffer content;
    *out = (lexicon){0};
    whosaid_status status = corpus_file_read(path, true, &content, err);
    if (status != WHOSAID_OK) return status;
    text_view rest = buffer_view(&content);
    size_t size = 1024;
    while (size * 3 < count_lines(rest) * 4) /* at most three in four places taken */
        size *= 2;
    uint32_t *entries = calloc(size, sizeof *entries);
    if (!entries) status = error_no_memory(err);
    for (size_t number = 1, at = 0; status == WHOSAID_OK && at < rest.len; number++) {
        const char *end = memchr(rest.ptr + at, '\n', rest.len - at);
        size_t stop = end ? (size_t)(end - rest.ptr) : rest.len;
        status = add_line(view_slice(rest, at, stop), number, path, entries, size - 1, err);
        at = stop + 1;
    }
    buffer_free(&content);
    if (status != WHOSAID_OK) {
        free(entries);
        return status;
    }
    *out = (lexicon){.entries = entries, .mask = size - 1};
    return WHOSAID_OK;
}
