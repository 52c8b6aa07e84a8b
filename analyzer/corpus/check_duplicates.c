/* Passages that are the same or alike. MinHash over shingles of words (Broder 1997): the share of
 * equal places in two signatures estimates the share of common shingles. Bands of signature places
 * bring candidates together by sorting, so that no pair needs to be looked at otherwise. */
#include "corpus/check_steps.h"

#include "base/hash.h"
#include "base/sorted.h"

#include <stdlib.h>

enum {
    SIGNATURE_LENGTH = 64,
    BAND_LENGTH = 4,
    BAND_COUNT = SIGNATURE_LENGTH / BAND_LENGTH,
    SHINGLE_WORDS = 3,
    SAME_WORDS_MIN = 5,  /* shorter statements may well repeat: "No, he said" */
    ALIKE_WORDS_MIN = 10 /* below it a shared phrase is most of a statement */
};

/* Shares of common shingles from which passages count as alike. */
static const float content_alike = 0.6f, article_alike = 0.4f;

/* signature[i] is the least hash of any shingle under the i-th of a family of hash functions. */
static void sign(const uint64_t *words, size_t count, uint32_t *signature) {
    for (int i = 0; i < SIGNATURE_LENGTH; i++)
        signature[i] = UINT32_MAX;
    for (size_t at = 0; at + SHINGLE_WORDS <= count; at++) {
        uint64_t shingle = 0;
        for (size_t k = 0; k < SHINGLE_WORDS; k++)
            shingle = hash_mix(shingle, words[at + k]);
        for (uint64_t i = 0; i < SIGNATURE_LENGTH; i++) {
            uint32_t value = (uint32_t)(hash_mix(shingle, i + 1) >> 16);
            if (value < signature[i]) signature[i] = value;
        }
    }
}

static whosaid_status collect(checker *c, const uint64_t *words, size_t count, passage p) {
    p.word_count = (uint32_t)count;
    for (size_t i = 0; i < count; i++)
        p.exact = hash_mix(p.exact, words[i]);
    arena *a = c->result->arena;
    if (count >= ALIKE_WORDS_MIN) {
        p.signature = arena_alloc_raw(a, SIGNATURE_LENGTH, sizeof *p.signature);
        if (!p.signature) return error_no_memory(c->err);
        sign(words, count, p.signature);
    }
    bool added =
        p.quote == SIZE_MAX ? array_push(a, &c->articles, p) : array_push(a, &c->contents, p);
    return added ? WHOSAID_OK : error_no_memory(c->err);
}

/* The first word at or behind a byte. */
static size_t first_word(const check_words *words, uint32_t byte) {
    return SORTED_NUMBERS_BELOW(words->begins, words->count, byte);
}

whosaid_status check_collect_passages(checker *c, size_t article_index, const check_words *words) {
    const annotated_article *a = corpus_article(c->corpus, article_index);
    passage whole = {.article = article_index, .quote = SIZE_MAX};
    whosaid_status status = collect(c, words->hashes, words->count, whole);
    for (size_t i = 0; status == WHOSAID_OK && i < a->quote_count; i++) {
        const span_list *contents = &a->quotes[i].contents;
        ARRAY(uint64_t) joined = {0};
        for (size_t k = 0; k < contents->count; k++)
            for (size_t w = first_word(words, contents->items[k].begin);
                 w < words->count && words->begins[w] < contents->items[k].end; w++)
                if (!array_push(c->scratch, &joined, words->hashes[w]))
                    return error_no_memory(c->err);
        passage p = {.article = article_index, .quote = i};
        if (contents->count > 0) p.bytes = contents->items[0];
        c->result->statement_word_count += joined.count;
        status = collect(c, joined.items, joined.count, p);
    }
    return status;
}

typedef struct band_entry {
    uint64_t key;
    size_t passage;
} band_entry;

