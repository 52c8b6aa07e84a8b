/* whosaid corpus: what a corpus holds, and what is wrong with it. */
#include "base/json_value.h"
#include "cli/command.h"
#include "cli/message.h"
#include "corpus/corpus_check.h"
#include "stance/target.h"

#include <argp.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPTION_JSON = 256, OPTION_ROWS, ROWS_SHOWN = 25 };

static const struct argp_option check_options[] = {
    {"json", OPTION_JSON, NULL, 0, "Print everything as one JSON object", 0},
    {"rows", OPTION_ROWS, "N", 0, "Rows of a table that are shown (default 25; 0: all)", 0},
    {0}};

static const char check_about[] =
    "Checks annotated articles: faults in files, labels and spans against the annotation guide, "
    "duplicates, balance of the labels, growth of the vocabulary.\v"
    "PATH is a file or a folder of annotated articles: .jsonl, .json, .marked, .ann, .csv. When a "
    "target.json lies in PATH or beside it, its labels are the ones that count.\n\n"
    "Exit status: 0 the corpus is sound; 1 wrong usage; 2 something is wrong with it; "
    "3 there is no annotated article.";

typedef struct check_arguments {
    const char **paths; /* [path_count] */
    size_t path_count, rows;
    bool json;
} check_arguments;

static error_t parse_check_option(int key, char *argument, struct argp_state *state) {
    check_arguments *a = state->input;
    switch (key) {
    case OPTION_JSON: a->json = true; return 0;
    case OPTION_ROWS: a->rows = command_count("--rows", argument, 0, SIZE_MAX, state); return 0;
    case ARGP_KEY_ARG: a->paths[a->path_count++] = argument; return 0;
    case ARGP_KEY_NO_ARGS: argp_error(state, "no PATH given"); return 0;
    default: return ARGP_ERR_UNKNOWN;
    }
}

/* --- text --- */

/* A corpus's own words may be hostile to a terminal: control characters become blanks. */
static void print_words(text_view text, int width) {
    int columns = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char byte = (unsigned char)text.ptr[i];
        putchar(byte < ' ' || byte == 0x7F ? ' ' : byte);
        columns += (byte & 0xC0) != 0x80;
    }
    for (; columns < width; columns++)
        putchar(' ');
}

static void print_overview(const corpus_check *c) {
    printf("%zu articles, %zu words, %zu statements\n", c->article_count, c->word_count,
           c->quote_count);
    if (c->quote_count == 0) return;
    printf("words a statement      %.1f\n",
           (double)c->statement_word_count / (double)c->quote_count);
    printf("with quoted words      %.1f %%\n", command_percent(c->quoted_count, c->quote_count));
    printf("split contents         %.1f %%\n", command_percent(c->split_count, c->quote_count));
    printf("with a stated reason   %zu\n", c->reason_count);
    printf("doubtful               %zu\n", c->doubtful_count);
    printf("different words after each tenth of the text:");
    for (int i = 0; i < VOCABULARY_STEPS; i++)
        printf(" %zu", c->vocabulary[i]);
    printf("\n");
}

static void print_table(const corpus_check *c, const count_table *t, size_t rows) {
    printf("\n%-20s%8s", t->title, "all");
    for (size_t i = 0; i < c->column_count; i++) {
        printf("  ");
        print_words(c->columns[i], 0);
    }
    printf("\n");
    size_t shown = rows > 0 && t->row_count > rows ? rows : t->row_count;
    for (size_t r = 0; r < shown; r++) {
        print_words(t->rows[r].word, 20);
        printf("%8zu", t->rows[r].total);
        for (size_t i = 0; i < c->column_count; i++)
            printf("  %*zu", (int)c->columns[i].len, t->rows[r].counts[i]);
        printf("\n");
    }
    if (shown < t->row_count) printf("... and %zu more\n", t->row_count - shown);
}

static void print_findings(const corpus_check *c) {
    for (int kind = 0; kind < CHECK_KIND_COUNT; kind++) {
        if (c->kind_counts[kind] == 0) continue;
        printf("\n%s: %zu%s\n", check_kind_words((check_kind)kind), c->kind_counts[kind],
               check_kind_is_unsound((check_kind)kind) ? "" : " (for your judgement)");
        for (size_t i = 0; i < c->finding_count; i++) {
            const check_finding *f = &c->findings[i];
            if ((int)f->kind != kind) continue;
            printf("  ");
            print_words(f->where, 0);
            if (f->line > 0) printf(":%zu", f->line);
            if (f->where.len > 0) printf(": ");
            print_words(f->text, 0);
            printf("\n");
        }
    }
}

/* --- JSON --- */

/* jansson answers -1 to a NULL value, so a failed allocation shows as false. */
static bool set_number(json_t *object, const char *key, size_t value) {
    return json_set(object, key, json_integer((json_int_t)value));
}

