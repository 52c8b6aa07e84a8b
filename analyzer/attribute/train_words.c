/* train_words.c: learning what the model knows of words: rates, clusters, and WordNet's classes. */
#include "attribute/train_corpus.h"
#include "attribute/word_rows.h"

#include "base/array.h"
#include "base/error.h"
#include "base/hash.h"
#include "learn/word_clusters.h"
#include "learn/wordnet.h"

#include <stdlib.h>

enum {
    LEAST_FOR_WORD_RATE = 8,
    LEAST_FOR_LEMMA_RATE = 3,
    LEAST_FOR_ENTRY = 3,
    LEAST_FOR_CLUSTER = 4
};
static const unsigned CLUSTER_COUNTS[CLUSTER_LEVELS] = {60, 200, 500};

/* How often a word or lemma stands in the text, in cues, and in sources. */
typedef struct word_count {
    uint64_t key;   /* 0: empty slot */
    text_view text; /* normalized; of a word only */
    uint32_t tokens, cues, sources;
    uint32_t own_tokens, own_cues, own_sources; /* of the article at hand */
    uint32_t rank;                              /* by falling frequency, for clusters */
} word_count;

typedef struct word_counts {
    word_count *slots;
    size_t slot_count, used;
} word_counts;

static word_count *count_slot(word_counts *counts, uint64_t key) {
    size_t at = key % counts->slot_count;
    while (counts->slots[at].key != 0 && counts->slots[at].key != key)
        if (++at == counts->slot_count) at = 0;
    return &counts->slots[at];
}

static bool counts_init(word_counts *counts, size_t expected, arena *memory) {
    counts->slot_count = expected * 2 + 64;
    counts->used = 0;
    counts->slots = ARENA_NEW(memory, word_count, counts->slot_count);
    return counts->slots != NULL;
}

static word_count *count_of(word_counts *counts, uint64_t key) {
    word_count *slot = count_slot(counts, key);
    if (slot->key == 0) counts->used++;
    slot->key = key;
    return slot;
}

/* The key under which cue rates are shared: the verb, else the noun, else the word itself. */
static uint64_t rate_key(const word_facts *f) {
    if (f->verb_lemma) return lemma_key((uint64_t)f->verb_lemma << 32, LEMMA_VERB);
    if (f->noun_lemma) return lemma_key((uint64_t)f->noun_lemma << 32, LEMMA_NOUN);
    return f->word;
}

static uint8_t rate_bin(uint32_t part, uint32_t whole) {
    static const double ENDS[] = {.01, .05, .15, .3, .5, .7, .9};
    double rate = (double)part / whole;
    uint8_t bin = 0;
    while (bin < 7 && rate >= ENDS[bin])
        bin++;
    return bin;
}

static uint8_t word_rate(uint32_t part, uint32_t whole) {
    return whole < LEAST_FOR_WORD_RATE ? RATE_UNKNOWN : rate_bin(part, whole);
}

static uint8_t lemma_rate(uint32_t part, uint32_t whole) {
    if (whole < LEAST_FOR_LEMMA_RATE) return LEMMA_RATE_UNKNOWN;
    return (uint8_t)(rate_bin(part, whole) + (whole < 10 ? 10 : 0));
}

/* --- WordNet into tables -------------------------------------------------------------------- */

/* The slot for a key in a table whose slots begin with their key: the key's own or an empty one.
 * NULL when it would lie where no look-up finds it. */
static void *slot_for(void *slots, size_t slot_size, size_t slot_count, uint64_t key) {
    char *bytes = slots;
    for (size_t i = 0, at = key % slot_count; i < WORD_PROBES; i++) {
        uint64_t found;
        memcpy(&found, bytes + at * slot_size, sizeof found);
        if (found == 0 || found == key) return bytes + at * slot_size;
        if (++at == slot_count) at = 0;
    }
    return NULL;
}

