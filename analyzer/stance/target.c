#include "stance/target.h"

#include "base/array.h"
#include "base/error.h"
#include "base/json_text.h"
#include "base/json_value.h"
#include "base/plain_file.h"
#include "identify/lexicon.h"
#include "stance/general_lexicon.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

enum { MAX_FILE_BYTES = 1 << 20, MAX_PHRASES = 4000, MAX_TEXT_BYTES = 400, LEAST_NAME_BYTES = 4 };

typedef struct reader {
    target *target;
    const char *where;
    ARRAY(target_class) classes;
    size_t phrase_count;
} reader;

static whosaid_status refuse(const reader *r, whosaid_error *err, const char *key,
                             const char *reason) {
    return error_set(err, WHOSAID_SYNTAX, r->where, 0, "target file: \"%s\" %s", key, reason);
}

bool target_name_is_plain(text_view name) {
    if (name.len == 0 || name.len > 64) return false;
    for (size_t i = 0; i < name.len; i++) {
        unsigned char c = (unsigned char)name.ptr[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-' && c != '_') return false;
    }
    return true;
}

size_t target_label(const target *t, text_view label) {
    size_t i = 0;
    while (i < t->label_count && !view_equal(t->labels[i], label))
        i++;
    return i;
}

void target_free(target *t) {
    if (!t) return;
    lexicon_free(t->given_names);
    arena_free(t->arena); /* the target lies in its own arena */
}

static target *target_new(void) {
    arena *a = arena_new();
    target *t = a ? ARENA_NEW(a, target, 1) : NULL;
    if (!t) {
        arena_free(a);
        return NULL;
    }
    t->arena = a;
    t->threshold = TARGET_DEFAULT_THRESHOLD;
    t->matcher = phrase_matcher_new(a);
    if (t->matcher) return t;
    arena_free(a);
    return NULL;
}

/* A string of the file, copied; refused when absent, empty or long. */
static whosaid_status read_text(reader *r, const json_t *value, const char *key, text_view *out,
                                whosaid_error *err) {
    size_t len = json_string_length(value);
    if (!json_is_string(value)) return refuse(r, err, key, "must be a text");
    if (len == 0 || len > MAX_TEXT_BYTES) return refuse(r, err, key, "must have 1 to 400 bytes");
    text_view text = {json_string_value(value), len};
    if (memchr(text.ptr, '\0', len)) return refuse(r, err, key, "holds a NUL character");
    *out = arena_copy(r->target->arena, text);
    return out->ptr ? WHOSAID_OK : error_no_memory(err);
}

/* Labels and names go into reports as "favor=0.81;caution=0.12" and into lists. */
static bool is_printable(text_view text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c < ' ' || c == 0x7F || c == ';' || c == '=') return false;
    }
    return true;
}

static whosaid_status read_labels(reader *r, const json_t *list, bool has_unrelated,
                                  whosaid_error *err) {
    target *t = r->target;
    size_t count = json_array_size(list);
    if (!json_is_array(list) || count < 2 || count > TARGET_MAX_LABELS - 1)
        return refuse(r, err, "labels", "must be a list of 2 to 15 texts");
    t->labels = ARENA_NEW(t->arena, text_view, count + 1);
    if (!t->labels) return error_no_memory(err);
    for (size_t i = 0; i < count; i++) {
        text_view label = {0};
        whosaid_status status = read_text(r, json_array_get(list, i), "labels", &label, err);
        if (status != WHOSAID_OK) return status;
        if (view_is(label, TARGET_UNRELATED)) continue;
        if (view_is(label, "undecided") || target_label(t, label) < t->label_count)
            return refuse(r, err, "labels", "holds a label twice, or \"undecided\"");
        if (!is_printable(label))
            return refuse(r, err, "labels", "holds a control character, ';' or '='");
        t->labels[t->label_count++] = label;
    }
    if (t->label_count < 2) return refuse(r, err, "labels", "must have two poles");
    if (has_unrelated) t->labels[t->label_count++] = VIEW(TARGET_UNRELATED);
    return WHOSAID_OK;
}

