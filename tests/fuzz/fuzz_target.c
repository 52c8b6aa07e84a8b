/* Target files: the JSON, the patterns of the phrases, and what they match. */
#include "fuzz.h"

#include "stance/target.h"

static void match(const target *t) {
    arena *memory = arena_new();
    article a = fuzz_sample_article(FUZZ_READ, memory);
    word_list words;
    phrase_hits hits;
    MUST(words_split(a.text, memory, &words, NULL) == WHOSAID_OK);
    MUST(phrase_matcher_find(t->matcher, &words, memory, &hits, NULL) == WHOSAID_OK);
    for (size_t i = 0; i < hits.count; i++) {
        MUST(hits.items[i].first < hits.items[i].end && hits.items[i].end <= words.count);
        MUST(hits.items[i].class < t->class_count);
    }
    arena_free(memory);
}

void fuzz_one(const uint8_t *data, size_t size) {
    target *t = NULL;
    whosaid_error err = {0};
    whosaid_status status = target_parse((text_view){(const char *)data, size}, "input", &t, &err);
    if (status != WHOSAID_OK) {
        fuzz_check_error(status, &err);
        return;
    }
    MUST(t->label_count >= 2 && t->label_count <= TARGET_MAX_LABELS);
    MUST(t->threshold >= 0 && t->threshold <= 1);
    match(t);
    fuzz_accept();
    target_free(t);
}
