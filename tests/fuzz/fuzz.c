#include "fuzz.h"

#include "attribute/attributor.h"
#include "base/utf8.h"
#include "read/record_reader.h"
#include "segment/segment.h"
#include "tag/tagger.h"

#include <string.h>
#include <unistd.h>

static char folder[64];
static size_t accepted;

void fuzz_accept(void) {
    accepted++;
}

size_t fuzz_accepted(void) {
    return accepted;
}

static void remove_folder(void) {
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0) fprintf(stderr, "%s is left behind\n", folder);
}

const char *fuzz_folder(void) {
    if (folder[0]) return folder;
    snprintf(folder, sizeof folder, "%s/whosaid-fuzz-XXXXXX",
             access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
    MUST(mkdtemp(folder));
    atexit(remove_folder);
    return folder;
}

const char *fuzz_path(const char *file) {
    static char paths[8][512];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", fuzz_folder(), file);
    return path;
}

const char *fuzz_write(const char *file, const void *bytes, size_t len) {
    const char *path = fuzz_path(file);
    FILE *out = fopen(path, "wb");
    MUST(out);
    MUST(len == 0 || fwrite(bytes, 1, len, out) == len);
    MUST(fclose(out) == 0);
    return path;
}

void fuzz_check_error(whosaid_status status, const whosaid_error *err) {
    MUST(status > WHOSAID_OK && status <= WHOSAID_CANCELLED);
    MUST(memchr(err->where, '\0', sizeof err->where));
    MUST(memchr(err->text, '\0', sizeof err->text));
}

/* ---- articles ------------------------------------------------------------------------------ */

static bool on_border(text_view text, size_t at) {
    return at == text.len || (at < text.len && utf8_is_boundary((unsigned char)text.ptr[at]));
}

static void check_text(text_view text) {
    MUST(text.len == 0 || text.ptr);
    MUST(utf8_first_invalid(text) == text.len);
}

static void check_range(const article *a, token_range range) {
    MUST(range.first < range.end && range.end <= a->token_count);
}

static void check_tokens(const article *a) {
    uint32_t end = a->body.begin;
    for (size_t i = 0; i < a->token_count; i++) {
        const token *t = &a->tokens[i];
        MUST(end <= t->bytes.begin && t->bytes.begin < t->bytes.end);
        MUST(on_border(a->text, t->bytes.begin) && on_border(a->text, t->bytes.end));
        MUST(t->sentence < a->sentence_count && t->paragraph < a->paragraph_count);
        MUST(t->part_of_speech < PART_OF_SPEECH_COUNT && t->name_class < NAME_CLASS_COUNT);
        end = t->bytes.end;
    }
    MUST(end <= a->body.end);
}

/* Paragraphs and sentences hold all tokens, each once and in order. */
static void check_layout(const article *a) {
    uint32_t token_index = 0, sentence_index = 0;
    for (uint32_t p = 0; p < a->paragraph_count; p++) {
        const paragraph *whole = &a->paragraphs[p];
        check_range(a, whole->tokens);
        MUST(whole->tokens.first == token_index);
        MUST(whole->first_sentence == sentence_index);
        for (; sentence_index < whole->sentence_end; sentence_index++) {
            MUST(sentence_index < a->sentence_count);
            const sentence *s = &a->sentences[sentence_index];
            check_range(a, s->tokens);
            MUST(s->tokens.first == token_index && s->paragraph == p);
            token_index = s->tokens.end;
        }
        MUST(token_index == whole->tokens.end);
    }
    MUST(token_index == a->token_count && sentence_index == a->sentence_count);
}

static void check_quotations(const article *a) {
    uint32_t first = 0;
    for (size_t i = 0; i < a->quotation_count; i++) {
        const quotation *q = &a->quotations[i];
        check_range(a, q->tokens);
        MUST(q->tokens.first >= first && q->depth >= 1);
        MUST(q->continued_by == UINT32_MAX ||
             (q->continued_by > i && q->continued_by < a->quotation_count));
        first = q->tokens.first;
    }
    uint32_t end = 0;
    for (size_t i = 0; i < a->name_count; i++) {
        check_range(a, a->names[i].tokens);
        MUST(a->names[i].tokens.first >= end);
        end = a->names[i].tokens.end;
    }
}

static void check_probability(double p) {
    MUST(p >= 0 && p <= 1); /* false for NaN */
}

static void check_ranges(const article *a, token_ranges ranges) {
    for (size_t i = 0; i < ranges.count; i++)
        check_range(a, ranges.items[i]);
}

static void check_attributions(const article *a) {
    uint32_t first = 0;
    for (size_t i = 0; i < a->attribution_count; i++) {
        const attribution *s = &a->attributions[i];
        check_ranges(a, s->cues);
        check_ranges(a, s->sources);
        check_ranges(a, s->contents);
        MUST(s->contents.count > 0 && s->contents.items[0].first >= first);
        first = s->contents.items[0].first;
        check_probability((double)s->score);
        check_probability((double)s->speaker.score);
        check_probability((double)s->anonymity.score);
        check_text(s->speaker.name);
        check_text(s->speaker.role);
        check_text(s->anonymity.reason);
        span reason = s->anonymity.reason_bytes;
        MUST(reason.begin <= reason.end && on_border(a->text, reason.begin) &&
             on_border(a->text, reason.end));
        for (size_t j = 0; j < s->stance_count; j++)
            check_text(s->stances[j].why);
    }
}

void fuzz_check_article(const article *a, bool has_attributions) {
    check_text(a->id);
    check_text(a->title);
    check_text(a->date);
    check_text(a->outlet);
    check_text(a->text);
    MUST(a->text.len <= ARTICLE_TEXT_MAX);
    MUST(a->body.begin <= a->body.end && a->body.end <= a->text.len);
    MUST(on_border(a->text, a->body.begin) && on_border(a->text, a->body.end));
    check_tokens(a);
    check_layout(a);
    check_quotations(a);
    if (has_attributions) check_attributions(a);
}

/* ---- reading ------------------------------------------------------------------------------- */

static void read_record(const raw_record *record, arena *memory) {
    record_reader reader;
    whosaid_error err = {0};
    whosaid_status status = record_reader_open(&reader, record, &err);
    if (status != WHOSAID_OK) fuzz_check_error(status, &err);
    article a = {0};
    while (status == WHOSAID_OK && record_reader_next(&reader, memory, &a, &status, &err)) {
        if (status == WHOSAID_OK) status = segment_article(&a, &err);
        if (status == WHOSAID_OK) {
            fuzz_check_article(&a, false);
            fuzz_accept();
        } else {
            fuzz_check_error(status, &err);
        }
        status = WHOSAID_OK;
        err = (whosaid_error){0};
        a = (article){0};
    }
    record_reader_close(&reader);
    arena_reset(memory);
}

void fuzz_read_file(const char *path) {
    article_source *source;
    MUST(article_source_open(&path, 1, NULL, &source, NULL) == WHOSAID_OK);
    arena *memory = arena_new();
    raw_record record = {0};
    for (;;) {
        whosaid_error err = {0};
        source_event event = article_source_next(source, &record, &err);
        if (event == SOURCE_END) break;
        if (event == SOURCE_RECORD)
            read_record(&record, memory);
        else
            fuzz_check_error(err.code, &err);
    }
    raw_record_free(&record);
    article_source_close(source);
    arena_free(memory);
}

void fuzz_read_record(const uint8_t *data, size_t size, record_kind kind) {
    raw_record record = {.kind = kind};
    MUST(buffer_append(&record.path, "input", sizeof "input"));
    MUST(buffer_append(&record.bytes, data, size));
    arena *memory = arena_new();
    read_record(&record, memory);
    arena_free(memory);
    raw_record_free(&record);
}

article fuzz_sample_article(fuzz_step steps, arena *memory) {
    static const char text[] =
        "HARBOR CITY — “We will not let them fire ATACMS deep inside Russia,” Ana Ruiz, the "
        "minister, said on Friday. She feared that \"the answer\" would come. According to two "
        "officials who spoke on condition of anonymity, the ban was lifted.\n\n"
        "“It is over,” Mr. Diaz told The Courier. “Go home.” Critics refused to comment.";
    static tagger *tags;
    static attributor *statements; /* kept until the process ends */
    if (!tags) {
        MUST(tagger_open(SOURCE_DIR "/models/tagger", &tags, NULL) == WHOSAID_OK);
        MUST(attributor_open(SOURCE_DIR "/models/attribution", &statements, NULL) == WHOSAID_OK);
    }
    article a = {.arena = memory, .text = {text, sizeof text - 1}, .body = {0, sizeof text - 1}};
    if (steps >= FUZZ_SEGMENTED) MUST(segment_article(&a, NULL) == WHOSAID_OK);
    if (steps >= FUZZ_TAGGED) MUST(tagger_tag(tags, &a, NULL) == WHOSAID_OK);
    if (steps >= FUZZ_ATTRIBUTED)
        MUST(attributor_find(statements, &a, 0.1f, NULL) == WHOSAID_OK && a.attribution_count > 2);
    return a;
}
