#include "read/html_class.h"

enum { WORD_BYTES = 24, CLASS_MAX_BYTES = 2048 };

typedef struct word_kind {
    const char *word;
    html_class_kind kind;
    bool anywhere; /* also on elements inside a paragraph */
} word_kind;

#define FOREIGN(word)                                                                              \
    { (word), HTML_CLASS_FOREIGN, false }
#define BESIDE(word)                                                                               \
    { (word), HTML_CLASS_BESIDE, false }
#define BESIDE_ANYWHERE(word)                                                                      \
    { (word), HTML_CLASS_BESIDE, true }

static const word_kind word_kinds[] = {
    FOREIGN("comment"),
    FOREIGN("comments"),
    FOREIGN("disqus"),
    FOREIGN("related"),
    FOREIGN("sidebar"),
    FOREIGN("navigation"),
    FOREIGN("nav"),
    FOREIGN("navbar"),
    FOREIGN("menu"),
    FOREIGN("footer"),
    FOREIGN("complementary"),
    FOREIGN("contentinfo"),
    FOREIGN("cookie"),
    FOREIGN("cookies"),
    FOREIGN("consent"),
    FOREIGN("gdpr"),
    FOREIGN("newsletter"),
    FOREIGN("newsletters"),
    FOREIGN("recirc"),
    FOREIGN("recirculation"),
    FOREIGN("recommended"),
    FOREIGN("recommendations"),
    FOREIGN("trending"),
    FOREIGN("outbrain"),
    FOREIGN("taboola"),
    FOREIGN("breadcrumb"),
    FOREIGN("breadcrumbs"),
    BESIDE("gateway"), /* what stands where a paywall cuts the article off */
    BESIDE("barrier"),
    BESIDE("ad"),
    BESIDE("ads"),
    BESIDE("advert"),
    BESIDE("advertisement"),
    BESIDE("adslot"),
    BESIDE("sponsor"),
    BESIDE("sponsored"),
    BESIDE("author"),
    BESIDE("authors"),
    BESIDE("bio"),
    BESIDE("byline"),
    BESIDE("carousel"),
    BESIDE("dialog"),
    BESIDE("gallery"),
    BESIDE("infobox"),
    BESIDE("meta"),
    BESIDE("metadata"),
    BESIDE("modal"),
    BESIDE("overlay"),
    BESIDE("popup"),
    BESIDE("popular"),
    BESIDE("promo"),
    BESIDE("promotion"),
    BESIDE("pullquote"),
    BESIDE("readmore"),
    BESIDE("search"),
    BESIDE("signup"),
    BESIDE("skip"),
    BESIDE("slideshow"),
    BESIDE("subscribe"),
    BESIDE("subscription"),
    BESIDE("tags"),
    BESIDE("taglist"),
    BESIDE("teaser"),
    BESIDE("teasers"),
    BESIDE("timestamp"),
    BESIDE("toolbar"),
    BESIDE("tools"),
    BESIDE("topics"),
    BESIDE("widget"),
    BESIDE_ANYWHERE("caption"),
    BESIDE_ANYWHERE("captions"),
    BESIDE_ANYWHERE("credit"),
    BESIDE_ANYWHERE("credits"),
    BESIDE_ANYWHERE("figcaption"),
    BESIDE_ANYWHERE("screenreader"),
    BESIDE_ANYWHERE("share"),
    BESIDE_ANYWHERE("sharing"),
    BESIDE_ANYWHERE("social"),
    BESIDE_ANYWHERE("sr"),
    BESIDE_ANYWHERE("tooltip"),
};

/* Words that mean something only together. */
static const struct {
    const char *first, *second;
    html_class_kind kind;
} word_pairs[] = {
    {"read", "more", HTML_CLASS_BESIDE},      {"read", "next", HTML_CLASS_FOREIGN},
    {"see", "also", HTML_CLASS_BESIDE},       {"more", "stories", HTML_CLASS_FOREIGN},
    {"more", "from", HTML_CLASS_FOREIGN},     {"most", "read", HTML_CLASS_FOREIGN},
    {"most", "viewed", HTML_CLASS_FOREIGN},   {"sign", "up", HTML_CLASS_BESIDE},
    {"pull", "quote", HTML_CLASS_BESIDE},     {"visually", "hidden", HTML_CLASS_BESIDE},
    {"tag", "list", HTML_CLASS_BESIDE},       {"follow", "us", HTML_CLASS_BESIDE},
    {"site", "header", HTML_CLASS_FOREIGN},   {"page", "header", HTML_CLASS_FOREIGN},
    {"article", "header", HTML_CLASS_BESIDE}, {"more", "on", HTML_CLASS_FOREIGN},
    {"video", "player", HTML_CLASS_BESIDE},   {"video", "container", HTML_CLASS_BESIDE},
    {"audio", "player", HTML_CLASS_BESIDE},   {"media", "player", HTML_CLASS_BESIDE},
    {"twitter", "tweet", HTML_CLASS_BESIDE},  {"instagram", "media", HTML_CLASS_BESIDE},
};

/* Takes the next word off *rest, in lower case: letters of one case run, so that "shareBar" and
 * "share-bar" give the same. Empty at the end. */
static text_view next_word(text_view *rest, char word[WORD_BYTES]) {
    size_t at = 0, len = 0;
    while (at < rest->len && !ascii_is_alpha((unsigned char)rest->ptr[at]))
        at++;
    size_t begin = at;
    while (at < rest->len && ascii_is_alpha((unsigned char)rest->ptr[at])) {
        bool new_word = at > begin && ascii_is_upper((unsigned char)rest->ptr[at]) &&
                        ascii_is_lower((unsigned char)rest->ptr[at - 1]);
        if (new_word) break;
        if (len < WORD_BYTES) word[len++] = ascii_to_lower(rest->ptr[at]);
        at++;
    }
    *rest = view_slice(*rest, at, rest->len);
    return (text_view){word, len};
}

