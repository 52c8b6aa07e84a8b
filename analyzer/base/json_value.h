/* json_value.h: making JSON values by jansson. Keys are literals of the program and texts are UTF-8
 * already, so that neither is checked again. */
#ifndef BASE_JSON_VALUE_H
#define BASE_JSON_VALUE_H

#include "base/text_view.h"

#include <jansson.h>
#include <stdbool.h>

/* `value` goes to the object, or is released. False when memory is out or value is NULL. */
static inline bool json_set(json_t *object, const char *key, json_t *value) {
    return json_object_set_new_nocheck(object, key, value) == 0;
}

/* NULL when memory is out. */
static inline json_t *json_text_value(text_view text) {
    return json_stringn_nocheck(text.ptr ? text.ptr : "", text.len);
}

/* `value` when all is well; else NULL, and `value` is released. */
static inline json_t *json_keep_if(bool ok, json_t *value) {
    if (ok) return value;
    json_decref(value);
    return NULL;
}

/* A list of texts; NULL when memory is out. */
static inline json_t *json_texts_value(const text_view *texts, size_t count) {
    json_t *list = json_array();
    bool ok = list != NULL;
    for (size_t i = 0; ok && i < count; i++)
        ok = json_array_append_new(list, json_text_value(texts[i])) == 0;
    return json_keep_if(ok, list);
}

#endif
