/* batch_note.h: where a batch stands, as bytes in the order of the machine: the sums to here, and
 * the texts that were met since the note before. For the files of this room only. */
#ifndef BATCH_BATCH_NOTE_H
#define BATCH_BATCH_NOTE_H

#include "batch/batch.h"

typedef struct batch_stand {
    uint64_t records;        /* of the input, that are done */
    uint64_t content, names; /* hashes of the input to here */
    batch_counts counts;
} batch_stand;

/* Adds a text that the input had for the first time. False when memory is out. */
bool batch_note_add_text(buffer *texts, hash128 text, text_view id);

/* texts: as batch_note_add_text wrote them. */
bool batch_note_write(const batch_stand *stand, text_view texts, buffer *out);

struct seen_texts;

/* The stand of a note, whose texts are added to `seen`. Errors: SYNTAX, NO_MEMORY. */
WHOSAID_CHECK whosaid_status batch_note_read(text_view note, batch_stand *stand,
                                             struct seen_texts *seen, whosaid_error *err);

#endif
