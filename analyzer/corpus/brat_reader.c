/* brat standoff: NAME.ann beside NAME.txt. An attribution is an event (PolNeAR's files: "E1
 * Attribution:T1 Source:T2 Content:T3") or what relations tie to one cue ("R1 Source Arg1:T2
 * Arg2:T1"). What a text-bound annotation is follows from its type, else from the argument's name.
 * Labels stand in notes of the type Whosaid, in the markup's form; other lines are passed over. */
#include "corpus/quote_builder.h"

#include "base/buffer.h"
#include "base/offset_map.h"
#include "base/utf8.h"

#include <stdlib.h>

/* "T1\tCue 10 15;20 25\ttext" */
typedef struct bound {
    uint32_t id;
    size_t line;
    text_view type;
    const span *fragments; /* [fragment_count] */
    size_t fragment_count;
    uint32_t number; /* of the first quote it belongs to; 0: none */
} bound;

/* An event or a relation; arguments as they stand in the file. */
typedef struct tie {
    uint32_t id;
    size_t line;
    text_view arguments;
    uint32_t number; /* of the event's quote; 0: it is no attribution */
} tie;

/* The labels of an event. */
typedef struct note {
    uint32_t event;
    text_view parts;
} note;

typedef struct standoff {
    corpus_reader *reader;
    quote_builder builder;
    offset_map map;
    annotated_article article;
    uint32_t quote_count;
    ARRAY(bound) bounds;
    ARRAY(tie) events;
    ARRAY(tie) relations;
    ARRAY(note) notes;
    ARRAY(text_view) ids; /* [quote_count] */
} standoff;

#define FAULT(s, ...) BUILDER_FAULT(&(s)->builder, __VA_ARGS__)

/* Takes what stands before `mark` off *rest, and the mark. False when there is no mark: then the
 * whole rest is taken. */
static bool take_until(text_view *rest, char mark, text_view *out) {
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] != mark)
        len++;
    bool found = len < rest->len;
    *out = view_slice(*rest, 0, len);
    *rest = found ? view_slice(*rest, len + 1, rest->len) : VIEW("");
    return found;
}

static bool parse_number(text_view text, uint32_t *out) {
    uint64_t value = 0;
    if (text.len == 0 || text.len > 9) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit((unsigned char)text.ptr[i])) return false;
        value = value * 10 + (uint64_t)(text.ptr[i] - '0');
    }
    *out = (uint32_t)value;
    return true;
}

/* An id such as T12, with the letter `kind`. */
static bool parse_id(text_view text, char kind, uint32_t *out) {
    return text.len > 1 && text.ptr[0] == kind && parse_number(view_slice(text, 1, text.len), out);
}

static bool role_of(text_view word, span_role *out) {
    static const char *const names[] = {"content", "cue", "source", "reason"};
    while (word.len > 0 && ascii_is_digit((unsigned char)word.ptr[word.len - 1]))
        word.len--; /* Content2 */
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!view_equal_ignoring_case(word, view_of(names[i]))) continue;
        *out = (span_role)i;
        return true;
    }
    return false;
}

/* --- lines --- */

/* Equal but for white space, which brat's files lose at line ends and between fragments. */
static bool equal_but_blanks(const char *text, const bound *b, text_view said) {
    size_t at = 0;
    for (size_t i = 0; i < b->fragment_count; i++)
        for (uint32_t k = b->fragments[i].begin; k < b->fragments[i].end; k++) {
            if (ascii_is_space((unsigned char)text[k])) continue;
            while (at < said.len && ascii_is_space((unsigned char)said.ptr[at]))
                at++;
            if (at == said.len || said.ptr[at++] != text[k]) return false;
        }
    return view_trim(view_slice(said, at, said.len)).len == 0;
}

