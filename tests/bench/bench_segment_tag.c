/* How fast are segment/ and tag/? Reads a corpus once, then segments and tags its articles again
 * and again on one thread and prints the processor time of each step.
 *
 *   bench_segment_tag MODELS/tagger CORPUS [ROUNDS] */
#include "processor_time.h"

#include "corpus/annotated_article.h"
#include "segment/segment.h"
#include "tag/tagger.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct times {
    double segment, tag; /* seconds */
    size_t bytes, tokens, articles;
} times;

static whosaid_status time_article(const tagger *model, const annotated_article *source,
                                   arena *memory, times *out, whosaid_error *err) {
    article a = annotated_article_start(source, memory);
    double start = processor_seconds();
    whosaid_status status = segment_article(&a, err);
    double middle = processor_seconds();
    if (status == WHOSAID_OK) status = tagger_tag(model, &a, err);
    out->segment += middle - start;
    out->tag += processor_seconds() - middle;
    out->bytes += a.text.len;
    out->tokens += a.token_count;
    out->articles++;
    arena_reset(memory);
    return status;
}

static whosaid_status time_all(const tagger *model, const corpus *texts, int rounds, times *out,
                               whosaid_error *err) {
    arena *memory = arena_new();
    whosaid_status status = memory ? WHOSAID_OK : WHOSAID_NO_MEMORY;
    for (int round = 0; round < rounds; round++)
        for (size_t i = 0; i < corpus_size(texts) && status == WHOSAID_OK; i++)
            status = time_article(model, corpus_article(texts, i), memory, out, err);
    arena_free(memory);
    return status;
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: %s MODELS/tagger CORPUS [ROUNDS]\n", argv[0]);
        return EXIT_FAILURE;
    }
    const char *path = argv[2];
    int rounds = argc > 3 ? atoi(argv[3]) : 5;
    tagger *model = NULL;
    corpus *texts = NULL;
    times t = {0};
    whosaid_error err = {0};
    whosaid_status status = tagger_open(argv[1], &model, &err);
    if (status == WHOSAID_OK) status = corpus_load(&path, 1, &texts, &err);
    if (status == WHOSAID_OK) status = time_all(model, texts, rounds, &t, &err);
    tagger_close(model);
    corpus_free(texts);
    if (status != WHOSAID_OK || t.articles == 0) {
        fprintf(stderr, "%s: %s\n", err.where, status == WHOSAID_OK ? "no articles" : err.text);
        return EXIT_FAILURE;
    }
    printf("segment %8.1f MB/s  %8.2f million tokens/s  %8.0f articles/s\n",
           (double)t.bytes / t.segment / 1e6, (double)t.tokens / t.segment / 1e6,
           (double)t.articles / t.segment);
    printf("tag     %8.1f MB/s  %8.2f million tokens/s  %8.0f articles/s\n",
           (double)t.bytes / t.tag / 1e6, (double)t.tokens / t.tag / 1e6,
           (double)t.articles / t.tag);
    return EXIT_SUCCESS;
}