static void put_lemmas(lemma_facts *slots, size_t slot_count, const wordnet_lemma *lemmas,
                       size_t count, lemma_part part, const uint8_t classes[5]) {
    for (size_t i = 0; i < count; i++) {
        float shares[5];
        for (int k = 0; k < 5; k++)
            shares[k] = lemmas[i].shares[classes[k]];
        uint64_t key = lemma_key(hash_view(lemmas[i].word), part);
        lemma_facts *slot = slot_for(slots, sizeof *slots, slot_count, key);
        if (!slot) continue;
        *slot = (lemma_facts){.key = key,
                              .shares = word_share_code(shares),
                              .first = lemmas[i].first_class,
                              .heavy = lemmas[i].heavy_class,
                              .rate = LEMMA_RATE_UNKNOWN};
    }
}

static void put_exceptions(lemma_exception *slots, size_t slot_count,
                           const wordnet_exception *exceptions, size_t count, lemma_part part) {
    for (size_t i = 0; i < count; i++) {
        uint64_t key = lemma_key(hash_view(exceptions[i].form), part);
        lemma_exception *slot = slot_for(slots, sizeof *slots, slot_count, key);
        if (slot && slot->key == 0) *slot = (lemma_exception){key, hash_view(exceptions[i].lemma)};
    }
}

/* Room for linear probing. */
static size_t slots_for(size_t count) {
    return count + count / 2 + 64;
}

static whosaid_status put_wordnet(training_set *set, const char *folder, whosaid_error *err) {
    static const uint8_t VERB_CLASSES[5] = {WORDNET_VERB_COMMUNICATION, WORDNET_VERB_COGNITION,
                                            WORDNET_VERB_EMOTION, WORDNET_VERB_PERCEPTION,
                                            WORDNET_VERB_SOCIAL};
    static const uint8_t NOUN_CLASSES[5] = {WORDNET_NOUN_COMMUNICATION, WORDNET_NOUN_COGNITION,
                                            WORDNET_NOUN_PERSON, WORDNET_NOUN_GROUP,
                                            WORDNET_NOUN_FEELING};
    wordnet net;
    arena *scratch = arena_new();
    if (!scratch) return error_no_memory(err);
    whosaid_status status = wordnet_load(folder, scratch, &net, err);
    if (status == WHOSAID_OK) {
        word_tables *t = &set->tables;
        t->lemma_slots = slots_for(net.verb_count + net.noun_count);
        t->exception_slots = slots_for(net.verb_exception_count + net.noun_exception_count);
        lemma_facts *lemmas = ARENA_NEW(set->memory, lemma_facts, t->lemma_slots);
        lemma_exception *exceptions = ARENA_NEW(set->memory, lemma_exception, t->exception_slots);
        if (lemmas && exceptions) {
            put_lemmas(lemmas, t->lemma_slots, net.verbs, net.verb_count, LEMMA_VERB, VERB_CLASSES);
            put_lemmas(lemmas, t->lemma_slots, net.nouns, net.noun_count, LEMMA_NOUN, NOUN_CLASSES);
            put_exceptions(exceptions, t->exception_slots, net.verb_exceptions,
                           net.verb_exception_count, LEMMA_VERB);
            put_exceptions(exceptions, t->exception_slots, net.noun_exceptions,
                           net.noun_exception_count, LEMMA_NOUN);
            t->lemmas = lemmas;
            t->exceptions = exceptions;
        } else {
            status = error_no_memory(err);
        }
    }
    arena_free(scratch);
    return status;
}

/* --- counting ------------------------------------------------------------------------------- */

typedef struct word_statistics {
    word_counts words, lemmas;
    size_t token_count;
} word_statistics;

static bool count_article(word_statistics *stats, training_set *set, const training_article *t) {
    for (uint32_t i = 0; i < t->frame.token_count; i++) {
        const frame_token *here = &t->frame.tokens[i];
        if (here->masked) continue;
        word_count *w = count_of(&stats->words, here->facts.word);
        word_count *l = count_of(&stats->lemmas, rate_key(&here->facts));
        if (!w->text.ptr) {
            char buf[WORD_BYTES_MAX];
            text_view word = {buf, word_normalize(token_text(&t->article, i), buf)};
            w->text = arena_copy(set->memory, word);
            if (!w->text.ptr) return false;
        }
        w->tokens++;
        l->tokens++;
        w->cues += t->cue_labels[i] != 0;
        l->cues += t->cue_labels[i] != 0;
        w->sources += t->in_source[i];
    }
    return true;
}

