/* How fast are articles read from files? Writes the texts of a corpus again as web pages, as a
 * crawl (WARC), as a zip archive of pages, as JSON Lines and as a table into a folder of its own,
 * then reads each of these on one thread and prints the processor time.
 *
 *   bench_read CORPUS [ROUNDS] */
#define _XOPEN_SOURCE 700 /* nftw */
#include "processor_time.h"

#include "base/buffer.h"
#include "corpus/annotated_article.h"
#include "read/article_source.h"
#include "read/record_reader.h"
#include "report/csv_row.h"

#include <archive.h>
#include <archive_entry.h>
#include <ftw.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LINKS = 60, TEASERS = 20, WALK_FILES = 16 };

static void fail(const char *what) {
    fprintf(stderr, "bench_read: %s\n", what);
    exit(EXIT_FAILURE);
}

static void need(bool ok) {
    if (!ok) fail("out of memory");
}

static void put(buffer *out, const char *text) {
    need(buffer_append_view(out, view_of(text)));
}

/* ---- the inputs ---- */

static void put_escaped(buffer *out, text_view text) {
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        const char *entity = c == '&' ? "&amp;" : c == '<' ? "&lt;" : NULL;
        need(entity ? buffer_append_view(out, view_of(entity)) : buffer_append(out, &c, 1));
    }
}

/* About four times as much markup as text, as a page without pictures and scripts has. */
static void put_page(buffer *out, const annotated_article *a) {
    char line[256];
    put(out, "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>");
    put_escaped(out, a->title);
    put(out, "</title><meta property=\"og:site_name\" content=\"Harrow Courier\">"
             "<meta property=\"article:published_time\" content=\"2024-05-03T10:00:00Z\">"
             "<style>.story p { margin: 0 0 1em }</style></head><body><header><nav><ul>");
    for (int i = 0; i < LINKS; i++) {
        snprintf(line, sizeof line,
                 "<li class=\"site-nav__item\"><a class=\"site-nav__link\" href=\"/section/%d\">"
                 "Section %d</a></li>\n",
                 i, i);
        put(out, line);
    }
    put(out, "</ul></nav></header><main><article class=\"story\"><h1>");
    put_escaped(out, a->title);
    put(out, "</h1><div class=\"story__body\"><p>");
    for (size_t at = 0; at < a->text.len; at++) {
        bool ends = view_starts_with(view_slice(a->text, at, a->text.len), VIEW("\n\n"));
        if (ends)
            put(out, "</p>\n<p class=\"story__paragraph\">");
        else
            put_escaped(out, view_slice(a->text, at, at + 1));
    }
    put(out, "</p></div></article><aside class=\"related\">");
    for (int i = 0; i < TEASERS; i++) {
        snprintf(
            line, sizeof line,
            "<div class=\"teaser\"><h3><a href=\"/story/%d\">Another story, number %d</a></h3>"
            "<p class=\"teaser__text\">What else happened on that day, in a few words.</p></div>",
            i, i);
        put(out, line);
    }
    put(out, "</aside></main></body></html>\n");
}

static void put_record(buffer *out, text_view page, size_t number) {
    char head[512], http[128];
    int http_len = snprintf(http, sizeof http,
                            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n");
    snprintf(head, sizeof head,
             "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harrow.example/%zu\r\n"
             "Content-Type: application/http; msgtype=response\r\nContent-Length: %zu\r\n\r\n",
             number, (size_t)http_len + page.len);
    put(out, head);
    put(out, http);
    need(buffer_append_view(out, page));
    put(out, "\r\n\r\n");
}

static void put_json(buffer *out, const annotated_article *a, size_t number) {
    json_t *object = json_pack("{s:I, s:s%, s:s%, s:s%}", "id", (json_int_t)number, "title",
                               a->title.ptr, a->title.len, "date", a->date.ptr ? a->date.ptr : "",
                               a->date.len, "text", a->text.ptr, a->text.len);
    char *text = object ? json_dumps(object, JSON_COMPACT) : NULL;
    need(text != NULL);
    put(out, text);
    put(out, "\n");
    free(text);
    json_decref(object);
}

static void put_row(buffer *out, const annotated_article *a, size_t number, buffer *cell) {
    csv_row r = {.out = out, .cell = cell, .raw_cells = true, .first = true, .ok = true};
    csv_number_cell(&r, number);
    csv_name_cell(&r, a->title);
    csv_name_cell(&r, a->date);
    csv_name_cell(&r, a->text);
    need(r.ok && buffer_append(out, "\r\n", 2));
}

static void write_file(const char *path, text_view bytes) {
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(bytes.ptr, 1, bytes.len, file) != bytes.len || fclose(file) != 0)
        fail("cannot write the inputs");
}

