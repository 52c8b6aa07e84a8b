/* seen_texts.h: which article texts a run has met already, by a hash of what they say. Two texts
 * are the same when their letters and digits are: white space, punctuation and ASCII letter case do
 * not count, so that an article from a text file and from a web page with typographic quotation
 * marks are one.
 *
 * Memory: at most 43 bytes for each different text (16 in a table that is between three and six
 * eighths full), and when ids are kept, what an id does not share with an earlier one and some four
 * bytes; of ids 4 GiB at most. One thread at a time. */
#ifndef BATCH_SEEN_TEXTS_H
#define BATCH_SEEN_TEXTS_H

#include "article.h"
#include "base/hash.h"

typedef struct seen_texts seen_texts;

/* keep_ids: remember what the first article with a text is called. NULL when memory is out. */
seen_texts *seen_texts_new(bool keep_ids);
void seen_texts_free(seen_texts *seen);

/* The hash of an article's prose (its body): {0, 0} when there is no letter or digit in it, so that
 * it is comparable with nothing. False when memory (of the article's arena) is out. */
bool seen_texts_hash(const article *a, hash128 *hash);

static inline bool text_is_comparable(hash128 hash) {
    return hash.low || hash.high;
}

/* Looks up `hash`, which must be comparable, and adds it when it is new, with its article's id.
 * *first_id: the id of the article that came first, borrowed until the next call; empty when ids
 * are not kept. False when memory is out. */
bool seen_texts_add(seen_texts *seen, hash128 hash, text_view id, bool *was_seen,
                    text_view *first_id);

#endif
