/* sqlite_part.h: the rows of a finished report in a database, article by article, for putting
 * several into one. The file may be anything: what is no report of ours is refused, and what does
 * not fit together is a row less, not a fault. */
#ifndef REPORT_SQLITE_PART_H
#define REPORT_SQLITE_PART_H

#include "report/sqlite_record.h"

typedef struct sqlite_part sqlite_part;

/* path: borrowed until sqlite_part_close. The caller owns *out.
 * Errors: IO, SYNTAX (no report of ours), NO_MEMORY. */
WHOSAID_CHECK whosaid_status sqlite_part_open(const char *path, sqlite_part **out,
                                              whosaid_error *err);

/* The next article in the order of the report, without statement_count; the next statement of this
 * article and the next stance of this statement, without counts too. *found is false behind the
 * last one. Texts are borrowed until the next call of the same function. Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status sqlite_part_article(sqlite_part *part, article_record *out,
                                                 bool *found, whosaid_error *err);
WHOSAID_CHECK whosaid_status sqlite_part_statement(sqlite_part *part, statement_record *out,
                                                   bool *found, whosaid_error *err);
WHOSAID_CHECK whosaid_status sqlite_part_stance(sqlite_part *part, stance_record *out, bool *found,
                                                whosaid_error *err);

/* Accepts NULL. */
void sqlite_part_close(sqlite_part *part);

#endif
