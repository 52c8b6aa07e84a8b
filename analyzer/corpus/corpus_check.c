#include "corpus/check_steps.h"

#include "base/hash.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const struct {
    const char *name, *words;
    bool unsound;
} kinds[CHECK_KIND_COUNT] = {
#define CHECK_KIND_ROW(name, word, words, unsound) {word, words, unsound},
    CHECK_KIND_LIST(CHECK_KIND_ROW)
#undef CHECK_KIND_ROW
};

const char *check_kind_name(check_kind kind) {
    return kinds[kind].name;
}

const char *check_kind_words(check_kind kind) {
    return kinds[kind].words;
}

bool check_kind_is_unsound(check_kind kind) {
    return kinds[kind].unsound;
}

static whosaid_status add_finding(checker *c, check_finding finding) {
    arena *a = c->result->arena;
    finding.where = arena_copy(a, finding.where);
    finding.text = arena_copy(a, finding.text);
    c->result->kind_counts[finding.kind]++;
    if (finding.where.ptr && finding.text.ptr && array_push(a, &c->findings, finding))
        return WHOSAID_OK;
    return error_no_memory(c->err);
}

whosaid_status check_add(checker *c, check_kind kind, size_t article_index,
                         const annotated_quote *quote, const char *format, ...) {
    char words[256], text[320];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    check_finding finding = {.kind = kind};
    if (article_index != SIZE_MAX)
        finding.where = corpus_article_path(c->corpus, article_index, &finding.line);
    if (quote)
        snprintf(text, sizeof text, "quote %.*s: %s", EXCERPT(quote->id), words);
    else
        snprintf(text, sizeof text, "%s", words);
    finding.text = view_of(text);
    return add_finding(c, finding);
}

static uint64_t word_hash(text_view word_text) {
    char lower[64];
    size_t len = word_text.len < sizeof lower ? word_text.len : sizeof lower;
    for (size_t i = 0; i < len; i++)
        lower[i] = ascii_to_lower(word_text.ptr[i]);
    return hash_bytes(lower, len);
}

int check_compare_hashes(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static bool is_word_byte(char ch) {
    unsigned char byte = (unsigned char)ch;
    return byte >= 0x80 || ascii_is_alpha(byte) || ascii_is_digit(byte);
}

/* Curly quotation marks, dashes and dots are the characters that begin with these bytes. */
static bool is_mark_at(text_view text, size_t at) {
    return view_starts_with(view_slice(text, at, text.len), VIEW("\xE2\x80"));
}

bool check_split_words(arena *a, text_view text, check_words *out) {
    ARRAY(uint64_t) hashes = {0};
    ARRAY(uint32_t) begins = {0};
    for (size_t at = 0; at < text.len;) {
        bool mark = is_mark_at(text, at);
        if (mark || !is_word_byte(text.ptr[at])) {
            at += mark ? 3 : 1;
            continue;
        }
        size_t begin = at;
        while (at < text.len && is_word_byte(text.ptr[at]) && !is_mark_at(text, at))
            at++;
        if (!array_push(a, &hashes, word_hash(view_slice(text, begin, at))) ||
            !array_push(a, &begins, (uint32_t)begin))
            return false;
    }
    *out = (check_words){hashes.items, begins.items, hashes.count};
    return true;
}

static whosaid_status check_article(checker *c, size_t index) {
    const annotated_article *a = corpus_article(c->corpus, index);
    arena_reset(c->scratch);
    check_words words;
    if (!check_split_words(c->scratch, a->text, &words)) return error_no_memory(c->err);
    for (size_t i = 0; i < words.count; i++)
        if (!array_push(c->result->arena, &c->words, words.hashes[i]))
            return error_no_memory(c->err);
    whosaid_status status = check_collect_passages(c, index, &words);
    if (status != WHOSAID_OK) return status;
    if (words.count > 1)
        qsort(words.hashes, words.count, sizeof *words.hashes, check_compare_hashes);
    status = check_labels(c, index, words.hashes, words.count);
    c->result->quote_count += a->quote_count;
    for (size_t i = 0; i < a->quote_count; i++) {
        c->result->split_count += a->quotes[i].contents.count > 1;
        c->result->reason_count += a->quotes[i].reason.len > 0;
        c->result->doubtful_count += a->quotes[i].doubtful;
    }
    return status;
}

/* What any article of the corpus has. */
static void look_for_parts(checker *c) {
    for (size_t i = 0; i < corpus_size(c->corpus); i++) {
        const annotated_article *a = corpus_article(c->corpus, i);
        c->any_title |= a->title.len > 0;
        c->any_date |= a->date.len > 0;
        c->any_outlet |= a->outlet.len > 0;
        c->any_note |= a->note.len > 0;
        for (size_t k = 0; k < a->quote_count; k++) {
            const annotated_quote *q = &a->quotes[k];
            c->any_cue |= q->cues.count > 0 || q->sources.count > 0;
            c->any_grade |= q->has_anonymity;
            c->any_speaker |= q->speaker_name.len > 0;
            c->any_kind |= q->has_kind;
            c->any_stance |= q->stance_count > 0;
        }
    }
}

static whosaid_status take_faults(checker *c) {
    const corpus_fault_list *faults = corpus_faults(c->corpus);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < faults->count; i++) {
        const corpus_fault *f = &faults->items[i];
        status = add_finding(c, (check_finding){CHECK_UNREADABLE, f->where, f->line, f->text});
    }
    return status;
}

static whosaid_status run(checker *c) {
    look_for_parts(c);
    c->result->article_count = corpus_size(c->corpus);
    whosaid_status status = take_faults(c);
    for (size_t i = 0; status == WHOSAID_OK && i < corpus_size(c->corpus); i++)
        status = check_article(c, i);
    if (status == WHOSAID_OK) status = check_duplicates(c);
    if (status == WHOSAID_OK) status = check_tables(c);
    c->result->findings = c->findings.items;
    c->result->finding_count = c->findings.count;
    return status;
}

void corpus_check_free(corpus_check *check) {
    if (!check) return;
    arena_free(check->arena); /* which holds the result itself */
}

whosaid_status corpus_check_run(const corpus *corpus_to_check, const struct target *toward,
                                corpus_check **out, whosaid_error *err) {
    *out = NULL;
    arena *memory = arena_new(), *scratch = arena_new();
    corpus_check *result = memory ? ARENA_NEW(memory, corpus_check, 1) : NULL;
    whosaid_status status = result && scratch ? WHOSAID_OK : error_no_memory(err);
    if (status == WHOSAID_OK) {
        result->arena = memory;
        checker c = {.corpus = corpus_to_check,
                     .target = toward,
                     .result = result,
                     .scratch = scratch,
                     .err = err};
        status = run(&c);
    }
    arena_free(scratch);
    if (status == WHOSAID_OK)
        *out = result;
    else
        arena_free(memory);
    return status;
}
