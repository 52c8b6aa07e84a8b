#include "batch/batch.h"

#include "base/error.h"
#include "batch/batch_note.h"
#include "batch/batch_slot.h"
#include "batch/seen_texts.h"
#include "read/record_reader.h"

#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* To wake a thread costs as much as some per cent of an article: while there is work at hand, slots
 * are handed out some at a time, and the reader sleeps until half of them are free. */
enum {
    SLOTS_PER_WORKER = 8,
    SLOTS_AHEAD = 8,           /* beside them */
    HAND_OUT_AT_ONCE = 8,      /* slots */
    LONG_RECORD_BYTES = 32768, /* what is done does not wait for it */
    QUEUE_BYTES = 16 << 20     /* of records that are read and not yet handed out */
};

/* Slots are used in turn: number n lies in slots[n % slot_count], and
 * handed_out <= taken <= filled <= handed_out + slot_count. */
struct batch {
    batch_options options;
    article_source *source;
    const batch_listener *listener;

    slot *slots;
    size_t slot_count;

    batch_stand resumed; /* what an earlier process has done */
    batch_stand stand;   /* of what was handed out; for the calling thread */
    buffer new_texts;    /* since the last note */
    bool limit_reached, is_complete;

    batch_stand input;          /* for the reading thread: of what was read */
    whosaid_error reader_error; /* set before `stopped` */

    pthread_mutex_t lock; /* for everything below */
    pthread_cond_t slot_free, slot_filled, slot_done, turn_over;
    size_t filled, taken, handed_out;
    size_t done;   /* how many of those that are taken and not handed out */
    arena *memory; /* of the calling thread, when it works itself: with one worker */
    size_t turn;   /* the number whose texts are compared next: in the order of the input */
    seen_texts *seen;
    size_t queued_bytes;
    bool source_ended, stopped;
    whosaid_status status; /* of a thread that could not do its work */
};

static slot *slot_of(const batch *b, size_t number) {
    return &b->slots[number % b->slot_count];
}

static void stop_with(batch *b, whosaid_status status) {
    pthread_mutex_lock(&b->lock);
    b->status = status;
    b->stopped = true;
    pthread_cond_signal(&b->slot_done);
    pthread_mutex_unlock(&b->lock);
}

/* Adds an event to the hashes of the input. */
static void count_event(batch_stand *input, source_event event, const raw_record *record,
                        const whosaid_error *cause) {
    bool told = event == SOURCE_FAILED || event == SOURCE_SKIPPED;
    text_view path = buffer_view(&record->path);
    if (path.len) path.len--; /* its NUL */
    if (told) path = view_of(cause->where);
    input->names = hash_mix(input->names, hash_view(path));
    input->names = hash_mix(input->names, told ? cause->line : record->line);
    input->content = hash_mix(input->content, input->names);
    input->content = hash_mix(input->content, (uint64_t)event);
    if (event == SOURCE_RECORD)
        input->content = hash_mix(input->content, hash_view(buffer_view(&record->bytes)));
    input->records++;
}

/* The next event that a slot is needed for; or the end. */
static source_event read_event(batch *b, slot *s, whosaid_error *cause) {
    for (;;) {
        s->record.path.len = 0;
        *cause = (whosaid_error){0};
        source_event event = article_source_next(b->source, &s->record, cause);
        bool behind = b->input.records >= b->resumed.records;
        if (event == SOURCE_END) return event;
        count_event(&b->input, event, &s->record, cause);
        if (b->input.records == b->resumed.records && b->input.content != b->resumed.content) {
            error_set(&b->reader_error, WHOSAID_USAGE, NULL, 0,
                      "the input is not what the stopped run had read: something in it was "
                      "changed, added or removed since");
            stop_with(b, WHOSAID_USAGE);
            return SOURCE_END;
        }
        if (behind && event != SOURCE_ELSEWHERE) return event;
    }
}

