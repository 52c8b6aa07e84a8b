/* whosaid_example.c: who said what in the articles of files and folders, a line a statement.
 *
 *   cc whosaid_example.c $(pkg-config --cflags --libs whosaid) -o whosaid_example
 *   ./whosaid_example articles/
 */
#include <whosaid.h>

#include <stdio.h>
#include <stdlib.h>

static void print_statement(const whosaid_article *article, const whosaid_statement *statement) {
    printf("%s %s: %s (%s, %s): %s\n", article->id, statement->id,
           *statement->speaker ? statement->speaker : "nobody",
           whosaid_grade_name(statement->anonymity), whosaid_type_name(statement->type),
           statement->quote);
    if (*statement->anonymity_reason) printf("    unnamed: %s\n", statement->anonymity_reason);
    for (size_t i = 0; i < statement->stance_count; i++) {
        const whosaid_stance *stance = statement->stances[i];
        printf("    %s: %s %.2f\n", stance->target->name, stance->label, (double)stance->score);
    }
}

static int on_article(void *context, const whosaid_article *article) {
    (void)context;
    for (size_t i = 0; i < article->statement_count; i++)
        print_statement(article, article->statements[i]);
    return ferror(stdout); /* nobody reads on: end the run */
}

static void on_failure(void *context, const whosaid_error *cause) {
    (void)context;
    fprintf(stderr, "%s: %s\n", cause->where, cause->text);
}

int main(int argc, char **argv) {
    if (argc < 2) {
        fprintf(stderr, "usage: %s PATH...\n", argv[0]);
        return EXIT_FAILURE;
    }
    whosaid_options options = whosaid_options_default();
    options.models_folder = getenv("WHOSAID_MODELS"); /* NULL: those of the installation */
    whosaid_run run = whosaid_run_default();
    run.paths = (const char *const *)(argv + 1);
    run.path_count = (size_t)argc - 1;
    run.on_article = on_article;
    run.on_failure = on_failure;

    whosaid_analyzer *analyzer;
    whosaid_counts counts = {0};
    whosaid_error error = {0};
    whosaid_status status = whosaid_analyzer_open(&options, &analyzer, &error);
    if (status == WHOSAID_OK) status = whosaid_run_start(&run, analyzer, &counts, &error);
    whosaid_analyzer_close(analyzer);
    if (status != WHOSAID_OK) fprintf(stderr, "%s: %s\n", error.where, error.text);
    fprintf(stderr, "%zu statements in %zu articles\n", counts.statements, counts.articles);
    return status == WHOSAID_OK && counts.failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
