/* Writes the folder of a stance model so that libsvm's tools read it. */
#include "base/error.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/json_value.h"
#include "stance/decimal.h"
#include "stance/stance_index.h"
#include "stance/stance_model_folder.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static void put(draft *out, text_view text) {
    if (!out->failed && !buffer_append_view(&out->bytes, text)) out->failed = true;
}

static void put_number(draft *out, double value) {
    char text[DECIMAL_MAX_BYTES];
    put(out, (text_view){text, decimal_write(value, text)});
}

static void put_count(draft *out, size_t value) {
    char text[24];
    int len = snprintf(text, sizeof text, "%zu", value);
    put(out, (text_view){text, (size_t)len});
}

static void put_features(draft *out, const stance_model *m) {
    for (uint32_t i = 0; i < feature_dictionary_size(m->dictionary); i++) {
        put(out, view_of(feature_group_name(feature_dictionary_group(m->dictionary, i))));
        put(out, VIEW("\t"));
        put(out, feature_dictionary_name(m->dictionary, i));
        put(out, VIEW("\n"));
    }
}

static void put_repeated(draft *out, const char *key, size_t count, bool numbered) {
    put(out, view_of(key));
    for (size_t i = 0; i < count; i++) {
        put(out, VIEW(" "));
        put_count(out, numbered ? i : 1);
    }
    put(out, VIEW("\n"));
}

void stance_put_svm_head(draft *out, size_t labels) {
    put(out, VIEW("svm_type c_svc\nkernel_type linear\nnr_class "));
    put_count(out, labels);
    put(out, VIEW("\ntotal_sv "));
    put_count(out, labels);
    put(out, VIEW("\nrho"));
}

void stance_put_svm_lists(draft *out, size_t labels) {
    put(out, VIEW("\n"));
    put_repeated(out, "label", labels, true);
    put_repeated(out, "nr_sv", labels, false);
    put(out, VIEW("SV\n"));
}

/* libsvm decides between labels i < j by the sum of coefficient * kernel over the vectors of i (row
 * j - 1 of the coefficients) and of j (row i), minus rho. With the one vector w_i a label and
 * coefficients +1 and -1 that is (w_i - w_j) . x - rho, so rho = bias_j - bias_i. */
static void put_svm(draft *out, const stance_model *m) {
    size_t labels = m->target->label_count;
    stance_put_svm_head(out, labels);
    for (size_t i = 0; i < labels; i++) {
        for (size_t j = i + 1; j < labels; j++) {
            put(out, VIEW(" "));
            put_number(out, m->biases[j] - m->biases[i]);
        }
    }
    stance_put_svm_lists(out, labels);
    for (size_t k = 0; k < labels; k++) {
        for (size_t row = 0; row + 1 < labels; row++)
            put(out, row < k ? VIEW("-1 ") : VIEW("1 "));
        for (size_t f = 0; f < feature_dictionary_size(m->dictionary); f++) {
            double weight = stance_model_round_weight(stance_model_row(m, f)[k]);
            if (weight == 0) continue;
            put_count(out, f + 1);
            put(out, VIEW(":"));
            put_number(out, weight);
            put(out, VIEW(" "));
        }
        put(out, VIEW("\n"));
    }
}

static json_t *hash_value(text_view content) {
    char digits[HASH_DIGITS + 1];
    stance_hash_digits(hash_view(content), digits);
    return json_string(digits);
}

static json_t *settings_value(const feature_settings *settings) {
    json_t *weights = json_object();
    bool ok = weights != NULL;
    for (int g = 0; ok && g < GROUP_COUNT; g++)
        ok = json_set(weights, feature_group_name((feature_group)g),
                      json_real(settings->weights[g]));
    return json_pack("{s:s, s:f, s:o}", "scaling",
                     settings->scaling == SCALING_JOINT ? "joint" : "group", "company",
                     settings->company, "weights", json_keep_if(ok, weights));
}

static double rounded(double value, double scale) {
    return nearbyint(value * scale) / scale;
}

static json_t *training_value(const stance_card *card) {
    char hash[HASH_DIGITS + 1];
    stance_hash_digits(card->data_hash, hash);
    return json_pack("{s:s, s:s, s:s%, s:I, s:I, s:f}", "data", card->data, "hash", hash, "date",
                     card->date.len ? card->date.ptr : "", card->date.len, "statements",
                     (json_int_t)card->examples, "articles", (json_int_t)card->articles, "C",
                     card->cost);
}

