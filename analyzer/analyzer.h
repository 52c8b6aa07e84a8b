/* analyzer.h: the inside of whosaid_analyzer, for the batch and the commands. */
#ifndef ANALYZER_H
#define ANALYZER_H

#include "article.h"
#include "report/report.h"

/* Runs every step behind read on `article`. Memory comes from article->arena.
 * Errors: LIMIT, NO_MEMORY. */
WHOSAID_CHECK whosaid_status analyzer_run(const whosaid_analyzer *analyzer, article *article,
                                          whosaid_error *err);

/* The targets that reports name, borrowed from the analyzer; raw_cells is off. */
report_options analyzer_report_options(const whosaid_analyzer *analyzer);

#endif
