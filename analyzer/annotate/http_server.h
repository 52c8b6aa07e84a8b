/* http_server.h: the desk over HTTP, for this machine's browser alone. Internal to annotate/. */
#ifndef ANNOTATE_HTTP_SERVER_H
#define ANNOTATE_HTTP_SERVER_H

#include "annotate/desk.h"

typedef struct http_server http_server;

/* Listens on 127.0.0.1 only. port 0: any free one. Errors: IO, NO_MEMORY. */
WHOSAID_CHECK whosaid_status http_server_start(desk *d, uint16_t port, http_server **out,
                                               whosaid_error *err);
const char *http_server_address(const http_server *server);
void http_server_stop(http_server *server);

#endif
