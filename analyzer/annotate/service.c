#include "annotate/service.h"

#include "annotate/lesson.h"
#include "base/error.h"
#include "base/json_value.h"

enum { FINE = 200, BAD_REQUEST = 400, NOT_FOUND = 404, CONFLICT = 409, FAILED = 500 };

static service_reply failed(unsigned status, const char *words) {
    return (service_reply){status, json_pack("{s:s}", "error", words)};
}

static service_reply failed_with(const whosaid_error *err, whosaid_status status) {
    bool is_theirs = status == WHOSAID_SYNTAX || status == WHOSAID_USAGE;
    const char *words = err->text[0] ? err->text : whosaid_status_words(status);
    return failed(is_theirs ? BAD_REQUEST : FAILED, words);
}

static bool is_same_place(const json_t *place, const json_t *other) {
    return json_equal(json_object_get(place, "start"), json_object_get(other, "start")) &&
           json_equal(json_object_get(place, "end"), json_object_get(other, "end"));
}

/* Whether someone has already accepted, changed or rejected what the program found there. */
static bool is_dealt_with(const json_t *saved, const json_t *found) {
    const json_t *place = json_array_get(json_object_get(found, "contents"), 0);
    size_t i;
    json_t *item;
    json_array_foreach(json_object_get(saved, "rejected"), i, item) {
        if (is_same_place(item, place)) return true;
    }
    json_array_foreach(json_object_get(saved, "quotes"), i, item) {
        const json_t *own = json_array_get(json_object_get(item, "contents"), 0);
        if (is_same_place(json_object_get(item, "found"), place) || is_same_place(own, place))
            return true;
    }
    return false;
}

/* What was found in an article and nobody dealt with yet: a new list; NULL without memory. */
static json_t *open_proposals(const desk *d, size_t index) {
    const desk_article *a = &d->articles.items[index];
    text_view found = d->found->found[index];
    json_t *json = json_loadb(found.ptr, found.len, 0, NULL), *list = json_array();
    size_t i;
    json_t *quote;
    json_array_foreach(json_object_get(json, "quotes"), i, quote) {
        if (!is_dealt_with(a->saved, quote)) json_array_append(list, quote);
    }
    json_decref(json);
    return list;
}

static json_t *article_value(const desk *d, size_t index) {
    const desk_article *a = &d->articles.items[index];
    json_t *quotes = json_object_get(a->saved, "quotes"), *none = json_array();
    json_t *rejected = json_object_get(a->saved, "rejected");
    json_t *value = json_pack(
        "{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:O, s:O, s:b, s:b, s:o}", "number", (json_int_t)index,
        "version", (json_int_t)a->version, "id", json_text_value(a->id), "title",
        json_text_value(a->title), "date", json_text_value(a->date), "outlet",
        json_text_value(a->outlet), "text", json_text_value(a->text), "quotes",
        quotes ? quotes : none, "rejected", rejected ? rejected : none, "complete",
        json_is_true(json_object_get(a->saved, "complete")), "can_undo",
        json_array_size(a->earlier) > 0, "proposals", open_proposals(d, index));
    json_decref(none);
    return value;
}

static json_t *target_value(const target *t) {
    return json_pack("{s:o, s:o, s:o}", "name", json_text_value(t->name), "question",
                     json_text_value(t->question), "labels",
                     json_texts_value(t->labels, t->label_count));
}

static void count_labels(const desk_article *a, const target *t, size_t counts[]) {
    size_t i, k;
    json_t *quote, *given;
    json_array_foreach(json_object_get(a->saved, "quotes"), i, quote) {
        json_array_foreach(json_object_get(quote, "stances"), k, given) {
            size_t label = target_label(t, string_of(given, "label"));
            if (view_equal(string_of(given, "target"), t->name) && label < t->label_count)
                counts[label]++;
        }
    }
}

/* How many statements of the whole corpus carry each label of a target. */
static json_t *label_counts(const desk *d, const target *t) {
    size_t counts[TARGET_MAX_LABELS] = {0};
    for (size_t i = 0; i < d->articles.count; i++)
        count_labels(&d->articles.items[i], t, counts);
    json_t *value = json_object();
    for (size_t i = 0; i < t->label_count; i++)
        json_object_setn_new(value, t->labels[i].ptr, t->labels[i].len,
                             json_integer((json_int_t)counts[i]));
    return value;
}

static json_t *desk_value(const desk *d) {
    json_t *targets = json_array(), *articles = json_array(), *counts = json_object();
    for (size_t i = 0; i < d->target_count; i++) {
        json_array_append_new(targets, target_value(d->targets[i]));
        json_object_setn_new(counts, d->targets[i]->name.ptr, d->targets[i]->name.len,
                             label_counts(d, d->targets[i]));
    }
    for (size_t i = 0; i < d->articles.count; i++) {
        const desk_article *a = &d->articles.items[i];
        size_t saved = json_array_size(json_object_get(a->saved, "quotes"));
        json_array_append_new(
            articles,
            json_pack("{s:o, s:o, s:o, s:o, s:I, s:b}", "id", json_text_value(a->id), "title",
                      json_text_value(a->title), "date", json_text_value(a->date), "outlet",
                      json_text_value(a->outlet), "saved", (json_int_t)saved, "complete",
                      json_is_true(json_object_get(a->saved, "complete"))));
    }
    return json_pack("{s:s, s:o, s:o, s:o}", "corpus", d->corpus, "targets", targets, "articles",
                     articles, "counts", counts);
}

