#include "identify/identifier.h"

#include "base/error.h"
#include "identify/speakers.h"

#include <stdlib.h>

struct identifier {
    lexicon *words;
    speaker_model model;
};

whosaid_status identifier_open(const char *folder, identifier **out, whosaid_error *err) {
    *out = NULL;
    identifier *made = calloc(1, sizeof *made);
    if (!made) return error_no_memory(err);
    made->words = lexicon_new();
    whosaid_status status =
        made->words ? speaker_model_open(folder, &made->model, err) : error_no_memory(err);
    if (status)
        identifier_close(made);
    else
        *out = made;
    return status;
}

void identifier_close(identifier *i) {
    if (!i) return;
    lexicon_free(i->words);
    speaker_model_close(&i->model);
    free(i);
}

static bool keep(arena *memory, text_view *text) {
    *text = arena_copy(memory, *text);
    return text->ptr != NULL;
}

/* Mentions, entities and candidates are of no use to the steps behind: they live in an arena of
 * their own, and only what is reported is copied into the article's. */
whosaid_status identifier_resolve(const identifier *i, article *a, whosaid_error *err) {
    speakers found;
    resolve_options options = {.weights = i->model.reference};
    article scratch = *a;
    scratch.arena = arena_scratch(a->arena);
    if (!scratch.arena) return error_no_memory(err);
    whosaid_status status = speakers_find(i->words, &options, &scratch, &found, err);
    if (!status) status = speakers_write(&found, &i->model, &scratch, err);
    for (size_t k = 0; !status && k < a->attribution_count; k++) {
        attribution *said = &a->attributions[k];
        if (!keep(a->arena, &said->speaker.name) || !keep(a->arena, &said->speaker.role) ||
            !keep(a->arena, &said->anonymity.reason))
            status = error_no_memory(err);
    }
    return status;
}
