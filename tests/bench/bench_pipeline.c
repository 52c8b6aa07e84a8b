/* Articles a second of the pipeline, and the share of each step: CPU time of one thread.
 *
 *   build/tests/bench/bench_pipeline CORPUS [ROUNDS]
 *
 * CORPUS holds articles in the annotated-article format; their annotations are not used. The best
 * of the rounds counts for each step, so that other work on the machine disturbs little. */
#include "processor_time.h"

#include "attribute/attributor.h"
#include "corpus/annotated_article.h"
#include "identify/identifier.h"
#include "segment/segment.h"
#include "stance/stance_scorer.h"
#include "tag/tagger.h"

#include <stdio.h>
#include <stdlib.h>

enum { STEPS = 5, DEFAULT_ROUNDS = 5 };
static const char *const STEP_NAMES[STEPS] = {"segment", "tag", "attribute", "identify", "stance"};

typedef struct models {
    tagger *tagger;
    attributor *attributor;
    identifier *identifier;
    stance_scorer *scorer;
} models;

static whosaid_status open_models(models *m, whosaid_error *err) {
    whosaid_status status = tagger_open(SOURCE_DIR "/models/tagger", &m->tagger, err);
    if (status == WHOSAID_OK)
        status = attributor_open(SOURCE_DIR "/models/attribution", &m->attributor, err);
    if (status == WHOSAID_OK)
        status = identifier_open(SOURCE_DIR "/models/speaker", &m->identifier, err);
    if (status == WHOSAID_OK)
        status = stance_scorer_open(SOURCE_DIR "/models/stance", NULL, 0, &m->scorer, err);
    return status;
}

static whosaid_status run_step(const models *m, int step, article *a, whosaid_error *err) {
    switch (step) {
    case 0: return segment_article(a, err);
    case 1: return tagger_tag(m->tagger, a, err);
    case 2: return attributor_find(m->attributor, a, 0.3f, err);
    case 3: return identifier_resolve(m->identifier, a, err);
    default: return stance_article(m->scorer, a, err);
    }
}

/* One pass over the corpus; adds the seconds of each step. */
static whosaid_status run_round(const models *m, const corpus *articles, arena *memory,
                                double seconds[STEPS], size_t *tokens, size_t *statements,
                                whosaid_error *err) {
    *tokens = *statements = 0;
    for (size_t i = 0; i < corpus_size(articles); i++) {
        arena_reset(memory);
        article a = annotated_article_start(corpus_article(articles, i), memory);
        double last = processor_seconds();
        for (int step = 0; step < STEPS; step++) {
            whosaid_status status = run_step(m, step, &a, err);
            if (status != WHOSAID_OK) return status;
            double now = processor_seconds();
            seconds[step] += now - last;
            last = now;
        }
        *tokens += a.token_count;
        *statements += a.attribution_count;
    }
    return WHOSAID_OK;
}

static void print_table(const double best[STEPS], size_t articles, size_t tokens,
                        size_t statements) {
    double total = 0;
    for (int step = 0; step < STEPS; step++)
        total += best[step];
    double n = (double)articles;
    printf("%zu articles, %.0f tokens and %.1f statements each\n", articles, (double)tokens / n,
           (double)statements / n);
    printf("%-10s %12s %8s\n", "step", "us/article", "share");
    for (int step = 0; step < STEPS; step++)
        printf("%-10s %12.0f %7.1f%%\n", STEP_NAMES[step], 1e6 * best[step] / n,
               100 * best[step] / total);
    double found = best[0] + best[1] + best[2];
    printf("to attributions: %.0f articles/s; whole pipeline: %.0f articles/s\n", n / found,
           n / total);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: %s CORPUS [ROUNDS]\n", argv[0]);
        return EXIT_FAILURE;
    }
    int rounds = argc > 2 ? atoi(argv[2]) : DEFAULT_ROUNDS;
    const char *paths[] = {argv[1]};
    corpus *articles = NULL;
    models m = {0};
    whosaid_error err = {0};
    arena *memory = arena_new();
    double best[STEPS];
    size_t tokens = 0, statements = 0;
    whosaid_status status = memory ? corpus_load(paths, 1, &articles, &err) : WHOSAID_NO_MEMORY;
    if (status == WHOSAID_OK) status = open_models(&m, &err);
    for (int round = 0; status == WHOSAID_OK && round < rounds; round++) {
        double seconds[STEPS] = {0};
        status = run_round(&m, articles, memory, seconds, &tokens, &statements, &err);
        for (int step = 0; step < STEPS; step++)
            if (round == 0 || seconds[step] < best[step]) best[step] = seconds[step];
    }
    if (status == WHOSAID_OK && rounds > 0 && corpus_size(articles))
        print_table(best, corpus_size(articles), tokens, statements);
    if (status != WHOSAID_OK) fprintf(stderr, "%s: %s\n", err.where, err.text);
    stance_scorer_close(m.scorer);
    identifier_close(m.identifier);
    attributor_close(m.attributor);
    tagger_close(m.tagger);
    corpus_free(articles);
    arena_free(memory);
    return status == WHOSAID_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