static int compare_entries(const void *a, const void *b) {
    const band_entry *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->passage > y->passage) - (x->passage < y->passage);
}

/* Statements of one article that share words of its text are no duplicates. */
static bool is_shared(const checker *c, const passage *a, const passage *b) {
    if (a->article != b->article || a->quote == SIZE_MAX) return false;
    const annotated_quote *quotes = corpus_article(c->corpus, a->article)->quotes;
    return spans_overlap(&quotes[a->quote].contents, &quotes[b->quote].contents);
}

static whosaid_status report(checker *c, check_kind kind, const passage *p,
                             const passage *earlier) {
    const annotated_article *a = corpus_article(c->corpus, p->article);
    const annotated_article *other = corpus_article(c->corpus, earlier->article);
    const char *words = kind == CHECK_SAME ? "the same words as" : "nearly the same words as";
    if (p->quote == SIZE_MAX)
        return check_add(c, kind, p->article, NULL, "%s %.*s", words, EXCERPT(other->id));
    text_view content = view_slice(a->text, p->bytes.begin, p->bytes.end);
    return check_add(c, kind, p->article, &a->quotes[p->quote], "%s %.*s of %.*s: \"%.*s\"", words,
                     EXCERPT(other->quotes[earlier->quote].id), EXCERPT(other->id),
                     EXCERPT(content));
}

static float estimated_share(const passage *a, const passage *b) {
    int equal = 0;
    for (int i = 0; i < SIGNATURE_LENGTH; i++)
        equal += a->signature[i] == b->signature[i];
    return (float)equal / SIGNATURE_LENGTH;
}

static uint64_t band_key(const passage *p, int band) {
    uint64_t key = (uint64_t)band + 1;
    for (int k = 0; k < BAND_LENGTH; k++)
        key = hash_mix(key, p->signature[band * BAND_LENGTH + k]);
    return key;
}

/* One sorted list of entries, compared with the first of each run. reported: [count] */
static whosaid_status compare_runs(checker *c, const passage *passages, band_entry *entries,
                                   size_t count, check_kind kind, float alike, bool *reported) {
    if (count > 1) qsort(entries, count, sizeof *entries, compare_entries);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 1, first = 0; status == WHOSAID_OK && i < count; i++) {
        if (entries[i].key != entries[first].key) first = i;
        const passage *p = &passages[entries[i].passage];
        const passage *earlier = &passages[entries[first].passage];
        if (first == i || reported[entries[i].passage] || is_shared(c, p, earlier)) continue;
        if (kind == CHECK_ALIKE && estimated_share(p, earlier) < alike) continue;
        reported[entries[i].passage] = true;
        status = report(c, kind, p, earlier);
    }
    return status;
}

static whosaid_status compare_passages(checker *c, const passage *passages, size_t count,
                                       float alike) {
    arena *a = c->result->arena;
    band_entry *entries = ARENA_NEW(a, band_entry, count);
    bool *reported = ARENA_NEW(a, bool, count);
    if (!entries || !reported) return error_no_memory(c->err);
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (passages[i].word_count >= SAME_WORDS_MIN)
            entries[used++] = (band_entry){passages[i].exact, i};
    whosaid_status status = compare_runs(c, passages, entries, used, CHECK_SAME, alike, reported);
    for (int band = 0; status == WHOSAID_OK && band < BAND_COUNT; band++) {
        used = 0;
        for (size_t i = 0; i < count; i++)
            if (passages[i].signature)
                entries[used++] = (band_entry){band_key(&passages[i], band), i};
        status = compare_runs(c, passages, entries, used, CHECK_ALIKE, alike, reported);
    }
    return status;
}

whosaid_status check_duplicates(checker *c) {
    whosaid_status status =
        compare_passages(c, c->articles.items, c->articles.count, article_alike);
    return status == WHOSAID_OK
               ? compare_passages(c, c->contents.items, c->contents.count, content_alike)
               : status;
}