static void fill_slot(batch *b, slot *s) {
    whosaid_error cause;
    s->event = read_event(b, s, &cause);
    s->number = b->input.records - 1;
    s->content = b->input.content;
    s->names = b->input.names;
    s->input_bytes = article_source_bytes_read(b->source);
    if (s->event == SOURCE_RECORD) s->queued_bytes = s->record.bytes.len;
    /* A line that is too long is one that cannot be read; a stream that breaks off is none. */
    bool answer = s->event == SOURCE_FAILED && cause.line > 0;
    if (s->event == SOURCE_FAILED || s->event == SOURCE_SKIPPED)
        slot_add_failure(s, &b->options, 0, VIEW(""), answer, &cause);
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

        fill_slot(b, s);

        pthread_mutex_lock(&b->lock);
        bool ended = s->event == SOURCE_END;
        if (ended) {
            b->source_ended = true;
        } else {
            b->filled++;
            b->queued_bytes += s->queued_bytes;
        }
        if (ended)
            pthread_cond_broadcast(&b->slot_filled);
        else
            pthread_cond_signal(&b->slot_filled);
        if (ended) pthread_cond_signal(&b->slot_done);
        pthread_mutex_unlock(&b->lock);
        if (ended) return NULL;
    }
}

/* Compares the texts of a slot with all that came before it in the input: waits until the slots
 * before it have done so. False when the batch is stopped meanwhile. */
static bool compare_in_turn(batch *b, slot *s, size_t number, arena *memory,
                            waiting_articles *waiting) {
    pthread_mutex_lock(&b->lock);
    while (!b->stopped && b->turn != number)
        pthread_cond_wait(&b->turn_over, &b->lock);
    bool goes_on = !b->stopped;
    if (goes_on) slot_compare(s, &b->options, b->seen, memory, waiting);
    b->turn = number + 1;
    pthread_cond_broadcast(&b->turn_over);
    pthread_mutex_unlock(&b->lock);
    return goes_on;
}

static void work_on_slot(batch *b, slot *s, size_t number, arena *memory) {
    record_reader reader = {0};
    waiting_articles waiting = {0};
    if (s->event == SOURCE_RECORD) slot_read(s, &b->options, &reader, memory, &waiting);
    if (compare_in_turn(b, s, number, memory, &waiting))
        slot_analyze(s, &b->options, memory, &waiting);
    record_reader_close(&reader);
    arena_reset(memory);
}

/* Works on the next filled slot. Called with the lock held, returns with it held. */
static void work_on_next(batch *b, arena *memory) {
    size_t number = b->taken++;
    slot *s = slot_of(b, number);
    pthread_mutex_unlock(&b->lock);
    work_on_slot(b, s, number, memory);
    pthread_mutex_lock(&b->lock);
    s->done = true;
    b->done++;
}

/* Slots wait for each other while work is at hand, but never for a long record, and the first for
 * nothing. */
static bool can_hand_out(const batch *b) {
    if (b->handed_out == b->filled || !slot_of(b, b->handed_out)->done) return false;
    return b->done >= HAND_OUT_AT_ONCE || b->handed_out == 0 || b->taken == b->filled ||
           slot_of(b, b->taken)->queued_bytes > LONG_RECORD_BYTES;
}

static void *analyze_records(void *context) {
    batch *b = context;
    arena *memory = arena_new();
    if (!memory) stop_with(b, WHOSAID_NO_MEMORY);
    pthread_mutex_lock(&b->lock);
    for (;;) {
        while (!b->stopped && !b->source_ended && b->taken == b->filled)
            pthread_cond_wait(&b->slot_filled, &b->lock);
        if (b->stopped || b->taken == b->filled) break;
        work_on_next(b, memory);
        if (can_hand_out(b)) pthread_cond_signal(&b->slot_done);
    }
    pthread_mutex_unlock(&b->lock);
    arena_free(memory);
    return NULL;
}

/* Where the items of a slot have their parts. */
typedef struct slot_cursor {
    size_t piece, id, failure;
} slot_cursor;

static void tell_failure(const batch *b, const slot *s, slot_cursor *at) {
    whosaid_error cause;
    memcpy(&cause, s->failures.data + at->failure, sizeof cause);
    at->failure += sizeof cause;
    const batch_listener *listener = b->listener;
    void (*tell)(void *, const whosaid_error *) =
        s->event == SOURCE_SKIPPED ? listener->skipped : listener->failed;
    if (tell) tell(listener->context, &cause);
}

static whosaid_status hand_out_item(batch *b, const slot *s, const item *it, slot_cursor *at,
                                    whosaid_error *err) {
    batch_counts *counts = &b->stand.counts;
    counts->articles += it->kind == ITEM_ARTICLE;
    counts->statements += it->statements;
    counts->duplicates += it->is_duplicate;
    counts->undated += it->kind == ITEM_UNDATED;
    counts->filtered += it->kind == ITEM_FILTERED;
    counts->failures += it->kind == ITEM_FAILURE && s->event != SOURCE_SKIPPED;
    if (it->kind == ITEM_FAILURE) tell_failure(b, s, at);
    batch_piece piece = {.bytes = {s->pieces.data + at->piece, it->piece_len},
                         .id = {s->ids.data + at->id, it->id_len},
                         .text = it->text,
                         .record = s->number,
                         .article = it->article};
    at->piece += it->piece_len;
    at->id += it->id_len;
    if (!it->has_piece) return WHOSAID_OK;
    return b->listener->piece(b->listener->context, &piece, err);
}