static html_class_kind kind_of_word(text_view word, bool is_block) {
    for (size_t i = 0; i < sizeof word_kinds / sizeof *word_kinds; i++)
        if ((is_block || word_kinds[i].anywhere) && view_is(word, word_kinds[i].word))
            return word_kinds[i].kind;
    return HTML_CLASS_PLAIN;
}

static html_class_kind kind_of_pair(text_view first, text_view second) {
    for (size_t i = 0; i < sizeof word_pairs / sizeof *word_pairs; i++)
        if (view_is(first, word_pairs[i].first) && view_is(second, word_pairs[i].second))
            return word_pairs[i].kind;
    return HTML_CLASS_PLAIN;
}

/* "has-sidebar", "no-ads", "with-comments" describe what is inside or not there. */
static bool is_describing(text_view word) {
    return view_is(word, "has") || view_is(word, "no") || view_is(word, "with") ||
           view_is(word, "without") || view_is(word, "js");
}

static html_class_kind kind_of_names(text_view names, bool is_block) {
    char words[2][WORD_BYTES];
    unsigned turn = 0;
    html_class_kind strongest = HTML_CLASS_PLAIN;
    text_view before = VIEW("");
    if (names.len > CLASS_MAX_BYTES) names.len = CLASS_MAX_BYTES;
    for (;;) {
        text_view word = next_word(&names, words[turn]);
        if (word.len == 0) return strongest;
        html_class_kind kind =
            is_describing(before) ? HTML_CLASS_PLAIN : kind_of_word(word, is_block);
        html_class_kind pair = is_block ? kind_of_pair(before, word) : HTML_CLASS_PLAIN;
        if (pair > kind) kind = pair;
        if (kind > strongest) strongest = kind;
        before = word;
        turn = !turn;
    }
}

html_class_kind html_class_of(const html_node *node, bool is_block) {
    html_class_kind strongest = HTML_CLASS_PLAIN;
    static const char *const attributes[] = {"class", "id", "role", "data-testid",
                                             "data-component"};
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++) {
        html_class_kind kind = kind_of_names(html_attribute(node, attributes[i]), is_block);
        if (kind > strongest) strongest = kind;
    }
    return strongest;
}

static bool contains_ignoring_blanks(text_view text, const char *wanted) {
    for (size_t begin = 0; begin < text.len; begin++) {
        const char *next = wanted;
        for (size_t at = begin; at < text.len && *next; at++) {
            if (ascii_is_space((unsigned char)text.ptr[at])) continue;
            if (ascii_to_lower(text.ptr[at]) != *next) break;
            next++;
        }
        if (!*next) return true;
    }
    return false;
}

bool html_is_hidden(const html_node *node) {
    if (!node->element) return false;
    if (html_has_attribute(node, "hidden")) return true;
    if (view_is(html_attribute(node, "aria-hidden"), "true")) return true;
    text_view style = html_attribute(node, "style");
    if (style.len > CLASS_MAX_BYTES) style.len = CLASS_MAX_BYTES;
    return contains_ignoring_blanks(style, "display:none") ||
           contains_ignoring_blanks(style, "visibility:hidden");
}

/* What notes begin with; `whole`: only when nothing but a colon or dots come behind it. */
static const struct {
    text_view words;
    bool whole;
} notes[] = {
#define BEGINS(words)                                                                              \
    { {(words), sizeof(words) - 1}, false }
#define IS(words)                                                                                  \
    { {(words), sizeof(words) - 1}, true }
    BEGINS("read more"),
    BEGINS("read next"),
    BEGINS("read also"),
    BEGINS("also read"),
    BEGINS("see also:"),
    BEGINS("related:"),
    BEGINS("related stories"),
    BEGINS("related articles"),
    BEGINS("more from "),
    BEGINS("more stories"),
    BEGINS("more on this"),
    BEGINS("most read"),
    BEGINS("recommended for you"),
    BEGINS("you may also like"),
    BEGINS("sign up for "),
    BEGINS("sign up to "),
    BEGINS("subscribe to "),
    BEGINS("subscribe now"),
    BEGINS("follow us on "),
    BEGINS("share this "),
    BEGINS("click here to "),
    BEGINS("listen to this "),
    BEGINS("watch: "),
    BEGINS("photo: "),
    BEGINS("photo by "),
    BEGINS("image: "),
    BEGINS("\xC2\xA9"),
    BEGINS("copyright \xC2\xA9"),
    BEGINS("published "),
    BEGINS("published: "),
    BEGINS("updated "),
    BEGINS("a version of this article appear"),
    BEGINS("this article appeared in the "),
    BEGINS("already a subscriber"),
    BEGINS("updated: "),
    BEGINS("last updated"),
    IS("related"),
    IS("advertisement"),
    IS("advertising"),
    IS("share"),
    IS("comments"),
    IS("read next"),
    IS("keep reading"),
    IS("explore more"),
    IS("trending"),
    IS("recommended"),
    IS("all rights reserved"),
    IS("story continues below advertisement"),
    IS("story continues below"),
#undef BEGINS
#undef IS
};

bool html_is_note(text_view text) {
    text_view bare = text;
    while (bare.len && strchr(".: ", bare.ptr[bare.len - 1]))
        bare.len--;
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        text_view words = notes[i].words;
        if (notes[i].whole ? view_equal_ignoring_case(bare, words)
                           : text.len >= words.len &&
                                 view_equal_ignoring_case(view_slice(text, 0, words.len), words))
            return true;
    }
    return false;
}
