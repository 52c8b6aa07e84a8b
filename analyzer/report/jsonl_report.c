/* Annotated articles as JSON Lines. */
#include "report/report.h"

#include "base/error.h"
#include "base/json_text.h"
#include "base/json_value.h"
#include "base/offset_map.h"
#include "base/utf8.h"
#include "report/jsonl_form.h"

#include <stdio.h>

/* jansson's "new" functions take over a reference and answer -1 for a NULL value, so a failed
 * allocation anywhere below shows as a NULL or -1 here and is handed up as false or NULL. */
static json_t *score_value(float score) {
    return json_real(score > 0 ? score < 1 ? (double)score : 1.0 : 0.0);
}

static json_t *bytes_value(const article *a, const offset_map *points, span bytes) {
    json_t *object = json_object();
    return json_keep_if(
        json_set(object, "start",
                 json_integer((json_int_t)offset_map_to_code_points(points, bytes.begin))) &&
            json_set(object, "end",
                     json_integer((json_int_t)offset_map_to_code_points(points, bytes.end))) &&
            json_set(object, "text", json_text_value(view_slice(a->text, bytes.begin, bytes.end))),
        object);
}

static json_t *spans_value(const article *a, const offset_map *points, token_ranges ranges) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < ranges.count; i++)
        ok = json_array_append_new(list, bytes_value(a, points, range_bytes(a, ranges.items[i]))) ==
             0;
    return json_keep_if(ok, list);
}

static json_t *speaker_value(const speaker *s) {
    json_t *object = json_object();
    return json_keep_if(json_set(object, "name", json_text_value(s->name)) &&
                            json_set(object, "role", json_text_value(s->role)) &&
                            json_set(object, "score", score_value(s->score)),
                        object);
}

static json_t *anonymity_value(const anonymity *grade) {
    json_t *object = json_object();
    return json_keep_if(
        json_set(object, "grade", json_string(anonymity_grade_name(grade->grade))) &&
            json_set(object, "score", score_value(grade->score)) &&
            json_set(object, "reason", json_text_value(grade->reason)),
        object);
}

static json_t *evidence_value(const article *a, const offset_map *points, const stance *s) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < s->evidence_count; i++) {
        const stance_evidence *e = &s->evidence[i];
        json_t *place = bytes_value(a, points, e->bytes);
        ok = place && json_set(place, "weight", json_real((double)e->weight));
        ok = json_array_append_new(list, json_keep_if(ok, place)) == 0;
    }
    return json_keep_if(ok, list);
}

static json_t *stance_value(const article *a, const offset_map *points, const stance *s,
                            const report_target *target) {
    json_t *object = json_object(), *scores = json_object();
    bool ok = object && scores;
    for (size_t i = 0; ok && i < target->label_count; i++)
        ok = json_object_setn_new_nocheck(scores, target->labels[i].ptr, target->labels[i].len,
                                          score_value(s->scores[i])) == 0;
    bool known = s->best_label < target->label_count;
    ok = ok && json_set(object, "target", json_text_value(target->name)) &&
         json_set(object, "label", json_text_value(report_label(target, s->label))) &&
         json_set(object, "score", score_value(known ? s->scores[s->best_label] : 0)) &&
         json_object_set_nocheck(object, "scores", scores) == 0 &&
         (!s->why.len || (json_set(object, "why", json_text_value(s->why)) &&
                          json_set(object, "evidence", evidence_value(a, points, s))));
    json_decref(scores);
    return json_keep_if(ok, object);
}

static json_t *stances_value(const article *a, const offset_map *points,
                             const attribution *statement, const report_options *options) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < statement->stance_count; i++) {
        const stance *s = &statement->stances[i];
        if (s->target >= options->target_count) continue;
        const report_target *target = &options->targets[s->target];
        ok = json_array_append_new(list, stance_value(a, points, s, target)) == 0;
    }
    return json_keep_if(ok, list);
}

