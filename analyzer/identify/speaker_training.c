#include "identify/speaker_training.h"

#include "base/error.h"
#include "base/folder.h"
#include "identify/gold_article.h"
#include "identify/naming.h"
#include "identify/speaker_card.h"
#include "identify/speaker_learner.h"
#include "identify/speaker_match.h"
#include "identify/speakers.h"

#include <math.h>
#include <stdlib.h>

enum { FOLDS = 5, ROUNDS = 4, LEAST_GRADE_FEATURE_COUNT = 2 };
static const double REFERENCE_PENALTY = 3.0, GRADE_PENALTY = 1.0, TRUST_PENALTY = 1.0;

typedef struct trained_article {
    arena *memory; /* of the gold article */
    gold_article gold;
    double weight;
} trained_article;

typedef struct grade_feature {
    uint64_t hash;
    text_view name; /* "head=official" */
    uint32_t count;
} grade_feature;

typedef struct trainer {
    lexicon *words;
    trained_article *articles;
    size_t article_count;
    arena *memory; /* of cases; taken back before each pass */
    arena *names;  /* of grade features */
    ARRAY(reference_case) references;
    ARRAY(trust_case) trusts;
    ARRAY(grade_case) grades;      /* features number `features` once they are frozen */
    ARRAY(grade_feature) features; /* sorted by hash when frozen */
    bool collect_references, failed;
    uint32_t current;         /* article */
    const speakers *speakers; /* of the current article, for the observer */
    float reference[SOURCE_FORM_COUNT][REFERENCE_FEATURE_COUNT];
    float trust[SOURCE_FORM_COUNT][TRUST_FEATURE_COUNT];
    speaker_training_report *report;
} trainer;

static uint32_t fold_of(size_t article_index) {
    return (uint32_t)(article_index % FOLDS);
}

static bool is_right(const annotated_quote *quote, text_view predicted) {
    bool named = quote->has_anonymity && quote->grade == ANONYMITY_NAMED;
    return speaker_matches(quote->speaker_name, predicted, named);
}

static text_view candidate_name(const cast *c, const reference_query *query, const candidate *one) {
    if (one->entity != NO_ENTITY) return entity_name(c, one->entity);
    if (query->mention == NO_MENTION || c->mentions.items[query->mention].form == MENTION_PRONOUN)
        return (text_view){"", 0};
    return mention_name(c, query->mention);
}

/* Marks the right candidates; where some match word for word, only these. False when none is. */
static bool mark_right(const cast *c, const annotated_quote *quote, const reference_query *query,
                       const candidate_list *list, bool *right) {
    bool any = false, strict = false;
    for (size_t i = 0; i < list->count; i++) {
        text_view name_text = candidate_name(c, query, &list->items[i]);
        if (!name_text.ptr) return false;
        bool exact = name_text.len && speaker_matches_strictly(quote->speaker_name, name_text);
        right[i] = is_right(quote, name_text);
        if (exact && !strict) {
            for (size_t k = 0; k < i; k++)
                right[k] = false;
            strict = true;
        }
        if (strict) right[i] = exact;
        any = any || right[i];
    }
    return any;
}

static void observe(void *context, uint32_t attribution_index, const reference_query *query,
                    const candidate_list *list) {
    trainer *t = context;
    if (!t->collect_references || attribution_index == UINT32_MAX || t->failed || list->count < 2)
        return;
    const annotated_quote *quote = t->articles[t->current].gold.quotes[attribution_index];
    bool right[CANDIDATES_MAX];
    if (!quote_tells_who_speaks(quote) || !mark_right(t->speakers->cast, quote, query, list, right))
        return;
    if (memchr(quote->speaker_name.ptr ? quote->speaker_name.ptr : "", ';',
               quote->speaker_name.len) &&
        query->form != SOURCE_THEY && query->form != SOURCE_PEOPLE)
        return;
    reference_case made = {
        .form = query->form, .fold = fold_of(t->current), .count = (uint32_t)list->count};
    made.features = arena_alloc_raw(t->memory, list->count, sizeof *made.features);
    made.right = ARENA_NEW(t->memory, bool, list->count);
    t->failed = !made.features || !made.right;
    if (t->failed) return;
    for (size_t i = 0; i < list->count; i++) {
        memcpy(made.features[i], list->items[i].features, sizeof *made.features);
        made.right[i] = right[i];
    }
    t->failed = !array_push(t->memory, &t->references, made);
}

static int by_hash(const void *left, const void *right) {
    const grade_feature *a = left, *b = right;
    return a->hash < b->hash ? -1 : a->hash > b->hash;
}

static void observe_feature(void *context, uint64_t hash, const char *feature, text_view value) {
    trainer *t = context;
    text_view words = arena_format(t->names, "%s=%.*s", feature, (int)value.len, value.ptr);
    if (!words.ptr || !array_push(t->names, &t->features, (grade_feature){hash, words, 1}))
        t->failed = true;
}

