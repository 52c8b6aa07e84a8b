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

whosaid_status identifier_resolve(const identifier *i, article *a, whosaid_error *err) {
    speakers found;
    resolve_options options = {.weights = i->model.reference};
    whosaid_status status = speakers_find(i->words, &options, a, &found, err);
    return status ? status : speakers_write(&found, &i->model, a, err);
}