static whosaid_status read_bound(standoff *s, text_view id, text_view rest) {
    bound b = {.line = s->reader->line};
    text_view places;
    bool has_text = take_until(&rest, '\t', &places);
    bool good = parse_id(id, 'T', &b.id) && take_until(&places, ' ', &b.type);
    ARRAY(span) fragments = {0};
    while (good && places.len > 0) {
        text_view fragment, start;
        take_until(&places, ';', &fragment);
        uint32_t from, to;
        good = take_until(&fragment, ' ', &start) && parse_number(start, &from) &&
               parse_number(fragment, &to) && from < to && to <= s->map.code_points;
        if (!good) break;
        span bytes = {offset_map_to_bytes(&s->map, from), offset_map_to_bytes(&s->map, to)};
        if (!array_push(s->builder.scratch, &fragments, bytes)) return reader_no_memory(s->reader);
    }
    b.fragments = fragments.items;
    b.fragment_count = fragments.count;
    if (!good || b.fragment_count == 0)
        return FAULT(s, "%.*s is not \"T1, type, start and end\" within a text of %zu characters",
                     EXCERPT(id), s->map.code_points);
    if (has_text && !equal_but_blanks(s->article.text.ptr, &b, rest))
        return FAULT(s, "%.*s: \"%.*s\" does not stand there", EXCERPT(id), EXCERPT(rest));
    if (!array_push(s->builder.scratch, &s->bounds, b)) return reader_no_memory(s->reader);
    return WHOSAID_OK;
}

static whosaid_status read_note(standoff *s, text_view rest) {
    text_view head, type;
    note n;
    take_until(&rest, '\t', &head);
    take_until(&head, ' ', &type);
    if (!view_is(type, "Whosaid") || !parse_id(head, 'E', &n.event)) return WHOSAID_OK;
    n.parts = rest;
    return array_push(s->builder.scratch, &s->notes, n) ? WHOSAID_OK : reader_no_memory(s->reader);
}

static whosaid_status read_line(standoff *s, text_view line) {
    if (line.len > 0 && line.ptr[line.len - 1] == '\r') line.len--;
    if (line.len == 0) return WHOSAID_OK;
    text_view id;
    bool whole = take_until(&line, '\t', &id);
    char kind = id.len > 0 ? id.ptr[0] : '\0';
    if (kind != 'T' && kind != 'E' && kind != 'R' && kind != '#') return WHOSAID_OK;
    if (!whole) return FAULT(s, "\"%.*s\" is not followed by a tab", EXCERPT(id));
    if (kind == 'T') return read_bound(s, id, line);
    if (kind == '#') return read_note(s, line);
    tie t = {.line = s->reader->line, .arguments = view_trim(line)};
    if (!parse_id(id, kind, &t.id)) return FAULT(s, "\"%.*s\" is not an id", EXCERPT(id));
    bool added = kind == 'E' ? array_push(s->builder.scratch, &s->events, t)
                             : array_push(s->builder.scratch, &s->relations, t);
    return added ? WHOSAID_OK : reader_no_memory(s->reader);
}

/* --- from ties to quotes --- */

static int compare_bounds(const void *a, const void *b) {
    const bound *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* A text-bound annotation by its id: bounds are sorted. NULL when there is none. */
static bound *find_bound(standoff *s, uint32_t id) {
    if (s->bounds.count == 0) return NULL;
    bound key = {.id = id};
    return bsearch(&key, s->bounds.items, s->bounds.count, sizeof key, compare_bounds);
}

/* Takes the next "Name:T1" that refers to a text-bound annotation with a role off *arguments.
 * *found is NULL when there is none left. */
static whosaid_status take_argument(standoff *s, text_view *arguments, bound **found,
                                    span_role *role) {
    *found = NULL;
    while (arguments->len > 0) {
        text_view argument, argument_name;
        take_until(arguments, ' ', &argument);
        uint32_t id;
        if (!take_until(&argument, ':', &argument_name) || !parse_id(argument, 'T', &id)) continue;
        *found = find_bound(s, id);
        if (!*found) return FAULT(s, "there is no %.*s", EXCERPT(argument));
        if (role_of((*found)->type, role) || role_of(argument_name, role)) return WHOSAID_OK;
        *found = NULL;
    }
    return WHOSAID_OK;
}

static whosaid_status start_quote(standoff *s, char kind, uint32_t id, uint32_t *number) {
    text_view quote_id = arena_format(s->reader->corpus->arena, "%c%u", kind, (unsigned)id);
    if (!quote_id.ptr || !array_push(s->builder.scratch, &s->ids, quote_id))
        return reader_no_memory(s->reader);
    *number = ++s->quote_count;
    return WHOSAID_OK;
}

static whosaid_status add_to_quote(standoff *s, uint32_t number, bound *b, span_role role) {
    if (b->number == 0) b->number = number;
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < b->fragment_count; i++)
        status = quote_builder_add_span(
            &s->builder, (numbered_span){number, role, b->fragments[i], s->reader->line});
    return status;
}

