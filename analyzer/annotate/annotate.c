#include "annotate/annotate.h"

#include "annotate/desk.h"
#include "annotate/http_server.h"
#include "base/error.h"

#include <stdlib.h>

struct annotator {
    desk *desk;
    http_server *server;
};

whosaid_status annotate_start(const annotate_options *options, annotator **out,
                              whosaid_error *err) {
    *out = NULL;
    annotator *a = calloc(1, sizeof *a);
    if (!a) return error_no_memory(err);
    whosaid_status status = desk_open(options, &a->desk, err);
    if (status == WHOSAID_OK) status = http_server_start(a->desk, options->port, &a->server, err);
    if (status == WHOSAID_OK)
        *out = a;
    else
        annotate_stop(a);
    return status;
}

const char *annotate_address(const annotator *a) {
    return http_server_address(a->server);
}

size_t annotate_article_count(const annotator *a) {
    return a->desk->articles.count;
}

void annotate_stop(annotator *a) {
    if (!a) return;
    http_server_stop(a->server);
    desk_close(a->desk);
    free(a);
}
