/* Our mapped model files (KIND, by the build): the container and every table in it, with lengths
 * and checksum made right, as a stranger's model has them. What opens must analyze an article. */
#include "fuzz.h"

#include "attribute/attributor.h"
#include "base/hash.h"
#include "base/model_card.h"
#include "identify/identifier.h"
#include "tag/tagger.h"

#include <inttypes.h>
#include <string.h>

enum { HEADER_BYTES = 64, VERSION_AT = 32, LENGTH_AT = 40, CHECKSUM_AT = 48 };
typedef enum model_kind { TAGGER, ATTRIBUTION, SPEAKER } model_kind;

static const char *const kind_names[] = {"tagger", "attribution", "speaker"};

static void write_card(const uint8_t *data, uint64_t checksum) {
    uint32_t version;
    char card[256];
    memcpy(&version, data + VERSION_AT, sizeof version);
    int len = snprintf(card, sizeof card,
                       "{\"kind\": \"%s\", \"format_version\": %d, \"feature_version\": %" PRIu32
                       ", \"files\": {\"%s.model\": \"%016" PRIx64 "\"}}",
                       kind_names[KIND], MODEL_CARD_FORMAT, version, kind_names[KIND], checksum);
    fuzz_write(MODEL_CARD_FILE, card, (size_t)len);
}

/* Makes the header's length and checksum and the card fit, so that what stands behind them is
 * looked at. */
static void write_model(const uint8_t *data, size_t size) {
    uint8_t *copy = malloc(size + 1);
    MUST(copy);
    memcpy(copy, data, size);
    if (size >= HEADER_BYTES) {
        uint64_t length = size, checksum = hash_bytes(data + HEADER_BYTES, size - HEADER_BYTES);
        memcpy(copy + LENGTH_AT, &length, sizeof length);
        memcpy(copy + CHECKSUM_AT, &checksum, sizeof checksum);
        write_card(data, checksum);
    }
    char file[32];
    snprintf(file, sizeof file, "%s.model", kind_names[KIND]);
    fuzz_write(file, copy, size);
    free(copy);
}

static whosaid_status use_tagger(article *a, whosaid_error *err) {
    tagger *model;
    whosaid_status status = tagger_open(fuzz_folder(), &model, err);
    if (status != WHOSAID_OK) return status;
    status = tagger_tag(model, a, err);
    tagger_close(model);
    return status;
}

static whosaid_status use_attributor(article *a, whosaid_error *err) {
    attributor *model;
    whosaid_status status = attributor_open(fuzz_folder(), &model, err);
    if (status != WHOSAID_OK) return status;
    status = attributor_find(model, a, 0, err);
    attributor_close(model);
    return status;
}

static whosaid_status use_identifier(article *a, whosaid_error *err) {
    identifier *model;
    whosaid_status status = identifier_open(fuzz_folder(), &model, err);
    if (status != WHOSAID_OK) return status;
    status = identifier_resolve(model, a, err);
    identifier_close(model);
    return status;
}

void fuzz_one(const uint8_t *data, size_t size) {
    static const fuzz_step before[] = {FUZZ_SEGMENTED, FUZZ_TAGGED, FUZZ_ATTRIBUTED};
    static whosaid_status (*const use[])(article *, whosaid_error *) = {use_tagger, use_attributor,
                                                                        use_identifier};
    write_model(data, size);
    arena *memory = arena_new();
    article a = fuzz_sample_article(before[KIND], memory);
    whosaid_error err = {0};
    whosaid_status status = use[KIND](&a, &err);
    if (status == WHOSAID_OK) {
        fuzz_check_article(&a, KIND != TAGGER);
        fuzz_accept();
    } else {
        fuzz_check_error(status, &err);
    }
    arena_free(memory);
}