static whosaid_status read_event(standoff *s, tie *event) {
    text_view rest = event->arguments;
    s->reader->line = event->line;
    for (;;) {
        bound *b;
        span_role role;
        whosaid_status status = take_argument(s, &rest, &b, &role);
        if (status != WHOSAID_OK || !b) return status;
        if (event->number == 0) status = start_quote(s, 'E', event->id, &event->number);
        if (status == WHOSAID_OK) status = add_to_quote(s, event->number, b, role);
        if (status != WHOSAID_OK) return status;
    }
}

/* The one of two tied annotations that stands for their quote: the cue, else the content. */
static whosaid_status read_relation(standoff *s, const tie *relation, bool with_cue) {
    text_view rest = relation->arguments;
    s->reader->line = relation->line;
    bound *first = NULL, *second = NULL;
    span_role first_role = ROLE_CONTENT, second_role = ROLE_CONTENT;
    whosaid_status status = take_argument(s, &rest, &first, &first_role);
    if (status == WHOSAID_OK) status = take_argument(s, &rest, &second, &second_role);
    if (status != WHOSAID_OK || !first || !second) return status;
    if ((first_role == ROLE_CUE || second_role == ROLE_CUE) != with_cue) return WHOSAID_OK;
    bool swap = with_cue ? first_role != ROLE_CUE : first_role != ROLE_CONTENT;
    bound *key = swap ? second : first, *other = swap ? first : second;
    if (key->number == 0) {
        uint32_t number = 0;
        status = start_quote(s, 'T', key->id, &number);
        if (status == WHOSAID_OK)
            status = add_to_quote(s, number, key, swap ? second_role : first_role);
    }
    return status == WHOSAID_OK
               ? add_to_quote(s, key->number, other, swap ? first_role : second_role)
               : status;
}

static whosaid_status read_ties(standoff *s) {
    if (s->bounds.count > 1)
        qsort(s->bounds.items, s->bounds.count, sizeof *s->bounds.items, compare_bounds);
    whosaid_status status = WHOSAID_OK;
    for (size_t i = 0; status == WHOSAID_OK && i < s->events.count; i++)
        status = read_event(s, &s->events.items[i]);
    /* Relations with a cue first, so that a source tied to a content finds the content's quote. */
    for (int without = 0; without < 2; without++)
        for (size_t i = 0; status == WHOSAID_OK && i < s->relations.count; i++)
            status = read_relation(s, &s->relations.items[i], !without);
    return status;
}

/* --- labels --- */

