#include "stance/suggestion.h"

#include "base/array.h"
#include "base/error.h"
#include "base/hash.h"

#include <stdlib.h>

typedef struct candidate {
    uint32_t article, attribution;
    float margin; /* between the two best labels, 0 to 1 */
    float cost;   /* margin, and what was chosen from its article and speaker */
    uint64_t speaker;
    bool chosen;
} candidate;

struct suggestion_list {
    arena *memory;
    ARRAY(candidate) candidates;
    uint32_t *ranked; /* [ranked_count] candidates in the order they were chosen */
    size_t ranked_count;
    uint32_t target, article_count;
    size_t label_count;
};

/* What another statement of the same article or speaker costs, in margin. */
static const float ARTICLE_COST = 0.2f, SPEAKER_COST = 0.1f;

suggestion_list *suggestion_list_new(uint32_t target_index, size_t label_count) {
    arena *memory = arena_new();
    suggestion_list *list = memory ? ARENA_NEW(memory, suggestion_list, 1) : NULL;
    if (!list) {
        arena_free(memory);
        return NULL;
    }
    list->memory = memory;
    list->target = target_index;
    list->label_count = label_count;
    return list;
}

void suggestion_list_free(suggestion_list *list) {
    if (list) arena_free(list->memory); /* the list lies in its own arena */
}

static float margin_of(const float *scores, size_t count) {
    float best = 0, second = 0;
    for (size_t k = 0; k < count; k++) {
        if (scores[k] > best) {
            second = best;
            best = scores[k];
        } else if (scores[k] > second) {
            second = scores[k];
        }
    }
    return best - second;
}

whosaid_status suggestion_list_note(suggestion_list *list, const article *a, whosaid_error *err) {
    for (size_t i = 0; i < a->attribution_count; i++) {
        const attribution *from = &a->attributions[i];
        if (list->target >= from->stance_count) continue;
        candidate c = {.article = list->article_count,
                       .attribution = (uint32_t)i,
                       .margin = margin_of(from->stances[list->target].scores, list->label_count),
                       .speaker = from->speaker.name.len ? hash_view(from->speaker.name) : 0};
        if (!array_push(list->memory, &list->candidates, c)) return error_no_memory(err);
    }
    list->article_count++;
    return WHOSAID_OK;
}

/* The candidate with the smallest cost; the first of equals. NULL when all are chosen. */
static candidate *cheapest(suggestion_list *list) {
    candidate *best = NULL;
    for (size_t i = 0; i < list->candidates.count; i++) {
        candidate *c = &list->candidates.items[i];
        if (!c->chosen && (!best || c->cost < best->cost)) best = c;
    }
    return best;
}

void suggestion_list_choose(suggestion_list *list, size_t count) {
    for (size_t i = 0; i < list->candidates.count; i++)
        list->candidates.items[i].cost = list->candidates.items[i].margin;
    if (count > list->candidates.count) count = list->candidates.count;
    list->ranked = ARENA_NEW(list->memory, uint32_t, count);
    for (size_t n = 0; n < count; n++) {
        candidate *chosen = cheapest(list);
        chosen->chosen = true;
        if (list->ranked)
            list->ranked[list->ranked_count++] = (uint32_t)(chosen - list->candidates.items);
        for (size_t i = 0; i < list->candidates.count; i++) {
            candidate *c = &list->candidates.items[i];
            if (c->article == chosen->article) c->cost += ARTICLE_COST;
            if (c->speaker && c->speaker == chosen->speaker) c->cost += SPEAKER_COST;
        }
    }
}

static int compare_places(const void *a, const void *b) {
    const candidate *x = a, *y = b;
    if (x->article != y->article) return x->article < y->article ? -1 : 1;
    return x->attribution < y->attribution ? -1 : x->attribution > y->attribution;
}

bool suggestion_list_has(const suggestion_list *list, size_t article_index,
                         size_t attribution_index) {
    candidate wanted = {.article = (uint32_t)article_index,
                        .attribution = (uint32_t)attribution_index};
    if (list->candidates.count == 0) return false;
    /* The candidates stand in the order of the notes. */
    const candidate *found = bsearch(&wanted, list->candidates.items, list->candidates.count,
                                     sizeof wanted, compare_places);
    return found && found->chosen;
}

size_t suggestion_list_chosen(const suggestion_list *list) {
    return list->ranked_count;
}

void suggestion_list_place(const suggestion_list *list, size_t rank, uint32_t *article_index,
                           uint32_t *attribution_index) {
    const candidate *c = &list->candidates.items[list->ranked[rank]];
    *article_index = c->article;
    *attribution_index = c->attribution;
}
