#include "batch/batch.h"

#include "analyzer.h"
#include "base/array.h"
#include "base/error.h"
#include "batch/seen_texts.h"
#include "read/record_reader.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    SLOTS_PER_WORKER = 8,
    MAX_WORKERS = 1024,
    QUEUE_BYTES = 16 << 20, /* of records that are read and not yet handed out */
    KEEP_BYTES = 1 << 20    /* buffers above this size are given back after use */
};

/* One record on its way through the batch. While a thread works on a slot it is that thread's
 * alone; the counters of the batch say whose turn it is. */
typedef struct slot {
    source_event event;
    raw_record record;
    buffer piece;
    buffer failures; /* of whosaid_error */
    batch_counts counts;
    size_t queued_bytes;
    bool done;
} slot;

/* Slots are used in turn: number n lies in slots[n % slot_count], and
 * handed_out <= taken <= filled <= handed_out + slot_count. */
typedef struct batch {
    const whosaid_analyzer *analyzer;
    const report_format *format;
    const report_options *options;
    article_source *source;

    slot *slots;
    size_t slot_count;

    pthread_mutex_t lock; /* for everything below */
    pthread_cond_t slot_free, slot_filled, slot_done, turn_over;
    size_t filled, taken, handed_out;
    size_t turn; /* the number whose texts are compared next: in the order of the input */
    seen_texts *seen;
    size_t queued_bytes;
    bool source_ended, stopped;
    whosaid_status status; /* of a worker that could not start to work */
} batch;

static slot *slot_of(const batch *b, size_t number) {
    return &b->slots[number % b->slot_count];
}

static void add_failure(slot *s, const whosaid_error *cause) {
    s->counts.failures++;
    /* Should memory be out even for this, the count still tells that something failed. */
    (void)buffer_append(&s->failures, cause, sizeof *cause);
}

/* Reads until the source ends; runs on the reading thread. */
static void *read_records(void *context) {
    batch *b = context;
    for (;;) {
        pthread_mutex_lock(&b->lock);
        while (!b->stopped && (b->filled - b->handed_out == b->slot_count ||
                               (b->queued_bytes > QUEUE_BYTES && b->filled > b->handed_out)))
            pthread_cond_wait(&b->slot_free, &b->lock);
        bool stopped = b->stopped;
        slot *s = slot_of(b, b->filled);
        pthread_mutex_unlock(&b->lock);
        if (stopped) return NULL;

        whosaid_error cause = {0};
        s->event = article_source_next(b->source, &s->record, &cause);
        if (s->event == SOURCE_FAILED || s->event == SOURCE_SKIPPED) add_failure(s, &cause);
        if (s->event == SOURCE_RECORD) s->queued_bytes = s->record.bytes.len;

        pthread_mutex_lock(&b->lock);
        bool ended = s->event == SOURCE_END;
        if (ended) {
            b->source_ended = true;
        } else {
            b->filled++;
            b->queued_bytes += s->queued_bytes;
        }
        pthread_cond_broadcast(&b->slot_filled);
        if (ended) pthread_cond_signal(&b->slot_done);
        pthread_mutex_unlock(&b->lock);
        if (ended) return NULL;
    }
}

static void report_one(const batch *b, slot *s, article *a, whosaid_status status,
                       whosaid_error *cause) {
    size_t before = s->piece.len;
    if (status == WHOSAID_OK) status = analyzer_run(b->analyzer, a, cause);
    if (status == WHOSAID_OK) status = b->format->article(a, b->options, &s->piece, cause);
    if (status == WHOSAID_OK) {
        s->counts.articles++;
        s->counts.statements += a->attribution_count;
        return;
    }
    s->piece.len = before; /* nothing of a half-written article */
    if (!cause->where[0]) {
        whosaid_error named = {0};
        error_set(&named, status, s->record.path.data, s->record.line, "%s", cause->text);
        *cause = named;
    }
    add_failure(s, cause);
}

/* An article that is read and waits for its analysis. */
typedef struct waiting_article {
    article article;
    hash128 hash;
    bool is_empty, left_out;
} waiting_article;

typedef ARRAY(waiting_article) waiting_articles;

static void read_one(slot *s, article *a, whosaid_status status, whosaid_error *cause,
                     waiting_articles *waiting) {
    waiting_article w = {.article = *a};
    if (status == WHOSAID_OK &&
        !(seen_texts_hash(&w.article, &w.hash, &w.is_empty) && array_push(a->arena, waiting, w)))
        status = error_no_memory(cause);
    if (status != WHOSAID_OK) add_failure(s, cause);
}

