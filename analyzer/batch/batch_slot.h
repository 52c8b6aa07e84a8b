/* batch_slot.h: one record on its way through the batch, and the work on it; for the files of this
 * room only. */
#ifndef BATCH_BATCH_SLOT_H
#define BATCH_BATCH_SLOT_H

#include "batch/batch.h"

enum { SLOT_KEEP_BYTES = 1 << 20 /* buffers above this size are given back after use */ };

typedef enum item_kind {
    ITEM_ARTICLE,
    ITEM_FAILURE,  /* the next one of slot.failures */
    ITEM_LEFT_OUT, /* its text came before */
    ITEM_UNDATED,
    ITEM_FILTERED
} item_kind;

/* What became of one article of a record. */
typedef struct item {
    item_kind kind;
    bool is_duplicate, has_piece;
    uint64_t article;         /* its number in the record, from 0 */
    size_t piece_len, id_len; /* in slot.pieces and slot.ids, behind those of the items before */
    size_t statements;
    hash128 text;
} item;

/* While a thread works on a slot it is that thread's alone. */
typedef struct slot {
    source_event event;
    raw_record record;
    buffer items; /* of item */
    buffer pieces, ids;
    buffer failures;  /* of whosaid_error */
    buffer new_texts; /* for the note: of each text that did not come before (batch_note.h) */
    uint64_t number;  /* of the record in the whole input, from 0 */
    uint64_t content, names; /* hashes of the input to here: of all bytes, of the names */
    uint64_t input_bytes;
    size_t queued_bytes;
    bool done, no_memory;
} slot;

void slot_reset(slot *s);
void slot_free(slot *s);

/* Adds a failure of the record's article `number` that is told, and answered when `answer` is set
 * and the format can. */
void slot_add_failure(slot *s, const batch_options *options, uint64_t number, text_view id,
                      bool answer, const whosaid_error *cause);

struct waiting_article;

/* The articles of a record between its reading and its analysis. */
typedef struct waiting_articles {
    struct waiting_article *items;
    size_t count, capacity;
} waiting_articles;

struct record_reader;

/* Reads the record's articles; those that are not asked for become items at once. */
void slot_read(slot *s, const batch_options *options, struct record_reader *reader, arena *memory,
               waiting_articles *waiting);

struct seen_texts;

/* Looks the texts up in, and adds them to, what came before them in the input. */
void slot_compare(slot *s, const batch_options *options, struct seen_texts *seen, arena *memory,
                  waiting_articles *waiting);

/* Analyzes and renders them. */
void slot_analyze(slot *s, const batch_options *options, arena *memory, waiting_articles *waiting);

#endif