static whosaid_status add_class(reader *r, phrase_kind kind, text_view name, whosaid_error *err) {
    if (r->classes.count == TARGET_MAX_CLASSES)
        return error_set(err, WHOSAID_LIMIT, r->where, 0, "target file: over %d classes",
                         TARGET_MAX_CLASSES);
    text_view marker = arena_format(r->target->arena, "<%.*s>", (int)name.len, name.ptr);
    if (!marker.ptr) return error_no_memory(err);
    target_class class = {kind, name_part_of(name), name_part_of(marker)};
    return array_push(r->target->arena, &r->classes, class) ? WHOSAID_OK : error_no_memory(err);
}

/* Adds a phrase to the class that was added last. */
static whosaid_status add_phrase(reader *r, text_view phrase, whosaid_error *err) {
    if (++r->phrase_count > MAX_PHRASES)
        return error_set(err, WHOSAID_LIMIT, r->where, 0, "target file: over %d phrases",
                         MAX_PHRASES);
    uint32_t class = (uint32_t)r->classes.count - 1;
    r->target->phrase_counts[r->classes.items[class].kind]++;
    whosaid_error inner = {0};
    whosaid_status status = phrase_matcher_add(r->target->matcher, phrase, class, &inner);
    if (status != WHOSAID_OK)
        return error_set(err, status, r->where, 0, "target file: %s", inner.text);
    return WHOSAID_OK;
}

static whosaid_status read_class(reader *r, phrase_kind kind, const char *name,
                                 const json_t *phrases, whosaid_error *err) {
    if (!target_name_is_plain(view_of(name)))
        return refuse(r, err, name, "is no class name: letters, digits, '-' and '_' only");
    if (!json_is_array(phrases)) return refuse(r, err, name, "must be a list of phrases");
    text_view copy = arena_copy(r->target->arena, view_of(name));
    if (!copy.ptr) return error_no_memory(err);
    whosaid_status status = add_class(r, kind, copy, err);
    for (size_t i = 0; status == WHOSAID_OK && i < json_array_size(phrases); i++) {
        text_view phrase;
        status = read_text(r, json_array_get(phrases, i), name, &phrase, err);
        if (status == WHOSAID_OK) status = add_phrase(r, phrase, err);
    }
    return status;
}

static whosaid_status read_classes(reader *r, phrase_kind kind, const char *key, json_t *object,
                                   whosaid_error *err) {
    r->target->first_class[kind] = r->classes.count;
    if (!object) return WHOSAID_OK;
    if (!json_is_object(object)) return refuse(r, err, key, "must be an object of phrase lists");
    const char *name;
    json_t *phrases;
    json_object_foreach(object, name, phrases) {
        whosaid_status status = read_class(r, kind, name, phrases, err);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}

/* words: separated by blanks. */
static whosaid_status add_general_class(reader *r, const char *name, const char *words,
                                        whosaid_error *err) {
    whosaid_status status = add_class(r, PHRASE_GENERAL, view_of(name), err);
    for (const char *at = words; status == WHOSAID_OK && *at;) {
        size_t len = strcspn(at, " ");
        status = add_phrase(r, (text_view){at, len}, err);
        at += len + (at[len] == ' ');
    }
    return status;
}

static whosaid_status add_general_lexicon(reader *r, whosaid_error *err) {
    r->target->first_class[PHRASE_GENERAL] = r->classes.count;
    r->phrase_count = 0; /* the limit is for what the file holds */
    size_t count;
    const lexicon_class *general = general_lexicon(&count);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < count; i++)
        status = add_general_class(r, general[i].name, general[i].words, err);
    return status;
}

static whosaid_status finish(reader *r, whosaid_error *err) {
    target *t = r->target;
    whosaid_status status = add_general_lexicon(r, err);
    if (status != WHOSAID_OK) return status;
    t->classes = r->classes.items;
    t->class_count = t->first_class[PHRASE_KIND_COUNT] = r->classes.count;
    return phrase_matcher_finish(t->matcher, err);
}