static void read_slot(slot *s, record_reader *reader, arena *memory, waiting_articles *waiting) {
    whosaid_error cause = {0};
    if (record_reader_open(reader, &s->record, &cause) != WHOSAID_OK) {
        add_failure(s, &cause);
        return;
    }
    article a = {0};
    whosaid_status status;
    while (record_reader_next(reader, memory, &a, &status, &cause)) {
        read_one(s, &a, status, &cause, waiting);
        cause = (whosaid_error){0};
        a = (article){0};
    }
}

/* Compares the texts of a slot with all that came before it in the input: waits until the slots
 * before it have done so. */
static void compare_texts(batch *b, slot *s, size_t number, arena *memory,
                          waiting_articles *waiting) {
    pthread_mutex_lock(&b->lock);
    while (!b->stopped && b->turn != number)
        pthread_cond_wait(&b->turn_over, &b->lock);
    for (size_t i = 0; i < waiting->count; i++) {
        waiting_article *w = &waiting->items[i];
        bool was_seen;
        text_view first;
        /* Without memory to compare it, an article counts as new. */
        if (w->is_empty || !seen_texts_add(b->seen, w->hash, w->article.id, &was_seen, &first) ||
            !was_seen)
            continue;
        s->counts.duplicates++;
        w->left_out = b->options->unique;
        w->article.duplicate_of = arena_copy(memory, first);
        if (!w->article.duplicate_of.ptr) w->article.duplicate_of = VIEW("");
    }
    b->turn = number + 1;
    pthread_cond_broadcast(&b->turn_over);
    pthread_mutex_unlock(&b->lock);
}

static void analyze_slot(batch *b, slot *s, size_t number, arena *memory) {
    record_reader reader = {0};
    waiting_articles waiting = {0};
    if (s->event == SOURCE_RECORD) {
        s->counts.bytes = s->record.bytes.len;
        read_slot(s, &reader, memory, &waiting);
    }
    compare_texts(b, s, number, memory, &waiting);
    arena_mark mark = arena_save(memory);
    for (size_t i = 0; i < waiting.count; i++) {
        whosaid_error cause = {0};
        if (waiting.items[i].left_out) continue;
        report_one(b, s, &waiting.items[i].article, WHOSAID_OK, &cause);
        arena_restore(memory, mark);
    }
    record_reader_close(&reader);
    arena_reset(memory);
}

static void *analyze_records(void *context) {
    batch *b = context;
    arena *memory = arena_new();
    pthread_mutex_lock(&b->lock);
    if (!memory) {
        b->status = WHOSAID_NO_MEMORY;
        b->stopped = true;
        pthread_cond_signal(&b->slot_done);
    }
    for (;;) {
        while (!b->stopped && !b->source_ended && b->taken == b->filled)
            pthread_cond_wait(&b->slot_filled, &b->lock);
        if (b->stopped || b->taken == b->filled) break;
        size_t number = b->taken++;
        slot *s = slot_of(b, number);
        pthread_mutex_unlock(&b->lock);
        analyze_slot(b, s, number, memory);
        pthread_mutex_lock(&b->lock);
        s->done = true;
        pthread_cond_signal(&b->slot_done);
    }
    pthread_mutex_unlock(&b->lock);
    arena_free(memory);
    return NULL;
}

static void tell_failures(const slot *s, const batch_listener *listener) {
    for (size_t at = 0; at < s->failures.len; at += sizeof(whosaid_error)) {
        whosaid_error cause;
        memcpy(&cause, s->failures.data + at, sizeof cause);
        if (s->event == SOURCE_SKIPPED)
            listener->skipped(listener->context, &cause);
        else
            listener->failed(listener->context, &cause);
    }
}

static whosaid_status hand_out(slot *s, const batch_listener *listener, batch_counts *counts,
                               whosaid_error *err) {
    tell_failures(s, listener);
    counts->articles += s->counts.articles;
    counts->statements += s->counts.statements;
    counts->bytes += s->counts.bytes;
    counts->duplicates += s->counts.duplicates;
    if (s->event != SOURCE_SKIPPED) counts->failures += s->counts.failures;
    whosaid_status status = WHOSAID_OK;
    if (s->piece.len) status = listener->piece(listener->context, buffer_view(&s->piece), err);
    listener->progress(listener->context, counts);
    return status;
}

