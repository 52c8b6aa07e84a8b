/* Tables with the report's columns as a corpus: what a user corrected in a spreadsheet. The
 * articles' texts come from a column "text" or a folder; where the words of a cell stand is told by
 * the column "spans" of our own tables, else they are searched. libcsv takes the cells apart. */
#include "corpus/corpus_reader.h"

#include "base/buffer.h"
#include "base/offset_map.h"
#include "base/utf8.h"
#include "corpus/folded_text.h"
#include "report/csv_row.h"

#include <csv.h>

/* How far from its content a cue or source is looked for. */
enum { REACH_BYTES = 2000 };

// clang-format off
#define COLUMN_LIST(X)                                                                           \
    X(article) X(date) X(outlet) X(title) X(text) X(quote_id) X(kind) X(quote) X(cue) X(source)  \
    X(speaker) X(role) X(anonymity) X(anonymity_reason) X(target) X(stance) X(start) X(end)      \
    X(doubtful) X(spans)
// clang-format on

typedef enum column {
#define COLUMN_ENUM(word) COLUMN_##word,
    COLUMN_LIST(COLUMN_ENUM)
#undef COLUMN_ENUM
        COLUMN_COUNT
} column;

static const char *const column_names[COLUMN_COUNT] = {
#define COLUMN_NAME(word) #word,
    COLUMN_LIST(COLUMN_NAME)
#undef COLUMN_NAME
};

typedef struct table {
    corpus_reader *reader;
    arena *scratch; /* of the article that is being read */
    whosaid_status status;
    ARRAY(text_view) cells;       /* of the row, in the corpus's arena */
    size_t columns[COLUMN_COUNT]; /* index into cells, or SIZE_MAX */
    bool has_header;
    bool has_article, article_faulty;
    annotated_article article;
    offset_map map;
    folded_text folded;
    ARRAY(annotated_quote) quotes;
    ARRAY(annotated_stance) stances; /* of the last quote */
    uint32_t previous_begin;         /* where the content of the last quote begins */
} table;

static text_view cell(const table *t, column wanted) {
    size_t index = t->columns[wanted];
    return index < t->cells.count ? t->cells.items[index] : VIEW("");
}

/* Without the apostrophe that keeps a spreadsheet from running the cell. */
static text_view text_of_cell(const table *t, column wanted) {
    text_view text = cell(t, wanted);
    bool guarded =
        text.len > 1 && text.ptr[0] == '\'' && csv_is_formula(view_slice(text, 1, text.len));
    return guarded ? view_slice(text, 1, text.len) : text;
}

/* --- where things stand --- */

static bool parse_offset(text_view *text, size_t *out) {
    size_t i = 0;
    *out = 0;
    for (; i < text->len && i < 10 && ascii_is_digit((unsigned char)text->ptr[i]); i++)
        *out = *out * 10 + (size_t)(text->ptr[i] - '0');
    *text = view_slice(*text, i, text->len);
    return i > 0;
}

static bool span_of_offsets(const table *t, size_t start, size_t end, span *out) {
    if (start >= end || end > t->map.code_points) return false;
    *out = (span){offset_map_to_bytes(&t->map, start), offset_map_to_bytes(&t->map, end)};
    return true;
}

static whosaid_status push_span(table *t, span_list *list, span added) {
    ARRAY(span) grown = {list->items, list->count, list->count};
    if (!array_push(t->reader->corpus->arena, &grown, added)) return reader_no_memory(t->reader);
    list->items = grown.items;
    list->count = grown.count;
    return WHOSAID_OK;
}

