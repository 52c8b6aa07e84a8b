#include "stance/examples.h"

#include "base/array.h"
#include "base/error.h"
#include "base/hash.h"
#include "stance/company.h"
#include "stance/statements.h"

#include <stdlib.h>

typedef struct builder {
    example_set *set;
    feature_dictionary *seen; /* in the order of appearance */
    ARRAY(example) examples;
    ARRAY(uint32_t *) numbers; /* [example]: its features in `seen`, and test-only ones left out */
    ARRAY(size_t) sizes;
    ARRAY(double *) values; /* [example]: the value of a feature, by group */
    ARRAY(uint32_t) uses;   /* [feature in seen]: training examples that have it */
} builder;

static uint64_t fingerprint_of(const feature_text *text, const statement *s) {
    const span_list parts[] = {s->contents, s->cues, s->sources};
    uint64_t hash = 0;
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        for (size_t i = 0; i < parts[p].count; i++) {
            word_range range = words_of_span(&text->words, text->index, parts[p].items[i]);
            for (uint32_t w = range.first; w < range.end; w++)
                hash = hash_mix(hash, hash_view(text->words.items[w].text));
        }
        hash = hash_mix(hash, p);
    }
    /* The same sentence with another mention of the target is another statement. */
    for (size_t i = 0; i < s->mentions.count; i++)
        hash = hash_mix(hash, s->mentions.items[i].begin - s->contents.items[0].begin);
    return hash;
}

/* A person: graded as named (or not graded), with a name of two words at least. */
static uint64_t person_of(const annotated_quote *q, arena *memory) {
    if (q->has_anonymity && q->grade != ANONYMITY_NAMED) return 0;
    word_list words;
    if (words_split(q->speaker_name, memory, &words, NULL) != WHOSAID_OK || words.count < 2)
        return 0;
    uint64_t hash = 1;
    for (size_t i = 0; i < words.count; i++)
        hash = hash_mix(hash, hash_view(words.items[i].text));
    return hash;
}

static bool keep_features(builder *b, const feature_list *list, bool is_test) {
    arena *a = b->set->arena;
    uint32_t *numbers = arena_alloc_raw(a, list->count, sizeof *numbers);
    double *values = ARENA_NEW(a, double, GROUP_COUNT);
    if (!numbers || !values) return false;
    feature_values(list->group_sizes, &b->set->settings, values);
    size_t count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const feature *f = &list->items[i];
        uint32_t number = is_test ? feature_dictionary_find(b->seen, f->group, f->key)
                                  : feature_dictionary_add(b->seen, f->group, f->name);
        if (number == FEATURE_UNKNOWN) {
            if (!is_test) return false;
            continue;
        }
        if (number == b->uses.count && !array_push(a, &b->uses, 0)) return false;
        b->uses.items[number] += !is_test;
        numbers[count++] = number;
    }
    return array_push(a, &b->numbers, numbers) && array_push(a, &b->sizes, count) &&
           array_push(a, &b->values, values);
}

/* What is walked: a corpus of training or of test examples. */
typedef struct example_walk {
    builder *builder;
    bool is_test;
    const target *related; /* of borrowed examples, else NULL */
    size_t own;            /* of borrowed ones: the next own example, in the order of the corpus */
} example_walk;

/* The own example of the statement, or NULL when it has no label of the set's own target. */
static const example *own_example(example_walk *walk, const statement_visit *visit) {
    builder *b = walk->builder;
    uint32_t quote = (uint32_t)(visit->quote - visit->source->quotes);
    size_t i = walk->own;
    while (i < b->examples.count && b->examples.items[i].source != visit->source)
        i++;
    for (; i < b->examples.count && b->examples.items[i].source == visit->source; i++) {
        if (b->examples.items[i].quote != quote) continue;
        walk->own = i;
        return &b->examples.items[i];
    }
    return NULL;
}

static whosaid_status borrow_example(void *context, const statement_visit *visit,
                                     whosaid_error *err) {
    example_walk *walk = context;
    builder *b = walk->builder;
    const example *own = own_example(walk, visit);
    if (!own) return WHOSAID_OK;
    example e = *own;
    e.is_borrowed = true;
    e.label = (uint32_t)target_label(b->set->target, walk->related->labels[visit->label]);
    e.fingerprint =
        hash_mix(fingerprint_of(visit->text, visit->said), hash_view(walk->related->name));
    bool kept =
        keep_features(b, visit->features, false) && array_push(b->set->arena, &b->examples, e);
    return kept ? WHOSAID_OK : error_no_memory(err);
}