static whosaid_status read_format(reader *r, const json_t *root, whosaid_error *err) {
    const char *format = json_string_value(json_object_get(root, "format"));
    if (!format || strcmp(format, "whosaid-target") != 0)
        return refuse(r, err, "format", "must be \"whosaid-target\"");
    if (json_integer_value(json_object_get(root, "version")) != 1)
        return refuse(r, err, "version", "must be 1");
    return WHOSAID_OK;
}

static whosaid_status read_threshold(reader *r, const json_t *value, whosaid_error *err) {
    if (!value) return WHOSAID_OK;
    double threshold = json_number_value(value);
    if (!json_is_number(value) || !(threshold >= 0 && threshold <= 1))
        return refuse(r, err, "threshold", "must be a number from 0 to 1");
    r->target->threshold = threshold;
    return WHOSAID_OK;
}

static whosaid_status read_pronoun(reader *r, const json_t *value, whosaid_error *err) {
    if (!value) return WHOSAID_OK;
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    if (strcmp(text, "he") == 0) r->target->pronoun = PRONOUN_HE;
    if (strcmp(text, "she") == 0) r->target->pronoun = PRONOUN_SHE;
    if (r->target->pronoun == PRONOUN_NONE)
        return refuse(r, err, "pronoun", "must be \"he\" or \"she\"");
    r->target->given_names = lexicon_new();
    return r->target->given_names ? WHOSAID_OK : error_no_memory(err);
}

static whosaid_status read_target(reader *r, const json_t *root, whosaid_error *err) {
    target *t = r->target;
    if (!json_is_object(root)) return refuse(r, err, "", "is not a JSON object");
    whosaid_status status = read_format(r, root, err);
    if (status == WHOSAID_OK)
        status = read_text(r, json_object_get(root, "name"), "name", &t->name, err);
    if (status == WHOSAID_OK && !is_printable(t->name))
        return refuse(r, err, "name", "holds a control character, ';' or '='");
    if (status == WHOSAID_OK)
        status = read_text(r, json_object_get(root, "question"), "question", &t->question, err);
    const json_t *unrelated = json_object_get(root, "unrelated");
    if (status == WHOSAID_OK)
        status = read_labels(r, json_object_get(root, "labels"), !json_is_false(unrelated), err);
    if (status == WHOSAID_OK) status = read_threshold(r, json_object_get(root, "threshold"), err);
    if (status == WHOSAID_OK) status = read_pronoun(r, json_object_get(root, "pronoun"), err);
    if (status == WHOSAID_OK)
        status = read_classes(r, PHRASE_TARGET, "phrases", json_object_get(root, "phrases"), err);
    if (status == WHOSAID_OK)
        status = read_classes(r, PHRASE_QUESTION, "lexicon", json_object_get(root, "lexicon"), err);
    if (status == WHOSAID_OK)
        status =
            read_classes(r, PHRASE_SPEAKER, "speakers", json_object_get(root, "speakers"), err);
    return status == WHOSAID_OK ? finish(r, err) : status;
}

whosaid_status target_parse(text_view json, const char *where, target **out, whosaid_error *err) {
    *out = NULL;
    if (json.len > MAX_FILE_BYTES)
        return error_set(err, WHOSAID_LIMIT, where, 0, "target file: over 1 MiB");
    json_error_t cause;
    json_t *root;
    whosaid_status parsed = json_text_read(json, JSON_REJECT_DUPLICATES, &root, &cause);
    if (parsed == WHOSAID_NO_MEMORY) return error_no_memory(err);
    if (parsed != WHOSAID_OK)
        return error_set(err, parsed, where, cause.line > 0 ? (size_t)cause.line : 0,
                         "target file: %s", cause.text);
    reader r = {.target = target_new(), .where = where};
    whosaid_status status = r.target ? read_target(&r, root, err) : error_no_memory(err);
    if (status == WHOSAID_OK) {
        r.target->json = arena_copy(r.target->arena, json);
        if (!r.target->json.ptr) status = error_no_memory(err);
    }
    json_decref(root);
    if (status == WHOSAID_OK)
        *out = r.target;
    else
        target_free(r.target);
    return status;
}

