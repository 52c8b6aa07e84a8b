/* getrandom is beyond plain POSIX headers. */
#define _DEFAULT_SOURCE
#include "annotate/http_server.h"

#include "annotate/page.h"
#include "annotate/service.h"
#include "base/buffer.h"
#include "base/error.h"

#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

enum { SECRET_BYTES = 16, SECRET_DIGITS = 2 * SECRET_BYTES, MAX_BODY_BYTES = 8 << 20 };

struct http_server {
    desk *desk;
    struct MHD_Daemon *daemon;
    char secret[SECRET_DIGITS + 1];
    char host[32], other_host[32]; /* "127.0.0.1:PORT", "localhost:PORT" */
    char address[96];
};

/* The body of a request as it comes in. */
typedef struct request {
    buffer body;
    bool too_large;
} request;

/* No other page may read an answer, frame it, or learn the address from it. */
static const char *const headers[][2] = {
    {"Cache-Control", "no-store"},
    {"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
};

static enum MHD_Result send_bytes(struct MHD_Connection *connection, unsigned status,
                                  const char *type, text_view bytes,
                                  enum MHD_ResponseMemoryMode mode, bool is_page) {
    struct MHD_Response *response =
        MHD_create_response_from_buffer(bytes.len, (void *)(uintptr_t)bytes.ptr, mode);
    if (!response) return MHD_NO;
    MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, type);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        /* The page brings its own policy, which allows its script; frames only a header can forbid.
         */
        bool is_policy = strcmp(headers[i][0], "Content-Security-Policy") == 0;
        MHD_add_response_header(response, headers[i][0],
                                is_policy && is_page ? "frame-ancestors 'none'" : headers[i][1]);
    }
    enum MHD_Result result = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, unsigned status,
                              const char *words) {
    return send_bytes(connection, status, "text/plain; charset=utf-8", view_of(words),
                      MHD_RESPMEM_MUST_COPY, false);
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, service_reply reply) {
    char *text = reply.body ? json_dumps(reply.body, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    json_decref(reply.body);
    if (!text) return refuse(connection, MHD_HTTP_INTERNAL_SERVER_ERROR, "out of memory\n");
    enum MHD_Result result = send_bytes(connection, reply.status, "application/json", view_of(text),
                                        MHD_RESPMEM_MUST_COPY, false);
    free(text);
    return result;
}

/* Takes the same time wherever the two differ. */
static bool is_secret(const http_server *s, const char *given) {
    unsigned difference = 0;
    size_t len = strnlen(given, SECRET_DIGITS);
    for (size_t i = 0; i < len; i++)
        difference |= (unsigned char)given[i] ^ (unsigned char)s->secret[i];
    return len == SECRET_DIGITS && difference == 0;
}

static const char *header_of(struct MHD_Connection *connection, const char *header) {
    return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, header);
}

/* A name that resolves to this machine must not make another page's origin ours. */
static bool is_our_host(const http_server *s, const char *host) {
    return host && (strcmp(host, s->host) == 0 || strcmp(host, s->other_host) == 0);
}

static bool is_our_origin(const http_server *s, struct MHD_Connection *connection, bool is_post) {
    static const char scheme[] = "http://";
    const char *origin = header_of(connection, "Origin");
    const char *site = header_of(connection, "Sec-Fetch-Site");
    if (site && strcmp(site, "same-origin") != 0 && strcmp(site, "none") != 0) return false;
    if (!origin) return !is_post;
    return strncmp(origin, scheme, sizeof scheme - 1) == 0 &&
           is_our_host(s, origin + sizeof scheme - 1);
}

static bool is_json(struct MHD_Connection *connection) {
    const char *type = header_of(connection, MHD_HTTP_HEADER_CONTENT_TYPE);
    return type && strcmp(type, "application/json") == 0;
}

