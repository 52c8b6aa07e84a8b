/* The annotated article as JSON: one file with an article or a list of them, or JSON Lines. */
#include "corpus/corpus_reader.h"

#include "base/json_text.h"
#include "base/offset_map.h"

/* A string of the file, copied into the arena; "" when json is no string. ptr NULL: no memory. */
static text_view copy_string(corpus_reader *reader, const json_t *json) {
    text_view text = VIEW("");
    if (json_is_string(json)) text = (text_view){json_string_value(json), json_string_length(json)};
    return arena_copy(reader->corpus->arena, text);
}

/* Copies the member `key`, which may be missing or null. */
static whosaid_status read_string(corpus_reader *reader, const json_t *object, const char *key,
                                  text_view *out) {
    const json_t *value = json_object_get(object, key);
    if (value && !json_is_string(value) && !json_is_null(value)) {
        whosaid_status status = reader_fault(reader, WHOSAID_SYNTAX, "\"%s\" is not a string", key);
        if (status != WHOSAID_OK) return status;
    }
    *out = copy_string(reader, value);
    return out->ptr ? WHOSAID_OK : reader_no_memory(reader);
}

/* One span: checked against the text. *good is false when a collected fault leaves it out. */
static whosaid_status read_span(corpus_reader *reader, const offset_map *map, const char *what,
                                const json_t *json, span *out, bool *good) {
    *good = false;
    const json_t *start = json_object_get(json, "start"), *end = json_object_get(json, "end");
    if (!json_is_integer(start) || !json_is_integer(end))
        return reader_fault(reader, WHOSAID_SYNTAX, "a span of \"%s\" has no start and end", what);
    json_int_t from = json_integer_value(start), to = json_integer_value(end);
    if (from < 0 || from >= to || to > (json_int_t)map->code_points)
        return reader_fault(reader, WHOSAID_SYNTAX,
                            "\"%s\": %lld to %lld is no span of a text of %zu characters", what,
                            (long long)from, (long long)to, map->code_points);
    span bytes = {offset_map_to_bytes(map, (size_t)from), offset_map_to_bytes(map, (size_t)to)};
    const json_t *text = json_object_get(json, "text");
    text_view stands = view_slice(map->text, bytes.begin, bytes.end);
    text_view said = {json_string_value(text), json_string_length(text)};
    if (json_is_string(text) && !view_equal(stands, said))
        return reader_fault(reader, WHOSAID_SYNTAX,
                            "\"%s\": at %lld to %lld stands \"%.*s\", not \"%.*s\"", what,
                            (long long)from, (long long)to, EXCERPT(stands), EXCERPT(said));
    *out = bytes;
    *good = true;
    return WHOSAID_OK;
}

/* A member that holds one span or a list of spans; missing and null are empty lists. */
static whosaid_status read_spans(corpus_reader *reader, const offset_map *map, const json_t *object,
                                 const char *key, span_list *out) {
    const json_t *value = json_object_get(object, key);
    if (!value || json_is_null(value)) return WHOSAID_OK;
    bool single = json_is_object(value);
    if (!single && !json_is_array(value))
        return reader_fault(reader, WHOSAID_SYNTAX, "\"%s\" is neither a span nor a list", key);
    size_t count = single ? 1 : json_array_size(value);
    out->items = ARENA_NEW(reader->corpus->arena, span, count);
    if (!out->items) return reader_no_memory(reader);
    for (size_t i = 0; i < count; i++) {
        bool good;
        whosaid_status status =
            read_span(reader, map, key, single ? value : json_array_get(value, i),
                      &out->items[out->count], &good);
        if (status != WHOSAID_OK) return status;
        out->count += good;
    }
    return WHOSAID_OK;
}

static whosaid_status read_speaker(corpus_reader *reader, const json_t *json,
                                   annotated_quote *quote) {
    const json_t *value = json_object_get(json, "speaker");
    if (!value || json_is_null(value)) return WHOSAID_OK;
    quote->has_speaker = true;
    if (json_is_string(value)) return read_string(reader, json, "speaker", &quote->speaker_name);
    if (!json_is_object(value)) {
        quote->has_speaker = false;
        return reader_fault(reader, WHOSAID_SYNTAX, "\"speaker\" is neither a name nor an object");
    }
    whosaid_status status = read_string(reader, value, "name", &quote->speaker_name);
    if (status != WHOSAID_OK) return status;
    return read_string(reader, value, "role", &quote->speaker_role);
}