static bool set_table(json_t *tables, const corpus_check *c, const count_table *t) {
    json_t *rows = json_array();
    bool ok = json_set(tables, t->title, rows);
    for (size_t r = 0; ok && r < t->row_count; r++) {
        json_t *row = json_object(), *counts = json_object();
        ok = json_set(row, "word", json_text_value(t->rows[r].word)) &&
             set_number(row, "all", t->rows[r].total);
        for (size_t i = 0; ok && i < c->column_count; i++)
            ok = json_object_setn_new(counts, c->columns[i].ptr, c->columns[i].len,
                                      json_integer((json_int_t)t->rows[r].counts[i])) == 0;
        ok = json_set(row, "labels", counts) && ok;
        ok = json_array_append_new(rows, row) == 0 && ok;
    }
    return ok;
}

static bool set_findings(json_t *object, const corpus_check *c) {
    json_t *list = json_array();
    bool ok = json_set(object, "findings", list);
    for (size_t i = 0; ok && i < c->finding_count; i++) {
        const check_finding *f = &c->findings[i];
        json_t *item = json_object();
        ok = json_set(item, "kind", json_string(check_kind_name(f->kind))) &&
             json_set(item, "where", json_text_value(f->where)) &&
             set_number(item, "line", f->line) && json_set(item, "text", json_text_value(f->text));
        ok = json_array_append_new(list, item) == 0 && ok;
    }
    return ok;
}

static bool print_json(const corpus_check *c, bool sound) {
    json_t *object = json_object(), *vocabulary = json_array(), *tables = json_object();
    bool ok = set_number(object, "articles", c->article_count) &&
              set_number(object, "words", c->word_count) &&
              set_number(object, "statements", c->quote_count) &&
              set_number(object, "statement_words", c->statement_word_count) &&
              set_number(object, "quoted", c->quoted_count) &&
              set_number(object, "split", c->split_count) &&
              set_number(object, "with_reason", c->reason_count) &&
              set_number(object, "doubtful", c->doubtful_count);
    for (int i = 0; ok && i < VOCABULARY_STEPS; i++)
        ok = json_array_append_new(vocabulary, json_integer((json_int_t)c->vocabulary[i])) == 0;
    for (int t = 0; ok && t < CHECK_TABLE_COUNT; t++)
        ok = set_table(tables, c, &c->tables[t]);
    ok = json_set(object, "vocabulary", vocabulary) && ok;
    ok = json_set(object, "tables", tables) && ok;
    ok = ok && set_findings(object, c) && json_set(object, "sound", json_boolean(sound)) &&
         json_dumpf(object, stdout, JSON_INDENT(1)) == 0 && putchar('\n') != EOF;
    json_decref(object);
    return ok;
}

static bool is_sound(const corpus_check *c) {
    for (int kind = 0; kind < CHECK_KIND_COUNT; kind++)
        if (c->kind_counts[kind] > 0 && check_kind_is_unsound((check_kind)kind)) return false;
    return true;
}

static int print_check(const check_arguments *a, const corpus_check *c) {
    bool sound = is_sound(c), written = true;
    if (a->json) {
        written = print_json(c, sound);
    } else {
        print_overview(c);
        for (int t = 0; t < CHECK_TABLE_COUNT && c->quote_count > 0; t++)
            print_table(c, &c->tables[t], a->rows);
        print_findings(c);
        printf("\n%s\n", !sound                  ? "Something is wrong: see above."
                         : c->article_count == 0 ? "There is no annotated article."
                                                 : "The corpus is sound.");
    }
    if (!written || fflush(stdout) != 0) {
        message("the result cannot be written");
        return EXIT_NOTHING_DONE;
    }
    if (c->article_count == 0) return EXIT_NOTHING_DONE;
    return sound ? EXIT_ALL_DONE : EXIT_SOME_UNREADABLE;
}

static int run_check(const check_arguments *a) {
    static const corpus_open_options options = {.collect_faults = true};
    corpus *c = NULL;
    corpus_check *check = NULL;
    target *toward = NULL;
    whosaid_error err = {0};
    whosaid_status status = corpus_open(a->paths, a->path_count, &options, &c, &err);
    if (status == WHOSAID_OK)
        status = target_find(a->paths, a->path_count, VIEW(""), &toward, &err);
    if (status == WHOSAID_OK) status = corpus_check_run(c, toward, &check, &err);
    int result = EXIT_NOTHING_DONE;
    if (status == WHOSAID_OK)
        result = print_check(a, check);
    else
        message_error(&err);
    corpus_check_free(check);
    target_free(toward);
    corpus_free(c);
    return result;
}

static int command_corpus_check(int argc, char **argv) {
    static const struct argp parser = {
        check_options, parse_check_option, "PATH...", check_about, NULL, NULL, NULL};
    check_arguments a = {.rows = ROWS_SHOWN};
    a.paths = calloc((size_t)argc, sizeof *a.paths); /* not more than there are words */
    if (!a.paths) {
        message("out of memory");
        return EXIT_NOTHING_DONE;
    }
    command_parse(&parser, argc, argv, &a);
    int result = run_check(&a);
    free(a.paths);
    return result;
}

int command_corpus(int argc, char **argv) {
    static const command commands[] = {{"check",
                                        "what is wrong with annotated articles, and what they hold",
                                        command_corpus_check}};
    return command_dispatch(commands, sizeof commands / sizeof *commands,
                            "whosaid corpus: annotated articles", argc, argv);
}
