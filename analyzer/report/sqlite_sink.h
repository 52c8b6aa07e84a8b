/* sqlite_sink.h: a report as a database file (sqlite_schema.h tells what is in it).
 *
 * While the run goes on, its rows lie in an unfinished database PATH.journal, and the notes of the
 * run in the same transactions. The report itself takes its place when the run has ended or was
 * stopped; what was at PATH before stays until then. */
#ifndef REPORT_SQLITE_SINK_H
#define REPORT_SQLITE_SINK_H

#include "report/sink.h"

/* See sink.h. options->path must name a regular file or nothing; a database of another program is
 * not replaced. Errors: IO, NO_MEMORY, USAGE. */
WHOSAID_CHECK whosaid_status sqlite_sink_open(const sink_options *options, report_sink **out,
                                              whosaid_error *err);

/* The same check of `path`, for other ways to make such a report. */
WHOSAID_CHECK whosaid_status sqlite_sink_check_path(const char *path, whosaid_error *err);

#endif
