/* sinks.h: for suites of report sinks: opening one over a file of the test's folder, and what it
 * hands out when a run is gone on with. */
#ifndef TESTS_SINKS_H
#define TESTS_SINKS_H

#include "test_files.h"

#include "report/sink.h"

#include <unistd.h>

/* The notes of a resumed sink, one behind the other. */
typedef struct heard {
    char notes[256];
    size_t len, count;
} heard;

static inline whosaid_status hear(void *context, text_view note, whosaid_error *err) {
    heard *h = context;
    (void)err;
    h->count++;
    ck_assert_uint_lt(h->len + note.len, sizeof h->notes);
    memcpy(h->notes + h->len, note.ptr, note.len);
    h->len += note.len;
    return WHOSAID_OK;
}

/* h may be NULL where nothing is resumed. */
static inline sink_options sink_of(const char *file, const char *identity, bool resume, heard *h) {
    return (sink_options){.path = path_of(file),
                          .identity = view_of(identity),
                          .resume = resume,
                          .note = hear,
                          .context = h};
}

static inline void assert_well(whosaid_status status, const whosaid_error *err) {
    ck_assert_msg(status == WHOSAID_OK, "%s: %s", err->where, err->text);
}

typedef whosaid_status sink_opener(const sink_options *options, report_sink **out,
                                   whosaid_error *err);

static inline report_sink *open_well(sink_opener *opener, sink_options options) {
    report_sink *sink;
    whosaid_error err = {0};
    assert_well(opener(&options, &sink, &err), &err);
    return sink;
}

static inline void close_sink(report_sink *sink, sink_end how) {
    whosaid_error err = {0};
    assert_well(sink->close(sink, how, &err), &err);
}

static inline bool exists(const char *file) {
    return access(path_of(file), F_OK) == 0;
}

#endif
