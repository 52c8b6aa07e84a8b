/* Learning the tagger: reading silver labels, repairing them, the learner, and models that lie. */
#include "segmented.h"
#include "test_files.h"

#include "base/model_file.h"
#include "tag/learner.h"
#include "tag/lexicon.h"
#include "tag/silver_repair.h"
#include "tag/tag_features.h"
#include "tag/tag_model.h"
#include "tag/tagger_card.h"
#include "tag/tagger_training.h"

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))

static char table_path[96], corpus_path[96], model_path[96];

static void start(void) {
    make_folder();
    snprintf(table_path, sizeof table_path, "%s/silver.tsv", test_folder);
    snprintf(corpus_path, sizeof corpus_path, "%s/corpus.jsonl", test_folder);
    snprintf(model_path, sizeof model_path, "%s/tagger.model", test_folder);
}

/* "é" makes bytes and code points differ. */
static const char small_corpus[] =
    "{\"id\": \"a1\", \"text\": \"Zoé Duvet left. Duvet said no. Ms. Quill met Cole.\"}\n";

static const char small_table[] = "# a1\n"
                                  "0\t1\t0\t3\tZoé\tZoé\tNNP\tPERSON\n"
                                  "0\t2\t4\t9\tDuvet\tDuvet\tNNP\tPERSON\n"
                                  "0\t3\t10\t14\tleft\tleave\tVBD\tO\n"
                                  "0\t4\t14\t15\t.\t.\t.\tO\n"
                                  "1\t1\t16\t21\tDuvet\tduvet\tVB\tO\n"
                                  "1\t2\t22\t26\tsaid\tsay\tVBD\tO\n"
                                  "1\t3\t27\t29\tno\tno\tUH\tNUMBER\n"
                                  "1\t4\t29\t30\t.\t.\t.\tO\n"
                                  "2\t1\t31\t34\tMs.\tMs.\tNNP\tPERSON\n"
                                  "2\t2\t35\t40\tQuill\tQuill\tNN\tO\n"
                                  "2\t3\t41\t47\tmet Co\tmeet\tVBD\tO\n";

static silver *load_small(void) {
    start();
    write_file("corpus.jsonl", small_corpus);
    write_file("silver.tsv", small_table);
    silver *data;
    whosaid_error err = {0};
    ck_assert_msg(silver_load(table_path, corpus_path, &data, &err) == WHOSAID_OK, "%s", err.text);
    remove_folder();
    ck_assert_uint_eq(silver_size(data), 1);
    return data;
}

/* "Duvet/NNP/PERSON said/VBD/O ...", "?" for tokens without a label. */
static const char *labels_written(const silver_article *s) {
    static char line[1024];
    size_t used = 0;
    line[0] = '\0';
    for (uint32_t i = 0; i < s->article.token_count; i++) {
        text_view text = token_text(&s->article, i);
        bool known = s->part_of_speech[i] != SILVER_NONE;
        used += (size_t)snprintf(
            line + used, sizeof line - used, "%s%.*s/%s/%s", i ? " " : "", (int)text.len, text.ptr,
            known ? part_of_speech_name((part_of_speech)s->part_of_speech[i]) : "?",
            known ? name_class_name((name_class)s->name_class[i]) : "?");
    }
    return line;
}

START_TEST(silver_labels_lie_on_our_tokens) {
    silver *data = load_small();
    ck_assert_str_eq(labels_written(silver_at(data, 0)),
                     "Zoé/NNP/PERSON Duvet/NNP/PERSON left/VBD/O ././O Duvet/VB/O said/VBD/O "
                     "no/UH/O ././O Ms./NNP/PERSON Quill/NN/O met/?/? Cole/?/? ./?/?");
    silver_free(data);
}
END_TEST

START_TEST(silver_labels_are_repaired) {
    silver *data = load_small();
    size_t changed;
    ck_assert(silver_repair(data, &changed));
    ck_assert_uint_eq(changed, 3);
    ck_assert_str_eq(labels_written(silver_at(data, 0)),
                     "Zoé/NNP/PERSON Duvet/NNP/PERSON left/VBD/O ././O Duvet/NNP/PERSON said/VBD/O "
                     "no/UH/O ././O Ms./NNP/O Quill/NNP/PERSON met/?/? Cole/?/? ./?/?");
    silver_free(data);
}
END_TEST

static const struct {
    const char *table;
    size_t line;
} bad_tables[] = {
    {"# a1\n0\t1\t0\t3\tZoé\n", 2},
    {"# a1\n0\t1\t0\t3\tZoé\tZoé\tNNP\tO\n0\t1\t-4\t9\tDuvet\tDuvet\tNNP\tO\n", 3},
    {"# other\n0\t1\t0\t3\tZoé\tZoé\tNNP\tO\n", 0},
    {"", 0},
};

