/* silver.h: part of speech and name classes of articles from a table that another tool wrote, laid
 * over our own tokens. The table (tab-separated, may be gzip): a line "# ID" opens an article;
 * then one token a line: sentence, token, begin and end in code points, word, lemma, part of
 * speech, name class; further columns are ignored. */
#ifndef TAG_SILVER_H
#define TAG_SILVER_H

#include "article.h"

/* No label: the table has no token with these bounds. */
enum { SILVER_NONE = 255 };

typedef struct silver_article {
    article article;         /* segmented, in an arena of its own */
    uint8_t *part_of_speech; /* [token_count] part_of_speech or SILVER_NONE */
    uint8_t *name_class; /* [token_count] name_class or SILVER_NONE; dates, numbers: NAME_NONE */
} silver_article;

typedef struct silver silver;

/* Segments the articles of the corpus at `corpus_path`, a file or folder, that the table has.
 * Sorted as the corpus is. The caller owns *out. Errors: IO, SYNTAX, NO_MEMORY, and those of
 * corpus_load. */
WHOSAID_CHECK whosaid_status silver_load(const char *table_path, const char *corpus_path,
                                         silver **out, whosaid_error *err);
void silver_free(silver *silver);

size_t silver_size(const silver *silver);
silver_article *silver_at(silver *silver, size_t index);

/* Hash of the table's and the texts' bytes, for the model's card. */
uint64_t silver_hash(const silver *silver);

#endif
