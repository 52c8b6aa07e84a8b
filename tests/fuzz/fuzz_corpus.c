/* Annotated articles of one format (CORPUS_FORMAT, by the build): what is read is sound, is written
 * in every format without harm, and comes back the same from the format that holds everything. */
#include "fuzz.h"

#include "base/utf8.h"
#include "corpus/corpus_check.h"

#include <string.h>

static void check_spans(text_view text, const span_list *spans) {
    for (size_t i = 0; i < spans->count; i++) {
        span s = spans->items[i];
        MUST(s.begin < s.end && s.end <= text.len);
        MUST(utf8_is_boundary((unsigned char)text.ptr[s.begin]));
        MUST(s.end == text.len || utf8_is_boundary((unsigned char)text.ptr[s.end]));
    }
}

static void check_article(const annotated_article *a) {
    MUST(utf8_first_invalid(a->text) == a->text.len);
    for (size_t i = 0; i < a->quote_count; i++) {
        const annotated_quote *q = &a->quotes[i];
        check_spans(a->text, &q->cues);
        check_spans(a->text, &q->sources);
        check_spans(a->text, &q->contents);
        check_spans(a->text, &q->reason_spans);
        for (size_t j = 0; j < q->stance_count; j++)
            check_spans(a->text, &q->stances[j].mentions);
    }
}

static corpus *open_file(const char *path, corpus_format format, bool collect) {
    const corpus_open_options options = {.format = format,
                                         .texts = fuzz_folder(),
                                         .keep_unknown = collect,
                                         .collect_faults = collect};
    corpus *opened;
    whosaid_error err = {0};
    whosaid_status status = corpus_open(&path, 1, &options, &opened, &err);
    if (status == WHOSAID_OK) return opened;
    fuzz_check_error(status, &err);
    return NULL;
}

static whosaid_status keep_piece(void *context, text_view piece, whosaid_error *err) {
    (void)err;
    return buffer_append_view(context, piece) ? WHOSAID_OK : WHOSAID_NO_MEMORY;
}

static bool same_spans(const span_list *a, const span_list *b) {
    return a->count == b->count &&
           (a->count == 0 || memcmp(a->items, b->items, a->count * sizeof *a->items) == 0);
}

static void check_same(const annotated_article *a, const annotated_article *b) {
    MUST(view_equal(a->text, b->text) && view_equal(a->id, b->id) &&
         view_equal(a->title, b->title));
    MUST(a->quote_count == b->quote_count);
    for (size_t i = 0; i < a->quote_count; i++) {
        MUST(same_spans(&a->quotes[i].cues, &b->quotes[i].cues));
        MUST(same_spans(&a->quotes[i].sources, &b->quotes[i].sources));
        MUST(same_spans(&a->quotes[i].contents, &b->quotes[i].contents));
        MUST(view_equal(a->quotes[i].speaker_name, b->quotes[i].speaker_name));
    }
}

/* JSON Lines hold whatever any format holds. (With keep_unknown an article that has no id is
 * written without one, and is called after its new file.) */
static void check_round_trip(const corpus *first) {
    buffer lines = {0};
    whosaid_error err = {0};
    MUST(corpus_write(first, CORPUS_FORMAT_JSONL, keep_piece, &lines, &err) == WHOSAID_OK);
    corpus *again =
        open_file(fuzz_write("again.jsonl", lines.data, lines.len), CORPUS_FORMAT_JSONL, false);
    if (corpus_size(first)) {
        MUST(again && corpus_size(again) == corpus_size(first));
        for (size_t i = 0; i < corpus_size(first); i++)
            check_same(corpus_article(first, i), corpus_article(again, i));
    }
    corpus_free(again);
    buffer_free(&lines);
}

static void write_all(const corpus *c) {
    static const corpus_format formats[] = {CORPUS_FORMAT_JSON, CORPUS_FORMAT_MARKED,
                                            CORPUS_FORMAT_CSV};
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        buffer out = {0};
        whosaid_error err = {0};
        whosaid_status status = corpus_write(c, formats[i], keep_piece, &out, &err);
        if (status != WHOSAID_OK) fuzz_check_error(status, &err);
        buffer_free(&out);
    }
}

/* Brat has its text beside it: a NUL byte divides the two in the input. */
static const char *write_input(const uint8_t *data, size_t size) {
    if (CORPUS_FORMAT != CORPUS_FORMAT_BRAT) return fuzz_write("input", data, size);
    const uint8_t *border = size ? memchr(data, '\0', size) : NULL;
    size_t text = border ? (size_t)(border - data) : size;
    fuzz_write("input.txt", data, text);
    return fuzz_write("input.ann", border ? border + 1 : data, border ? size - text - 1 : 0);
}

static void check_corpus(const corpus *c) {
    corpus_check *check;
    whosaid_error err = {0};
    whosaid_status status = corpus_check_run(c, NULL, &check, &err);
    if (status != WHOSAID_OK)
        fuzz_check_error(status, &err);
    else
        corpus_check_free(check);
}

void fuzz_one(const uint8_t *data, size_t size) {
    const char *path = write_input(data, size);
    for (int collect = 0; collect < 2; collect++) {
        corpus *opened = open_file(path, CORPUS_FORMAT, collect);
        if (!opened) continue;
        for (size_t i = 0; i < corpus_size(opened); i++)
            check_article(corpus_article(opened, i));
        if (corpus_size(opened)) fuzz_accept();
        if (!collect) check_round_trip(opened);
        write_all(opened);
        if (collect) check_corpus(opened);
        corpus_free(opened);
    }
}
