#include "tag/silver.h"

#include "base/array.h"
#include "base/buffer.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "corpus/annotated_article.h"
#include "corpus/corpus_reader.h"
#include "segment/segment.h"

#include <stdlib.h>

enum { COLUMNS = 8 };

/* One article of the table: its lines, not yet read. */
typedef struct silver_block {
    text_view id, lines;
    size_t first_line; /* number of its first line in the file, from 1 */
} silver_block;

struct silver {
    corpus *corpus;
    buffer table;
    arena *arena; /* of the lists here */
    silver_block *blocks;
    size_t block_count;
    silver_article *articles;
    size_t count;
    uint64_t hash;
};

static bool opens_article(text_view line) {
    return view_starts_with(line, VIEW("# ")) && !memchr(line.ptr, '\t', line.len);
}

static bool list_blocks(silver *s) {
    ARRAY(silver_block) blocks = {0};
    text_view rest = buffer_view(&s->table), line;
    for (size_t number = 1; view_next_piece(&rest, '\n', &line); number++) {
        if (opens_article(line)) {
            silver_block block = {.id = view_trim(view_slice(line, 2, line.len)),
                                  .lines = {rest.ptr, 0},
                                  .first_line = number + 1};
            if (!array_push(s->arena, &blocks, block)) return false;
        } else if (blocks.count) {
            silver_block *last = &blocks.items[blocks.count - 1];
            last->lines.len = (size_t)(rest.ptr - last->lines.ptr);
        }
    }
    s->blocks = blocks.items;
    s->block_count = blocks.count;
    return true;
}

static int compare_blocks(const void *a, const void *b) {
    return view_compare(((const silver_block *)a)->id, ((const silver_block *)b)->id);
}

typedef struct silver_token {
    uint32_t begin, end; /* code points */
    part_of_speech speech;
    name_class class;
} silver_token;

static bool parse_number(text_view text, uint32_t *out) {
    *out = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (!ascii_is_digit((unsigned char)text.ptr[i]) || *out > 100000000) return false;
        *out = *out * 10 + (uint32_t)(text.ptr[i] - '0');
    }
    return text.len > 0;
}

static bool parse_token(text_view line, silver_token *out) {
    text_view columns[COLUMNS];
    size_t count = 0, begin = 0;
    for (size_t i = 0; i <= line.len && count < COLUMNS; i++) {
        if (i < line.len && line.ptr[i] != '\t') continue;
        columns[count++] = view_slice(line, begin, i);
        begin = i + 1;
    }
    if (count < COLUMNS || !parse_number(columns[2], &out->begin) ||
        !parse_number(columns[3], &out->end))
        return false;
    if (!part_of_speech_parse(columns[6], &out->speech)) out->speech = POS_NONE;
    if (!name_class_parse(columns[7], &out->class)) out->class = NAME_NONE;
    return true;
}

/* Walks along our tokens and counts code points on the way. */
typedef struct alignment {
    silver_article *target;
    size_t byte;         /* of the text */
    uint32_t code_point; /* the one at `byte` */
    uint32_t token;      /* the next of ours */
    uint32_t begin, end; /* its bounds in code points */
    bool has_token;
} alignment;

static uint32_t code_points_to(alignment *w, size_t byte) {
    const char *text = w->target->article.text.ptr;
    for (; w->byte < byte; w->byte++)
        w->code_point += utf8_is_boundary((unsigned char)text[w->byte]);
    return w->code_point;
}

static void advance(alignment *w) {
    w->has_token = w->token < w->target->article.token_count;
    if (!w->has_token) return;
    span bytes = w->target->article.tokens[w->token].bytes;
    w->begin = code_points_to(w, bytes.begin);
    w->end = code_points_to(w, bytes.end);
}

static void lay_over(alignment *w, const silver_token *t) {
    while (w->has_token && w->begin < t->begin) {
        w->token++;
        advance(w);
    }
    if (!w->has_token || w->begin != t->begin || w->end != t->end) return;
    if (t->speech != POS_NONE) w->target->part_of_speech[w->token] = (uint8_t)t->speech;
    w->target->name_class[w->token] = (uint8_t)t->class;
}

