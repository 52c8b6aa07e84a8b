#include "base/model_card.h"

#include "base/error.h"
#include "base/folder.h"
#include "base/json_text.h"
#include "base/plain_file.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>

enum { CARD_BYTES_MAX = 1 << 20 };

static void write_digits(const model_file *weights, char digits[MODEL_CHECKSUM_DIGITS + 1]) {
    snprintf(digits, MODEL_CHECKSUM_DIGITS + 1, "%016" PRIx64, model_file_checksum(weights));
}

/* *out: owned by the caller. */
static whosaid_status read_card(const char *path, json_t **out, whosaid_error *err) {
    static const char too_large[] = "too large for a model's card";
    FILE *file;
    struct stat info;
    whosaid_status status = plain_file_open(path, "cannot open the model", &file, &info, err);
    if (status != WHOSAID_OK) return status;
    char *text = malloc(CARD_BYTES_MAX);
    size_t len = text ? fread(text, 1, CARD_BYTES_MAX, file) : 0;
    if (!text) status = error_no_memory(err);
    if (ferror(file)) status = error_io(err, path, "cannot read the model", errno);
    fclose(file);
    if (status == WHOSAID_OK && len == CARD_BYTES_MAX)
        status = error_set(err, WHOSAID_MODEL, path, 0, "%s", too_large);
    json_error_t cause;
    if (status == WHOSAID_OK) {
        status = json_text_read((text_view){text, len}, JSON_REJECT_DUPLICATES, out, &cause);
        if (status == WHOSAID_NO_MEMORY)
            error_no_memory(err);
        else if (status != WHOSAID_OK)
            status = error_set(err, WHOSAID_MODEL, path, cause.line > 0 ? (size_t)cause.line : 0,
                               "%s", cause.text);
    }
    free(text);
    return status;
}

static whosaid_status compare(const json_t *card, const char *path, const model_card_facts *facts,
                              const model_file *weights, whosaid_error *err) {
    char digits[MODEL_CHECKSUM_DIGITS + 1];
    write_digits(weights, digits);
    const char *kind = json_string_value(json_object_get(card, "kind"));
    if (!kind || strcmp(kind, facts->kind) != 0)
        return error_set(err, WHOSAID_MODEL, path, 0, "not the card of a %s model", facts->kind);
    if (json_integer_value(json_object_get(card, "format_version")) != MODEL_CARD_FORMAT)
        return error_set(err, WHOSAID_MODEL, path, 0,
                         "written in another format version: train it again");
    if (json_integer_value(json_object_get(card, "feature_version")) != facts->feature_version)
        return error_set(err, WHOSAID_MODEL, path, 0,
                         "made for another feature version: train it again");
    const json_t *files = json_object_get(card, "files");
    const char *checksum = json_string_value(json_object_get(files, facts->weights));
    if (!checksum || strcmp(checksum, digits) != 0)
        return error_set(err, WHOSAID_MODEL, path, 0,
                         "its checksum of %s does not match: card and weights are of two models",
                         facts->weights);
    return WHOSAID_OK;
}

whosaid_status model_card_check(const char *folder, const model_card_facts *facts,
                                const model_file *weights, whosaid_error *err) {
    char path[PATH_MAX];
    json_t *card = NULL;
    whosaid_status status = folder_path(folder, MODEL_CARD_FILE, path, err);
    if (status == WHOSAID_OK) status = read_card(path, &card, err);
    if (status == WHOSAID_OK) status = compare(card, path, facts, weights, err);
    json_decref(card);
    return status;
}

whosaid_status model_card_checksum(const char *folder, const model_card_facts *facts,
                                   char digits[MODEL_CHECKSUM_DIGITS + 1], whosaid_error *err) {
    char path[PATH_MAX];
    model_file *weights = NULL;
    whosaid_status status = folder_path(folder, facts->weights, path, err);
    if (status == WHOSAID_OK)
        status = model_file_open(path, facts->kind, facts->feature_version, &weights, err);
    if (status == WHOSAID_OK) write_digits(weights, digits);
    model_file_close(weights);
    return status;
}