START_TEST(a_bad_table_is_named_with_its_line) {
    start();
    write_file("corpus.jsonl", small_corpus);
    write_file("silver.tsv", bad_tables[_i].table);
    silver *data;
    whosaid_error err = {0};
    ck_assert_int_eq(silver_load(table_path, corpus_path, &data, &err), WHOSAID_SYNTAX);
    ck_assert_str_eq(err.where, table_path);
    ck_assert_uint_eq(err.line, bad_tables[_i].line);
    remove_folder();
}
END_TEST

START_TEST(the_learner_learns_and_averages) {
    learner *l = learner_new(3, 0.1f);
    static const uint64_t examples[3][2] = {{11, 99}, {22, 99}, {33, 99}};
    for (int i = 0; i < 3; i++)
        ck_assert(learner_count(l, examples[i], 2));
    ck_assert(learner_freeze(l, 1));
    ck_assert_uint_eq(learner_size(l), 4);
    for (int round = 0; round < 20; round++)
        for (size_t i = 0; i < 3; i++)
            learner_learn(l, examples[i], 2, 7, i);
    learner_average(l);
    for (size_t i = 0; i < 3; i++)
        ck_assert_uint_eq(learner_best(l, examples[i], 2, 7), i);
    ck_assert_uint_ne(learner_best(l, examples[0], 2, 6), 0); /* not allowed */
    ck_assert(learner_select(l, 3));
    ck_assert_uint_eq(learner_size(l), 3);
    for (size_t i = 0; i < 3; i++)
        ck_assert_uint_ne(learner_key(l, i), 99); /* what all share matters least */
    learner_free(l);
}
END_TEST

START_TEST(rare_features_are_dropped) {
    learner *l = learner_new(2, 1);
    static const uint64_t often = 5, rare = 6;
    for (int i = 0; i < 3; i++)
        ck_assert(learner_count(l, &often, 1));
    ck_assert(learner_count(l, &rare, 1));
    ck_assert(learner_freeze(l, 2));
    ck_assert_uint_eq(learner_size(l), 1);
    ck_assert_uint_eq(learner_key(l, 0), often);
    learner_free(l);
}
END_TEST

START_TEST(word_lists_are_read) {
    start();
    write_file("silver.tsv", "Obi\tgf\nNairobi\tp\nriver\tc\n");
    lexicon words;
    ck_assert_int_eq(lexicon_read(table_path, &words, NULL), WHOSAID_OK);
    ck_assert_uint_eq(lexicon_find(&words, word_hash(VIEW("OBI"))), LEXICON_GIVEN | LEXICON_FAMILY);
    ck_assert_uint_eq(lexicon_find(&words, word_hash(VIEW("River"))), LEXICON_COMMON);
    ck_assert_uint_eq(lexicon_find(&words, word_hash(VIEW("lake"))), 0);
    free((void *)words.entries);
    static const char *const bad[] = {"Obi\n", "Obi\tgx\n", "\tg\n", "Obi\tg\n\n"};
    for (int i = 0; i < COUNT(bad); i++) {
        write_file("silver.tsv", bad[i]);
        ck_assert_int_eq(lexicon_read(table_path, &words, NULL), WHOSAID_SYNTAX);
    }
    remove_folder();
}
END_TEST

/* An article, and a table of what the tagger that ships says of it. */
static void write_training_files(void) {
    static const char text[] =
        "Ana Ruiz told reporters in Kyiv that the talks had failed. The minister, Bo Lind, said he "
        "would not return to Geneva. Two officials asked for time. Ruiz said the army had left the "
        "town, and Lind agreed. The council will meet on Monday, a spokesman for the bank said.";
    write_file("corpus.jsonl", "");
    FILE *out = fopen(corpus_path, "wb");
    fprintf(out, "{\"id\": \"a1\", \"text\": \"%s\"}\n", text);
    fclose(out);
    article a = segmented(text);
    tagger *model;
    ck_assert_int_eq(tagger_open(SOURCE_DIR "/models/tagger", &model, NULL), WHOSAID_OK);
    ck_assert_int_eq(tagger_tag(model, &a, NULL), WHOSAID_OK);
    tagger_close(model);
    out = fopen(table_path, "wb");
    fputs("# a1\n", out);
    for (uint32_t i = 0; i < a.token_count; i++) {
        const token *t = &a.tokens[i];
        fprintf(out, "%u\t%u\t%u\t%u\tw\tl\t%s\t%s\n", t->sentence, i, t->bytes.begin, t->bytes.end,
                part_of_speech_name((part_of_speech)t->part_of_speech),
                name_class_name((name_class)t->name_class));
    }
    fclose(out);
    arena_free(a.arena);
}

