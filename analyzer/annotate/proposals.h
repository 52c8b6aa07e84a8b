/* proposals.h: what the program finds in the articles, and which statement teaches most. Immutable
 * once built. Internal to annotate/. */
#ifndef ANNOTATE_PROPOSALS_H
#define ANNOTATE_PROPOSALS_H

#include "article.h"

struct desk;

typedef struct proposal_place {
    uint32_t article, statement; /* indices */
} proposal_place;

typedef struct proposals {
    arena *memory;    /* owns everything below */
    text_view *found; /* [article_count] the article as JSON Lines report it */
    size_t article_count;
    /* For each target of the desk the most instructive statements, best first; none where the
     * target has no model. */
    struct {
        proposal_place *items;
        size_t count;
    } * instructive; /* [target_count of the desk] */
} proposals;

/* Analyzes every article of the desk. Errors: those of whosaid_analyzer_open, NO_MEMORY. */
WHOSAID_CHECK whosaid_status proposals_build(const struct desk *d, proposals **out,
                                             whosaid_error *err);
void proposals_free(proposals *p);

#endif
