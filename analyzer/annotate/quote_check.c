#include "annotate/quote_check.h"

#include "base/error.h"
#include "base/json_value.h"

#include <stdlib.h>

enum { MAX_SPANS = 64, MAX_QUOTES = 5000, MAX_WORDS_BYTES = 2000, MAX_ID_BYTES = 64 };

static whosaid_status fault(whosaid_error *err, const char *text) {
    return error_set(err, WHOSAID_SYNTAX, NULL, 0, "%s", text);
}

/* Takes over `value`; a failed allocation anywhere shows here. */
static whosaid_status set(json_t *object, const char *key, json_t *value, whosaid_error *err) {
    return json_set(object, key, value) ? WHOSAID_OK : error_no_memory(err);
}

static json_t *place_value(const offset_map *map, json_int_t start, json_int_t end,
                           bool with_text) {
    if (!with_text) return json_pack("{s:I, s:I}", "start", start, "end", end);
    uint32_t begin = offset_map_to_bytes(map, (size_t)start);
    return json_pack("{s:I, s:I, s:s%}", "start", start, "end", end, "text", map->text.ptr + begin,
                     (size_t)(offset_map_to_bytes(map, (size_t)end) - begin));
}

whosaid_status places_check(const offset_map *map, const json_t *posted, bool with_text,
                            json_t **out, whosaid_error *err) {
    *out = json_array();
    if (!*out) return error_no_memory(err);
    size_t i;
    json_t *item;
    json_array_foreach((json_t *)posted, i, item) {
        json_int_t start = json_integer_value(json_object_get(item, "start"));
        json_int_t end = json_integer_value(json_object_get(item, "end"));
        bool inside = json_is_integer(json_object_get(item, "start")) && start >= 0 &&
                      start < end && (uint64_t)end <= map->code_points;
        if (!inside) return fault(err, "a place is not inside the text");
        if (json_array_append_new(*out, place_value(map, start, end, with_text)) != 0)
            return error_no_memory(err);
    }
    return WHOSAID_OK;
}

static whosaid_status set_places(const offset_map *map, const json_t *posted, const char *key,
                                 json_t *quote, whosaid_error *err) {
    const json_t *list = json_object_get(posted, key);
    json_t *places = NULL;
    if (list && (!json_is_array(list) || json_array_size(list) > MAX_SPANS))
        return fault(err, "cue, sources and contents are lists of at most 64 places");
    whosaid_status status = places_check(map, list, true, &places, err);
    if (status == WHOSAID_OK) return set(quote, key, places, err);
    json_decref(places);
    return status;
}

static whosaid_status set_speaker(const json_t *posted, json_t *quote, whosaid_error *err) {
    const json_t *given = json_object_get(posted, "speaker");
    text_view called = string_of(given, "name"), role = string_of(given, "role");
    if (!json_is_object(given)) return WHOSAID_OK;
    if (called.len > MAX_WORDS_BYTES || role.len > MAX_WORDS_BYTES)
        return fault(err, "the speaker's name is too long");
    return set(quote, "speaker",
               json_pack("{s:s%, s:s%}", "name", called.ptr ? called.ptr : "", called.len, "role",
                         role.ptr ? role.ptr : "", role.len),
               err);
}

static whosaid_status set_anonymity(const json_t *posted, json_t *quote, whosaid_error *err) {
    const json_t *given = json_object_get(posted, "anonymity");
    text_view grade = string_of(given, "grade"), reason = string_of(given, "reason");
    anonymity_grade known;
    if (!json_is_object(given)) return WHOSAID_OK;
    if (!anonymity_grade_parse(grade, &known)) return fault(err, "an unknown grade of anonymity");
    if (reason.len > MAX_WORDS_BYTES) return fault(err, "the reason is too long");
    return set(quote, "anonymity",
               json_pack("{s:s, s:s%}", "grade", anonymity_grade_name(known), "reason",
                         reason.ptr ? reason.ptr : "", reason.len),
               err);
}