static int compare_frequency(const void *a, const void *b) {
    const word_count *x = *(word_count *const *)a, *y = *(word_count *const *)b;
    if (x->tokens != y->tokens) return x->tokens > y->tokens ? -1 : 1;
    return view_compare(x->text, y->text);
}

/* Every counted word by falling frequency; NULL when memory is out. */
static word_count **ranked_words(word_statistics *stats, arena *memory, size_t *count) {
    word_count **ranked = ARENA_NEW(memory, word_count *, stats->words.used + 1);
    *count = 0;
    if (!ranked) return NULL;
    for (size_t i = 0; i < stats->words.slot_count; i++)
        if (stats->words.slots[i].key) ranked[(*count)++] = &stats->words.slots[i];
    qsort(ranked, *count, sizeof(word_count *), compare_frequency);
    for (size_t i = 0; i < *count; i++)
        ranked[i]->rank = (uint32_t)i;
    return ranked;
}

/* The text of all articles as vocabulary numbers, articles kept apart. */
static uint32_t *token_stream(training_set *set, word_statistics *stats, size_t vocabulary,
                              size_t *count) {
    uint32_t *stream = ARENA_NEW(set->memory, uint32_t, stats->token_count + 2 * set->count + 1);
    *count = 0;
    if (!stream) return NULL;
    for (size_t a = 0; a < set->count; a++) {
        const article_frame *f = &set->articles[a].frame;
        for (uint32_t i = 0; i < f->token_count; i++) {
            uint32_t rank = UINT32_MAX;
            if (!f->tokens[i].masked)
                rank = count_slot(&stats->words, f->tokens[i].facts.word)->rank;
            stream[(*count)++] = rank < vocabulary ? rank : UINT32_MAX;
        }
        stream[(*count)++] = UINT32_MAX;
        stream[(*count)++] = UINT32_MAX;
    }
    return stream;
}

/* --- the word table ------------------------------------------------------------------------- */

static void put_word(word_facts *slots, size_t slot_count, const word_facts *facts) {
    word_facts *slot = slot_for(slots, sizeof *slots, slot_count, facts->word);
    if (slot) *slot = *facts;
}

/* Facts of a word without the counts of the article at hand (own_*). */
static void set_rates(word_statistics *stats, word_facts *f) {
    const word_count *w = count_slot(&stats->words, f->word);
    const word_count *l = count_slot(&stats->lemmas, rate_key(f));
    f->cue_rate = word_rate(w->cues - w->own_cues, w->tokens - w->own_tokens);
    f->source_rate = word_rate(w->sources - w->own_sources, w->tokens - w->own_tokens);
    f->lemma_rate = lemma_rate(l->cues - l->own_cues, l->tokens - l->own_tokens);
}

static bool put_words(training_set *set, word_statistics *stats, word_count **ranked, size_t count,
                      size_t vocabulary, const uint16_t *clusters) {
    size_t entries = 0;
    while (entries < count && ranked[entries]->tokens >= LEAST_FOR_ENTRY)
        entries++;
    size_t slot_count = slots_for(entries + FUNCTION_WORD_COUNT);
    word_facts *slots = ARENA_NEW(set->memory, word_facts, slot_count);
    if (!slots) return false;
    for (size_t i = 0; i < count; i++) {
        function_word function = function_word_of(ranked[i]->text);
        if (i >= entries && function == FUNCTION_NONE) continue;
        word_facts f = word_facts_from_wordnet(&set->tables, ranked[i]->text, ranked[i]->key);
        f.function = (uint8_t)function;
        f.row = i < WORD_ROWS_MAX ? (uint16_t)(i + 1) : 0;
        f.ending = word_ending(ranked[i]->text);
        for (int k = 0; i < vocabulary && k < CLUSTER_LEVELS; k++)
            f.clusters[k] = (uint16_t)(clusters[(size_t)k * vocabulary + i] + 1);
        set_rates(stats, &f);
        put_word(slots, slot_count, &f);
    }
    set->tables.words = slots;
    set->tables.word_slots = slot_count;
    return true;
}

