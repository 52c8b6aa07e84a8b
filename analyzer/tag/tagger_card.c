#include "tag/tagger_card.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/model_card.h"
#include "tag/tag_features.h"
#include "tag/tag_model.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>

static double percent(size_t part, size_t whole) {
    return whole ? round(10000.0 * (double)part / (double)whole) / 100 : 0;
}

static json_t *figures_json(const tagger_figures *f) {
    json_t *names = json_object();
    for (int class = 0; class < NAME_CLASS_COUNT; class ++)
        json_object_set_new(names, class == NAME_NONE ? "all" : name_class_name((name_class) class),
                            json_real(percent(2 * f->names[class].both,
                                              f->names[class].silver + f->names[class].ours)));
    return json_pack("{s:s, s:I, s:f, s:o}", "measured_on",
                     "held-out silver labels, repaired as in training: agreement with another "
                     "tool, not truth",
                     "tokens", (json_int_t)f->tokens, "part_of_speech_percent",
                     percent(f->speech_right, f->tokens), "name_span_f1_percent", names);
}

static json_t *label_list(const char *(*name_of)(int), int first, int end) {
    json_t *list = json_array();
    for (int i = first; i < end; i++)
        json_array_append_new(list, json_string(name_of(i)));
    return list;
}

static const char *speech_label(int i) {
    return part_of_speech_name((part_of_speech)i);
}

static const char *name_label(int i) {
    return name_class_name((name_class)i);
}

static json_t *card_json(const tagger_card *card, const char *checksum) {
    char hash[24];
    snprintf(hash, sizeof hash, "%016" PRIx64, card->data_hash);
    json_t *data = json_pack("{s:s, s:I, s:s, s:s}", "what",
                             "news articles with parts of speech and names from another tagger",
                             "articles", (json_int_t)card->articles, "hash_xxh3", hash, "texts",
                             "not part of this file: it holds weights of hashed features only");
    json_t *json = json_pack(
        "{s:s, s:i, s:i, s:{s:s}, s:o, s:o, s:o, s:I, s:s, s:s, s:s}", "kind", TAG_MODEL_KIND,
        "format_version", MODEL_CARD_FORMAT, "feature_version", (int)TAG_FEATURE_VERSION, "files",
        TAG_MODEL_FILE, checksum, "parts_of_speech",
        label_list(speech_label, POS_NONE + 1, PART_OF_SPEECH_COUNT), "names",
        label_list(name_label, NAME_NONE + 1, NAME_CLASS_COUNT), "training_data", data, "seed",
        (json_int_t)card->seed, "date", card->date, "method",
        "two linear classifiers over hashed features, averaged passive-aggressive, greedy from "
        "left to right; labels repaired by one sense for a word in an article; in training "
        "the identity of a quarter of the capitalized words is withheld",
        "licence", "as the program's");
    if (json && card->figures) json_object_set_new(json, "figures", figures_json(card->figures));
    return json;
}

whosaid_status tagger_card_save(const tagger_card *card, const char *folder, whosaid_error *err) {
    char path[PATH_MAX];
    whosaid_status status = folder_path(folder, MODEL_CARD_FILE, path, err);
    if (status != WHOSAID_OK) return status;
    char checksum[MODEL_CHECKSUM_DIGITS + 1];
    const model_card_facts facts = {TAG_MODEL_KIND, TAG_FEATURE_VERSION, TAG_MODEL_FILE};
    status = model_card_checksum(folder, &facts, checksum, err);
    if (status != WHOSAID_OK) return status;
    json_t *json = card_json(card, checksum);
    if (!json) return error_no_memory(err);
    bool saved = json_dump_file(json, path, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0;
    json_decref(json);
    return saved ? WHOSAID_OK : error_io(err, path, "cannot write the card", errno);
}