static json_t *quote_value(const article *a, const offset_map *points, size_t index,
                           const report_options *options) {
    const attribution *statement = &a->attributions[index];
    json_t *object = json_object();
    return json_keep_if(
        json_set(object, "id", json_sprintf("q%zu", index + 1)) &&
            json_set(object, "type", json_string(quote_type_name(statement->type))) &&
            json_set(object, "kind", json_string(statement_kind_name(statement->kind))) &&
            json_set(object, "score", score_value(statement->score)) &&
            json_set(object, "cue", spans_value(a, points, statement->cues)) &&
            json_set(object, "sources", spans_value(a, points, statement->sources)) &&
            json_set(object, "contents", spans_value(a, points, statement->contents)) &&
            json_set(object, "speaker", speaker_value(&statement->speaker)) &&
            json_set(object, "anonymity", anonymity_value(&statement->anonymity)) &&
            json_set(object, "stances", stances_value(a, points, statement, options)),
        object);
}

static json_t *article_value(const article *a, const offset_map *points,
                             const report_options *options) {
    json_t *object = json_object(), *quotes = json_array();
    bool ok = object && quotes;
    for (size_t i = 0; ok && i < a->attribution_count; i++)
        ok = json_array_append_new(quotes, quote_value(a, points, i, options)) == 0;
    ok = ok && json_set(object, "id", json_text_value(a->id)) &&
         (a->duplicate_of.len == 0 ||
          json_set(object, "duplicate_of", json_text_value(a->duplicate_of))) &&
         json_set(object, "title", json_text_value(a->title)) &&
         json_set(object, "date", json_text_value(a->date)) &&
         json_set(object, "outlet", json_text_value(a->outlet)) &&
         json_set(object, "text", json_text_value(a->text)) &&
         json_object_set_nocheck(object, "quotes", quotes) == 0;
    json_decref(quotes);
    return json_keep_if(ok, object);
}

whosaid_status jsonl_report_article(const article *a, const report_options *options, buffer *out,
                                    whosaid_error *err) {
    offset_map points;
    if (!offset_map_build(a->arena, a->text, &points)) return error_no_memory(err);
    json_t *object = article_value(a, &points, options);
    bool ok = object && json_text_append(object, JSONL_DUMP_FLAGS, out);
    ok = ok && buffer_append(out, "\n", 1);
    json_decref(object);
    return ok ? WHOSAID_OK : error_no_memory(err);
}

/* What a message says (cli/message.h), as text: where, line and words of a cause are cut to fit,
 * and a file name need not be UTF-8. What is none is left out. */
static json_t *failure_words(const whosaid_error *cause) {
    char words[sizeof cause->where + sizeof cause->text + 32];
    const char *text = cause->text[0] ? cause->text : whosaid_status_words(cause->code);
    int len;
    if (cause->line)
        len = snprintf(words, sizeof words, "%s:%zu: %s", cause->where, cause->line, text);
    else
        len = snprintf(words, sizeof words, "%s%s%s", cause->where, cause->where[0] ? ": " : "",
                       text);
    size_t kept = 0, step;
    for (size_t at = 0; len > 0 && at < (size_t)len; at += step) {
        uint32_t c = utf8_decode(words + at, words + len, &step);
        if (c == UTF8_REPLACEMENT && step == 1) continue;
        memmove(words + kept, words + at, step);
        kept += step;
    }
    return json_stringn_nocheck(words, kept);
}

whosaid_status jsonl_report_failure(text_view id, const whosaid_error *cause, buffer *out,
                                    whosaid_error *err) {
    json_t *object = json_object(), *words = failure_words(cause);
    bool ok = object && (id.len == 0 || json_set(object, "id", json_text_value(id))) &&
              json_object_set_nocheck(object, "error", words) == 0 &&
              json_text_append(object, JSON_COMPACT, out) && buffer_append(out, "\n", 1);
    json_decref(words);
    json_decref(object);
    return ok ? WHOSAID_OK : error_no_memory(err);
}