static enum MHD_Result answer(http_server *s, struct MHD_Connection *connection, const char *url,
                              bool is_post, const request *r) {
    if (!is_our_host(s, header_of(connection, MHD_HTTP_HEADER_HOST)) ||
        !is_our_origin(s, connection, is_post))
        return refuse(connection, MHD_HTTP_FORBIDDEN, "only from this page\n");
    if (url[0] != '/' || !is_secret(s, url + 1) || url[1 + SECRET_DIGITS] != '/')
        return refuse(connection, MHD_HTTP_NOT_FOUND, "not here\n");
    if (r->too_large) return refuse(connection, MHD_HTTP_CONTENT_TOO_LARGE, "too much at once\n");
    if (is_post && !is_json(connection))
        return refuse(connection, MHD_HTTP_UNSUPPORTED_MEDIA_TYPE, "JSON only\n");
    const char *path = url + 1 + SECRET_DIGITS + 1;
    if (*path == '\0' && !is_post)
        return send_bytes(connection, MHD_HTTP_OK, "text/html; charset=utf-8",
                          (text_view){annotate_page, annotate_page_len}, MHD_RESPMEM_PERSISTENT,
                          true);
    return send_reply(connection,
                      service_answer(s->desk, is_post, view_of(path), buffer_view(&r->body)));
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_len, void **state) {
    (void)version;
    request *r = *state;
    bool is_post = strcmp(method, MHD_HTTP_METHOD_POST) == 0;
    if (!r) {
        *state = calloc(1, sizeof *r);
        return *state ? MHD_YES : MHD_NO;
    }
    if (*upload_len) {
        r->too_large = r->too_large || r->body.len + *upload_len > MAX_BODY_BYTES ||
                       !buffer_append(&r->body, upload, *upload_len);
        *upload_len = 0;
        return MHD_YES;
    }
    if (!is_post && strcmp(method, MHD_HTTP_METHOD_GET) != 0)
        return refuse(connection, MHD_HTTP_METHOD_NOT_ALLOWED, "GET and POST only\n");
    return answer(context, connection, url, is_post, r);
}

static void on_completed(void *context, struct MHD_Connection *connection, void **state,
                         enum MHD_RequestTerminationCode how) {
    (void)context;
    (void)connection;
    (void)how;
    request *r = *state;
    if (!r) return;
    buffer_free(&r->body);
    free(r);
    *state = NULL;
}

static bool draw_secret(http_server *s) {
    unsigned char bytes[SECRET_BYTES];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) return false;
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(s->secret + 2 * i, 3, "%02x", bytes[i]);
    return true;
}

static whosaid_status listen_on(http_server *s, uint16_t port, whosaid_error *err) {
    struct sockaddr_in here = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    s->daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, port, NULL, NULL, on_request, s,
                                 MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&here,
                                 MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL,
                                 MHD_OPTION_CONNECTION_LIMIT, (unsigned)64,
                                 MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)60, MHD_OPTION_END);
    if (!s->daemon) return error_io(err, "127.0.0.1", "cannot listen", errno);
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    unsigned bound = info ? info->port : port;
    snprintf(s->host, sizeof s->host, "127.0.0.1:%u", bound);
    snprintf(s->other_host, sizeof s->other_host, "localhost:%u", bound);
    snprintf(s->address, sizeof s->address, "http://%s/%s/", s->host, s->secret);
    return WHOSAID_OK;
}

whosaid_status http_server_start(desk *d, uint16_t port, http_server **out, whosaid_error *err) {
    http_server *s = calloc(1, sizeof *s);
    if (!s) return error_no_memory(err);
    s->desk = d;
    whosaid_status status = draw_secret(s) ? listen_on(s, port, err)
                                           : error_io(err, NULL, "cannot draw a secret", errno);
    if (status == WHOSAID_OK)
        *out = s;
    else
        free(s);
    return status;
}

const char *http_server_address(const http_server *s) {
    return s->address;
}

void http_server_stop(http_server *s) {
    if (!s) return;
    MHD_stop_daemon(s->daemon);
    free(s);
}