static char *write_card(const stance_model *m, const stance_card *card, text_view features,
                        text_view svm) {
    json_t *root = json_pack(
        "{s:s, s:i, s:i, s:s%, s:o, s:f, s:I, s:o, s:o, s:{s:f, s:f, s:s}, s:s, s:{s:o, s:o, s:o}}",
        "kind", MODEL_KIND, "format_version", FORMAT_VERSION, "feature_version",
        STANCE_FEATURE_VERSION, "target", m->target->name.ptr, m->target->name.len, "labels",
        json_texts_value(m->target->labels, m->target->label_count), "sharpness", m->sharpness,
        "feature_count", (json_int_t)feature_dictionary_size(m->dictionary), "features",
        settings_value(&m->settings), "training", training_value(card), "figures", "macro_f1",
        rounded(card->macro_f1, 1e4), "accuracy", rounded(card->accuracy, 1e4), "measured",
        "out of fold on the training data, folds by article and speaker", "licence",
        "BSD-3-Clause, as whosaid", "files", TARGET_FILE_NAME, hash_value(m->target->json),
        FEATURES_FILE, hash_value(features), SVM_FILE, hash_value(svm));
    char *text = root ? json_dumps(root, JSON_INDENT(2) | JSON_REAL_PRECISION(12)) : NULL;
    json_decref(root);
    return text;
}

typedef struct file_part {
    const char *name;
    text_view content;
} file_part;

static whosaid_status write_temporary(const char *path, text_view content, whosaid_error *err) {
    FILE *file = fopen(path, "wb");
    if (!file) return error_io(err, path, "cannot write the model", errno);
    bool written = fwrite(content.ptr, 1, content.len, file) == content.len;
    bool closed = fclose(file) == 0;
    return written && closed ? WHOSAID_OK : error_io(err, path, "cannot write the model", errno);
}

/* Where a file stands until all are written. */
static const char *temporary_path(arena *a, const char *folder, const char *file) {
    return arena_format(a, "%s/%s.tmp", folder, file).ptr;
}

/* All parts beside their names first; then they take their names, the card last. */
static whosaid_status write_parts(const char *folder, const file_part *parts, size_t count,
                                  whosaid_error *err) {
    arena *a = arena_new();
    if (!a) return error_no_memory(err);
    whosaid_status status = folder_make(folder, err);
    for (size_t i = 0; i < count && status == WHOSAID_OK; i++) {
        const char *path = temporary_path(a, folder, parts[i].name);
        status = path ? write_temporary(path, parts[i].content, err) : error_no_memory(err);
    }
    for (size_t i = 0; i < count && status == WHOSAID_OK; i++) {
        const char *from = temporary_path(a, folder, parts[i].name);
        const char *to = stance_file_path(a, folder, parts[i].name);
        if (!from || !to)
            status = error_no_memory(err);
        else if (rename(from, to) != 0)
            status = error_io(err, to, "cannot write the model", errno);
    }
    for (size_t i = 0; i < count && status != WHOSAID_OK; i++) {
        const char *path = temporary_path(a, folder, parts[i].name);
        if (path) unlink(path);
    }
    arena_free(a);
    return status;
}

/* Last: whoever reads before finds no index, or one of other text. */
static whosaid_status write_index(const stance_model *m, stance_text_hashes hashes,
                                  const char *folder, whosaid_error *err) {
    arena *a = arena_new();
    const char *path = a ? stance_file_path(a, folder, STANCE_INDEX_FILE) : NULL;
    whosaid_status status = path ? stance_index_save(m, hashes, path, err) : error_no_memory(err);
    arena_free(a);
    return status;
}

whosaid_status stance_model_save(const stance_model *m, const stance_card *card, const char *folder,
                                 whosaid_error *err) {
    draft features = {0}, svm = {0};
    put_features(&features, m);
    put_svm(&svm, m);
    text_view features_text = buffer_view(&features.bytes), svm_text = buffer_view(&svm.bytes);
    char *card_text =
        features.failed || svm.failed ? NULL : write_card(m, card, features_text, svm_text);
    whosaid_status status;
    if (!card_text) {
        status = error_no_memory(err);
    } else {
        const file_part parts[] = {{TARGET_FILE_NAME, m->target->json},
                                   {FEATURES_FILE, features_text},
                                   {SVM_FILE, svm_text},
                                   {CARD_FILE, view_of(card_text)}};
        status = write_parts(folder, parts, sizeof parts / sizeof *parts, err);
        const stance_text_hashes hashes = {hash_view(features_text), hash_view(svm_text)};
        if (status == WHOSAID_OK) status = write_index(m, hashes, folder, err);
    }
    free(card_text);
    buffer_free(&features.bytes);
    buffer_free(&svm.bytes);
    return status;
}

whosaid_status stance_model_save_in(const stance_model *m, const stance_card *card,
                                    const char *parent, whosaid_error *err) {
    if (!*parent) return error_set(err, WHOSAID_USAGE, NULL, 0, "the folder of models has no name");
    arena *a = arena_new();
    if (!a) return error_no_memory(err);
    text_view toward = m->target->name;
    text_view path = arena_format(a, "%s/%.*s", parent, (int)toward.len, toward.ptr);
    char *folder = (char *)path.ptr;
    whosaid_status status = folder ? WHOSAID_OK : error_no_memory(err);
    for (size_t i = path.len - toward.len; status == WHOSAID_OK && i < path.len; i++)
        if (!target_name_is_plain(view_slice(path, i, i + 1))) folder[i] = '-';
    if (status == WHOSAID_OK) status = stance_model_save(m, card, folder, err);
    arena_free(a);
    return status;
}