static whosaid_status add_example(void *context, const statement_visit *visit, whosaid_error *err) {
    const example_walk *walk = context;
    builder *b = walk->builder;
    b->set->article_count += visit->first_of_article;
    example e = {.label = visit->label,
                 .article = (uint32_t)b->set->article_count - 1,
                 .quote = (uint32_t)(visit->quote - visit->source->quotes),
                 .is_test = walk->is_test,
                 .person = person_of(visit->quote, visit->scratch),
                 .speaker = company_voice(b->set->article_count, visit->quote->speaker_name),
                 .fingerprint = fingerprint_of(visit->text, visit->said),
                 .source = visit->source};
    bool kept = keep_features(b, visit->features, walk->is_test) &&
                array_push(b->set->arena, &b->examples, e);
    return kept ? WHOSAID_OK : error_no_memory(err);
}

static whosaid_status add_corpus(builder *b, const corpus *from, bool is_test, whosaid_error *err) {
    example_walk walk = {.builder = b, .is_test = is_test};
    return statements_visit(from, b->set->target, &b->set->settings, add_example, &walk, err);
}

static whosaid_status borrow_corpus(builder *b, const corpus *from, const target *related,
                                    whosaid_error *err) {
    example_walk walk = {.builder = b, .related = related};
    return statements_visit(from, related, &b->set->settings, borrow_example, &walk, err);
}

static whosaid_status add_all(builder *b, const example_sources *sources, whosaid_error *err) {
    whosaid_status status = add_corpus(b, sources->training, false, err);
    for (size_t i = 0; i < sources->related_count && status == WHOSAID_OK; i++)
        status = borrow_corpus(b, sources->training, sources->related[i], err);
    if (status == WHOSAID_OK && sources->test) status = add_corpus(b, sources->test, true, err);
    return status;
}

typedef struct marked_fingerprint {
    uint64_t fingerprint;
    bool is_test;
    uint32_t item;
} marked_fingerprint;

/* Equal fingerprints together, test examples first, then in the order of the corpus. */
static int compare_fingerprints(const void *a, const void *b) {
    const marked_fingerprint *x = a, *y = b;
    if (x->fingerprint != y->fingerprint) return x->fingerprint < y->fingerprint ? -1 : 1;
    if (x->is_test != y->is_test) return x->is_test ? -1 : 1;
    return x->item < y->item ? -1 : x->item > y->item;
}

/* Marks training examples that repeat a test example or an earlier training example. All test
 * examples stay: a test set is scored as it is. */
static bool *find_duplicates(builder *b) {
    example_set *set = b->set;
    size_t count = b->examples.count;
    marked_fingerprint *order = ARENA_NEW(set->arena, marked_fingerprint, count);
    bool *drop = ARENA_NEW(set->arena, bool, count);
    if (!order || !drop) return NULL;
    for (size_t i = 0; i < count; i++)
        order[i] = (marked_fingerprint){b->examples.items[i].fingerprint,
                                        b->examples.items[i].is_test, (uint32_t)i};
    if (count) qsort(order, count, sizeof *order, compare_fingerprints);
    for (size_t i = 1; i < count; i++) {
        if (order[i].is_test || order[i].fingerprint != order[i - 1].fingerprint) continue;
        drop[order[i].item] = true;
        set->duplicates++;
    }
    for (size_t i = 0; i < count;) {
        bool tested = order[i].is_test;
        uint64_t fingerprint = order[i].fingerprint;
        for (; i < count && order[i].fingerprint == fingerprint; i++)
            set->leaks += tested && !order[i].is_test;
    }
    set->duplicates -= set->leaks;
    return drop;
}

typedef struct named_feature {
    text_view name;
    feature_group group;
    uint32_t seen_number;
} named_feature;

static int compare_named_features(const void *a, const void *b) {
    const named_feature *x = a, *y = b;
    if (x->group != y->group) return x->group < y->group ? -1 : 1;
    return view_compare(x->name, y->name);
}

/* The final dictionary, ordered; returns [number in seen] -> final number. */
static uint32_t *order_dictionary(builder *b, size_t minimum_count) {
    example_set *set = b->set;
    size_t seen = feature_dictionary_size(b->seen), count = 0;
    named_feature *features = ARENA_NEW(set->arena, named_feature, seen);
    uint32_t *final_numbers = ARENA_NEW(set->arena, uint32_t, seen);
    set->dictionary = feature_dictionary_new(set->arena, 0);
    if (!features || !final_numbers || !set->dictionary) return NULL;
    for (uint32_t i = 0; i < seen; i++) {
        final_numbers[i] = FEATURE_UNKNOWN;
        if (b->uses.items[i] >= minimum_count)
            features[count++] = (named_feature){feature_dictionary_name(b->seen, i),
                                                feature_dictionary_group(b->seen, i), i};
    }
    if (count) qsort(features, count, sizeof *features, compare_named_features);
    for (size_t i = 0; i < count; i++) {
        uint32_t number =
            feature_dictionary_add(set->dictionary, features[i].group, features[i].name);
        if (number == FEATURE_UNKNOWN) return NULL;
        final_numbers[features[i].seen_number] = number;
    }
    return final_numbers;
}

