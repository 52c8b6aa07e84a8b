#include "learn/wordnet.h"

#include "base/array.h"
#include "base/error.h"
#include "base/plain_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct synset_class {
    uint32_t offset;
    uint8_t class;
} synset_class;

typedef struct sense_count {
    text_view lemma;
    char part; /* '1' noun, '2' verb */
    uint32_t sense, count;
} sense_count;

typedef struct loader {
    const char *folder;
    arena *arena;
    ARRAY(sense_count) counts; /* sorted by lemma and part */
    whosaid_error *err;
} loader;

static whosaid_status read_file(loader *l, const char *name, text_view *out) {
    text_view path = arena_format(l->arena, "%s/%s", l->folder, name);
    if (!path.ptr) return error_no_memory(l->err);
    FILE *in = NULL;
    struct stat info;
    if (plain_file_open(path.ptr, "cannot be read", &in, &info, NULL) != WHOSAID_OK)
        return error_set(l->err, WHOSAID_IO, path.ptr, 0,
                         "cannot be read; training needs the Debian package wordnet-base");
    whosaid_status status = WHOSAID_OK;
    size_t size = (size_t)info.st_size;
    char *text = arena_alloc_raw(l->arena, size + 1, 1);
    if (!text)
        status = error_no_memory(l->err);
    else if (fread(text, 1, size, in) != size)
        status = error_io(l->err, path.ptr, "cannot be read", errno);
    fclose(in);
    if (status == WHOSAID_OK) *out = (text_view){text, size};
    return status;
}

static uint32_t number_of(text_view digits) {
    uint32_t value = 0;
    for (size_t i = 0; i < digits.len && ascii_is_digit((unsigned char)digits.ptr[i]); i++)
        value = value * 10 + (uint32_t)(digits.ptr[i] - '0');
    return value;
}

static int compare_counts(const void *a, const void *b) {
    const sense_count *x = a, *y = b;
    int order = view_compare(x->lemma, y->lemma);
    if (order) return order;
    if (x->part != y->part) return x->part < y->part ? -1 : 1;
    return (x->sense > y->sense) - (x->sense < y->sense);
}

/* Lines such as "say%2:32:00:: 1 4079": sense key, sense number, count. */
static whosaid_status load_counts(loader *l) {
    text_view rest, line;
    whosaid_status status = read_file(l, "cntlist.rev", &rest);
    while (status == WHOSAID_OK && view_next_piece(&rest, '\n', &line)) {
        text_view key, sense, count, lemma;
        if (!view_next_piece(&line, ' ', &key) || !view_next_piece(&line, ' ', &sense) ||
            !view_next_piece(&line, ' ', &count) || !view_next_piece(&key, '%', &lemma) ||
            key.len == 0)
            return error_set(l->err, WHOSAID_SYNTAX, "cntlist.rev", 0, "a line has another form");
        sense_count item = {lemma, key.ptr[0], number_of(sense), number_of(count)};
        if (!array_push(l->arena, &l->counts, item)) return error_no_memory(l->err);
    }
    if (status == WHOSAID_OK && l->counts.count)
        qsort(l->counts.items, l->counts.count, sizeof *l->counts.items, compare_counts);
    return status;
}

static uint32_t count_of(const loader *l, text_view lemma, char part, uint32_t sense) {
    sense_count key = {lemma, part, sense, 0};
    if (!l->counts.count) return 0;
    const sense_count *found =
        bsearch(&key, l->counts.items, l->counts.count, sizeof *l->counts.items, compare_counts);
    return found ? found->count : 0;
}

/* Data files give "offset class ...", sorted by offset. */
static whosaid_status load_classes(loader *l, const char *name, synset_class **out, size_t *count) {
    ARRAY(synset_class) classes = {0};
    text_view rest, line;
    whosaid_status status = read_file(l, name, &rest);
    while (status == WHOSAID_OK && view_next_piece(&rest, '\n', &line)) {
        text_view offset, class;
        if (view_starts_with(line, VIEW(" "))) continue; /* the notice at the top */
        if (!view_next_piece(&line, ' ', &offset) || !view_next_piece(&line, ' ', &class)) continue;
        uint32_t number = number_of(class);
        if (number >= WORDNET_CLASSES)
            return error_set(l->err, WHOSAID_SYNTAX, name, 0, "class %u is not known", number);
        synset_class item = {number_of(offset), (uint8_t)number};
        if (!array_push(l->arena, &classes, item)) return error_no_memory(l->err);
    }
    *out = classes.items;
    *count = classes.count;
    return status;
}

