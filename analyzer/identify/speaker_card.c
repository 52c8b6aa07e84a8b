#include "identify/speaker_card.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/hash.h"
#include "base/model_card.h"

#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>

static const char *const form_words[SOURCE_FORM_COUNT] = {
    "missing",      "person_name", "body_name", "he_or_she", "they", "it",
    "first_person", "relative",    "person",    "people",    "thing"};

static const char *const trust_words[TRUST_FEATURE_COUNT] = {
    "bias",   "log_odds", "person",        "body",        "described", "joint",
    "nobody", "one_word", "several_parts", "shared_name", "quoted"};

static whosaid_status open_in(const char *folder, const char *file, char path[PATH_MAX], FILE **out,
                              whosaid_error *err) {
    whosaid_status status = folder_path(folder, file, path, err);
    if (status != WHOSAID_OK) return status;
    *out = fopen(path, "w");
    return *out ? WHOSAID_OK : error_io(err, path, "cannot write", errno);
}

static whosaid_status close_file(FILE *out, const char *path, whosaid_error *err) {
    bool failed = ferror(out) != 0;
    if (fclose(out) != 0 || failed) return error_io(err, path, "cannot write", errno);
    return WHOSAID_OK;
}

static void write_rows(FILE *out, const speaker_model *model, const text_view *grade_names) {
    fputs("model\tform or feature\tfeature or grade\tweight\n", out);
    for (size_t form = 0; form < SOURCE_FORM_COUNT; form++)
        for (size_t k = 0; k < REFERENCE_FEATURE_COUNT; k++)
            if (fabsf(model->reference[form][k]) >= 0.005f)
                fprintf(out, "reference\t%s\t%s\t%.2f\n", form_words[form],
                        reference_feature_name((reference_feature)k),
                        (double)model->reference[form][k]);
    for (size_t form = 0; form < SOURCE_FORM_COUNT; form++)
        for (size_t k = 0; k < TRUST_FEATURE_COUNT; k++)
            fprintf(out, "trust\t%s\t%s\t%.2f\n", form_words[form], trust_words[k],
                    (double)model->trust[form][k]);
    for (size_t i = 0; i < model->grade.count; i++)
        for (size_t g = 0; g < GRADE_COUNT; g++)
            if (fabsf(model->grade.rows[i][g]) >= 0.05f)
                fprintf(out, "grade\t%.*s\t%s\t%.2f\n", (int)grade_names[i].len, grade_names[i].ptr,
                        anonymity_grade_name((anonymity_grade)g), (double)model->grade.rows[i][g]);
}

static double rounded(double value) {
    return round(value * 10000) / 10000;
}

static json_t *reliability_table(const speaker_training_report *report) {
    json_t *table = json_array();
    for (size_t b = 0; table && b < RELIABILITY_BINS; b++) {
        if (!report->reliability[b].count) continue;
        json_t *row =
            json_pack("{s:f, s:f, s:I}", "mean_score", rounded(report->reliability[b].mean_score),
                      "accuracy", rounded(report->reliability[b].accuracy), "attributions",
                      (json_int_t)report->reliability[b].count);
        if (!row || json_array_append_new(table, row)) {
            json_decref(table);
            return NULL;
        }
    }
    return table;
}

static uint64_t corpus_hash(training_articles source) {
    uint64_t hash = 0;
    for (size_t i = 0; i < source.count; i++) {
        const annotated_article *one = source.items[i];
        hash = hash_mix(hash, hash_view(one->text));
        for (size_t k = 0; k < one->quote_count; k++) {
            hash = hash_mix(hash, hash_view(one->quotes[k].speaker_name));
            hash = hash_mix(hash, (uint64_t)one->quotes[k].grade);
        }
    }
    return hash;
}

static json_t *card(training_articles source, const speaker_training_report *report,
                    const char *date, const char *checksum) {
    json_t *table = reliability_table(report);
    if (!table) return NULL;
    char hash[17];
    snprintf(hash, sizeof hash, "%016llx", (unsigned long long)corpus_hash(source));
    return json_pack(
        "{s:s, s:i, s:i, s:{s:s}, s:[sssss], s:s, s:{s:I, s:I, s:I, s:s}, s:{s:f, s:f, s:o}, "
        "s:s, s:s}",
        "kind", SPEAKER_MODEL_KIND, "format_version", MODEL_CARD_FORMAT, "feature_version",
        SPEAKER_MODEL_VERSION, "files", SPEAKER_MODEL_FILE, checksum, "labels", "named",
        "anonymous", "group", "institution", "unattributed", "date", date, "training", "articles",
        (json_int_t)report->articles, "attributions", (json_int_t)report->attributions, "decisions",
        (json_int_t)report->decisions, "hash", hash, "cross_validation", "speaker_accuracy_lenient",
        rounded(report->speaker_accuracy), "calibration_error", rounded(report->calibration_error),
        "reliability", table, "spans", "as annotated", "licence", "BSD-3-Clause");
}

whosaid_status speaker_card_write(const speaker_model *model, const text_view *grade_names,
                                  training_articles source, const speaker_training_report *report,
                                  const speaker_training_target *target, whosaid_error *err) {
    char path[PATH_MAX];
    FILE *out;
    whosaid_status status = open_in(target->folder, SPEAKER_WEIGHTS_FILE, path, &out, err);
    if (status) return status;
    write_rows(out, model, grade_names);
    status = close_file(out, path, err);
    if (status) return status;
    char checksum[MODEL_CHECKSUM_DIGITS + 1];
    const model_card_facts facts = {SPEAKER_MODEL_KIND, SPEAKER_MODEL_VERSION, SPEAKER_MODEL_FILE};
    status = model_card_checksum(target->folder, &facts, checksum, err);
    if (status) return status;
    json_t *root = card(source, report, target->date, checksum);
    if (!root) return error_no_memory(err);
    status = open_in(target->folder, MODEL_CARD_FILE, path, &out, err);
    if (!status) {
        bool written = json_dumpf(root, out, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) == 0 &&
                       fputc('\n', out) != EOF;
        status = close_file(out, path, err);
        if (!status && !written) status = error_io(err, path, "cannot write", EIO);
    }
    json_decref(root);
    return status;
}
