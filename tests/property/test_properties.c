/* What must hold for every article, tried on those that ship: all spans are sound, and what does
 * not change what an article says does not change what is found in it. */
#include "suite.h"

#include "analyzer.h"
#include "base/buffer.h"
#include "corpus/annotated_article.h"
#include "fuzz.h"
#include "read/record_reader.h"

#include <utf8proc.h>

enum { ARTICLE_STEP = 9 }; /* every so many articles of the corpus */

static whosaid_analyzer *analyzer;
static corpus *articles;

static void open_all(void) {
    static const char *const paths[] = {SOURCE_DIR "/corpus/long-range-strikes/articles"};
    whosaid_options options = whosaid_options_default();
    options.models_folder = SOURCE_DIR "/models";
    options.explain = 1;
    ck_assert_int_eq(whosaid_analyzer_open(&options, &analyzer, NULL), WHOSAID_OK);
    ck_assert_int_eq(corpus_load(paths, 1, &articles, NULL), WHOSAID_OK);
    ck_assert_uint_gt(corpus_size(articles), 5 * ARTICLE_STEP);
}

static void close_all(void) {
    whosaid_analyzer_close(analyzer);
    corpus_free(articles);
}

/* ---- statements as text -------------------------------------------------------------------- */

static void add_folded(buffer *out, text_view text) {
    bool blank = false;
    for (size_t i = 0; i < text.len; i++) {
        bool space = ascii_is_space((unsigned char)text.ptr[i]);
        if (!space && blank) buffer_append(out, " ", 1);
        if (!space) buffer_append(out, text.ptr + i, 1);
        blank = space;
    }
    buffer_append(out, "|", 1);
}

static void add_ranges(buffer *out, const article *a, token_ranges ranges) {
    for (size_t i = 0; i < ranges.count; i++)
        add_folded(out, range_text(a, ranges.items[i]));
}

static void add_evidence(buffer *out, const article *a, const attribution *said) {
    for (size_t i = 0; i < said->stance_count; i++)
        for (size_t e = 0; e < said->stances[i].evidence_count; e++) {
            span place = said->stances[i].evidence[e].bytes;
            add_folded(out, view_slice(a->text, place.begin, place.end));
        }
}

/* One line a statement of which the first content begins in [begin, end): its spans, and either who
 * is meant and what tells the stance, or their places from `begin` on. (Who is meant depends on
 * what is told before.) */
static void write_statements(const article *a, span within, bool with_places, buffer *out) {
    for (size_t i = 0; i < a->attribution_count; i++) {
        const attribution *s = &a->attributions[i];
        uint32_t at = range_bytes(a, s->contents.items[0]).begin;
        if (at < within.begin || at >= within.end) continue;
        char place[24] = "";
        if (with_places) snprintf(place, sizeof place, "%u ", at - within.begin);
        buffer_append_view(out, view_of(place));
        add_ranges(out, a, s->contents);
        add_ranges(out, a, s->cues);
        add_ranges(out, a, s->sources);
        if (!with_places) add_folded(out, s->speaker.name);
        if (!with_places) add_folded(out, view_of(anonymity_grade_name(s->anonymity.grade)));
        if (!with_places) add_evidence(out, a, s);
        span reason = s->anonymity.reason_bytes;
        add_folded(out, view_slice(a->text, reason.begin, reason.end));
        buffer_append(out, "\n", 1);
    }
    buffer_append(out, "", 1);
}

/* Reads and analyzes a text as the program does a file. */
static void run_text(text_view text, arena *memory, article *out, record_reader *reader,
                     raw_record *record) {
    *record = (raw_record){.kind = RECORD_TEXT};
    ck_assert(buffer_append(&record->path, "a.txt", 6) && buffer_append_view(&record->bytes, text));
    whosaid_status status;
    ck_assert_int_eq(record_reader_open(reader, record, NULL), WHOSAID_OK);
    ck_assert(record_reader_next(reader, memory, out, &status, NULL));
    ck_assert_int_eq(status, WHOSAID_OK);
    ck_assert_int_eq(analyzer_run(analyzer, out, NULL), WHOSAID_OK);
    fuzz_check_article(out, true);
}

/* The statements of a text; *out: owned by the caller. */
static void statements_of(text_view text, bool with_places, buffer *out) {
    arena *memory = arena_new();
    article a;
    record_reader reader;
    raw_record record;
    run_text(text, memory, &a, &reader, &record);
    write_statements(&a, (span){0, UINT32_MAX}, with_places, out);
    record_reader_close(&reader);
    raw_record_free(&record);
    arena_free(memory);
}

/* ---- changes that say the same ------------------------------------------------------------- */

static void keep(text_view text, buffer *out) {
    buffer_append_view(out, text);
}

static void add_carriage_returns(text_view text, buffer *out) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n') buffer_append(out, "\r", 1);
        buffer_append(out, text.ptr + i, 1);
    }
}

static void add_byte_order_mark(text_view text, buffer *out) {
    buffer_append(out, "\xEF\xBB\xBF", 3);
    buffer_append_view(out, text);
}

static void double_blanks(text_view text, buffer *out) {
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ' ' && i > 0 && text.ptr[i - 1] != '\n') buffer_append(out, " ", 1);
        buffer_append(out, text.ptr + i, 1);
    }
}

/* Within sentences: where one ends, or a quotation, a line break may stand for a list of them. */
static void break_lines(text_view text, buffer *out) {
    for (size_t i = 0, blanks = 0; i < text.len; i++) {
        bool within = i > 0 && i + 1 < text.len && text.ptr[i] == ' ' &&
                      ascii_is_lower((unsigned char)text.ptr[i - 1]) &&
                      ascii_is_lower((unsigned char)text.ptr[i + 1]);
        bool breaks = within && ++blanks % 8 == 0;
        buffer_append(out, breaks ? "\n" : text.ptr + i, 1);
    }
}