whosaid_status target_load(const char *path, target **out, whosaid_error *err) {
    *out = NULL;
    FILE *file;
    struct stat info;
    whosaid_status status = plain_file_open(path, "cannot open the target file", &file, &info, err);
    if (status != WHOSAID_OK) return status;
    char *buffer = malloc(MAX_FILE_BYTES + 1);
    if (!buffer) {
        status = error_no_memory(err);
    } else {
        size_t len = fread(buffer, 1, MAX_FILE_BYTES + 1, file);
        if (ferror(file))
            status = error_io(err, path, "cannot read the target file", errno);
        else
            status = target_parse((text_view){buffer, len}, path, out, err);
    }
    free(buffer);
    fclose(file);
    return status;
}

/* The phrases of a bare name: all of its words, and the first and the last alone when they are long
 * enough to mean something. NULL when memory is out. */
static json_t *phrases_of_name(text_view of, arena *memory) {
    word_list words;
    if (words_split(of, memory, &words, NULL) != WHOSAID_OK) return NULL;
    text_view all = VIEW(""), first = VIEW(""), last = VIEW("");
    for (size_t i = 0; i < words.count; i++) {
        if (words.items[i].kind == WORD_MARK) continue;
        last = words.items[i].text;
        if (!first.len) first = last;
        all = arena_format(memory, "%.*s%s%.*s", (int)all.len, all.ptr, all.len ? " " : "",
                           (int)last.len, last.ptr);
        if (!all.ptr) return NULL;
    }
    text_view phrases[3];
    size_t count = 0;
    if (all.len) phrases[count++] = all;
    if (first.len >= LEAST_NAME_BYTES && first.len < all.len) phrases[count++] = first;
    if (last.len >= LEAST_NAME_BYTES && last.len < all.len) phrases[count++] = last;
    return json_texts_value(phrases, count);
}

/* "he" or "she" where the name begins with a given name that tells it, else NULL. */
static const char *pronoun_of_name(text_view name) {
    const char *blank = memchr(name.ptr, ' ', name.len);
    lexicon *names = blank ? lexicon_new() : NULL;
    uint32_t classes =
        names ? lexicon_classes(names, view_slice(name, 0, (size_t)(blank - name.ptr))) : 0;
    lexicon_free(names);
    bool he = classes & WORD_GIVEN_MALE, she = classes & WORD_GIVEN_FEMALE;
    return he == she ? NULL : he ? "he" : "she";
}

static json_t *describe_name(text_view name, const text_view *labels, size_t label_count,
                             arena *memory) {
    bool has_unrelated = false;
    for (size_t i = 0; i < label_count; i++)
        has_unrelated |= view_is(labels[i], TARGET_UNRELATED);
    const char *pronoun = pronoun_of_name(name);
    return json_pack("{s:s, s:i, s:s%, s:s, s:o, s:b, s:f, s:s*, s:{s:o}}", "format",
                     "whosaid-target", "version", 1, "name", name.ptr, name.len, "question",
                     "not configured: labels from the corpus, phrases from the name", "labels",
                     json_texts_value(labels, label_count), "unrelated", has_unrelated, "threshold",
                     TARGET_DEFAULT_THRESHOLD, "pronoun", pronoun, "phrases", "target",
                     phrases_of_name(name, memory));
}

whosaid_status target_from_name(text_view name, const text_view *labels, size_t label_count,
                                target **out, whosaid_error *err) {
    *out = NULL;
    arena *scratch = arena_new();
    if (!scratch) return error_no_memory(err);
    json_t *root = describe_name(name, labels, label_count, scratch);
    char *text = root ? json_dumps(root, JSON_INDENT(1) | JSON_REAL_PRECISION(6)) : NULL;
    whosaid_status status =
        text ? target_parse(view_of(text), "the corpus", out, err) : error_no_memory(err);
    free(text);
    json_decref(root);
    arena_free(scratch);
    return status;
}