static whosaid_status hand_out(batch *b, const slot *s, whosaid_error *err) {
    if (s->no_memory) return error_no_memory(err);
    if (s->event == SOURCE_RECORD) b->stand.counts.bytes += s->record.bytes.len;
    whosaid_status status = WHOSAID_OK;
    slot_cursor at = {0};
    for (size_t i = 0; status == WHOSAID_OK && i < s->items.len; i += sizeof(item)) {
        item it;
        memcpy(&it, s->items.data + i, sizeof it);
        b->limit_reached = b->options.limit && b->stand.counts.articles >= b->options.limit;
        if (b->limit_reached) return WHOSAID_OK;
        status = hand_out_item(b, s, &it, &at, err);
    }
    b->limit_reached = b->options.limit && b->stand.counts.articles >= b->options.limit;
    b->stand.records = s->number + 1;
    b->stand.content = s->content;
    b->stand.names = s->names;
    if (status == WHOSAID_OK && !buffer_append_view(&b->new_texts, buffer_view(&s->new_texts)))
        status = error_no_memory(err);
    if (status == WHOSAID_OK && b->listener->progress)
        status = b->listener->progress(b->listener->context, &b->stand.counts, s->input_bytes, err);
    return status;
}

/* Hands out all slots that are done, up to the first that is not. Called with the lock held,
 * returns with it held. */
static whosaid_status hand_out_done(batch *b, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    while (status == WHOSAID_OK && !b->limit_reached && !b->stopped && b->handed_out < b->filled) {
        slot *s = slot_of(b, b->handed_out);
        if (!s->done) break;
        pthread_mutex_unlock(&b->lock);
        status = hand_out(b, s, err);
        pthread_mutex_lock(&b->lock);
        b->queued_bytes -= s->queued_bytes;
        slot_reset(s);
        b->handed_out++;
        b->done--;
        if (b->filled - b->handed_out <= b->slot_count / 2) pthread_cond_signal(&b->slot_free);
    }
    return status;
}

static whosaid_status tell_idle(batch *b, whosaid_error *err) {
    if (!b->listener->idle) return WHOSAID_OK;
    pthread_mutex_unlock(&b->lock);
    whosaid_status status = b->listener->idle(b->listener->context, err);
    pthread_mutex_lock(&b->lock);
    return status;
}

/* Hands out slots in their order until the source has ended or something stops the batch; works on
 * them too where no other thread does. Called with the lock held, returns with it held. */
static whosaid_status hand_out_all(batch *b, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    while (status == WHOSAID_OK && !b->limit_reached) {
        if (b->stopped) return b->status;
        if (can_hand_out(b)) {
            status = hand_out_done(b, err);
            if (status == WHOSAID_OK && !b->limit_reached) status = tell_idle(b, err);
        } else if (b->source_ended && b->handed_out == b->filled) {
            break;
        } else if (b->memory && b->taken < b->filled) {
            work_on_next(b, b->memory);
        } else {
            pthread_cond_wait(b->memory ? &b->slot_filled : &b->slot_done, &b->lock);
        }
    }
    return status;
}

/* How the handing out ended, with the lock held. */
static whosaid_status end_of_batch(batch *b, whosaid_status status, whosaid_error *err) {
    if (status == WHOSAID_NO_MEMORY) return error_no_memory(err);
    if (b->reader_error.code) return error_set(err, status, NULL, 0, "%s", b->reader_error.text);
    if (status != WHOSAID_OK || b->limit_reached) {
        b->is_complete = status == WHOSAID_OK;
        return status;
    }
    b->is_complete = !article_source_was_cut_short(b->source);
    if (b->is_complete && b->input.records < b->resumed.records)
        return error_set(err, WHOSAID_USAGE, NULL, 0,
                         "the input has fewer articles than the stopped run had read");
    return WHOSAID_OK;
}

/* Starts the reading thread and those that work, as many of them as there can be; returns how many
 * have started. threads: [1 + workers]. A single worker is the calling thread. */