static size_t train_once(char *bytes, size_t capacity) {
    silver *data;
    ck_assert_int_eq(silver_load(table_path, corpus_path, &data, NULL), WHOSAID_OK);
    tagger_training_options options = tagger_training_options_default();
    options.min_count = 1;
    options.speech_step = options.name_step = 1;
    uint32_t no_words[1024] = {0};
    lexicon words = {.entries = no_words, .mask = 1023};
    ck_assert_int_eq(tagger_train(data, &words, &options, test_folder, NULL, NULL), WHOSAID_OK);
    tagger *model;
    const tagger_card card = {.articles = silver_size(data), .date = "2000-01-01"};
    ck_assert_int_eq(tagger_card_save(&card, test_folder, NULL), WHOSAID_OK);
    ck_assert_int_eq(tagger_open(test_folder, &model, NULL), WHOSAID_OK);
    tagger_figures figures;
    ck_assert_int_eq(tagger_measure(model, data, &figures, NULL), WHOSAID_OK);
    ck_assert_uint_gt(figures.tokens, 50);
    ck_assert_uint_ge(figures.speech_right * 20, figures.tokens * 19);
    ck_assert_uint_gt(figures.names[NAME_PERSON].both, 2);
    tagger_close(model);
    silver_free(data);
    FILE *in = fopen(model_path, "rb");
    size_t len = fread(bytes, 1, capacity, in);
    fclose(in);
    ck_assert_uint_lt(len, capacity);
    return len;
}

START_TEST(training_learns_its_data_and_gives_the_same_bytes_twice) {
    enum { CAPACITY = 1 << 21 };
    start();
    write_training_files();
    char *first = malloc(CAPACITY), *second = malloc(CAPACITY);
    size_t len = train_once(first, CAPACITY);
    ck_assert_uint_eq(train_once(second, CAPACITY), len);
    ck_assert_int_eq(memcmp(first, second, len), 0);
    free(first);
    free(second);
    remove_folder();
}
END_TEST

static const struct {
    const char *what;
    uint16_t row;
    uint8_t label;
    size_t line_count, row_count, word_count;
} lies[] = {
    {"a row that does not exist", 3, POS_NN, 1, 2, 4},
    {"a certain part of speech that does not exist", FIRST_CERTAIN + PART_OF_SPEECH_COUNT, POS_NN,
     1, 2, 4},
    {"a column for no part of speech", 0, POS_NONE, 1, 2, 4},
    {"a column for a part of speech that does not exist", 0, PART_OF_SPEECH_COUNT, 1, 2, 4},
    {"an index without lines", 0, POS_NN, 0, 2, 4},
    {"no rows, not even that of unknown features", 0, POS_NN, 1, 0, 4},
    {"word lists of three places", 0, POS_NN, 1, 2, 3},
};

START_TEST(a_model_that_lies_is_refused) {
    start();
    uint32_t words[4] = {0};
    speech_line index = {.checks = {1}, .rows = {lies[_i].row}};
    uint8_t rows[2][SPEECH_COLUMNS] = {{0}}, labels[SPEECH_COLUMNS];
    memset(labels, lies[_i].label, sizeof labels);
    name_line names = {.checks = {0}};
    model_file_writer *writer = model_file_writer_new("tagger", TAG_FEATURE_VERSION);
    ck_assert(
        model_file_writer_add(writer, "speech_index", &index, sizeof index, lies[_i].line_count));
    ck_assert(
        model_file_writer_add(writer, "speech_rows", rows, SPEECH_COLUMNS, lies[_i].row_count));
    ck_assert(model_file_writer_add(writer, "speech_labels", labels, SPEECH_COLUMNS, 1));
    ck_assert(model_file_writer_add(writer, "names", &names, sizeof names, 1));
    ck_assert(model_file_writer_add(writer, "lexicon", words, 4, lies[_i].word_count));
    ck_assert_int_eq(model_file_writer_save(writer, model_path, NULL), WHOSAID_OK);
    model_file_writer_free(writer);
    tagger *model = NULL;
    whosaid_error err = {0};
    whosaid_status status = tagger_open(test_folder, &model, &err);
    ck_assert_msg(status == WHOSAID_MODEL, "%s", lies[_i].what);
    ck_assert_ptr_null(model);
    remove_folder();
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("tagger training");
    tcase_set_timeout(t, 60);
    tcase_add_test(t, silver_labels_lie_on_our_tokens);
    tcase_add_test(t, silver_labels_are_repaired);
    tcase_add_loop_test(t, a_bad_table_is_named_with_its_line, 0, COUNT(bad_tables));
    tcase_add_test(t, the_learner_learns_and_averages);
    tcase_add_test(t, rare_features_are_dropped);
    tcase_add_test(t, word_lists_are_read);
    tcase_add_test(t, training_learns_its_data_and_gives_the_same_bytes_twice);
    tcase_add_loop_test(t, a_model_that_lies_is_refused, 0, COUNT(lies));
    return t;
}

SUITE_MAIN("tagger training")