static whosaid_status label(silver_article *target, const silver_block *block, const char *path,
                            whosaid_error *err) {
    size_t count = target->article.token_count;
    target->part_of_speech = arena_alloc_raw(target->article.arena, count, 1);
    target->name_class = arena_alloc_raw(target->article.arena, count, 1);
    if (!target->part_of_speech || !target->name_class) return error_no_memory(err);
    memset(target->part_of_speech, SILVER_NONE, count);
    memset(target->name_class, SILVER_NONE, count);
    alignment walk = {.target = target};
    advance(&walk);
    text_view rest = block->lines, line;
    for (size_t number = block->first_line; view_next_piece(&rest, '\n', &line); number++) {
        silver_token t;
        if (line.len == 0) continue;
        if (!parse_token(line, &t))
            return error_set(err, WHOSAID_SYNTAX, path, number,
                             "not a token line of eight or more columns");
        lay_over(&walk, &t);
    }
    return WHOSAID_OK;
}

static whosaid_status add_article(silver *s, const annotated_article *source, const char *path,
                                  whosaid_error *err) {
    silver_block wanted = {.id = source->id};
    const silver_block *block =
        bsearch(&wanted, s->blocks, s->block_count, sizeof *s->blocks, compare_blocks);
    if (!block || !block->lines.len) return WHOSAID_OK;
    arena *memory = arena_new();
    if (!memory) return error_no_memory(err);
    silver_article *target = &s->articles[s->count++];
    target->article = annotated_article_start(source, memory);
    s->hash = hash_mix(s->hash, hash_view(source->text));
    whosaid_status status = segment_article(&target->article, err);
    return status == WHOSAID_OK ? label(target, block, path, err) : status;
}

static whosaid_status load_into(silver *s, const char *table_path, const char *corpus_path,
                                whosaid_error *err) {
    whosaid_status status = corpus_load(&corpus_path, 1, &s->corpus, err);
    if (status == WHOSAID_OK) status = corpus_file_read(table_path, true, &s->table, err);
    if (status != WHOSAID_OK) return status;
    s->hash = hash_view(buffer_view(&s->table));
    size_t count = corpus_size(s->corpus);
    s->arena = arena_new();
    if (!s->arena || !list_blocks(s)) return error_no_memory(err);
    s->articles = ARENA_NEW(s->arena, silver_article, count);
    if (!s->articles) return error_no_memory(err);
    if (s->block_count == 0)
        return error_set(err, WHOSAID_SYNTAX, table_path, 0,
                         "has no line \"# ID\": is it a table of tokens?");
    qsort(s->blocks, s->block_count, sizeof *s->blocks, compare_blocks);
    for (size_t i = 0; i < count && status == WHOSAID_OK; i++)
        status = add_article(s, corpus_article(s->corpus, i), table_path, err);
    if (status == WHOSAID_OK && s->count == 0)
        status = error_set(err, WHOSAID_SYNTAX, table_path, 0,
                           "has no article of the corpus: is it a table of tokens?");
    return status;
}

whosaid_status silver_load(const char *table_path, const char *corpus_path, silver **out,
                           whosaid_error *err) {
    *out = NULL;
    silver *s = calloc(1, sizeof *s);
    if (!s) return error_no_memory(err);
    whosaid_status status = load_into(s, table_path, corpus_path, err);
    if (status != WHOSAID_OK) {
        silver_free(s);
        return status;
    }
    *out = s;
    return WHOSAID_OK;
}

void silver_free(silver *s) {
    if (!s) return;
    for (size_t i = 0; i < s->count; i++)
        arena_free(s->articles[i].article.arena);
    arena_free(s->arena);
    buffer_free(&s->table);
    corpus_free(s->corpus);
    free(s);
}

size_t silver_size(const silver *s) {
    return s->count;
}

silver_article *silver_at(silver *s, size_t index) {
    return &s->articles[index];
}

uint64_t silver_hash(const silver *s) {
    return s->hash;
}