static whosaid_status set_kind(const json_t *posted, json_t *quote, whosaid_error *err) {
    statement_kind kind;
    if (!json_object_get(posted, "kind")) return WHOSAID_OK;
    if (!statement_kind_parse(string_of(posted, "kind"), &kind))
        return fault(err, "an unknown kind of statement");
    return set(quote, "kind", json_string(statement_kind_name(kind)), err);
}

/* The stances toward targets that are not on this desk, as they were. */
static whosaid_status keep_other_stances(const desk *d, const json_t *before, json_t *stances,
                                         whosaid_error *err) {
    size_t i;
    json_t *old;
    json_array_foreach((json_t *)json_object_get(before, "stances"), i, old) {
        bool is_other = !desk_target(d, string_of(old, "target"));
        if (is_other && json_array_append(stances, old) != 0) return error_no_memory(err);
    }
    return WHOSAID_OK;
}

/* A stance that was there already may say more, such as where its target is mentioned. */
static json_t *stance_value(const json_t *before, text_view toward, text_view label) {
    size_t i;
    json_t *old, *made = NULL;
    json_array_foreach((json_t *)json_object_get(before, "stances"), i, old) {
        if (view_equal(string_of(old, "target"), toward) && !made) made = json_deep_copy(old);
    }
    if (!made) made = json_object();
    return json_keep_if(json_set(made, "target", json_text_value(toward)) &&
                            json_set(made, "label", json_text_value(label)),
                        made);
}

static bool has_stance_toward(const json_t *stances, text_view toward) {
    size_t i;
    json_t *other;
    json_array_foreach((json_t *)stances, i, other) {
        if (view_equal(string_of(other, "target"), toward)) return true;
    }
    return false;
}

static whosaid_status collect_stances(const desk *d, const json_t *posted, const json_t *before,
                                      json_t *stances, whosaid_error *err) {
    size_t i;
    json_t *given;
    json_array_foreach((json_t *)json_object_get(posted, "stances"), i, given) {
        text_view label = string_of(given, "label");
        const target *toward = desk_target(d, string_of(given, "target"));
        if (!toward) continue; /* another target's: kept as it was */
        if (i >= MAX_SPANS || target_label(toward, label) == toward->label_count)
            return fault(err, "a stance that the target does not have");
        if (has_stance_toward(stances, toward->name))
            return fault(err, "two stances toward the same target");
        if (json_array_append_new(stances, stance_value(before, toward->name, label)) != 0)
            return error_no_memory(err);
    }
    return keep_other_stances(d, before, stances, err);
}

static whosaid_status set_stances(const desk *d, const json_t *posted, const json_t *before,
                                  json_t *quote, whosaid_error *err) {
    json_t *stances = json_array();
    whosaid_status status =
        stances ? collect_stances(d, posted, before, stances, err) : error_no_memory(err);
    if (status == WHOSAID_OK && json_object_set_nocheck(quote, "stances", stances) != 0)
        status = error_no_memory(err);
    json_decref(stances);
    return status;
}

/* Where the program found it, so that it is not proposed again. */
static whosaid_status set_found(const offset_map *map, const json_t *posted, json_t *quote,
                                whosaid_error *err) {
    json_t *list = json_array(), *places = NULL;
    json_t *given = json_object_get(posted, "found");
    whosaid_status status = list ? WHOSAID_OK : error_no_memory(err);
    if (status == WHOSAID_OK && json_is_object(given)) {
        if (json_array_append(list, given) != 0) status = error_no_memory(err);
        if (status == WHOSAID_OK) status = places_check(map, list, false, &places, err);
        if (status == WHOSAID_OK)
            status = set(quote, "found", json_incref(json_array_get(places, 0)), err);
    }
    json_decref(places);
    json_decref(list);
    return status;
}

static const json_t *quote_with_id(const json_t *quotes, text_view id) {
    size_t i;
    json_t *quote;
    json_array_foreach((json_t *)quotes, i, quote) {
        if (view_equal(string_of(quote, "id"), id)) return quote;
    }
    return NULL;
}

static bool id_is_plain(text_view id) {
    bool plain = id.len > 0 && id.len <= MAX_ID_BYTES;
    for (size_t i = 0; plain && i < id.len; i++)
        plain = (unsigned char)id.ptr[i] > ' ' && id.ptr[i] != '"';
    return plain;
}

