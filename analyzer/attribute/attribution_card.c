#include "attribute/attribution_card.h"

#include "attribute/attribution_model.h"
#include "base/error.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/model_card.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const char METHOD[] =
    "Cues by a linear chain over hashed features (structured passive-aggressive learning, five "
    "folds averaged); for each cue content and source by a second chain with the six best "
    "readings; a log-linear re-ranker; a logistic acceptance probability. Words in the names of "
    "persons are masked.";
static const char LIMITS[] =
    "Learned from US political news of 2015 and 2016 and from invented articles in agency style. "
    "English prose only. Attributions without a cue are found in transcripts only; a cue and its "
    "content must stand in one paragraph, except where quotation marks run on.";
static const char WORDNET_NOTICE[] =
    "The word classes are derived from WordNet 3.0. WordNet 3.0 Copyright 2006 by Princeton "
    "University. All rights reserved. THIS SOFTWARE AND DATABASE IS PROVIDED \"AS IS\" AND "
    "PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES, EXPRESS OR IMPLIED. BY WAY OF "
    "EXAMPLE, BUT NOT LIMITATION, PRINCETON UNIVERSITY MAKES NO REPRESENTATIONS OR WARRANTIES OF "
    "MERCHANTABILITY OR FITNESS FOR ANY PARTICULAR PURPOSE OR THAT THE USE OF THE LICENSED "
    "SOFTWARE, DATABASE OR DOCUMENTATION WILL NOT INFRINGE ANY THIRD PARTY PATENTS, COPYRIGHTS, "
    "TRADEMARKS OR OTHER RIGHTS. The name of Princeton University or Princeton may not be used in "
    "advertising or publicity pertaining to distribution of the software and/or database. Title "
    "to copyright in this software, database and any associated documentation shall at all times "
    "remain with Princeton University and LICENSEE agrees to preserve same.";

/* Two figures behind the decimal point, in percent. */
static double percent(double share) {
    return round(share * 10000) / 100;
}

/* The file's name alone: the card travels, the folders do not. */
static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

static json_t *figures_json(const trial_result *result, const char *test_name) {
    static const attribution_row SHOWN[] = {
        ROW_CUE_EXACT, ROW_SOURCE_EXACT,   ROW_CONTENT_EXACT, ROW_CONTENT_OVERLAP, ROW_FOUND,
        ROW_CORRECT,   ROW_CORRECT_DIRECT, ROW_CORRECT_MIXED, ROW_CORRECT_INDIRECT};
    json_t *rows = json_object();
    for (size_t i = 0; i < sizeof SHOWN / sizeof *SHOWN; i++) {
        row_figures f = attribution_figures(&result->tally.rows[SHOWN[i]]);
        json_object_set_new(rows, attribution_row_name(SHOWN[i]), json_real(percent(f.f1)));
    }
    return json_pack("{s:s, s:I, s:o, s:f}", "measured_on", base_name(test_name), "articles",
                     (json_int_t)result->articles, "f1_percent", rows, "calibration_error",
                     percent(attribution_calibration_error(&result->calibration)) / 100);
}

static uint64_t hash_corpus(const corpus *c) {
    uint64_t hash = corpus_size(c);
    for (size_t i = 0; i < corpus_size(c); i++) {
        const annotated_article *a = corpus_article(c, i);
        hash = hash_mix(hash_mix(hash, hash_view(a->text)), a->quote_count);
    }
    return hash;
}

static json_t *data_json(const attribution_card *card) {
    json_t *list = json_array();
    for (size_t i = 0; i < card->source_count; i++) {
        char hash[24];
        snprintf(hash, sizeof hash, "%016" PRIx64, hash_corpus(card->sources[i].corpus));
        json_array_append_new(
            list, json_pack("{s:s, s:I, s:i, s:s}", "corpus", base_name(card->source_names[i]),
                            "articles", (json_int_t)corpus_size(card->sources[i].corpus), "weight",
                            (int)card->sources[i].weight, "hash_xxh3", hash));
    }
    return list;
}

whosaid_status attribution_card_save(const attribution_card *card, const char *folder,
                                     whosaid_error *err) {
    char path[PATH_MAX];
    whosaid_status status = folder_path(folder, MODEL_CARD_FILE, path, err);
    if (status != WHOSAID_OK) return status;
    char checksum[MODEL_CHECKSUM_DIGITS + 1];
    const model_card_facts facts = {ATTRIBUTION_MODEL_KIND, ATTRIBUTION_FEATURES_VERSION,
                                    ATTRIBUTION_MODEL_FILE};
    status = model_card_checksum(folder, &facts, checksum, err);
    if (status != WHOSAID_OK) return status;
    json_t *json =
        json_pack("{s:s, s:i, s:i, s:{s:s}, s:[s,s,s], s:o, s:I, s:s, s:s, s:s, s:s, s:s, s:s}",
                  "kind", ATTRIBUTION_MODEL_KIND, "format_version", MODEL_CARD_FORMAT,
                  "feature_version", (int)ATTRIBUTION_FEATURES_VERSION, "files",
                  ATTRIBUTION_MODEL_FILE, checksum, "labels", "cue", "source", "content",
                  "training_data", data_json(card), "articles", (json_int_t)card->articles, "texts",
                  "not part of the weights: they belong to hashed features", "date", card->date,
                  "method", METHOD, "limits", LIMITS, "licence",
                  "as the program's; WordNet's notice below", "wordnet", WORDNET_NOTICE);
    if (!json) return error_no_memory(err);
    if (card->result)
        json_object_set_new(json, "figures", figures_json(card->result, card->test_name));
    bool saved = json_dump_file(json, path, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0;
    json_decref(json);
    return saved ? WHOSAID_OK : error_io(err, path, "cannot write the card", errno);
}

char *attribution_tally_json(const trial_result *result) {
    json_t *json = json_object();
    for (int row = 0; row < ATTRIBUTION_ROW_COUNT; row++) {
        const row_counts *c = &result->tally.rows[row];
        row_figures f = attribution_figures(c);
        json_object_set_new(json, attribution_row_name((attribution_row)row),
                            json_pack("{s:f, s:f, s:f, s:I, s:I}", "p", f.precision, "r", f.recall,
                                      "f", f.f1, "n_pred", (json_int_t)c->predicted, "n_gold",
                                      (json_int_t)c->gold));
    }
    json_object_set_new(json, "calibration_error",
                        json_real(attribution_calibration_error(&result->calibration)));
    char *text = json_dumps(json, JSON_INDENT(1));
    json_decref(json);
    return text;
}