/* The proposal with this index, if it is open still. */
static json_t *open_place(const desk *d, proposal_place place) {
    text_view found = d->found->found[place.article];
    json_t *json = json_loadb(found.ptr, found.len, 0, NULL), *value = NULL;
    const json_t *quote = json_array_get(json_object_get(json, "quotes"), place.statement);
    if (quote && !is_dealt_with(d->articles.items[place.article].saved, quote))
        value = json_pack("{s:I, s:O}", "article", (json_int_t)place.article, "quote",
                          json_object_get(quote, "id"));
    json_decref(json);
    return value;
}

/* The most instructive by the model; without one, the first in the order of the articles. */
static json_t *next_value(const desk *d, size_t target_index) {
    json_t *value = NULL;
    size_t ranked = d->found->instructive[target_index].count;
    for (size_t i = 0; !value && i < ranked; i++)
        value = open_place(d, d->found->instructive[target_index].items[i]);
    for (uint32_t i = 0; !value && i < d->articles.count; i++) {
        json_t *open = open_proposals(d, i);
        const json_t *first = json_array_get(open, 0);
        if (first)
            value = json_pack("{s:I, s:O}", "article", (json_int_t)i, "quote",
                              json_object_get(first, "id"));
        json_decref(open);
    }
    return value ? value : json_null();
}

/* "article/12/undo": the number, and what stands behind it. */
static bool parse_article(const desk *d, text_view path, size_t *index, text_view *rest) {
    const text_view head = VIEW("article/");
    size_t at = head.len, number = 0;
    if (!view_starts_with(path, head)) return false;
    for (; at < path.len && ascii_is_digit((unsigned char)path.ptr[at]); at++) {
        number = number * 10 + (size_t)(path.ptr[at] - '0');
        if (number >= d->articles.count) return false;
    }
    *index = number;
    *rest = view_slice(path, at, path.len);
    return at > head.len;
}

static service_reply change_article(desk *d, size_t index, bool undo, text_view body) {
    json_t *posted = json_loadb(body.ptr ? body.ptr : "", body.len, JSON_REJECT_DUPLICATES, NULL);
    bool conflict = false;
    whosaid_error err = {0};
    whosaid_status status = WHOSAID_SYNTAX;
    if (json_is_object(posted))
        status = undo ? desk_undo(d, index, json_integer_value(json_object_get(posted, "version")),
                                  &conflict, &err)
                      : desk_save(d, index, posted, &conflict, &err);
    json_decref(posted);
    if (status != WHOSAID_OK) return failed_with(&err, status);
    return (service_reply){conflict ? CONFLICT : FINE, article_value(d, index)};
}

static service_reply answer_article(desk *d, bool is_post, text_view path, text_view body) {
    size_t index;
    text_view rest;
    if (!parse_article(d, path, &index, &rest)) return failed(NOT_FOUND, "no such article");
    if (rest.len == 0 && !is_post) return (service_reply){FINE, article_value(d, index)};
    if (rest.len == 0) return change_article(d, index, false, body);
    if (is_post && view_is(rest, "/undo")) return change_article(d, index, true, body);
    return failed(NOT_FOUND, "no such thing");
}

static bool target_behind(const desk *d, text_view path, text_view head, size_t *index) {
    if (!view_starts_with(path, head)) return false;
    for (*index = 0; *index < d->target_count; ++*index)
        if (view_equal(d->targets[*index]->name, view_slice(path, head.len, path.len))) return true;
    return false;
}

static service_reply begin_lesson(desk *d, const size_t *target_index) {
    whosaid_error err = {0};
    whosaid_status status =
        target_index ? lesson_begin(d->lesson, *target_index, &err) : lesson_keep(d->lesson, &err);
    if (status != WHOSAID_OK) return failed_with(&err, status);
    return (service_reply){FINE, lesson_value(d->lesson)};
}

static service_reply answer(desk *d, bool is_post, text_view path, text_view body) {
    size_t index;
    if (!view_starts_with(path, VIEW("api/"))) return failed(NOT_FOUND, "no such thing");
    path = view_slice(path, 4, path.len);
    if (view_starts_with(path, VIEW("article/"))) return answer_article(d, is_post, path, body);
    if (is_post && view_is(path, "keep")) return begin_lesson(d, NULL);
    if (is_post && target_behind(d, path, VIEW("train/"), &index)) return begin_lesson(d, &index);
    if (is_post) return failed(NOT_FOUND, "no such thing");
    if (view_is(path, "desk")) return (service_reply){FINE, desk_value(d)};
    if (view_is(path, "lesson")) return (service_reply){FINE, lesson_value(d->lesson)};
    if (target_behind(d, path, VIEW("next/"), &index))
        return (service_reply){FINE, next_value(d, index)};
    return failed(NOT_FOUND, "no such thing");
}

service_reply service_answer(desk *d, bool is_post, text_view path, text_view body) {
    pthread_mutex_lock(&d->lock);
    service_reply reply = answer(d, is_post, path, body);
    pthread_mutex_unlock(&d->lock);
    return reply;
}
