/* output_file.h: where a result goes: a file or standard output, written in order.
 * An existing file keeps its content until the first byte is written; a file that was made for
 * the run and got nothing is removed again. */
#ifndef REPORT_OUTPUT_FILE_H
#define REPORT_OUTPUT_FILE_H

#include "base/buffer.h"
#include "whosaid.h"

#include <sys/stat.h>

typedef struct output_file {
    const char *path; /* for messages; borrowed */
    int descriptor;
    bool is_standard_output, created, started;
    buffer pending;
    struct stat stat;
} output_file;

/* path: NULL for standard output; borrowed until output_file_close. Error: IO. */
WHOSAID_CHECK whosaid_status output_file_open(output_file *out, const char *path,
                                              whosaid_error *err);

/* Before the first write: keeps the first `length` bytes of a regular file and goes on behind them.
 * Error: IO. */
WHOSAID_CHECK whosaid_status output_file_continue(output_file *out, uint64_t length,
                                                  whosaid_error *err);

/* Collects bytes and writes them in large pieces. Errors: IO, NO_MEMORY; CANCELLED, without a
 * text, when the reader of a pipe has gone away. */
WHOSAID_CHECK whosaid_status output_file_write(output_file *out, text_view bytes,
                                               whosaid_error *err);
WHOSAID_CHECK whosaid_status output_file_flush(output_file *out, whosaid_error *err);

/* Flushes and closes; to be called once in any case. keep: the result is worth keeping; without it
 * what is pending is dropped. Errors as those of output_file_write. */
WHOSAID_CHECK whosaid_status output_file_close(output_file *out, bool keep, whosaid_error *err);

#endif
