/* Annotated articles as JSON. An article that was read from JSON is written as it was read, with
 * the fields that are unknown to us. */
#include "corpus/corpus_writer.h"

#include "base/json_text.h"
#include "base/json_value.h"
#include "segment/segment.h"

/* jansson takes over what it is given and answers -1 to a NULL, so a failed allocation anywhere
 * shows here as false or NULL and is handed up. */
static bool set_text(json_t *object, const char *key, text_view text) {
    return text.len == 0 || json_set(object, key, json_text_value(text));
}

static json_t *span_value(const offset_map *map, span s) {
    json_t *object = json_object();
    return json_keep_if(
        json_set(object, "start", json_integer(offset_map_to_code_points(map, s.begin))) &&
            json_set(object, "end", json_integer(offset_map_to_code_points(map, s.end))) &&
            json_set(object, "text", json_text_value(view_slice(map->text, s.begin, s.end))),
        object);
}

static json_t *spans_value(const offset_map *map, span_list spans) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < spans.count; i++)
        ok = json_array_append_new(list, span_value(map, spans.items[i])) == 0;
    return json_keep_if(ok, list);
}

static json_t *speaker_value(const annotated_quote *q) {
    json_t *object = json_object();
    return json_keep_if(json_set(object, "name", json_text_value(q->speaker_name)) &&
                            json_set(object, "role", json_text_value(q->speaker_role)),
                        object);
}

static json_t *anonymity_value(const offset_map *map, const annotated_quote *q) {
    json_t *object = json_object();
    bool ok = json_set(object, "grade", json_string(anonymity_grade_name(q->grade))) &&
              json_set(object, "reason", json_text_value(q->reason));
    if (q->reason_spans.count > 0)
        ok = ok && json_set(object, "spans", spans_value(map, q->reason_spans));
    return json_keep_if(ok, object);
}

static json_t *stances_value(const offset_map *map, const annotated_quote *q) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < q->stance_count; i++) {
        const annotated_stance *s = &q->stances[i];
        json_t *object = json_object();
        ok =
            json_set(object, "target", json_text_value(s->target)) &&
            json_set(object, "label", json_text_value(s->label)) &&
            (s->mentions.count == 0 || json_set(object, "mentions", spans_value(map, s->mentions)));
        ok = json_array_append_new(list, object) == 0 && ok;
    }
    return json_keep_if(ok, list);
}

static json_t *quote_value(const article *segmented, const offset_map *map,
                           const annotated_quote *q) {
    json_t *object = json_object();
    bool ok = json_set(object, "id", json_text_value(q->id));
    if (q->contents.count > 0)
        ok = ok && json_set(object, "type",
                            json_string(quote_type_name(contents_type(segmented, &q->contents))));
    if (q->has_kind) ok = ok && json_set(object, "kind", json_string(statement_kind_name(q->kind)));
    ok = ok && json_set(object, "cue", spans_value(map, q->cues)) &&
         json_set(object, "sources", spans_value(map, q->sources)) &&
         json_set(object, "contents", spans_value(map, q->contents));
    if (q->has_speaker || q->speaker_role.len > 0)
        ok = ok && json_set(object, "speaker", speaker_value(q));
    if (q->has_anonymity) ok = ok && json_set(object, "anonymity", anonymity_value(map, q));
    if (q->doubtful) ok = ok && json_set(object, "doubtful", json_true());
    if (q->stance_count > 0) ok = ok && json_set(object, "stances", stances_value(map, q));
    return json_keep_if(ok, object);
}

static json_t *article_value(const article *segmented, const offset_map *map,
                             const annotated_article *a) {
    json_t *object = json_object(), *quotes = json_array();
    bool ok = object && quotes;
    for (size_t i = 0; ok && i < a->quote_count; i++)
        ok = json_array_append_new(quotes, quote_value(segmented, map, &a->quotes[i])) == 0;
    ok = ok && set_text(object, "id", a->id) && set_text(object, "title", a->title) &&
         set_text(object, "date", a->date) && set_text(object, "outlet", a->outlet) &&
         set_text(object, "note", a->note) && json_set(object, "text", json_text_value(a->text)) &&
         json_object_set_nocheck(object, "quotes", quotes) == 0;
    json_decref(quotes);
    return json_keep_if(ok, object);
}

static bool dump(const json_t *json, buffer *out) {
    return json && json_text_append(json, JSON_COMPACT, out);
}

whosaid_status write_json_article(const corpus_record *record, buffer *out, whosaid_error *err) {
    if (record->json) return dump(record->json, out) ? WHOSAID_OK : error_no_memory(err);
    arena *scratch = arena_new();
    if (!scratch) return error_no_memory(err);
    article segmented = annotated_article_start(&record->article, scratch);
    offset_map map;
    whosaid_status status = segment_article(&segmented, err);
    if (status == WHOSAID_OK && !offset_map_build(scratch, segmented.text, &map))
        status = error_no_memory(err);
    if (status == WHOSAID_OK) {
        json_t *json = article_value(&segmented, &map, &record->article);
        if (!dump(json, out)) status = error_no_memory(err);
        json_decref(json);
    }
    arena_free(scratch);
    return status;
}