static whosaid_status read_anonymity(corpus_reader *reader, const offset_map *map,
                                     const json_t *json, annotated_quote *quote) {
    const json_t *value = json_object_get(json, "anonymity");
    if (!value || json_is_null(value)) return WHOSAID_OK;
    const json_t *grade = json_is_object(value) ? json_object_get(value, "grade") : value;
    if (!json_is_string(grade))
        return reader_fault(reader, WHOSAID_SYNTAX, "\"anonymity\" has no grade");
    text_view word = {json_string_value(grade), json_string_length(grade)};
    if (!anonymity_grade_parse(word, &quote->grade))
        return reader_fault(reader, WHOSAID_SYNTAX, "unknown anonymity grade \"%.*s\"",
                            EXCERPT(word));
    quote->has_anonymity = true;
    if (!json_is_object(value)) return WHOSAID_OK;
    whosaid_status status = read_spans(reader, map, value, "spans", &quote->reason_spans);
    return status == WHOSAID_OK ? read_string(reader, value, "reason", &quote->reason) : status;
}

static whosaid_status read_kind(corpus_reader *reader, const json_t *json, annotated_quote *quote) {
    const json_t *value = json_object_get(json, "kind");
    if (!value || json_is_null(value)) return WHOSAID_OK;
    text_view word = {json_string_value(value), json_string_length(value)};
    quote->has_kind = json_is_string(value) && statement_kind_parse(word, &quote->kind);
    if (quote->has_kind) return WHOSAID_OK;
    return reader_fault(reader, WHOSAID_SYNTAX, "\"kind\" is neither speech nor attitude");
}

static whosaid_status read_stances(corpus_reader *reader, const offset_map *map, const json_t *json,
                                   annotated_quote *quote) {
    const json_t *list = json_object_get(json, "stances");
    if (!list || json_is_null(list)) return WHOSAID_OK;
    if (!json_is_array(list))
        return reader_fault(reader, WHOSAID_SYNTAX, "\"stances\" is not a list");
    quote->stances = ARENA_NEW(reader->corpus->arena, annotated_stance, json_array_size(list));
    if (!quote->stances) return reader_no_memory(reader);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        annotated_stance *out = &quote->stances[quote->stance_count];
        whosaid_status status = read_string(reader, item, "target", &out->target);
        if (status == WHOSAID_OK) status = read_string(reader, item, "label", &out->label);
        if (status == WHOSAID_OK)
            status = read_spans(reader, map, item, "mentions", &out->mentions);
        if (status == WHOSAID_OK && (out->target.len == 0 || out->label.len == 0))
            status = reader_fault(reader, WHOSAID_SYNTAX, "a stance has no target or no label");
        else
            quote->stance_count += status == WHOSAID_OK;
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}

static whosaid_status read_quote(corpus_reader *reader, const offset_map *map, const json_t *json,
                                 size_t number, annotated_quote *quote) {
    arena *a = reader->corpus->arena;
    quote->id = json_object_get(json, "id") ? copy_string(reader, json_object_get(json, "id"))
                                            : arena_format(a, "q%zu", number);
    if (!quote->id.ptr) return reader_no_memory(reader);
    reader->quote = quote->id;
    quote->doubtful = json_is_true(json_object_get(json, "doubtful"));
    whosaid_status status = read_spans(reader, map, json, "cue", &quote->cues);
    if (status == WHOSAID_OK) status = read_spans(reader, map, json, "sources", &quote->sources);
    if (status == WHOSAID_OK) status = read_spans(reader, map, json, "contents", &quote->contents);
    if (status == WHOSAID_OK) status = read_speaker(reader, json, quote);
    if (status == WHOSAID_OK) status = read_anonymity(reader, map, json, quote);
    if (status == WHOSAID_OK) status = read_kind(reader, json, quote);
    if (status == WHOSAID_OK) status = read_stances(reader, map, json, quote);
    reader->quote = (text_view){NULL, 0};
    return status;
}

static whosaid_status read_quotes(corpus_reader *reader, const json_t *json,
                                  annotated_article *out) {
    const json_t *list = json_object_get(json, "quotes");
    if (!list || json_is_null(list)) return WHOSAID_OK;
    if (!json_is_array(list))
        return reader_fault(reader, WHOSAID_SYNTAX, "\"quotes\" is not a list");
    arena *a = reader->corpus->arena;
    offset_map map;
    out->quotes = ARENA_NEW(a, annotated_quote, json_array_size(list));
    if (!out->quotes || !offset_map_build(a, out->text, &map)) return reader_no_memory(reader);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        if (!json_is_object(item)) {
            status = reader_fault(reader, WHOSAID_SYNTAX, "quote %zu is not an object", i + 1);
            continue;
        }
        status = read_quote(reader, &map, item, i + 1, &out->quotes[out->quote_count++]);
    }
    return status;
}

