/* service.h: what the page asks and gets: paths behind the secret, JSON in and out. Knows nothing
 * of HTTP but methods and status codes. Internal to annotate/.
 *
 *   GET  api/desk                targets, articles, counts
 *   GET  api/article/N           the text, what is saved, what is proposed besides
 *   POST api/article/N           {"version", "quotes", "rejected", "complete"}: saves
 *   POST api/article/N/undo      {"version"}: takes the last change back
 *   GET  api/next/TARGET         {"article", "quote"}: the most instructive that is left, or null
 *   GET  api/lesson              how training stands
 *   POST api/train/TARGET        begins to train
 *   POST api/keep                takes what was trained into use
 *
 * N counts from 0; TARGET is a name. 409 answers a change of an article that changed meanwhile,
 * with the article as it is now. Failures are {"error": words}. */
#ifndef ANNOTATE_SERVICE_H
#define ANNOTATE_SERVICE_H

#include "annotate/desk.h"

typedef struct service_reply {
    unsigned status; /* as in HTTP */
    json_t *body;    /* the caller's; NULL when memory is out */
} service_reply;

/* path: behind the secret and its slash. body: of a POST. Takes the desk's lock. */
service_reply service_answer(desk *d, bool is_post, text_view path, text_view body);

#endif
