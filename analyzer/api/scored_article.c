#include "api/scored_article.h"

#include "base/error.h"

/* A copy of `count` items, or NULL when memory is out. */
static void *copy_items(arena *memory, const void *items, size_t count, size_t size) {
    void *copy = arena_alloc(memory, count, size);
    if (copy && count) memcpy(copy, items, count * size);
    return copy;
}

#define COPY_ITEMS(memory, pointer, count)                                                         \
    ((pointer) = copy_items((memory), (pointer), (count), sizeof *(pointer)), (pointer) != NULL)

static bool copy_text(arena *memory, text_view *text) {
    *text = arena_copy(memory, *text);
    return text->ptr != NULL;
}

static bool copy_stance(arena *memory, const whosaid_analyzer *analyzer, stance *s) {
    const whosaid_target *target = whosaid_analyzer_target(analyzer, s->target);
    return COPY_ITEMS(memory, s->scores, target ? target->label_count : 0) &&
           COPY_ITEMS(memory, s->evidence, s->evidence_count) && copy_text(memory, &s->why);
}

static bool copy_attribution(arena *memory, const whosaid_analyzer *analyzer, attribution *s) {
    bool ok = COPY_ITEMS(memory, s->cues.items, s->cues.count) &&
              COPY_ITEMS(memory, s->sources.items, s->sources.count) &&
              COPY_ITEMS(memory, s->contents.items, s->contents.count) &&
              copy_text(memory, &s->speaker.name) && copy_text(memory, &s->speaker.role) &&
              copy_text(memory, &s->anonymity.reason) &&
              COPY_ITEMS(memory, s->stances, s->stance_count);
    for (size_t i = 0; ok && i < s->stance_count; i++)
        ok = copy_stance(memory, analyzer, &s->stances[i]);
    return ok;
}

/* Turns every pointer of `a`, which is a flat copy, into one to a copy in `memory`. */
static bool deepen(arena *memory, const whosaid_analyzer *analyzer, article *a) {
    a->arena = memory;
    a->token_hashes = NULL; /* of use to the steps alone */
    bool ok = copy_text(memory, &a->id) && copy_text(memory, &a->date) &&
              copy_text(memory, &a->outlet) && copy_text(memory, &a->title) &&
              copy_text(memory, &a->text) && copy_text(memory, &a->duplicate_of) &&
              COPY_ITEMS(memory, a->paragraphs, a->paragraph_count) &&
              COPY_ITEMS(memory, a->sentences, a->sentence_count) &&
              COPY_ITEMS(memory, a->tokens, a->token_count) &&
              COPY_ITEMS(memory, a->quotations, a->quotation_count) &&
              COPY_ITEMS(memory, a->names, a->name_count) &&
              COPY_ITEMS(memory, a->attributions, a->attribution_count);
    for (size_t i = 0; ok && i < a->attribution_count; i++)
        ok = copy_attribution(memory, analyzer, &a->attributions[i]);
    return ok;
}

whosaid_status scored_article_new(const whosaid_analyzer *analyzer, const article *a,
                                  scored_article **out, whosaid_error *err) {
    *out = NULL;
    arena *memory = arena_new();
    if (!memory) return error_no_memory(err);
    scored_article *scored = ARENA_NEW(memory, scored_article, 1);
    bool ok = scored != NULL;
    if (ok) {
        scored->analyzer = analyzer;
        scored->memory = memory;
        scored->article = *a;
        ok = deepen(memory, analyzer, &scored->article) && scored_article_view(scored);
    }
    if (!ok) {
        arena_free(memory);
        return error_no_memory(err);
    }
    *out = scored;
    return WHOSAID_OK;
}

void scored_article_free(scored_article *scored) {
    if (scored) arena_free(scored->memory);
}
