/* The folder of a stance model. The input is its files with a NUL byte between them: the card,
 * target.json, features.txt, stance.svm, and perhaps stance.index. The checksums in the card and
 * the index are made right. */
#include "fuzz.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "stance/stance_scorer.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>
#include <sys/stat.h>

enum { INDEX = 4, PART_COUNT };
static const char *const part_names[PART_COUNT] = {"model.json", "target.json", "features.txt",
                                                   "stance.svm", "stance.index"};
enum { HEADER_BYTES = 64, LENGTH_AT = 40, CHECKSUM_AT = 48, FIRST_OFFSET_AT = 64 + 24 };

static void divide(text_view rest, text_view parts[PART_COUNT]) {
    for (int i = 0; i < PART_COUNT; i++) {
        const char *end = rest.len ? memchr(rest.ptr, '\0', rest.len) : NULL;
        size_t len = end && i + 1 < PART_COUNT ? (size_t)(end - rest.ptr) : rest.len;
        parts[i] = view_slice(rest, 0, len);
        rest = view_slice(rest, end && i + 1 < PART_COUNT ? len + 1 : len, rest.len);
    }
}

/* The card with the checksums of the other parts; as it is when it is no JSON object. */
static char *checked_card(const text_view parts[PART_COUNT]) {
    json_t *card = json_loadb(parts[0].ptr, parts[0].len, 0, NULL);
    json_t *files = json_object_get(card, "files");
    for (int i = 1; i < INDEX; i++) {
        char digits[17];
        snprintf(digits, sizeof digits, "%016" PRIx64, hash_view(parts[i]));
        if (json_is_object(files)) json_object_set_new(files, part_names[i], json_string(digits));
    }
    char *text = json_dumps(card, 0);
    json_decref(card);
    return text;
}

/* The index with its length and checksum, and with the hashes of the text where the first section
 * is. */
static char *checked_index(const text_view parts[PART_COUNT]) {
    text_view part = parts[INDEX];
    char *copy = malloc(part.len + 1);
    MUST(copy);
    if (part.len) memcpy(copy, part.ptr, part.len);
    if (part.len < FIRST_OFFSET_AT + sizeof(uint64_t)) return copy;
    uint64_t offset, length = part.len, hashes[] = {hash_view(parts[2]), hash_view(parts[3])};
    memcpy(&offset, copy + FIRST_OFFSET_AT, sizeof offset);
    if (offset <= length && length - offset >= sizeof hashes)
        memcpy(copy + offset, hashes, sizeof hashes);
    uint64_t checksum = hash_bytes(copy + HEADER_BYTES, part.len - HEADER_BYTES);
    memcpy(copy + LENGTH_AT, &length, sizeof length);
    memcpy(copy + CHECKSUM_AT, &checksum, sizeof checksum);
    return copy;
}

static void write_model(text_view input) {
    text_view parts[PART_COUNT];
    divide(input, parts);
    mkdir(fuzz_path("stance"), 0777); /* may be there */
    mkdir(fuzz_path("stance/model"), 0777);
    for (int i = 0; i < PART_COUNT; i++) {
        char file[64];
        snprintf(file, sizeof file, "stance/model/%s", part_names[i]);
        char *checked = i == 0 ? checked_card(parts) : i == INDEX ? checked_index(parts) : NULL;
        text_view content = parts[i];
        if (checked) content = (text_view){checked, i == INDEX ? content.len : strlen(checked)};
        fuzz_write(file, content.ptr, content.len);
        free(checked);
    }
}

static void check_stances(const article *a, size_t labels) {
    for (size_t i = 0; i < a->attribution_count; i++) {
        MUST(a->attributions[i].stance_count == 1);
        const stance *s = &a->attributions[i].stances[0];
        MUST(s->best_label < labels);
        MUST(s->label == STANCE_UNDECIDED || s->label == s->best_label);
        double sum = 0;
        for (size_t l = 0; l < labels; l++) {
            MUST(s->scores[l] >= 0 && s->scores[l] <= 1);
            sum += (double)s->scores[l];
        }
        MUST(sum > 0.99 && sum < 1.01);
    }
}

void fuzz_one(const uint8_t *data, size_t size) {
    write_model((text_view){(const char *)data, size});
    stance_scorer *scorer;
    whosaid_error err = {0};
    whosaid_status status = stance_scorer_open(fuzz_path("stance"), NULL, 0, &scorer, &err);
    if (status != WHOSAID_OK) {
        fuzz_check_error(status, &err);
        return;
    }
    arena *memory = arena_new();
    article a = fuzz_sample_article(FUZZ_ATTRIBUTED, memory);
    MUST(stance_article(scorer, &a, &err) == WHOSAID_OK);
    MUST(stance_explain_article(scorer, &a, &err) == WHOSAID_OK);
    fuzz_check_article(&a, true);
    check_stances(&a, stance_scorer_target(scorer, 0)->label_count);
    fuzz_accept();
    arena_free(memory);
    stance_scorer_close(scorer);
}
