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
    uint32_t fingerprint = lexicon_fingerprint(word);
    size_t at = lexicon_place(word, mask);
    for (int probe = 0; probe < LEXICON_PROBES; probe++, at = (at + 1) & mask) {
        if (entries[at] && entries[at] >> LEXICON_CLASS_BITS != fingerprint) continue;
        entries[at] |= fingerprint << LEXICON_CLASS_BITS | classes;
        return;
    }
}

static whosaid_status add_line(text_view line, size_t number, const char *path, uint32_t *entries,
                               size_t mask, whosaid_error *err) {
    text_view letters = line, word = {0};
    bool sound = view_next_piece(&letters, '\t', &word) && word.len && letters.len;
    unsigned classes = 0;
    for (size_t i = 0; sound && i < letters.len; i++) {
        unsigned class = class_of_letter(letters.ptr[i]);
        sound = class != 0;
        classes |= class;
    }
    if (!sound)
        return error_set(err, WHOSAID_SYNTAX, path, number,
                         "not a word, a tab and letters of c, g, f, p, n");
    add(entries, mask, word_hash(word), classes);
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
    size_t size = 1024, lines = count_lines(rest);
    while (size * 3 < lines * 4) /* at most three in four places taken */
        size *= 2;
    uint32_t *entries = calloc(size, sizeof *entries);
    if (!entries) status = error_no_memory(err);
    text_view line;
    for (size_t number = 1; status == WHOSAID_OK && view_next_piece(&rest, '\n', &line); number++)
        status = add_line(line, number, path, entries, size - 1, err);
    buffer_free(&content);
    if (status != WHOSAID_OK) {
        free(entries);
        return status;
    }
    *out = (lexicon){.entries = entries, .mask = size - 1};
    return WHOSAID_OK;
}
