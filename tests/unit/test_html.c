/* The article in a saved web page: what is kept, what is left out, and what hostile pages cost. */
#include "suite.h"

#include "read/html_article.h"

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

typedef struct page_result {
    whosaid_status status;
    whosaid_error err;
    arena *memory;
    buffer text;
    article article;
} page_result;

static page_result read_page(text_view page) {
    page_result r = {.memory = arena_new()};
    r.status = html_article_read(page, VIEW("page"), VIEW("by default"), r.memory, &r.text,
                                 &r.article, &r.err);
    return r;
}

static void free_result(page_result *r) {
    buffer_free(&r->text);
    arena_free(r->memory);
}

static void assert_view(text_view view, const char *expected, const char *what) {
    ck_assert_msg(view_is(view, expected), "%s: got [%.*s], expected [%s]", what, (int)view.len,
                  view.ptr ? view.ptr : "", expected);
}

#define ONE                                                                                        \
    "<p>The envoy left the capital on Friday, two officials said, after a week of talks.</p>"
#define TWO                                                                                        \
    "<p>\xE2\x80\x9CNobody panicked,\xE2\x80\x9D said Oren Vance, the minister, at noon.</p>"
#define THREE                                                                                      \
    "<p>The roads were gone by then, the ministry said, and the border was shut again.</p>"
#define ONE_TEXT "The envoy left the capital on Friday, two officials said, after a week of talks."
#define TWO_TEXT "\xE2\x80\x9CNobody panicked,\xE2\x80\x9D said Oren Vance, the minister, at noon."
#define THREE_TEXT "The roads were gone by then, the ministry said, and the border was shut again."
#define ALL_TEXT ONE_TEXT "\n\n" TWO_TEXT "\n\n" THREE_TEXT

/* `between` stands behind the first of three paragraphs of an article and adds `text`. */
static const struct {
    const char *between, *text;
} parts[] = {
    {"", ""},
    /* kept */
    {"<blockquote>The talks failed, she wrote.</blockquote>", "The talks failed, she wrote."},
    {"<blockquote><p>The talks failed.</p><p>She wrote it.</p></blockquote>",
     "The talks failed.\n\nShe wrote it."},
    {"<ul><li>Talks go on in June</li><li>The border stays shut</li></ul>",
     "Talks go on in June\n\nThe border stays shut"},
    {"<h2>What comes next</h2>", "What comes next"},
    {"<p>First line.<br>Second line.<br><br>Another paragraph.</p>",
     "First line.\nSecond line.\n\nAnother paragraph."},
    {"<p>Ben &amp; Ana&#8217;s  caf&eacute;\n\t said&nbsp;\xC2\xA0no.</p>",
     "Ben & Ana\xE2\x80\x99s caf\xC3\xA9 said no."},
    {"<p>It <b>rai</b>ned <a href=x>all day</a>, a so<span>ldi&shy;er</span> said.</p>",
     "It rained all day, a soldier said."},
    {"<div>Text without a paragraph, which the aide wrote in haste.</div>",
     "Text without a paragraph, which the aide wrote in haste."},
    {"<div class='no-ads has-sidebar'><p>Its class describes, it does not name.</p></div>",
     "Its class describes, it does not name."},
    {"<p>She drove a car.</p>", "She drove a car."},
    {"<p>Unclosed, she said.<p>And again, she said.",
     "Unclosed, she said.\n\nAnd again, she said."},
    /* left out */
    {"<figure><img src=x><figcaption>A bridge, he said, in June.</figcaption></figure>", ""},
    {"<div class=wp-caption-text>A bridge, he said, in June.</div>", ""},
    {"<span class=image__credit>Photo of the bridge, by Ana Ruiz.</span>", ""},
    {"<script>document.write('<p>He said no.</p>')</script><style>p { color: red; }</style>", ""},
    {"<noscript><p>Please, switch scripts on, we said.</p></noscript>", ""},
    {"<!-- <p>A comment, he said.</p> -->", ""},
    {"<nav><p>Home, world, business, he said.</p></nav>", ""},
    {"<aside><p>In other news, a cat, he said, ran.</p></aside>", ""},
    {"<ul class=links><li><a href=a>Storm hits town, mayor says</a></li></ul>", ""},
    {"<p><strong><a href=x>Storm hits the town, and the mayor says all is well.</a></strong></p>",
     ""},
    {"<p>Read more: Storm hits the town, the mayor says.</p>", ""},
    {"<p>Sign up for our newsletter, which is good.</p>", ""},
    {"<div class='newsletter-promo'><p>Our newsletter comes daily, the editor said.</p></div>", ""},
    {"<div class=\"shareBar\"><p>Share it, with friends.</p></div>", ""},
    {"<div id='cookie_consent'><p>We use cookies, as everybody does.</p></div>", ""},
    {"<div class='c-read-more'><p>Storm hits town, the mayor said.</p></div>", ""},
    {"<section role=complementary><p>Another thing, he said.</p></section>", ""},
    {"<div style='color: red; display : none'><p>Hidden, he said.</p></div>", ""},
    {"<div hidden><p>Hidden, he said.</p></div>", ""},
    {"<p>Advertisement</p>", ""},
    {"<form><p>Your mail address, please.</p><input></form>", ""},
    {"<svg><text>A label, he said.</text></svg>", ""},
    {"<table><tr><td>12</td><td>tanks.</td></tr></table>", ""},
};