/* Keeps each feature once that is frequent enough, in the order of the hashes. */
static void freeze_features(trainer *t) {
    if (!t->features.count) return;
    qsort(t->features.items, t->features.count, sizeof *t->features.items, by_hash);
    size_t kept = 0;
    for (size_t i = 0; i < t->features.count;) {
        grade_feature one = t->features.items[i];
        size_t k = i;
        while (k < t->features.count && t->features.items[k].hash == one.hash)
            k++;
        one.count = (uint32_t)(k - i);
        if (one.count >= LEAST_GRADE_FEATURE_COUNT) t->features.items[kept++] = one;
        i = k;
    }
    t->features.count = kept;
}

static const grade_feature *find_feature(const trainer *t, uint64_t hash) {
    grade_feature key = {.hash = hash};
    return bsearch(&key, t->features.items, t->features.count, sizeof key, by_hash);
}

static bool add_grade_case(trainer *t, const speakers *found, size_t index,
                           const annotated_quote *quote, bool naming_pass) {
    const article *a = &t->articles[t->current].gold.article;
    grade_features features = {.count = 0};
    if (naming_pass) {
        features.observer = observe_feature;
        features.observer_context = t;
    }
    grade_describe(found->cast, &a->attributions[index], &found->resolutions[index],
                   speakers_have_reason(found, index), &features);
    if (naming_pass) return !t->failed;
    uint32_t *ids = arena_alloc_raw(t->memory, features.count, sizeof *ids);
    if (!ids) return false;
    grade_case made = {
        .features = ids, .weight = t->articles[t->current].weight, .grade = quote->grade};
    for (size_t i = 0; i < features.count; i++) {
        const grade_feature *known = find_feature(t, features.hashes[i]);
        if (known) ids[made.count++] = (uint32_t)(known - t->features.items);
    }
    return array_push(t->memory, &t->grades, made);
}

static bool add_outcomes(trainer *t, const speakers *found, bool naming_pass) {
    const gold_article *gold = &t->articles[t->current].gold;
    for (size_t i = 0; i < gold->article.attribution_count; i++) {
        const annotated_quote *quote = gold->quotes[i];
        if (quote->has_anonymity && !add_grade_case(t, found, i, quote, naming_pass)) return false;
        if (naming_pass || !quote_tells_who_speaks(quote)) continue;
        text_view said_by = speakers_name(found, i);
        trust_case made = {.form = found->resolutions[i].decided_as};
        if (!said_by.ptr) return false;
        made.right = is_right(quote, said_by);
        speakers_trust_features(found, i, made.values);
        if (!array_push(t->memory, &t->trusts, made)) return false;
    }
    return true;
}

typedef struct pass {
    uint32_t fold; /* only this one; UINT32_MAX: all articles */
    bool references, outcomes, naming;
} pass;

static whosaid_status run_pass(trainer *t, const pass *p,
                               const float (*weights)[REFERENCE_FEATURE_COUNT],
                               whosaid_error *err) {
    t->collect_references = p->references;
    for (t->current = 0; t->current < t->article_count; t->current++) {
        if (p->fold != UINT32_MAX && fold_of(t->current) != p->fold) continue;
        trained_article *one = &t->articles[t->current];
        article read = one->gold.article;
        read.arena = arena_scratch(t->names);
        if (!read.arena) return error_no_memory(err);
        speakers found = {0};
        resolve_options options = {.weights = weights, .observer = observe, .observer_context = t};
        t->speakers = &found;
        whosaid_status status = speakers_find(t->words, &options, &read, &found, err);
        if (status) return status;
        if (t->failed || (p->outcomes && !add_outcomes(t, &found, p->naming)))
            return error_no_memory(err);
    }
    return WHOSAID_OK;
}

static void forget_cases(trainer *t) {
    arena_reset(t->memory);
    memset(&t->references, 0, sizeof t->references);
    memset(&t->trusts, 0, sizeof t->trusts);
    memset(&t->grades, 0, sizeof t->grades);
}

/* The history that features speak of comes from the model itself: some rounds until both fit. */
static whosaid_status learn_references(trainer *t, whosaid_error *err) {
    const pass all = {.fold = UINT32_MAX, .references = true};
    for (int round = 0; round < ROUNDS; round++) {
        forget_cases(t);
        whosaid_status status = run_pass(t, &all, t->reference, err);
        if (status) return status;
        if (!reference_learn(t->references.items, t->references.count, UINT32_MAX,
                             REFERENCE_PENALTY, t->reference))
            return error_no_memory(err);
    }
    t->report->decisions = t->references.count;
    return WHOSAID_OK;
}

/* Resolves each fold with weights from the others, so that outcomes are those of unseen text. */
static whosaid_status collect_outcomes(trainer *t, bool naming, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    for (uint32_t fold = 0; fold < FOLDS && !status; fold++) {
        float(*weights)[REFERENCE_FEATURE_COUNT] = calloc(SOURCE_FORM_COUNT, sizeof *weights);
        bool ok = weights && reference_learn(t->references.items, t->references.count, fold,
                                             REFERENCE_PENALTY, weights);
        const pass outcomes = {.fold = fold, .outcomes = true, .naming = naming};
        status =
            ok ? run_pass(t, &outcomes, (reference_weights)weights, err) : error_no_memory(err);
        free(weights);
    }
    return status;
}

