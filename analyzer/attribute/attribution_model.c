#include "attribute/attribution_model.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/model_card.h"

#include <math.h>
#include <stdlib.h>

static bool constants_sound(const attribution_constants *c) {
    const float *numbers = (const float *)c;
    for (size_t i = 0; i < sizeof *c / sizeof(float); i++)
        if (!isfinite(numbers[i]) || fabsf(numbers[i]) > 1e6f) return false;
    return c->cue_margin_scale > 1e-6f && c->score_scale > 1e-6f;
}

static whosaid_status read_constants(attributor *a, whosaid_error *err) {
    const void *data;
    size_t count;
    whosaid_status status =
        model_file_section(a->file, "constants", sizeof(attribution_constants), &data, &count, err);
    if (status != WHOSAID_OK) return status;
    if (count == 1) memcpy(&a->constants, data, sizeof a->constants);
    if (count != 1 || !constants_sound(&a->constants))
        return error_set(err, WHOSAID_MODEL, model_file_path(a->file), 0,
                         "the constants are damaged");
    memcpy(a->chain.transitions, a->constants.cue_transitions, sizeof a->chain.transitions);
    a->chain.bias = a->constants.cue_bias;
    a->chain.margin_scale = a->constants.cue_margin_scale;
    return WHOSAID_OK;
}

whosaid_status attributor_open(const char *folder, attributor **out, whosaid_error *err) {
    *out = NULL;
    char path[PATH_MAX];
    whosaid_status status = folder_path(folder, ATTRIBUTION_MODEL_FILE, path, err);
    if (status != WHOSAID_OK) return status;
    attributor *a = calloc(1, sizeof *a);
    if (!a) return error_no_memory(err);
    status =
        model_file_open(path, ATTRIBUTION_MODEL_KIND, ATTRIBUTION_FEATURES_VERSION, &a->file, err);
    if (status == WHOSAID_OK) status = word_tables_open(a->file, &a->words, err);
    const void *rows = NULL;
    if (status == WHOSAID_OK)
        status = model_file_section(a->file, "rows", sizeof *a->rows, &rows, &a->row_count, err);
    a->rows = rows;
    if (status == WHOSAID_OK)
        status = feature_table_open(a->file, "base", BASE_LABELS, &a->base, err);
    if (status == WHOSAID_OK)
        status = feature_table_open(a->file, "pairs", PAIR_LABELS, &a->pairs, err);
    if (status == WHOSAID_OK)
        status = feature_table_open(a->file, "role", ROLE_WEIGHTS, &a->role, err);
    if (status == WHOSAID_OK) status = feature_table_open(a->file, "ranker", 1, &a->ranker, err);
    if (status == WHOSAID_OK)
        status = feature_table_open(a->file, "acceptance", 1, &a->acceptance, err);
    if (status == WHOSAID_OK) status = read_constants(a, err);
    const model_card_facts facts = {ATTRIBUTION_MODEL_KIND, ATTRIBUTION_FEATURES_VERSION,
                                    ATTRIBUTION_MODEL_FILE};
    if (status == WHOSAID_OK) status = model_card_check(folder, &facts, a->file, err);
    if (status != WHOSAID_OK) {
        attributor_close(a);
        return status;
    }
    *out = a;
    return WHOSAID_OK;
}

void attributor_close(attributor *a) {
    if (!a) return;
    model_file_close(a->file);
    free(a);
}