static size_t start_threads(batch *b, pthread_t *threads, size_t workers, int *failure) {
    size_t started = 0;
    if (workers == 1) workers = 0;
    *failure = pthread_create(&threads[0], NULL, read_records, b);
    if (*failure == 0) started = 1;
    while (*failure == 0 && started <= workers) {
        *failure = pthread_create(&threads[started], NULL, analyze_records, b);
        started += *failure == 0;
    }
    return started;
}

/* Starts the threads, hands out, and joins them. threads: [1 + workers]. */
static whosaid_status run_threads(batch *b, pthread_t *threads, size_t workers,
                                  whosaid_error *err) {
    int failure;
    size_t started = start_threads(b, threads, workers, &failure);
    if (started == 1) b->memory = arena_new();
    whosaid_status status = WHOSAID_OK;
    pthread_mutex_lock(&b->lock);
    if (started == 0)
        status = error_io(err, NULL, "cannot start a thread", failure);
    else if (started == 1 && !b->memory)
        status = WHOSAID_NO_MEMORY;
    else /* fewer workers than wanted are still a batch */
        status = hand_out_all(b, err);
    status = end_of_batch(b, status, err);
    b->stopped = true;
    pthread_cond_broadcast(&b->slot_free);
    pthread_cond_broadcast(&b->slot_filled);
    pthread_cond_broadcast(&b->turn_over);
    pthread_mutex_unlock(&b->lock);
    article_source_cancel(b->source); /* the reader may be waiting for input that never comes */
    for (size_t i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    arena_free(b->memory);
    b->memory = NULL;
    return status;
}

static size_t processors(void) {
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : (size_t)count;
}

static bool start(batch *b) {
    size_t workers = b->options.workers;
    b->slot_count = SLOTS_AHEAD + workers * SLOTS_PER_WORKER;
    b->slots = calloc(b->slot_count, sizeof *b->slots);
    b->seen = seen_texts_new(!b->options.report->unique || b->options.keep_notes);
    return b->slots && b->seen;
}

batch *batch_new(const batch_options *options) {
    batch *b = calloc(1, sizeof *b);
    if (!b) return NULL;
    b->options = *options;
    if (b->options.workers == 0) b->options.workers = processors();
    if (b->options.workers > BATCH_WORKERS_MAX) b->options.workers = BATCH_WORKERS_MAX;
    pthread_mutex_init(&b->lock, NULL);
    pthread_cond_init(&b->slot_free, NULL);
    pthread_cond_init(&b->slot_filled, NULL);
    pthread_cond_init(&b->slot_done, NULL);
    pthread_cond_init(&b->turn_over, NULL);
    if (start(b)) return b;
    batch_free(b);
    return NULL;
}

void batch_free(batch *b) {
    if (!b) return;
    pthread_cond_destroy(&b->turn_over);
    pthread_cond_destroy(&b->slot_done);
    pthread_cond_destroy(&b->slot_filled);
    pthread_cond_destroy(&b->slot_free);
    pthread_mutex_destroy(&b->lock);
    for (size_t i = 0; b->slots && i < b->slot_count; i++)
        slot_free(&b->slots[i]);
    free(b->slots);
    buffer_free(&b->new_texts);
    seen_texts_free(b->seen);
    free(b);
}

whosaid_status batch_resume(batch *b, text_view note, whosaid_error *err) {
    whosaid_status status = batch_note_read(note, &b->resumed, b->seen, err);
    b->stand = b->resumed;
    return status;
}

whosaid_status batch_run(batch *b, article_source *source, const batch_listener *listener,
                         whosaid_error *err) {
    b->source = source;
    b->listener = listener;
    pthread_t *threads = calloc(b->options.workers + 1, sizeof *threads);
    if (!threads) return error_no_memory(err);
    whosaid_status status = run_threads(b, threads, b->options.workers, err);
    free(threads);
    return status;
}

bool batch_note(batch *b, buffer *out) {
    bool ok = batch_note_write(&b->stand, buffer_view(&b->new_texts), out);
    buffer_reset(&b->new_texts, SLOT_KEEP_BYTES);
    return ok;
}

const batch_counts *batch_counts_of(const batch *b) {
    return &b->stand.counts;
}

bool batch_is_complete(const batch *b) {
    return b->is_complete;
}

void batch_input(const batch *b, uint64_t *records, uint64_t *names) {
    *records = b->input.records;
    *names = b->input.names;
}
