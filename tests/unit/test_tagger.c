/* The tagger that ships: parts of speech and names of invented people, and what becomes of a
 * damaged model. */
#include "segmented.h"

#include "tag/tagger.h"

#define COUNT(table) (int)(sizeof(table) / sizeof *(table))
#define MODEL_FOLDER SOURCE_DIR "/models/tagger"

static article tagged(const char *text) {
    article a = segmented(text);
    tagger *model;
    whosaid_error err = {0};
    ck_assert_msg(tagger_open(MODEL_FOLDER, &model, &err) == WHOSAID_OK, "%s: %s", err.where,
                  err.text);
    ck_assert_int_eq(tagger_tag(model, &a, NULL), WHOSAID_OK);
    tagger_close(model);
    return a;
}

static const struct {
    const char *text, *tags;
} speech_cases[] = {
    {"The minister said the talks had failed.", "DT NN VBD DT NNS VBD VBN ."},
    {"He can't say whether they'll return.", "PRP MD RB VB IN PRP MD VB ."},
    {"“We will not wait,” she told reporters on Tuesday.",
     "`` PRP MD RB VB , '' PRP VBD NNS IN NNP ."},
    {"Two officials who had seen it said so.", "CD NNS WP VBD VBN PRP VBD RB ."},
    {"Its costs rose by 3.5% to $20 million.", "PRP$ NNS VBD IN CD NN TO $ CD CD ."},
};

START_TEST(words_get_their_part_of_speech) {
    article a = tagged(speech_cases[_i].text);
    char tags[512] = "";
    for (uint32_t i = 0; i < a.token_count; i++) {
        if (i) strcat(tags, " ");
        strcat(tags, part_of_speech_name((part_of_speech)a.tokens[i].part_of_speech));
    }
    ck_assert_str_eq(tags, speech_cases[_i].tags);
    arena_free(a.arena);
}
END_TEST

static const struct {
    const char *text, *names;
} name_cases[] = {
    {"Yevhen Klopotenko, a chef in Kyiv, told reporters he would stay.",
     "PERSON Yevhen Klopotenko; LOCATION Kyiv;"},
    {"“We rebuild,” said Ngozi Obi, who leads the council.", "PERSON Ngozi Obi;"},
    {"Haruto Ito said on Monday that talks would resume in Germany.",
     "PERSON Haruto Ito; LOCATION Germany;"},
    {"Sen. Marta Quill of Ohio disagreed.", "PERSON Marta Quill; LOCATION Ohio;"},
    {"The talks were long and the answer was no.", ""},
};

START_TEST(names_of_people_never_seen_are_found) {
    article a = tagged(name_cases[_i].text);
    char names[512] = "";
    for (size_t n = 0; n < a.name_count; n++) {
        text_view text = range_text(&a, a.names[n].tokens);
        size_t used = strlen(names);
        snprintf(names + used, sizeof names - used, "%s%s %.*s;", n ? " " : "",
                 name_class_name(a.names[n].class), (int)text.len, text.ptr);
    }
    ck_assert_str_eq(names, name_cases[_i].names);
    arena_free(a.arena);
}
END_TEST

START_TEST(every_token_is_tagged_and_names_agree_with_tokens) {
    article a =
        tagged("Ana Ruiz met Bo Lind. \"It's the U.N.'s turn!\" Ruiz said… – 12:30\n\n• «x»");
    for (uint32_t i = 0; i < a.token_count; i++) {
        ck_assert_uint_gt(a.tokens[i].part_of_speech, POS_NONE);
        ck_assert_uint_lt(a.tokens[i].part_of_speech, PART_OF_SPEECH_COUNT);
    }
    uint32_t named = 0, in_names = 0;
    for (uint32_t i = 0; i < a.token_count; i++)
        named += a.tokens[i].name_class != NAME_NONE;
    for (size_t n = 0; n < a.name_count; n++) {
        in_names += a.names[n].tokens.end - a.names[n].tokens.first;
        if (n) ck_assert_uint_ge(a.names[n].tokens.first, a.names[n - 1].tokens.end);
        for (uint32_t i = a.names[n].tokens.first; i < a.names[n].tokens.end; i++)
            ck_assert_int_eq(a.tokens[i].name_class, a.names[n].class);
    }
    ck_assert_uint_eq(named, in_names);
    arena_free(a.arena);
}
END_TEST

START_TEST(an_empty_article_has_no_names) {
    article a = tagged("");
    ck_assert_uint_eq(a.name_count, 0);
    arena_free(a.arena);
}
END_TEST

START_TEST(a_folder_without_a_model_is_an_error) {
    tagger *model = NULL;
    whosaid_error err = {0};
    ck_assert_int_eq(tagger_open("/nowhere/at/all", &model, &err), WHOSAID_IO);
    ck_assert_ptr_null(model);
    ck_assert_str_eq(err.where, "/nowhere/at/all/tagger.model");
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("tagger");
    tcase_add_loop_test(t, words_get_their_part_of_speech, 0, COUNT(speech_cases));
    tcase_add_loop_test(t, names_of_people_never_seen_are_found, 0, COUNT(name_cases));
    tcase_add_test(t, every_token_is_tagged_and_names_agree_with_tokens);
    tcase_add_test(t, an_empty_article_has_no_names);
    tcase_add_test(t, a_folder_without_a_model_is_an_error);
    return t;
}

SUITE_MAIN("tagger")