START_TEST(paragraphs_are_kept_and_the_rest_left_out) {
    char page[4096], expected[4096];
    snprintf(page, sizeof page,
             "<!DOCTYPE html><html><head><title>x</title></head><body><div><h1>Envoy leaves</h1>"
             "<div>" ONE "%s" TWO THREE "</div></div><div><p>Imprint, of course.</p></div></body>",
             parts[_i].between);
    snprintf(expected, sizeof expected, ONE_TEXT "\n\n%s%s" TWO_TEXT "\n\n" THREE_TEXT,
             parts[_i].text, *parts[_i].text ? "\n\n" : "");
    page_result r = read_page(view_of(page));
    ck_assert_int_eq(r.status, WHOSAID_OK);
    assert_view(r.article.text, expected, parts[_i].between);
    free_result(&r);
}
END_TEST

/* Whole pages in which the article has to be found. */
static const struct {
    const char *about, *page, *text;
} pages[] = {
    {"in the middle of much else",
     "<div class=nav><a href=/>Home</a> <a href=/w>World, and more</a></div><main><article>"
     "<header><h1>Envoy leaves</h1><p>By Ana Ruiz, our reporter.</p></header>" ONE TWO THREE
     "<h3>Related</h3><ul><li>Storm hits town, and the mayor speaks.</li></ul></article></main>"
     "<div id=comments><p>I think, as ever, that this is bad, very bad, and wrong.</p>"
     "<p>So do I, and my neighbour, and his dog, and everybody here.</p></div>",
     ALL_TEXT},
    {"in parts, with something in between",
     "<div class=wrap><div class=body><div class=part>" ONE TWO "</div><div class=ad>Buy this, now!"
     "</div><div class=part>" THREE "</div></div></div>",
     ALL_TEXT},
    {"beside teasers in elements like its own",
     "<div><article>" ONE TWO THREE "</article><article><p>Storm hits the town, and the mayor says "
     "all is well there, and more.</p></article></div>",
     ALL_TEXT},
    {"marked as the article's body",
     "<div><div itemprop=articleBody>" ONE TWO "</div><div>" THREE "</div></div>",
     ONE_TEXT "\n\n" TWO_TEXT},
    {"in a form around the whole page", "<form id=aspnetForm><div>" ONE TWO THREE "</div></form>",
     ALL_TEXT},
    {"in an element with an unlucky name",
     "<div class=story-comments-share>" ONE TWO THREE "</div><p>Imprint</p>", ALL_TEXT},
    {"without any element", ONE_TEXT, ONE_TEXT},
    {"with byline and time in front",
     "<div><p>By Ana Ruiz</p><p>5 min read</p><p>Updated May 3, 2024, 5 a.m.</p>" ONE TWO THREE
     "<p>Ana Ruiz</p></div>",
     ALL_TEXT},
    {"of one short sentence", "<html><body><p>It rained.</p></body></html>", "It rained."},
    {"only in JSON-LD",
     "<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"articleBody\": "
     "\"" ONE_TEXT "\\n" TWO_TEXT "\\n\\n" THREE_TEXT "\"}</script><body><p>Subscribe to read.</p>",
     ALL_TEXT},
};