static void add_member(struct archive *zip, text_view page, size_t number) {
    char member[64];
    snprintf(member, sizeof member, "pages/%zu.html", number);
    struct archive_entry *entry = archive_entry_new();
    need(entry != NULL);
    archive_entry_set_pathname(entry, member);
    archive_entry_set_size(entry, (la_int64_t)page.len);
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    bool ok = archive_write_header(zip, entry) == ARCHIVE_OK &&
              archive_write_data(zip, page.ptr, page.len) == (la_ssize_t)page.len;
    archive_entry_free(entry);
    if (!ok) fail(archive_error_string(zip));
}

/* Writes everything into the current folder. */
static void write_inputs(const corpus *texts) {
    buffer page = {0}, crawl = {0}, lines = {0}, table = {0}, cell = {0};
    struct archive *zip = archive_write_new();
    need(zip != NULL);
    if (archive_write_set_format_zip(zip) != ARCHIVE_OK ||
        archive_write_open_filename(zip, "pages.zip") != ARCHIVE_OK || mkdir("pages", 0777) != 0)
        fail("cannot write the inputs");
    put(&table, "id,title,date,text\r\n");
    for (size_t i = 0; i < corpus_size(texts); i++) {
        const annotated_article *a = corpus_article(texts, i);
        char path[64];
        page.len = 0;
        put_page(&page, a);
        snprintf(path, sizeof path, "pages/%zu.html", i);
        write_file(path, buffer_view(&page));
        add_member(zip, buffer_view(&page), i);
        put_record(&crawl, buffer_view(&page), i);
        put_json(&lines, a, i);
        put_row(&table, a, i, &cell);
    }
    if (archive_write_free(zip) != ARCHIVE_OK) fail("cannot write the archive");
    write_file("crawl.warc", buffer_view(&crawl));
    write_file("articles.jsonl", buffer_view(&lines));
    write_file("articles.csv", buffer_view(&table));
    buffer *all[] = {&page, &crawl, &lines, &table, &cell};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buffer_free(all[i]);
}

/* ---- reading ---- */

typedef struct reading {
    size_t records_bytes, text_bytes, articles;
} reading;

static void read_record(const raw_record *record, arena *memory, reading *sum) {
    record_reader reader;
    whosaid_error err = {0};
    whosaid_status status;
    article a;
    if (record_reader_open(&reader, record, &err) != WHOSAID_OK) fail(err.text);
    while (record_reader_next(&reader, memory, &a, &status, &err)) {
        if (status != WHOSAID_OK) fail(err.text);
        sum->articles++;
        sum->text_bytes += a.text.len;
    }
    record_reader_close(&reader);
    arena_reset(memory);
}

static reading read_all(const char *path) {
    article_source *source;
    raw_record record = {0};
    reading sum = {0};
    arena *memory = arena_new();
    whosaid_error err = {0};
    need(memory != NULL);
    if (article_source_open(&path, 1, NULL, &source, &err) != WHOSAID_OK) fail(err.text);
    for (;;) {
        source_event event = article_source_next(source, &record, &err);
        if (event == SOURCE_END) break;
        if (event != SOURCE_RECORD) fail(err.text);
        sum.records_bytes += record.bytes.len;
        read_record(&record, memory, &sum);
    }
    raw_record_free(&record);
    article_source_close(source);
    arena_free(memory);
    return sum;
}

static void measure(const char *what, const char *path, int rounds) {
    double best = 0;
    reading sum = {0};
    for (int round = 0; round < rounds; round++) {
        double start = processor_seconds();
        sum = read_all(path);
        double seconds = processor_seconds() - start;
        if (round == 0 || seconds < best) best = seconds;
    }
    printf("%-12s %6zu articles  %8.2f MB  %8.1f MB/s  %8.0f articles/s  %8.1f MB of text/s\n",
           what, sum.articles, (double)sum.records_bytes / 1e6,
           (double)sum.records_bytes / best / 1e6, (double)sum.articles / best,
           (double)sum.text_bytes / best / 1e6);
}

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *place) {
    (void)info;
    (void)type;
    (void)place;
    return remove(path);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: %s CORPUS [ROUNDS]\n", argv[0]);
        return EXIT_FAILURE;
    }
    static const struct {
        const char *what, *path;
    } inputs[] = {{"HTML files", "pages"},
                  {"WARC", "crawl.warc"},
                  {"zip of HTML", "pages.zip"},
                  {"JSON Lines", "articles.jsonl"},
                  {"CSV", "articles.csv"}};
    const char *path = argv[1];
    int rounds = argc > 2 ? atoi(argv[2]) : 5;
    corpus *texts = NULL;
    whosaid_error err = {0};
    if (corpus_load(&path, 1, &texts, &err) != WHOSAID_OK || corpus_size(texts) == 0)
        fail(err.text[0] ? err.text : "no articles");
    char folder[] = "/tmp/whosaid-bench-XXXXXX";
    if (!mkdtemp(folder) || chdir(folder) != 0) fail("cannot make a folder");
    write_inputs(texts);
    corpus_free(texts);
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        measure(inputs[i].what, inputs[i].path, rounds);
    return nftw(folder, remove_one, WALK_FILES, FTW_DEPTH | FTW_PHYS) == 0 ? EXIT_SUCCESS
                                                                           : EXIT_FAILURE;
}
