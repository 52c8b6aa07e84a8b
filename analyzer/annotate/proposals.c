#include "annotate/proposals.h"

#include "analyzer.h"
#include "annotate/desk.h"
#include "base/error.h"
#include "stance/suggestion.h"

#include <limits.h>
#include <stdio.h>
#include <unistd.h>

/* How many statements are ranked; choosing costs as many steps as that for each statement. */
enum { MOST_INSTRUCTIVE = 500 };

static bool has_model(const desk *d, const target *t) {
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/stance/%.*s/model.json", d->models_folder,
                       (int)t->name.len, t->name.ptr);
    return len > 0 && (size_t)len < sizeof path && access(path, R_OK) == 0;
}

/* The rankings of the targets that have a model. */
typedef struct ranking {
    suggestion_list *lists[DESK_TARGETS_MAX]; /* [target of the analyzer] */
    size_t targets[DESK_TARGETS_MAX];         /* its index on the desk */
    size_t count;
} ranking;

static whosaid_status open_analyzer(const desk *d, ranking *r, whosaid_analyzer **out,
                                    whosaid_error *err) {
    const char *names[DESK_TARGETS_MAX];
    whosaid_options options = whosaid_options_default();
    options.models_folder = d->models_folder;
    for (size_t i = 0; i < d->target_count; i++) {
        if (!has_model(d, d->targets[i])) continue;
        r->targets[r->count] = i;
        names[r->count++] = d->targets[i]->name.ptr;
    }
    options.targets = names;
    options.target_count = r->count;
    return whosaid_analyzer_open(&options, out, err);
}

static whosaid_status find_in(const whosaid_analyzer *analyzer, const desk_article *from,
                              ranking *r, arena *scratch, proposals *p, text_view *found,
                              whosaid_error *err) {
    article a = {.arena = scratch,
                 .id = from->id,
                 .title = from->title,
                 .date = from->date,
                 .outlet = from->outlet,
                 .text = from->text,
                 .body = from->body};
    report_options report = analyzer_report_options(analyzer);
    if (r->count == 0) report.target_count = 0; /* not those of other desks */
    buffer json = {0};
    whosaid_status status = analyzer_run(analyzer, &a, err);
    if (status == WHOSAID_OK) status = jsonl_report_article(&a, &report, &json, err);
    for (size_t i = 0; status == WHOSAID_OK && i < r->count; i++)
        status = suggestion_list_note(r->lists[i], &a, err);
    if (status == WHOSAID_OK) {
        *found = arena_copy(p->memory, buffer_view(&json));
        if (!found->ptr) status = error_no_memory(err);
    }
    buffer_free(&json);
    return status;
}

static whosaid_status rank(ranking *r, proposals *p, whosaid_error *err) {
    for (size_t i = 0; i < r->count; i++) {
        suggestion_list_choose(r->lists[i], MOST_INSTRUCTIVE);
        size_t count = suggestion_list_chosen(r->lists[i]);
        proposal_place *places = ARENA_NEW(p->memory, proposal_place, count);
        if (!places) return error_no_memory(err);
        for (size_t k = 0; k < count; k++)
            suggestion_list_place(r->lists[i], k, &places[k].article, &places[k].statement);
        p->instructive[r->targets[i]].items = places;
        p->instructive[r->targets[i]].count = count;
    }
    return WHOSAID_OK;
}

static whosaid_status find_all(const desk *d, const whosaid_analyzer *analyzer, ranking *r,
                               proposals *p, whosaid_error *err) {
    whosaid_status status = WHOSAID_OK;
    report_options report = analyzer_report_options(analyzer);
    for (size_t i = 0; i < r->count; i++) {
        r->lists[i] = suggestion_list_new((uint32_t)i, report.targets[i].label_count);
        if (!r->lists[i]) return error_no_memory(err);
    }
    arena *scratch = arena_new();
    if (!scratch) return error_no_memory(err);
    for (size_t i = 0; status == WHOSAID_OK && i < p->article_count; i++) {
        status = find_in(analyzer, &d->articles.items[i], r, scratch, p, &p->found[i], err);
        arena_reset(scratch);
    }
    arena_free(scratch);
    return status == WHOSAID_OK ? rank(r, p, err) : status;
}

static proposals *new_proposals(const desk *d) {
    arena *memory = arena_new();
    proposals *p = memory ? ARENA_NEW(memory, proposals, 1) : NULL;
    if (p) {
        p->memory = memory;
        p->article_count = d->articles.count;
        p->found = ARENA_NEW(memory, text_view, p->article_count);
        p->instructive = arena_alloc(memory, d->target_count, sizeof *p->instructive);
        if (p->found && p->instructive) return p;
    }
    arena_free(memory);
    return NULL;
}

whosaid_status proposals_build(const desk *d, proposals **out, whosaid_error *err) {
    ranking r = {0};
    whosaid_analyzer *analyzer = NULL;
    proposals *p = new_proposals(d);
    whosaid_status status = p ? open_analyzer(d, &r, &analyzer, err) : error_no_memory(err);
    if (status == WHOSAID_OK) status = find_all(d, analyzer, &r, p, err);
    for (size_t i = 0; i < r.count; i++)
        suggestion_list_free(r.lists[i]);
    whosaid_analyzer_close(analyzer);
    if (status == WHOSAID_OK)
        *out = p;
    else
        proposals_free(p);
    return status;
}

void proposals_free(proposals *p) {
    if (p) arena_free(p->memory); /* it lies in its own arena */
}