/* "c0-10,15-20 k21-25" */
static whosaid_status read_spans_cell(table *t, annotated_quote *q) {
    static const char letters[] = "cksr";
    span_list *const lists[] = {&q->contents, &q->cues, &q->sources, &q->reason_spans};
    text_view rest = view_trim(cell(t, COLUMN_spans));
    span_list *list = NULL;
    while (rest.len > 0) {
        const char *letter = memchr(letters, rest.ptr[0], sizeof letters - 1);
        if (letter) list = lists[letter - letters];
        if (letter || rest.ptr[0] == ',' || rest.ptr[0] == ' ') {
            rest = view_slice(rest, 1, rest.len);
            continue;
        }
        size_t start, end;
        span found;
        bool good = list && parse_offset(&rest, &start) && rest.len > 1 && rest.ptr[0] == '-';
        if (good) rest = view_slice(rest, 1, rest.len);
        if (!good || !parse_offset(&rest, &end) || !span_of_offsets(t, start, end, &found))
            return reader_fault(t->reader, WHOSAID_SYNTAX,
                                "\"spans\" is not like \"c0-10 k12-16\" within the text");
        whosaid_status status = push_span(t, list, found);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}

/* Takes the piece before " [...] " off *rest. */
static text_view take_piece(text_view *rest) {
    static const text_view between = {" [...] ", 7};
    size_t end = 0;
    while (end < rest->len && !view_starts_with(view_slice(*rest, end, rest->len), between))
        end++;
    text_view piece = view_trim(view_slice(*rest, 0, end));
    *rest = end < rest->len ? view_slice(*rest, end + between.len, rest->len) : VIEW("");
    return piece;
}

/* The first piece of the content: where start and end say, when its words stand there; else the
 * next place behind the last quote, else the first of all. */
static bool find_first_content(const table *t, text_view piece, span *out) {
    text_view start_cell = view_trim(cell(t, COLUMN_start)),
              end_cell = view_trim(cell(t, COLUMN_end));
    size_t start, end;
    span told, found;
    if (parse_offset(&start_cell, &start) && parse_offset(&end_cell, &end) &&
        span_of_offsets(t, start, end, &told) &&
        folded_text_find(&t->folded, piece, false, told.begin, &found) &&
        found.begin == told.begin) {
        *out = found;
        return true;
    }
    return folded_text_find(&t->folded, piece, true, t->previous_begin, out) ||
           folded_text_find(&t->folded, piece, false, 0, out);
}

static whosaid_status find_contents(table *t, annotated_quote *q) {
    text_view rest = text_of_cell(t, COLUMN_quote);
    while (rest.len > 0) {
        text_view piece = reader_fold(t->reader, take_piece(&rest));
        if (!piece.ptr) return reader_no_memory(t->reader);
        if (piece.len == 0) continue;
        span found;
        bool good = q->contents.count == 0
                        ? find_first_content(t, piece, &found)
                        : folded_text_find(&t->folded, piece, false,
                                           q->contents.items[q->contents.count - 1].end, &found);
        if (!good)
            return reader_fault(t->reader, WHOSAID_SYNTAX, "\"%.*s\" is not in the article's text",
                                EXCERPT(piece));
        whosaid_status status = push_span(t, &q->contents, found);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}

/* Finds the source near the content, and the cue near both. */
static whosaid_status find_near_content(table *t, annotated_quote *q, column wanted,
                                        span_list *list) {
    text_view rest = text_of_cell(t, wanted);
    span near[2];
    size_t near_count = 0;
    if (q->contents.count > 0) near[near_count++] = q->contents.items[0];
    if (q->sources.count > 0) near[near_count++] = q->sources.items[0];
    if (near_count == 0) near[near_count++] = (span){t->previous_begin, t->previous_begin};
    while (rest.len > 0) {
        text_view piece = reader_fold(t->reader, take_piece(&rest));
        if (!piece.ptr) return reader_no_memory(t->reader);
        if (piece.len == 0) continue;
        span found;
        if (!folded_text_find_near(&t->folded, piece, near, near_count, REACH_BYTES, &found))
            return reader_fault(t->reader, WHOSAID_SYNTAX, "\"%.*s\" is not near its content",
                                EXCERPT(piece));
        whosaid_status status = push_span(t, list, found);
        if (status != WHOSAID_OK) return status;
    }
    return WHOSAID_OK;
}

static whosaid_status find_spans(table *t, annotated_quote *q) {
    if (view_trim(cell(t, COLUMN_spans)).len > 0) return read_spans_cell(t, q);
    whosaid_status status = find_contents(t, q);
    if (status == WHOSAID_OK) status = find_near_content(t, q, COLUMN_source, &q->sources);
    if (status == WHOSAID_OK) status = find_near_content(t, q, COLUMN_cue, &q->cues);
    return status;
}

/* --- rows --- */

static whosaid_status read_labels(table *t, annotated_quote *q) {
    text_view grade = view_trim(cell(t, COLUMN_anonymity)), kind = view_trim(cell(t, COLUMN_kind));
    q->speaker_name = text_of_cell(t, COLUMN_speaker);
    q->has_speaker = q->speaker_name.len > 0;
    q->speaker_role = text_of_cell(t, COLUMN_role);
    q->reason = text_of_cell(t, COLUMN_anonymity_reason);
    q->doubtful = view_is(view_trim(cell(t, COLUMN_doubtful)), "yes");
    q->has_anonymity = anonymity_grade_parse(grade, &q->grade);
    if (grade.len > 0 && !q->has_anonymity)
        return reader_fault(t->reader, WHOSAID_SYNTAX, "unknown anonymity grade \"%.*s\"",
                            EXCERPT(grade));
    q->has_kind = statement_kind_parse(kind, &q->kind);
    if (kind.len > 0 && !q->has_kind)
        return reader_fault(t->reader, WHOSAID_SYNTAX, "unknown kind \"%.*s\"", EXCERPT(kind));
    return WHOSAID_OK;
}

/* A row without a stance, and one that the program left undecided, is no label. */
static whosaid_status read_stance(table *t) {
    annotated_stance s = {.target = text_of_cell(t, COLUMN_target),
                          .label = text_of_cell(t, COLUMN_stance)};
    if (s.target.len == 0 || s.label.len == 0 || view_is(s.label, "undecided")) return WHOSAID_OK;
    if (!array_push(t->reader->corpus->arena, &t->stances, s)) return reader_no_memory(t->reader);
    return WHOSAID_OK;
}

/* The quote that is complete gets its stances. */
static void close_quote(table *t) {
    if (t->quotes.count == 0) return;
    annotated_quote *last = &t->quotes.items[t->quotes.count - 1];
    last->stances = t->stances.items;
    last->stance_count = t->stances.count;
    if (last->contents.count > 0) t->previous_begin = last->contents.items[0].begin;
    memset(&t->stances, 0, sizeof t->stances);
}

static whosaid_status close_article(table *t) {
    if (!t->has_article || t->article_faulty) return WHOSAID_OK;
    close_quote(t);
    t->article.quotes = t->quotes.items;
    t->article.quote_count = t->quotes.count;
    return reader_add(t->reader, &t->article, NULL);
}

/* Reads FOLDER/NAME.txt, where NAME is the last part of the article's name; a text file's name is
 * taken as it is. */
static whosaid_status read_text_file(table *t) {
    const char *folder = t->reader->options->texts;
    text_view file = t->article.id;
    for (size_t i = file.len; i > 0; i--)
        if (file.ptr[i - 1] == '/') {
            file = view_slice(file, i, file.len);
            break;
        }
    bool is_text_file = view_ends_with(file, VIEW(".txt")) || view_ends_with(file, VIEW(".md"));
    if (!folder || file.len == 0)
        return reader_fault(t->reader, WHOSAID_SYNTAX,
                            "there is no text: add a column \"text\" or name a folder of texts");
    text_view path = arena_format(t->scratch, "%s/%.*s%s", folder, (int)file.len, file.ptr,
                                  is_text_file ? "" : ".txt");
    if (!path.ptr) return reader_no_memory(t->reader);
    buffer content;
    whosaid_error cause = {0};
    whosaid_status status = corpus_file_read(path.ptr, false, &content, &cause);
    if (status == WHOSAID_NO_MEMORY) return reader_no_memory(t->reader);
    if (status != WHOSAID_OK)
        return reader_fault(t->reader, WHOSAID_IO, "\"%s\": %s", path.ptr, cause.text);
    text_view text = buffer_view(&content);
    if (utf8_first_no_text(text) < text.len)
        status = reader_fault(t->reader, WHOSAID_NOT_TEXT, "\"%s\" is not UTF-8 text", path.ptr);
    else
        t->article.text = arena_copy(t->reader->corpus->arena, text);
    buffer_free(&content);
    return status;
}

static whosaid_status open_article(table *t) {
    arena_reset(t->scratch);
    memset(&t->quotes, 0, sizeof t->quotes);
    t->previous_begin = 0;
    t->has_article = true;
    t->article_faulty = true;
    t->article = (annotated_article){.id = text_of_cell(t, COLUMN_article),
                                     .date = text_of_cell(t, COLUMN_date),
                                     .outlet = text_of_cell(t, COLUMN_outlet),
                                     .title = text_of_cell(t, COLUMN_title),
                                     .text = text_of_cell(t, COLUMN_text)};
    whosaid_status status = t->article.text.len > 0 ? WHOSAID_OK : read_text_file(t);
    if (status != WHOSAID_OK || t->article.text.len == 0) return status;
    if (t->article.text.len > ARTICLE_TEXT_MAX)
        return reader_fault(t->reader, WHOSAID_LIMIT, "the text is too long");
    t->article_faulty = false;
    bool built = offset_map_build(t->scratch, t->article.text, &t->map) &&
                 folded_text_build(t->scratch, t->article.text, &t->folded);
    return built ? WHOSAID_OK : reader_no_memory(t->reader);
}

static whosaid_status open_quote(table *t, text_view id) {
    arena *a = t->reader->corpus->arena;
    close_quote(t);
    annotated_quote q = {.id = id};
    if (id.len == 0) q.id = arena_format(a, "q%zu", t->quotes.count + 1);
    if (!q.id.ptr) return reader_no_memory(t->reader);
    t->reader->quote = q.id;
    whosaid_status status = find_spans(t, &q);
    if (status == WHOSAID_OK) status = read_labels(t, &q);
    if (status == WHOSAID_OK && !array_push(a, &t->quotes, q)) status = reader_no_memory(t->reader);
    t->reader->quote = VIEW("");
    return status;
}

static whosaid_status read_row(table *t) {
    whosaid_status status = WHOSAID_OK;
    if (!t->has_article || !view_equal(text_of_cell(t, COLUMN_article), t->article.id)) {
        status = close_article(t);
        if (status == WHOSAID_OK) status = open_article(t);
    }
    if (status != WHOSAID_OK || t->article_faulty) return status;
    text_view id = text_of_cell(t, COLUMN_quote_id);
    bool same = id.len > 0 && t->quotes.count > 0 &&
                view_equal(id, t->quotes.items[t->quotes.count - 1].id);
    if (!same) status = open_quote(t, id);
    return status == WHOSAID_OK ? read_stance(t) : status;
}

static whosaid_status read_header(table *t) {
    for (int i = 0; i < COLUMN_COUNT; i++)
        t->columns[i] = SIZE_MAX;
    for (size_t i = t->cells.count; i-- > 0;)
        for (int k = 0; k < COLUMN_COUNT; k++)
            if (view_is(view_trim(t->cells.items[i]), column_names[k])) t->columns[k] = i;
    t->has_header = true;
    if (t->columns[COLUMN_article] != SIZE_MAX && t->columns[COLUMN_quote] != SIZE_MAX)
        return WHOSAID_OK;
    t->status = WHOSAID_SYNTAX; /* without them no row can be read */
    return reader_fault(t->reader, WHOSAID_SYNTAX,
                        "the first row must name the columns, \"article\" and \"quote\" at least");
}

static void on_cell(void *data, size_t len, void *context) {
    table *t = context;
    if (t->status != WHOSAID_OK) return;
    arena *a = t->reader->corpus->arena;
    text_view copy = arena_copy(a, (text_view){data, len});
    if (!copy.ptr || !array_push(a, &t->cells, copy)) t->status = reader_no_memory(t->reader);
}

static void on_row(int terminator, void *context) {
    (void)terminator;
    table *t = context;
    t->reader->line++;
    if (t->status != WHOSAID_OK) return;
    whosaid_status status = t->has_header ? read_row(t) : read_header(t);
    if (t->status == WHOSAID_OK) t->status = status;
    t->cells.count = 0;
}

static whosaid_status read_table(table *t, text_view content) {
    struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI) != 0) return reader_no_memory(t->reader);
    csv_set_blk_size(&parser, 1 << 16);
    size_t read = csv_parse(&parser, content.ptr, content.len, on_cell, on_row, t);
    bool good = read == content.len && csv_fini(&parser, on_cell, on_row, t) == 0;
    int cause = csv_error(&parser);
    csv_free(&parser);
    if (t->status != WHOSAID_OK) return t->status;
    if (!good && cause == CSV_ENOMEM) return reader_no_memory(t->reader);
    t->reader->line++;
    if (!good)
        return reader_fault(t->reader, WHOSAID_SYNTAX, "row with a misplaced quotation mark");
    return close_article(t);
}

whosaid_status read_csv(corpus_reader *reader, text_view content) {
    if (view_starts_with(content, VIEW("\xEF\xBB\xBF")))
        content = view_slice(content, 3, content.len);
    if (utf8_first_no_text(content) < content.len)
        return reader_fault(reader, WHOSAID_NOT_TEXT,
                            "not UTF-8 text: save the table as CSV UTF-8");
    table t = {.reader = reader, .scratch = arena_new()};
    if (!t.scratch) return reader_no_memory(reader);
    whosaid_status status = read_table(&t, content);
    arena_free(t.scratch);
    bool collected = status == WHOSAID_SYNTAX && reader->options->collect_faults;
    return collected ? WHOSAID_OK : status;
}
