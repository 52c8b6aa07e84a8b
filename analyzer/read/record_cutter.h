/* record_cutter.h: the records in a file that holds many: the lines of JSON Lines, the rows of a
 * CSV table, the stored pages of a WARC file. */
#ifndef READ_RECORD_CUTTER_H
#define READ_RECORD_CUTTER_H

#include "read/chunk_reader.h"
#include "read/file_type.h"

typedef struct record_cutter {
    chunk_reader reader; /* its stream is NULL when nothing is open */
    file_form form;
    buffer path;         /* with its NUL */
    size_t line;         /* of the last record, from 1; of a WARC file: the record's number */
    csv_columns columns; /* of FORM_CSV */
    bool started;        /* the first row of a table is read */
    bool lost;           /* FORM_WARC: not at the beginning of a record */
    buffer scratch;
    const csv_column_names *names; /* borrowed */
} record_cutter;

/* Starts to cut `stream`, which is taken over. names: for FORM_CSV, borrowed. The cutter starts as
 * {0} and may be used for one file after the other. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status record_cutter_open(record_cutter *cutter, byte_stream *stream,
                                                file_form form, const csv_column_names *names,
                                                whosaid_error *err);
void record_cutter_free(record_cutter *cutter);

static inline bool record_cutter_is_open(const record_cutter *cutter) {
    return cutter->reader.stream != NULL;
}

/* The next record. SOURCE_FAILED: a record that cannot be read, or the rest of the file;
 * SOURCE_END: the file is through, and closed. */
source_event record_cutter_next(record_cutter *cutter, raw_record *record, whosaid_error *err);

/* The forms, for record_cutter.c. Status OK with *found false at the end of the file. An error
 * ends the file, unless *goes_on is set. */
whosaid_status cut_csv_row(record_cutter *cutter, raw_record *record, bool *found,
                           whosaid_error *err);
whosaid_status cut_warc_record(record_cutter *cutter, raw_record *record, bool *found,
                               bool *goes_on, whosaid_error *err);

#endif