static int compare_ties(const void *a, const void *b) {
    const tie *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

/* Gives each quote its labels: those of a note, or none. */
static whosaid_status label_quotes(standoff *s) {
    text_view *parts = ARENA_NEW(s->builder.scratch, text_view, s->quote_count);
    if (!parts) return reader_no_memory(s->reader);
    if (s->events.count > 1)
        qsort(s->events.items, s->events.count, sizeof *s->events.items, compare_ties);
    for (size_t i = 0; s->events.count > 0 && i < s->notes.count; i++) {
        tie key = {.id = s->notes.items[i].event};
        const tie *event =
            bsearch(&key, s->events.items, s->events.count, sizeof key, compare_ties);
        if (event && event->number > 0) parts[event->number - 1] = s->notes.items[i].parts;
    }
    s->reader->line = 0;
    whosaid_status status = WHOSAID_OK;
    for (uint32_t i = 0; status == WHOSAID_OK && i < s->quote_count; i++) {
        annotated_quote initial = {.id = s->ids.items[i]};
        if (parts[i].len > 0) initial = markup_defaults;
        initial.id = s->ids.items[i];
        status = quote_builder_add_quote(&s->builder, i + 1, &initial, parts[i]);
    }
    return status;
}

/* --- the files --- */

/* Reads NAME.txt beside NAME.ann, or in the folder of texts, into the corpus's arena. */
static whosaid_status read_text(standoff *s) {
    corpus_reader *r = s->reader;
    const char *slash = strrchr(r->path, '/');
    const char *file = slash ? slash + 1 : r->path;
    int stem = (int)(view_ends_with(view_of(file), VIEW(".ann")) ? strlen(file) - 4 : strlen(file));
    text_view stem_view = {file, (size_t)stem};
    const char *suffix = view_ends_with(stem_view, VIEW(".txt")) ? "" : ".txt";
    text_view path =
        r->options->texts
            ? arena_format(s->builder.scratch, "%s/%.*s%s", r->options->texts, stem, file, suffix)
            : arena_format(s->builder.scratch, "%.*s%.*s%s", (int)(file - r->path), r->path, stem,
                           file, suffix);
    if (!path.ptr) return reader_no_memory(r);
    buffer content;
    whosaid_error cause = {0};
    whosaid_status status = corpus_file_read(path.ptr, false, &content, &cause);
    if (status == WHOSAID_NO_MEMORY) return reader_no_memory(r);
    if (status != WHOSAID_OK) return FAULT(s, "its text \"%s\": %s", path.ptr, cause.text);
    text_view text = buffer_view(&content);
    if (utf8_first_no_text(text) < text.len || text.len == 0 || text.len > ARTICLE_TEXT_MAX)
        status = FAULT(s, "its text is empty, too long or not UTF-8 text: \"%s\"", path.ptr);
    else
        s->article.text = arena_copy(r->corpus->arena, text);
    buffer_free(&content);
    return status;
}

static whosaid_status read_standoff(standoff *s, text_view content) {
    corpus_reader *r = s->reader;
    if (utf8_first_no_text(content) < content.len)
        return reader_fault(r, WHOSAID_NOT_TEXT, "not UTF-8 text");
    whosaid_status status = read_text(s);
    if (status != WHOSAID_OK || s->builder.faulty) return status;
    s->article.id = reader_default_id(r, 0);
    if (!s->article.id.ptr || !s->article.text.ptr ||
        !offset_map_build(s->builder.scratch, s->article.text, &s->map))
        return reader_no_memory(r);
    while (status == WHOSAID_OK && content.len > 0) {
        text_view line;
        take_until(&content, '\n', &line);
        r->line++;
        status = read_line(s, line);
    }
    if (status == WHOSAID_OK) status = read_ties(s);
    if (status == WHOSAID_OK) status = label_quotes(s);
    if (status == WHOSAID_OK) status = quote_builder_finish(&s->builder, &s->article);
    r->line = 0;
    if (status != WHOSAID_OK || s->builder.faulty) return status;
    return reader_add(r, &s->article, NULL);
}

whosaid_status read_brat(corpus_reader *reader, text_view content) {
    arena *scratch = arena_new();
    if (!scratch) return reader_no_memory(reader);
    standoff s = {.reader = reader, .builder = {.reader = reader, .scratch = scratch}};
    whosaid_status status = read_standoff(&s, content);
    arena_free(scratch);
    return status;
}