START_TEST(the_article_is_found) {
    page_result r = read_page(view_of(pages[_i].page));
    ck_assert_msg(r.status == WHOSAID_OK, "%s: %s", pages[_i].about, r.err.text);
    assert_view(r.article.text, pages[_i].text, pages[_i].about);
    free_result(&r);
}
END_TEST

#define JSON_LD(text) "<script type=\"application/ld+json\">" text "</script>"

static const struct {
    const char *head, *title, *date, *outlet;
} heads[] = {
    {"", "", "", "by default"},
    {"<title>Envoy leaves</title>", "Envoy leaves", "", "by default"},
    {"<title>Envoy leaves | Harrow Courier</title><meta property='og:site_name' content='Harrow "
     "Courier'>",
     "Envoy leaves", "", "Harrow Courier"},
    {"<title>x</title><h1>Envoy  <i>leaves</i></h1>", "Envoy leaves", "", "by default"},
    {"<h1>x</h1><meta property=og:title content='Envoy &amp; aide leave'><meta "
     "property=article:published_time content='2024-05-03T08:30:00+02:00'>",
     "Envoy & aide leave", "2024-05-03T08:30:00+02:00", "by default"},
    {"<meta name=DC.date content='May 3, 2024'>", "", "2024-05-03", "by default"},
    {"<meta name=date content=yesterday><meta name=pubdate content=20240503>", "", "2024-05-03",
     "by default"},
    {"<meta itemprop=datePublished content=2024-05-03>", "", "2024-05-03", "by default"},
    {"<time datetime=2024-05-04></time><time pubdate datetime=2024-05-03></time>", "", "2024-05-03",
     "by default"},
    {"<span itemprop=datePublished>3 May 2024</span>", "", "2024-05-03", "by default"},
    {JSON_LD(
         "{\"@type\": \"NewsArticle\", \"headline\": \"Envoy&#39;s\n plan\", \"datePublished\": "
         "\"2024-05-03\", \"publisher\": {\"name\": \"Courier\"}}") "<meta property=og:title "
                                                                    "content=x>",
     "Envoy's plan", "2024-05-03", "Courier"},
    {JSON_LD("{\"@graph\": [{\"@type\": \"Organization\", \"@id\": \"#o\", \"name\": \"Courier\"}, "
             "{\"@type\": [\"Thing\", \"ReportageNewsArticle\"], \"headline\": \"A plan\", "
             "\"publisher\": {\"@id\": \"#o\"}}]}"),
     "A plan", "", "Courier"},
    {JSON_LD("[{\"@type\": \"WebPage\", \"mainEntity\": {\"@type\": \"Article\", \"headline\": "
             "\"A plan\", \"publisher\": [\"Courier\"]}}]"),
     "A plan", "", "Courier"},
    {JSON_LD("{\"@type\": \"Person\", \"headline\": \"x\"}") JSON_LD("{broken"), "", "",
     "by default"},
};

START_TEST(metadata_are_found) {
    char page[4096];
    snprintf(page, sizeof page, "<html><head>%s</head><body>" ONE "</body></html>", heads[_i].head);
    page_result r = read_page(view_of(page));
    ck_assert_int_eq(r.status, WHOSAID_OK);
    assert_view(r.article.title, heads[_i].title, heads[_i].head);
    assert_view(r.article.date, heads[_i].date, heads[_i].head);
    assert_view(r.article.outlet, heads[_i].outlet, heads[_i].head);
    free_result(&r);
}
END_TEST

