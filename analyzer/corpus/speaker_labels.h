/* speaker_labels.h: labels of speakers that stand apart from the articles: a table of who speaks in
 * which statement, for corpora whose texts cannot be passed on.
 *
 * Tab-separated, a line a statement, the first line names the columns:
 *   article  statement  grade  speaker  role  reason start  reason end
 * The reason is where the article says why a name is withheld, in code points of its text, end
 * exclusive; both cells are empty when it does not. speaker and role may be empty. */
#ifndef CORPUS_SPEAKER_LABELS_H
#define CORPUS_SPEAKER_LABELS_H

#include "corpus/annotated_article.h"

typedef struct speaker_labels speaker_labels;

/* Reads FILE (or FILE.gz, unpacked). *out is the caller's. Errors name the line: IO, SYNTAX, LIMIT,
 * NO_MEMORY. */
WHOSAID_CHECK whosaid_status speaker_labels_load(const char *path, speaker_labels **out,
                                                 whosaid_error *err);
void speaker_labels_free(speaker_labels *labels);

/* *out: `source` with the speakers, grades and reasons of the table, or `source` itself when the
 * table has nothing on it. Statements that the table leaves out keep what they have. The new
 * article lives as long as `labels` and `source`. Errors: SYNTAX for a reason outside the text,
 * NO_MEMORY. */
WHOSAID_CHECK whosaid_status speaker_labels_join(speaker_labels *labels,
                                                 const annotated_article *source,
                                                 const annotated_article **out, whosaid_error *err);

/* Statements that were labelled so far. */
size_t speaker_labels_used(const speaker_labels *labels);

#endif
