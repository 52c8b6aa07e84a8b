/* resolve.h: from sources to entities, in one walk over the article's mentions. */
#ifndef IDENTIFY_RESOLVE_H
#define IDENTIFY_RESOLVE_H

#include "identify/reference.h"
#include "identify/turn_label.h"

/* Who one attribution's source means. */
typedef struct resolution {
    source_view source;
    uint32_t entities[SOURCE_PARTS_MAX]; /* one a part; NO_ENTITY when nobody is meant */
    float probability;                   /* by the ranking model; 1 for explicit names */
    source_form decided_as;              /* form of the first part when it was decided */
    turn_label label;                    /* "Q:" or "A:" instead of a source's name */
    uint32_t around; /* index of the attribution whose content holds this one, or UINT32_MAX */
} resolution;

/* Sees every decision of the ranking model: training collects its examples with it.
 * attribution_index is UINT32_MAX for references of the running text. */
typedef void resolve_observer(void *context, uint32_t attribution_index,
                              const reference_query *query, const candidate_list *list);

typedef struct resolve_options {
    reference_weights weights;
    resolve_observer *observer; /* may be NULL */
    void *observer_context;
} resolve_options;

/* Fills *out: one resolution an attribution, in the article's arena. Sets the entities of the
 * cast's mentions. Error: NO_MEMORY. */
WHOSAID_CHECK whosaid_status resolve_sources(cast *c, const resolve_options *options,
                                             resolution **out, whosaid_error *err);

#endif