START_TEST(a_page_without_text_is_refused) {
    page_result r = read_page(VIEW("<html><body><img src=x><script>x</script></body></html>"));
    ck_assert_int_eq(r.status, WHOSAID_NOT_TEXT);
    free_result(&r);
}
END_TEST

/* Hostile pages: a unit of markup, many times. They are read or refused, soon. */
static const struct {
    const char *unit, *number_suffix;
    size_t count;
} floods[] = {
    {"<div>", "", 1000000},
    {"<b>", "", 200000},
    {"<div><p>x</p>", "", 100000},
    {"<x>", "", 1000000},
    {"<table><tr><td>", "", 100000},
    {"<svg><g>", "", 300000},
    {"<p><b><i a=", "><p>", 50000},
    {"</p>", "", 500000},
    {"<div class='share ad'>x", "", 100000},
    {"<br>", "", 500000},
    {"&lt;", "", 1000000},
};

START_TEST(floods_of_tags_end_soon) {
    buffer page = {0};
    for (size_t i = 0; i < floods[_i].count; i++) {
        char number[32];
        snprintf(number, sizeof number, "%zu%s", i, floods[_i].number_suffix);
        ck_assert(buffer_append_view(&page, view_of(floods[_i].unit)));
        if (*floods[_i].number_suffix) ck_assert(buffer_append_view(&page, view_of(number)));
    }
    page_result r = read_page(buffer_view(&page));
    ck_assert(r.status == WHOSAID_OK || r.status == WHOSAID_LIMIT || r.status == WHOSAID_NOT_TEXT);
    free_result(&r);
    buffer_free(&page);
}
END_TEST

START_TEST(a_tag_with_a_million_attributes_is_refused) {
    buffer page = {0};
    ck_assert(buffer_append(&page, "<p", 2));
    for (unsigned i = 0; i < 1000000; i++) {
        char attribute[16];
        int len = snprintf(attribute, sizeof attribute, " a%u", i);
        ck_assert(buffer_append(&page, attribute, (size_t)len));
    }
    page_result r = read_page(buffer_view(&page));
    ck_assert_int_eq(r.status, WHOSAID_LIMIT);
    ck_assert_str_eq(r.err.text, "the page has an element with too many attributes");
    free_result(&r);
    buffer_free(&page);
}
END_TEST

START_TEST(a_page_may_be_cut_anywhere) {
    static const char page[] = "<html><head><title>E</title>" JSON_LD(
        "{\"@type\": \"Article\", \"headline\": \"E&amp;\"}") "</head><body class='a b'><!-- c "
                                                              "--><p>It &eacute; rained, <b>he</b> "
                                                              "said.<br></body>";
    for (size_t len = 0; len < sizeof page; len++) {
        page_result r = read_page((text_view){page, len});
        ck_assert(r.status == WHOSAID_OK || r.status == WHOSAID_NOT_TEXT);
        free_result(&r);
    }
}
END_TEST

static TCase *cases(void) {
    TCase *t = tcase_create("html");
    tcase_add_loop_test(t, paragraphs_are_kept_and_the_rest_left_out, 0, COUNT(parts));
    tcase_add_loop_test(t, the_article_is_found, 0, COUNT(pages));
    tcase_add_loop_test(t, metadata_are_found, 0, COUNT(heads));
    tcase_add_test(t, a_page_without_text_is_refused);
    tcase_add_loop_test(t, floods_of_tags_end_soon, 0, COUNT(floods));
    tcase_add_test(t, a_tag_with_a_million_attributes_is_refused);
    tcase_add_test(t, a_page_may_be_cut_anywhere);
    return t;
}

SUITE_MAIN("html")