static whosaid_status read_head(corpus_reader *reader, const json_t *json, annotated_article *out) {
    whosaid_status status = read_string(reader, json, "id", &out->id);
    if (status == WHOSAID_OK) status = read_string(reader, json, "title", &out->title);
    if (status == WHOSAID_OK) status = read_string(reader, json, "date", &out->date);
    if (status == WHOSAID_OK)
        status = read_string(reader, json, json_object_get(json, "outlet") ? "outlet" : "source",
                             &out->outlet);
    if (status == WHOSAID_OK) status = read_string(reader, json, "note", &out->note);
    if (status == WHOSAID_OK) status = read_string(reader, json, "text", &out->text);
    return status;
}

/* json: borrowed. number: from 1 where a file holds several, else 0. An object that is no article
 * (a target, say) is passed over in folders. */
static whosaid_status read_article(corpus_reader *reader, json_t *json, size_t number) {
    if (!json_is_string(json_object_get(json, "text"))) {
        if (!reader->named && !json_object_get(json, "quotes")) return WHOSAID_OK;
        return reader_fault(reader, WHOSAID_SYNTAX, "not an article: \"text\" is missing");
    }
    annotated_article result = {0};
    whosaid_status status = read_head(reader, json, &result);
    if (status != WHOSAID_OK) return status;
    if (result.id.len == 0) result.id = reader_default_id(reader, number);
    if (!result.id.ptr) return reader_no_memory(reader);
    if (result.text.len > ARTICLE_TEXT_MAX)
        return reader_fault(reader, WHOSAID_LIMIT, "the text is longer than %zu bytes",
                            ARTICLE_TEXT_MAX);
    size_t faults = reader->corpus->faults.count;
    status = read_quotes(reader, json, &result);
    if (status != WHOSAID_OK) return status;
    /* Written again it would be copied as it stands, with its faults. */
    bool is_copy_of_faults = reader->options->keep_unknown && reader->corpus->faults.count > faults;
    if (is_copy_of_faults) return WHOSAID_OK;
    return reader_add(reader, &result, reader->options->keep_unknown ? json_incref(json) : NULL);
}

/* Parses one JSON value. *out is NULL after a collected fault. */
static whosaid_status parse(corpus_reader *reader, text_view content, json_t **out) {
    json_error_t error;
    whosaid_status parsed = json_text_read(content, JSON_REJECT_DUPLICATES, out, &error);
    if (parsed == WHOSAID_OK) return WHOSAID_OK;
    if (parsed == WHOSAID_NO_MEMORY) return reader_no_memory(reader);
    size_t line = reader->line;
    if (line == 0 && error.line > 0) reader->line = (size_t)error.line;
    whosaid_status status =
        reader_fault(reader, parsed, "not JSON: %s, column %d", error.text, error.column);
    reader->line = line;
    return status;
}

whosaid_status read_json(corpus_reader *reader, text_view content) {
    json_t *json;
    whosaid_status status = parse(reader, content, &json);
    if (status != WHOSAID_OK || !json) return status;
    if (json_is_array(json))
        for (size_t i = 0; status == WHOSAID_OK && i < json_array_size(json); i++)
            status = read_article(reader, json_array_get(json, i), i + 1);
    else
        status = read_article(reader, json, 0);
    json_decref(json);
    return status;
}

whosaid_status read_json_lines(corpus_reader *reader, text_view content) {
    whosaid_status status = WHOSAID_OK;
    for (size_t at = 0; status == WHOSAID_OK && at < content.len;) {
        const char *newline = memchr(content.ptr + at, '\n', content.len - at);
        size_t end = newline ? (size_t)(newline - content.ptr) : content.len;
        text_view line = view_trim(view_slice(content, at, end));
        at = end + 1;
        reader->line++;
        if (line.len == 0) continue;
        json_t *json;
        status = parse(reader, line, &json);
        if (status == WHOSAID_OK && json) status = read_article(reader, json, reader->line);
        json_decref(json);
    }
    return status;
}