static int compare_numbers(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static bool make_row(builder *b, size_t item, const uint32_t *final_numbers, sparse_row *row) {
    example_set *set = b->set;
    uint32_t *indices = b->numbers.items[item];
    size_t count = 0;
    for (size_t i = 0; i < b->sizes.items[item]; i++) {
        uint32_t number = final_numbers[indices[i]];
        if (number != FEATURE_UNKNOWN) indices[count++] = number;
    }
    if (count) qsort(indices, count, sizeof *indices, compare_numbers);
    double *values = arena_alloc_raw(set->arena, count, sizeof *values);
    if (!values) return false;
    for (size_t i = 0; i < count; i++)
        values[i] = b->values.items[item][feature_dictionary_group(set->dictionary, indices[i])];
    *row = (sparse_row){indices, values, count};
    return true;
}

static bool make_rows(builder *b, const bool *drop, size_t minimum_count) {
    example_set *set = b->set;
    uint32_t *final_numbers = order_dictionary(b, minimum_count);
    set->items = ARENA_NEW(set->arena, example, b->examples.count);
    set->rows = ARENA_NEW(set->arena, sparse_row, b->examples.count);
    if (!final_numbers || !set->items || !set->rows) return false;
    bool any_borrowed = false;
    for (size_t i = 0; i < b->examples.count; i++) {
        if (drop[i]) continue;
        if (!make_row(b, i, final_numbers, &set->rows[set->count])) return false;
        set->items[set->count++] = b->examples.items[i];
        any_borrowed |= b->examples.items[i].is_borrowed;
    }
    if (!any_borrowed) return true;
    set->borrowed = ARENA_NEW(set->arena, unsigned char, set->count);
    for (size_t i = 0; set->borrowed && i < set->count; i++)
        set->borrowed[i] = set->items[i].is_borrowed;
    return set->borrowed != NULL;
}

bool example_set_lean(const example_set *set, double *margins) {
    if (set->settings.company <= 0) return true;
    arena *scratch = arena_new();
    uint64_t *voices = scratch ? ARENA_NEW(scratch, uint64_t, set->count) : NULL;
    for (size_t i = 0; voices && i < set->count; i++) {
        const example *e = &set->items[i];
        if (e->speaker) voices[i] = hash_mix(e->speaker, 2u * e->is_borrowed + e->is_test);
    }
    bool done = voices && company_lean(set->settings.company, voices, set->count,
                                       set->target->label_count, margins, scratch);
    arena_free(scratch);
    return done;
}

void example_set_free(example_set *set) {
    if (set) arena_free(set->arena); /* the set lies in its own arena */
}

whosaid_status example_set_collect(const target *toward, const feature_settings *settings,
                                   size_t minimum_count, const example_sources *sources,
                                   example_set **out, whosaid_error *err) {
    *out = NULL;
    arena *a = arena_new();
    example_set *set = a ? ARENA_NEW(a, example_set, 1) : NULL;
    builder b = {.set = set, .seen = set ? feature_dictionary_new(a, 0) : NULL};
    whosaid_status status = b.seen ? WHOSAID_OK : error_no_memory(err);
    if (status == WHOSAID_OK) {
        *set = (example_set){.arena = a, .target = toward, .settings = *settings};
        status = add_all(&b, sources, err);
    }
    bool *drop = status == WHOSAID_OK ? find_duplicates(&b) : NULL;
    if (status == WHOSAID_OK && (!drop || !make_rows(&b, drop, minimum_count)))
        status = error_no_memory(err);
    if (status == WHOSAID_OK)
        *out = set;
    else
        arena_free(a);
    return status;
}

static int compare_label_counts(const void *a, const void *b) {
    const label_count *x = a, *y = b;
    int order = view_compare(x->target, y->target);
    return order ? order : view_compare(x->label, y->label);
}

whosaid_status corpus_count_labels(const corpus *from, arena *memory, label_count **out,
                                   size_t *count, whosaid_error *err) {
    ARRAY(label_count) all = {0};
    for (size_t i = 0; i < corpus_size(from); i++) {
        const annotated_article *a = corpus_article(from, i);
        for (size_t q = 0; q < a->quote_count; q++) {
            const annotated_quote *quote = &a->quotes[q];
            for (size_t s = 0; quote->contents.count && s < quote->stance_count; s++) {
                label_count one = {quote->stances[s].target, quote->stances[s].label, 1};
                if (!array_push(memory, &all, one)) return error_no_memory(err);
            }
        }
    }
    if (all.count) qsort(all.items, all.count, sizeof *all.items, compare_label_counts);
    *count = 0;
    *out = all.items;
    for (size_t i = 0; i < all.count; i++) {
        if (*count && compare_label_counts(&all.items[*count - 1], &all.items[i]) == 0)
            all.items[*count - 1].count++;
        else
            all.items[(*count)++] = all.items[i];
    }
    return WHOSAID_OK;
}
