#include "batch/batch_slot.h"

#include "analyzer.h"
#include "base/array.h"
#include "base/error.h"
#include "batch/batch_note.h"
#include "batch/seen_texts.h"
#include "read/record_reader.h"

#include <inttypes.h>
#include <stdio.h>

/* An article that is read and waits for its analysis. */
typedef struct waiting_article {
    article article;
    item item;
} waiting_article;

enum { OWN_BUFFERS = 5 };

/* The buffers beside those of the record. */
static void list_own_buffers(slot *s, buffer *out[OWN_BUFFERS]) {
    out[0] = &s->items;
    out[1] = &s->pieces;
    out[2] = &s->ids;
    out[3] = &s->failures;
    out[4] = &s->new_texts;
}

void slot_reset(slot *s) {
    buffer *own[OWN_BUFFERS];
    list_own_buffers(s, own);
    for (size_t i = 0; i < OWN_BUFFERS; i++)
        buffer_reset(own[i], SLOT_KEEP_BYTES);
    buffer_reset(&s->record.bytes, SLOT_KEEP_BYTES);
    s->queued_bytes = 0;
    s->done = s->no_memory = false;
}

void slot_free(slot *s) {
    buffer *own[OWN_BUFFERS];
    list_own_buffers(s, own);
    for (size_t i = 0; i < OWN_BUFFERS; i++)
        buffer_free(own[i]);
    raw_record_free(&s->record);
}

static void add_item(slot *s, item added, text_view id) {
    added.id_len = id.len;
    bool ok = buffer_append(&s->items, &added, sizeof added) && buffer_append_view(&s->ids, id);
    s->no_memory = s->no_memory || !ok;
}

void slot_add_failure(slot *s, const batch_options *options, uint64_t number, text_view id,
                      bool answer, const whosaid_error *cause) {
    item failed = {.kind = ITEM_FAILURE, .article = number};
    size_t before = s->pieces.len;
    if (answer && options->answer_failures && options->format->failure) {
        failed.has_piece = true;
        if (options->format->failure(id, cause, &s->pieces, NULL) != WHOSAID_OK)
            s->no_memory = true;
    }
    failed.piece_len = s->pieces.len - before;
    if (!buffer_append(&s->failures, cause, sizeof *cause)) s->no_memory = true;
    add_item(s, failed, id);
}

static bool is_line(const slot *s) {
    return s->record.kind == RECORD_JSON_LINE;
}

/* For JSON and CSV; of what has no id of its own, its place decides. */
static bool is_in_shard(const slot *s, const batch_options *options, uint64_t number,
                        const article *a) {
    bool by_path = s->record.kind != RECORD_JSON && !is_line(s) && s->record.kind != RECORD_CSV_ROW;
    if (by_path || options->filter.part.count < 2) return true;
    if (a) return shard_has(options->filter.part, a->id);
    char place[64];
    int len = snprintf(place, sizeof place, "%016" PRIx64 ":%zu#%" PRIu64,
                       hash_view(buffer_view(&s->record.path)), s->record.line, number);
    return shard_has(options->filter.part, (text_view){place, (size_t)len});
}

static bool is_asked_for(slot *s, const batch_options *options, uint64_t number, const article *a) {
    item left_out = {.kind = ITEM_FILTERED, .article = number};
    if (is_in_shard(s, options, number, a)) {
        switch (article_filter_period(&options->filter, a)) {
        case FILTER_TAKES: return true;
        case FILTER_UNDATED: left_out.kind = ITEM_UNDATED; break;
        case FILTER_OUTSIDE: break;
        }
    }
    add_item(s, left_out, VIEW(""));
    return false;
}

static void read_one(slot *s, const batch_options *options, uint64_t number, const article *a,
                     waiting_articles *waiting) {
    waiting_article w = {.article = *a, .item = {.kind = ITEM_ARTICLE, .article = number}};
    if (!is_asked_for(s, options, number, a)) return;
    if (!seen_texts_hash(&w.article, &w.item.text) || !array_push(a->arena, waiting, w))
        s->no_memory = true;
}

/* The record, or its article `number`, cannot be read. */
static void add_unreadable(slot *s, const batch_options *options, uint64_t number,
                           record_reader *reader, arena *memory, const whosaid_error *cause) {
    if (!is_in_shard(s, options, number, NULL)) return;
    text_view id = is_line(s) ? record_reader_own_id(reader, memory) : VIEW("");
    slot_add_failure(s, options, number, id, is_line(s), cause);
}

void slot_read(slot *s, const batch_options *options, record_reader *reader, arena *memory,
               waiting_articles *waiting) {
    whosaid_error cause = {0};
    if (record_reader_open(reader, &s->record, &cause) != WHOSAID_OK) {
        add_unreadable(s, options, 0, reader, memory, &cause);
        return;
    }
    article a = {0};
    whosaid_status status;
    for (uint64_t number = 0; record_reader_next(reader, memory, &a, &status, &cause); number++) {
        if (status == WHOSAID_OK)
            read_one(s, options, number, &a, waiting);
        else
            add_unreadable(s, options, number, reader, memory, &cause);
        cause = (whosaid_error){0};
        a = (article){0};
    }
}

void slot_compare(slot *s, const batch_options *options, seen_texts *seen, arena *memory,
                  waiting_articles *waiting) {
    for (size_t i = 0; i < waiting->count; i++) {
        waiting_article *w = &waiting->items[i];
        hash128 text = w->item.text;
        bool was_seen;
        text_view first;
        if (!text_is_comparable(text)) continue;
        if (!seen_texts_add(seen, text, w->article.id, &was_seen, &first)) {
            s->no_memory = true;
        } else if (was_seen) {
            w->item.is_duplicate = true;
            if (options->report->unique) w->item.kind = ITEM_LEFT_OUT;
            w->article.duplicate_of = arena_copy(memory, first);
            if (!w->article.duplicate_of.ptr) s->no_memory = true;
        } else if (options->keep_notes) {
            s->no_memory |= !batch_note_add_text(&s->new_texts, text, w->article.id);
        }
    }
}

static void analyze_one(slot *s, const batch_options *options, waiting_article *w) {
    whosaid_error cause = {0};
    size_t before = s->pieces.len;
    whosaid_status status = analyzer_run(options->analyzer, &w->article, &cause);
    if (status == WHOSAID_OK)
        status = options->format->article(&w->article, options->report, &s->pieces, &cause);
    if (status == WHOSAID_OK) {
        w->item.has_piece = true;
        w->item.piece_len = s->pieces.len - before;
        w->item.statements = w->article.attribution_count;
        add_item(s, w->item, w->article.id);
        return;
    }
    s->pieces.len = before; /* nothing of a half-written article */
    if (!cause.where[0]) {
        whosaid_error named = {0};
        error_set(&named, status, s->record.path.data, s->record.line, "%s", cause.text);
        cause = named;
    }
    slot_add_failure(s, options, w->item.article, w->article.id, is_line(s), &cause);
}

void slot_analyze(slot *s, const batch_options *options, arena *memory, waiting_articles *waiting) {
    arena_mark mark = arena_save(memory);
    size_t reported = 0;
    for (size_t i = 0; i < waiting->count; i++) {
        waiting_article *w = &waiting->items[i];
        if (options->limit && reported == options->limit) return;
        if (w->item.kind == ITEM_LEFT_OUT) {
            add_item(s, w->item, w->article.id);
            continue;
        }
        size_t failures = s->failures.len;
        analyze_one(s, options, w);
        reported += s->failures.len == failures;
        arena_restore(memory, mark);
    }
}
