/* summary.h: tables over a whole batch: one row a speaker, or one row an outlet.
 *
 * The batch renders each article into a piece of binary records (summary_records, a report_format
 * like any other), on whatever thread; the pieces are added in the order of the input by one
 * thread, so that the table does not depend on the number of workers. Memory grows with the number
 * of different speakers or outlets.
 *
 * By speaker: persons with a name and institutions; a speaker is told from another by the name
 * (letter case aside), and the parts of a joint source count each. Sources without a name are left
 * out: "an official" of two articles is not one speaker. Columns: speaker, role (the first that an
 * article gives), articles, statements, share_direct (of its statements, wholly inside quotation
 * marks), stances ("TARGET label=count;...;undecided=count", targets joined by " | "), first_date,
 * last_date. Most statements first.
 *
 * By outlet, the audit of anonymous sourcing: outlet, articles, statements, anonymous (statements
 * of individuals whose names are withheld), share_anonymous, share_with_reason and
 * share_without_reason (anonymous statements with and without a stated reason, of all
 * statements). In the order of the names. */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "report/report.h"

typedef enum summary_by { SUMMARY_BY_SPEAKER, SUMMARY_BY_OUTLET } summary_by;

typedef struct summary summary;

/* What batch_run renders for a summary. Static storage. */
const report_format *summary_records(void);

/* options: borrowed for the life of the summary. NULL when memory is out. */
summary *summary_new(summary_by by, const report_options *options);
void summary_free(summary *s);

/* Adds pieces as summary_records renders them. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status summary_add(summary *s, text_view piece, whosaid_error *err);

/* The whole table with its header row. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status summary_write(summary *s, buffer *out, whosaid_error *err);

#endif