static void report_trust(const trainer *t) {
    speaker_training_report *report = t->report;
    size_t right = 0;
    double error = 0;
    for (size_t i = 0; i < t->trusts.count; i++) {
        const trust_case *c = &t->trusts.items[i];
        double p = speakers_trust(t->trust[c->form], c->values);
        size_t bin = (size_t)(p * RELIABILITY_BINS);
        if (bin >= RELIABILITY_BINS) bin = RELIABILITY_BINS - 1;
        report->reliability[bin].count++;
        report->reliability[bin].mean_score += p;
        report->reliability[bin].accuracy += c->right;
        right += c->right;
        report->forms[c->form].count++;
        report->forms[c->form].right += c->right;
    }
    for (size_t b = 0; b < RELIABILITY_BINS; b++) {
        if (!report->reliability[b].count) continue;
        error += fabs(report->reliability[b].mean_score - report->reliability[b].accuracy);
        report->reliability[b].mean_score /= (double)report->reliability[b].count;
        report->reliability[b].accuracy /= (double)report->reliability[b].count;
    }
    report->attributions = t->trusts.count;
    report->speaker_accuracy = t->trusts.count ? (double)right / (double)t->trusts.count : 0;
    report->calibration_error = t->trusts.count ? error / (double)t->trusts.count : 0;
}

static whosaid_status save(trainer *t, training_articles source,
                           const speaker_training_target *target, float (*rows)[GRADE_COUNT],
                           whosaid_error *err) {
    uint64_t *hashes = calloc(t->features.count + 1, sizeof *hashes);
    text_view *names = calloc(t->features.count + 1, sizeof *names);
    whosaid_status status = hashes && names ? WHOSAID_OK : error_no_memory(err);
    for (size_t i = 0; !status && i < t->features.count; i++) {
        hashes[i] = t->features.items[i].hash;
        names[i] = t->features.items[i].name;
    }
    if (!status) status = folder_make(target->folder, err);
    speaker_model model = {.reference = (reference_weights)t->reference,
                           .trust = (trust_weights)t->trust,
                           .grade = {hashes, (const float(*)[GRADE_COUNT])rows, t->features.count}};
    if (!status) status = speaker_model_save(&model, target->folder, err);
    if (!status) status = speaker_card_write(&model, names, source, t->report, target, err);
    free(hashes);
    free(names);
    return status;
}

static whosaid_status train_all(trainer *t, training_articles source,
                                const speaker_training_target *target, whosaid_error *err) {
    whosaid_status status = learn_references(t, err);
    if (!status) status = collect_outcomes(t, true, err);
    freeze_features(t);
    if (!status) status = collect_outcomes(t, false, err);
    if (status) return status;
    float(*rows)[GRADE_COUNT] = calloc(t->features.count + 1, sizeof *rows);
    bool ok =
        rows &&
        grade_learn(t->grades.items, t->grades.count, t->features.count, GRADE_PENALTY, rows) &&
        trust_learn(t->trusts.items, t->trusts.count, TRUST_PENALTY, t->trust);
    if (ok) report_trust(t);
    status = ok ? save(t, source, target, rows, err) : error_no_memory(err);
    free(rows);
    return status;
}

static whosaid_status prepare(trainer *t, training_articles source, const tagger *tags,
                              whosaid_error *err) {
    t->words = lexicon_new();
    t->memory = arena_new();
    t->names = arena_new();
    t->articles = calloc(source.count + 1, sizeof *t->articles);
    if (!t->words || !t->memory || !t->names || !t->articles) return error_no_memory(err);
    for (size_t i = 0; i < source.count; i++) {
        trained_article *one = &t->articles[t->article_count];
        one->memory = arena_new();
        one->weight = source.weights[i];
        if (!one->memory) return error_no_memory(err);
        t->article_count++;
        whosaid_status status =
            gold_article_make(source.items[i], tags, one->memory, &one->gold, err);
        if (status) return status;
    }
    t->report->articles = t->article_count;
    return WHOSAID_OK;
}

whosaid_status speaker_train(training_articles source, const tagger *tags,
                             const speaker_training_target *target, speaker_training_report *report,
                             whosaid_error *err) {
    memset(report, 0, sizeof *report);
    trainer *t = calloc(1, sizeof *t);
    if (!t) return error_no_memory(err);
    t->report = report;
    whosaid_status status = prepare(t, source, tags, err);
    if (!status) status = train_all(t, source, target, err);
    for (size_t i = 0; t->articles && i < t->article_count; i++)
        arena_free(t->articles[i].memory);
    free(t->articles);
    arena_free(t->memory);
    arena_free(t->names);
    lexicon_free(t->words);
    free(t);
    return status;
}