static void end_with_blank_lines(text_view text, buffer *out) {
    buffer_append_view(out, text);
    buffer_append_view(out, VIEW("\n\n\n\n"));
}

static const struct {
    const char *what;
    void (*change)(text_view text, buffer *out);
} changes[] = {
    {"once more", keep},
    {"carriage returns", add_carriage_returns},
    {"a byte-order mark", add_byte_order_mark},
    {"doubled blanks", double_blanks},
    {"broken lines", break_lines},
    {"blank lines at the end", end_with_blank_lines},
};

START_TEST(what_says_the_same_gives_the_same) {
    size_t statements = 0;
    for (size_t i = 0; i < corpus_size(articles); i += ARTICLE_STEP) {
        const annotated_article *source = corpus_article(articles, i);
        buffer text = {0}, plain = {0}, changed = {0};
        changes[_i].change(source->text, &text);
        statements_of(source->text, false, &plain);
        statements_of(buffer_view(&text), false, &changed);
        ck_assert_msg(strcmp(plain.data, changed.data) == 0, "%.*s with %s:\n%s\nbecomes\n%s",
                      (int)source->id.len, source->id.ptr, changes[_i].what, plain.data,
                      changed.data);
        statements += plain.len > 1;
        buffer_free(&text);
        buffer_free(&plain);
        buffer_free(&changed);
    }
    ck_assert_uint_gt(statements, 5);
}
END_TEST

static void add_normalized(text_view text, utf8proc_option_t form, buffer *out) {
    utf8proc_uint8_t *made = NULL;
    utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)text.ptr,
                                        (utf8proc_ssize_t)text.len, &made, UTF8PROC_STABLE | form);
    ck_assert(len >= 0 && buffer_append(out, (const char *)made, (size_t)len));
    free(made);
}

/* Every letter with an accent becomes two code points: the statements are the same ones, in the
 * words and at the places of the text that was read. */
START_TEST(decomposed_letters_give_the_same) {
    size_t changed = 0;
    for (size_t i = 0; i < corpus_size(articles); i++) {
        const annotated_article *source = corpus_article(articles, i);
        buffer composed = {0}, apart = {0}, plain = {0}, found = {0}, composed_found = {0};
        add_normalized(source->text, UTF8PROC_COMPOSE, &composed);
        add_normalized(source->text, UTF8PROC_DECOMPOSE, &apart);
        if (!view_equal(buffer_view(&composed), buffer_view(&apart))) {
            statements_of(buffer_view(&composed), false, &plain);
            statements_of(buffer_view(&apart), false, &found);
            add_normalized(view_of(found.data), UTF8PROC_COMPOSE, &composed_found);
            buffer_append(&composed_found, "", 1);
            ck_assert_msg(strcmp(plain.data, composed_found.data) == 0, "%.*s:\n%s\nbecomes\n%s",
                          (int)source->id.len, source->id.ptr, plain.data, composed_found.data);
            changed++;
        }
        buffer *const made[] = {&composed, &apart, &plain, &found, &composed_found};
        for (size_t b = 0; b < sizeof made / sizeof *made; b++)
            buffer_free(made[b]);
    }
    ck_assert_uint_gt(changed, 50);
}
END_TEST

/* Where the last paragraph begins: its statements get a new neighbour when a paragraph follows, and
 * the word behind a statement is evidence of where it ends. */
static uint32_t last_paragraph(const article *a) {
    return a->tokens[a->paragraphs[a->paragraph_count - 1].tokens.first].bytes.begin;
}

/* A paragraph about something else behind the article. (In front of it, it would be the lead.) */
START_TEST(another_paragraph_does_not_move_statements) {
    size_t statements = 0;
    for (size_t i = 0; i < corpus_size(articles); i += ARTICLE_STEP) {
        const annotated_article *source = corpus_article(articles, i);
        arena *memory = arena_new();
        buffer joined = {0}, before = {0}, after = {0};
        span within = {0, (uint32_t)source->text.len};
        article alone = {.arena = memory, .text = source->text, .body = within};
        ck_assert_int_eq(analyzer_run(analyzer, &alone, NULL), WHOSAID_OK);
        within.end = last_paragraph(&alone);
        write_statements(&alone, within, true, &before);
        buffer_append_view(&joined, source->text);
        buffer_append_view(&joined, VIEW("\n\nThe river rose overnight. Boats stayed away."));
        article both = {
            .arena = memory, .text = buffer_view(&joined), .body = {0, (uint32_t)joined.len}};
        ck_assert_int_eq(analyzer_run(analyzer, &both, NULL), WHOSAID_OK);
        fuzz_check_article(&both, true);
        write_statements(&both, within, true, &after);
        ck_assert_msg(strcmp(before.data, after.data) == 0, "%.*s:\n%s\nbecomes\n%s",
                      (int)source->id.len, source->id.ptr, before.data, after.data);
        statements += alone.attribution_count;
        buffer_free(&joined);
        buffer_free(&before);
        buffer_free(&after);
        arena_free(memory);
    }
    ck_assert_uint_gt(statements, 100);
}
END_TEST

static TCase *cases(void) {
    TCase *tc = tcase_create("properties");
    tcase_add_unchecked_fixture(tc, open_all, close_all);
    tcase_add_loop_test(tc, what_says_the_same_gives_the_same, 0, sizeof changes / sizeof *changes);
    tcase_add_test(tc, decomposed_letters_give_the_same);
    tcase_add_test(tc, another_paragraph_does_not_move_statements);
    return tc;
}

SUITE_MAIN("properties")