static int compare_classes(const void *a, const void *b) {
    const synset_class *x = a, *y = b;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Fills classes and shares from the synset offsets of the senses, in order of the senses. */
static bool weigh_senses(const loader *l, char part, const synset_class *classes,
                         size_t class_count, const uint32_t *offsets, size_t senses,
                         wordnet_lemma *lemma) {
    float total = 0;
    if (!class_count) return false;
    for (size_t i = 0; i < senses; i++) {
        synset_class key = {offsets[i], 0};
        const synset_class *found =
            bsearch(&key, classes, class_count, sizeof *classes, compare_classes);
        if (!found) return false;
        float weight = (float)count_of(l, lemma->word, part, (uint32_t)i + 1) + 1;
        lemma->shares[found->class] += weight;
        total += weight;
        if (i == 0) lemma->first_class = found->class;
    }
    lemma->heavy_class = lemma->first_class;
    for (uint8_t c = 0; c < WORDNET_CLASSES; c++) {
        if (lemma->shares[c] > lemma->shares[lemma->heavy_class]) lemma->heavy_class = c;
    }
    for (int c = 0; c < WORDNET_CLASSES; c++)
        lemma->shares[c] /= total;
    return true;
}

static int compare_lemmas(const void *a, const void *b) {
    return view_compare(((const wordnet_lemma *)a)->word, ((const wordnet_lemma *)b)->word);
}

/* Index lines: lemma, part, number of senses, ..., and last the synset offset of each sense. */
static whosaid_status load_lemmas(loader *l, const char *part_name, char part, wordnet_lemma **out,
                                  size_t *count) {
    synset_class *classes = NULL;
    size_t class_count = 0;
    text_view name = arena_format(l->arena, "data.%s", part_name);
    if (!name.ptr) return error_no_memory(l->err);
    whosaid_status status = load_classes(l, name.ptr, &classes, &class_count);
    if (status != WHOSAID_OK) return status;
    ARRAY(wordnet_lemma) lemmas = {0};
    text_view rest, line;
    name = arena_format(l->arena, "index.%s", part_name);
    if (!name.ptr) return error_no_memory(l->err);
    status = read_file(l, name.ptr, &rest);
    while (status == WHOSAID_OK && view_next_piece(&rest, '\n', &line)) {
        if (view_starts_with(line, VIEW(" "))) continue;
        enum { MAX_FIELDS = 128 };
        text_view fields[MAX_FIELDS];
        size_t field_count = 0;
        line = view_trim(line);
        while (field_count < MAX_FIELDS && view_next_piece(&line, ' ', &fields[field_count]))
            field_count++;
        if (field_count < 4 || memchr(fields[0].ptr, '_', fields[0].len)) continue;
        size_t senses = number_of(fields[2]);
        if (senses == 0 || senses > WORDNET_MAX_SENSES || senses + 4 > field_count)
            return error_set(l->err, WHOSAID_SYNTAX, name.ptr, 0, "a line has another form");
        uint32_t offsets[WORDNET_MAX_SENSES];
        for (size_t i = 0; i < senses; i++)
            offsets[i] = number_of(fields[field_count - senses + i]);
        wordnet_lemma lemma = {.word = fields[0]};
        if (!weigh_senses(l, part, classes, class_count, offsets, senses, &lemma))
            return error_set(l->err, WHOSAID_SYNTAX, name.ptr, 0, "a synset is missing");
        if (!array_push(l->arena, &lemmas, lemma)) return error_no_memory(l->err);
    }
    if (status != WHOSAID_OK) return status;
    if (lemmas.count) qsort(lemmas.items, lemmas.count, sizeof *lemmas.items, compare_lemmas);
    *out = lemmas.items;
    *count = lemmas.count;
    return WHOSAID_OK;
}

static whosaid_status load_exceptions(loader *l, const char *name, wordnet_exception **out,
                                      size_t *count) {
    ARRAY(wordnet_exception) exceptions = {0};
    text_view rest, line;
    whosaid_status status = read_file(l, name, &rest);
    while (status == WHOSAID_OK && view_next_piece(&rest, '\n', &line)) {
        wordnet_exception e;
        if (!view_next_piece(&line, ' ', &e.form) || !view_next_piece(&line, ' ', &e.lemma))
            continue;
        if (memchr(e.form.ptr, '_', e.form.len)) continue;
        if (!array_push(l->arena, &exceptions, e)) return error_no_memory(l->err);
    }
    *out = exceptions.items;
    *count = exceptions.count;
    return status;
}

whosaid_status wordnet_load(const char *folder, arena *memory, wordnet *out, whosaid_error *err) {
    *out = (wordnet){0};
    loader l = {.folder = folder, .arena = memory, .err = err};
    whosaid_status status = load_counts(&l);
    if (status == WHOSAID_OK) status = load_lemmas(&l, "verb", '2', &out->verbs, &out->verb_count);
    if (status == WHOSAID_OK) status = load_lemmas(&l, "noun", '1', &out->nouns, &out->noun_count);
    if (status == WHOSAID_OK)
        status = load_exceptions(&l, "verb.exc", &out->verb_exceptions, &out->verb_exception_count);
    if (status == WHOSAID_OK)
        status = load_exceptions(&l, "noun.exc", &out->noun_exceptions, &out->noun_exception_count);
    return status;
}