static whosaid_status check_quote(const desk *d, const desk_article *about, const offset_map *map,
                                  const json_t *posted, json_t *quote, whosaid_error *err) {
    text_view id = string_of(posted, "id");
    const json_t *before = quote_with_id(json_object_get(about->saved, "quotes"), id);
    whosaid_status status = WHOSAID_OK;
    if (before && json_object_update(quote, (json_t *)before) != 0) status = error_no_memory(err);
    json_object_del(quote, "type"); /* follows from the contents */
    if (status == WHOSAID_OK) status = set(quote, "id", json_text_value(id), err);
    if (status == WHOSAID_OK) status = set_places(map, posted, "cue", quote, err);
    if (status == WHOSAID_OK) status = set_places(map, posted, "sources", quote, err);
    if (status == WHOSAID_OK) status = set_places(map, posted, "contents", quote, err);
    if (status == WHOSAID_OK && json_array_size(json_object_get(quote, "contents")) == 0)
        status = fault(err, "a statement has no content");
    if (status == WHOSAID_OK) status = set_speaker(posted, quote, err);
    if (status == WHOSAID_OK) status = set_anonymity(posted, quote, err);
    if (status == WHOSAID_OK) status = set_kind(posted, quote, err);
    if (status == WHOSAID_OK) status = set_stances(d, posted, before, quote, err);
    if (status == WHOSAID_OK) status = set_found(map, posted, quote, err);
    return status;
}

static json_int_t place_of(const json_t *quote) {
    return json_integer_value(
        json_object_get(json_array_get(json_object_get(quote, "contents"), 0), "start"));
}

typedef struct placed_quote {
    json_t *quote;
    json_int_t place;
    size_t number;
} placed_quote;

static int by_place(const void *left, const void *right) {
    const placed_quote *a = left, *b = right;
    if (a->place != b->place) return a->place < b->place ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

static whosaid_status in_order(json_t *quotes, json_t **out, whosaid_error *err) {
    size_t count = json_array_size(quotes);
    placed_quote *placed = calloc(count + 1, sizeof *placed);
    json_t *sorted = json_array();
    bool ok = placed && sorted;
    for (size_t i = 0; ok && i < count; i++) {
        json_t *quote = json_array_get(quotes, i);
        placed[i] = (placed_quote){quote, place_of(quote), i};
    }
    if (ok) qsort(placed, count, sizeof *placed, by_place);
    for (size_t i = 0; ok && i < count; i++)
        ok = json_array_append(sorted, placed[i].quote) == 0;
    free(placed);
    *out = sorted;
    return ok ? WHOSAID_OK : error_no_memory(err);
}

static whosaid_status check_all(const desk *d, const desk_article *about, const offset_map *map,
                                const json_t *posted, json_t *quotes, whosaid_error *err) {
    size_t i;
    json_t *given;
    json_array_foreach((json_t *)posted, i, given) {
        text_view id = string_of(given, "id");
        if (!id_is_plain(id) || quote_with_id(quotes, id))
            return fault(err, "a statement has no id of its own");
        json_t *quote = json_object();
        if (json_array_append_new(quotes, quote) != 0) return error_no_memory(err);
        whosaid_status status = check_quote(d, about, map, given, quote, err);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}

whosaid_status quotes_check(const desk *d, const desk_article *about, const json_t *posted,
                            json_t **out, whosaid_error *err) {
    *out = NULL;
    if (!json_is_array(posted) || json_array_size(posted) > MAX_QUOTES)
        return fault(err, "\"quotes\" is a list of at most 5000 statements");
    arena *scratch = arena_new();
    json_t *quotes = json_array();
    offset_map map;
    whosaid_status status = scratch && quotes && offset_map_build(scratch, about->text, &map)
                                ? WHOSAID_OK
                                : error_no_memory(err);
    if (status == WHOSAID_OK) status = check_all(d, about, &map, posted, quotes, err);
    if (status == WHOSAID_OK) status = in_order(quotes, out, err);
    json_decref(quotes);
    arena_free(scratch);
    if (status != WHOSAID_OK) {
        json_decref(*out);
        *out = NULL;
    }
    return status;
}