/* Lemmas of the training text carry their rates to forms that are not in it. */
static void put_lemma_rates(training_set *set, word_statistics *stats) {
    lemma_facts *lemmas = (lemma_facts *)set->tables.lemmas; /* made by put_wordnet */
    for (size_t i = 0; i < set->tables.lemma_slots; i++) {
        if (lemmas[i].key == 0) continue;
        const word_count *l = count_slot(&stats->lemmas, lemmas[i].key);
        if (l->key) lemmas[i].rate = lemma_rate(l->cues, l->tokens);
    }
}

/* --- frames --------------------------------------------------------------------------------- */

static void count_own(word_statistics *stats, const training_article *t, bool add) {
    for (uint32_t i = 0; i < t->frame.token_count; i++) {
        const frame_token *here = &t->frame.tokens[i];
        if (here->masked) continue;
        word_count *w = count_slot(&stats->words, here->facts.word);
        word_count *l = count_slot(&stats->lemmas, rate_key(&here->facts));
        if (!add) {
            w->own_tokens = w->own_cues = w->own_sources = 0;
            l->own_tokens = l->own_cues = 0;
            continue;
        }
        w->own_tokens++;
        l->own_tokens++;
        w->own_cues += t->cue_labels[i] != 0;
        l->own_cues += t->cue_labels[i] != 0;
        w->own_sources += t->in_source[i];
    }
}

static whosaid_status build_frames(training_set *set, word_statistics *stats, whosaid_error *err) {
    for (size_t a = 0; a < set->count; a++) {
        training_article *t = &set->articles[a];
        whosaid_status status = frame_build(&set->tables, &t->article, &t->frame, err);
        if (status != WHOSAID_OK) return status;
        count_own(stats, t, true);
        for (uint32_t i = 0; i < t->frame.token_count; i++)
            if (!t->frame.tokens[i].masked) set_rates(stats, &t->frame.tokens[i].facts);
        count_own(stats, t, false);
        frame_count_strong(&t->frame);
    }
    return WHOSAID_OK;
}

whosaid_status training_set_learn_words(training_set *set, const char *wordnet_folder,
                                        unsigned threads, whosaid_error *err) {
    whosaid_status status = put_wordnet(set, wordnet_folder, err);
    word_statistics stats = {0};
    for (size_t a = 0; status == WHOSAID_OK && a < set->count; a++) {
        training_article *t = &set->articles[a];
        status = frame_build(&set->tables, &t->article, &t->frame, err);
        stats.token_count += t->frame.token_count;
    }
    if (status != WHOSAID_OK) return status;
    if (!counts_init(&stats.words, stats.token_count / 2, set->memory) ||
        !counts_init(&stats.lemmas, stats.token_count / 2, set->memory))
        return error_no_memory(err);
    for (size_t a = 0; a < set->count; a++)
        if (!count_article(&stats, set, &set->articles[a])) return error_no_memory(err);
    size_t count, stream_len, vocabulary = 0;
    word_count **ranked = ranked_words(&stats, set->memory, &count);
    if (!ranked) return error_no_memory(err);
    while (vocabulary < count && ranked[vocabulary]->tokens >= LEAST_FOR_CLUSTER)
        vocabulary++;
    uint32_t *stream = token_stream(set, &stats, vocabulary, &stream_len);
    uint16_t *clusters = ARENA_NEW(set->memory, uint16_t, vocabulary * CLUSTER_LEVELS + 1);
    if (!stream || !clusters ||
        !word_clusters_learn(stream, stream_len, vocabulary, CLUSTER_COUNTS, CLUSTER_LEVELS,
                             threads, clusters) ||
        !put_words(set, &stats, ranked, count, vocabulary, clusters))
        return error_no_memory(err);
    put_lemma_rates(set, &stats);
    return build_frames(set, &stats, err);
}