static void slot_reset(slot *s) {
    buffer_reset(&s->record.bytes, KEEP_BYTES);
    buffer_reset(&s->piece, KEEP_BYTES);
    buffer_reset(&s->failures, KEEP_BYTES);
    s->counts = (batch_counts){0};
    s->queued_bytes = 0;
    s->done = false;
}

/* Hands out slots in their order until the source has ended or something stops the batch. Called
 * with the lock held, returns with it held. */
static whosaid_status hand_out_all(batch *b, const batch_listener *listener, batch_counts *counts,
                                   whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    bool idle_told = false;
    while (status == WHOSAID_OK) {
        slot *s = slot_of(b, b->handed_out);
        bool ready = b->handed_out < b->filled && s->done;
        if (b->stopped) return b->status;
        if (!ready && b->source_ended && b->handed_out == b->filled) break;
        if (!ready && idle_told) {
            pthread_cond_wait(&b->slot_done, &b->lock);
            continue;
        }
        pthread_mutex_unlock(&b->lock);
        if (ready) {
            status = hand_out(s, listener, counts, err);
        } else {
            status = listener->idle(listener->context, err);
        }
        pthread_mutex_lock(&b->lock);
        idle_told = !ready;
        if (!ready) continue;
        b->queued_bytes -= s->queued_bytes;
        slot_reset(s);
        b->handed_out++;
        pthread_cond_signal(&b->slot_free);
    }
    return status;
}

/* Starts the threads, hands out, and joins them. threads: [1 + workers]. */
static whosaid_status run_threads(batch *b, pthread_t *threads, size_t workers,
                                  const batch_listener *listener, batch_counts *counts,
                                  whosaid_error *err) {
    size_t started = 0;
    int failure = pthread_create(&threads[0], NULL, read_records, b);
    if (failure == 0) started = 1;
    while (failure == 0 && started <= workers) {
        failure = pthread_create(&threads[started], NULL, analyze_records, b);
        started += failure == 0;
    }
    whosaid_status status = WHOSAID_OK;
    pthread_mutex_lock(&b->lock);
    if (started >= 2) /* fewer workers than wanted are still a batch */
        status = hand_out_all(b, listener, counts, err);
    else
        status = error_io(err, NULL, "cannot start a thread", failure);
    b->stopped = true;
    pthread_cond_broadcast(&b->slot_free);
    pthread_cond_broadcast(&b->slot_filled);
    pthread_cond_broadcast(&b->turn_over);
    pthread_mutex_unlock(&b->lock);
    article_source_cancel(b->source); /* the reader may be waiting for input that never comes */
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    return status == WHOSAID_NO_MEMORY ? error_no_memory(err) : status;
}

static void free_slots(batch *b) {
    for (size_t i = 0; b->slots && i < b->slot_count; i++) {
        raw_record_free(&b->slots[i].record);
        buffer_free(&b->slots[i].piece);
        buffer_free(&b->slots[i].failures);
    }
    free(b->slots);
}

whosaid_status batch_run(const whosaid_analyzer *analyzer, article_source *source,
                         const report_format *format, const report_options *options, size_t workers,
                         const batch_listener *listener, batch_counts *counts, whosaid_error *err) {
    *counts = (batch_counts){0};
    if (workers < 1) workers = 1;
    if (workers > MAX_WORKERS) workers = MAX_WORKERS;
    batch b = {.analyzer = analyzer,
               .format = format,
               .options = options,
               .source = source,
               .slot_count = workers * SLOTS_PER_WORKER};
    b.slots = calloc(b.slot_count, sizeof *b.slots);
    pthread_t *threads = calloc(workers + 1, sizeof *threads);
    b.seen = seen_texts_new(!options->unique);
    whosaid_status status = b.slots && threads && b.seen ? WHOSAID_OK : error_no_memory(err);
    pthread_mutex_init(&b.lock, NULL);
    pthread_cond_init(&b.slot_free, NULL);
    pthread_cond_init(&b.slot_filled, NULL);
    pthread_cond_init(&b.slot_done, NULL);
    pthread_cond_init(&b.turn_over, NULL);
    if (status == WHOSAID_OK) status = run_threads(&b, threads, workers, listener, counts, err);
    pthread_cond_destroy(&b.turn_over);
    pthread_cond_destroy(&b.slot_done);
    pthread_cond_destroy(&b.slot_filled);
    pthread_cond_destroy(&b.slot_free);
    pthread_mutex_destroy(&b.lock);
    free_slots(&b);
    seen_texts_free(b.seen);
    free(threads);
    return status;
}
