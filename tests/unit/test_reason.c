/* Why a source's name is withheld: how articles word it, and whose statements it goes for. Reasons
 * (r) are marked as in the corpus; a statement without one must get none. */
#include "identify/speaker_match.h"
#include "marked_cases.h"
#include "suite.h"

/* Behind "A clerk, who", the words are a reason. */
static const char *const reasons[] = {
    "spoke on the condition of anonymity to discuss private talks",
    "asked not to be named because the talks are private",
    "asked not to be named, fearing reprisals at home",
    "asked that the newspaper not name him",
    "agreed to talk so long as the paper did not identify her",
    "declined to be identified, given the sensitivity of the sale",
    "was granted anonymity to speak candidly",
    "was promised confidentiality by the editors",
    "asked for confidentiality because the sale is not final",
    "spoke on a promise of secrecy",
    "was not authorized to discuss the sale",
    "was not at liberty to discuss the sale",
    "had no clearance to speak to reporters",
    "is banned from speaking to the press",
    "is prohibited from commenting by his contract",
    "is precluded from discussing the sale",
    "may not discuss the sale publicly",
    "would not speak openly about her employer",
    "declined to speak on the record",
    "did not want to talk on the record for fear of losing work",
    "did not wish to be seen criticising the mayor",
    "could lose his post for talking to the press",
    "could be disciplined if identified",
    "would be dismissed if her name appeared",
    "did not want to see his name in print",
    "would not share his name with a stranger",
    "asked for his name to be kept secret",
    "spoke under rules that forbid the use of names",
    "spoke on deep background",
    "spoke on background, citing company policy",
    "was speaking not for attribution",
    "spoke under the usual rules of the house",
    "asked to be identified as a clerk",
    "asked to be described only as an office worker",
    "preferred to remain unnamed",
    "wished to stay anonymous, for security reasons",
    "gave only her initials",
    "was speaking without clearance",
    ", like all respondents, answered anonymously",
};

/* Articles in which nobody says why a name is withheld. */
static const char *const no_reasons[] = {
    "{s1 A clerk} {k1 said} {c1 the mayor would not name the buyer}.\n\n@1 grade=anonymous",
    "{s1 A clerk, who has not been named,} {k1 said} {c1 prices fell}.\n\n@1 grade=anonymous",
    "{s1 A clerk} {k1 said} {c1 the minister had not spoken publicly about it}.\n\n@1 "
    "grade=anonymous",
    "{s1 A clerk} {k1 said} {c1 the minister did not want to be seen as weak}.\n\n@1 "
    "grade=anonymous",
    "{s1 A clerk who signed the record} {k1 said} {c1 prices fell}.\n\n@1 grade=anonymous",
    "{s1 Two clerks} {k1 said} {c1 Lund's name was not left off the list}.\n\n@1 grade=anonymous",
    "{s1 A clerk} {k1 said} {c1 the ship would lose its name when it was sold}.\n\n@1 "
    "grade=anonymous",
};

/* Articles of several statements. */
static const char *const shared_reasons[] = {
    "{s1,2 Two officials} {k1 said} {c1 missiles arrived} and {k2 warned} {c2 of delays}. The "
    "officials {r1,2 spoke on the condition of anonymity to describe secret plans}.\n\n@1 "
    "grade=anonymous\n@2 grade=anonymous",
    "{s1 A spokesman for the port} {k1 said} {c1 nothing had changed}; {s2 two dockers in the same "
    "yard} {k2 said} {c2 that it had}. They {r2 insisted on anonymity because they feared for "
    "their jobs}.\n\n@1 grade=anonymous\n@2 grade=anonymous",
    "{s1 Three clerks} {k1 said} {c1 the bridge was sold}. {s2 They} {k2 also said} {c2 the buyer "
    "was known}. {r1,2 None wanted to be named because the sale was not final}.\n\n@1 "
    "grade=anonymous\n@2 grade=anonymous",
    "{s1 Two Nordic envoys} {k1 said} {c1 the talks went well}. {s2 A third envoy} {k2 disagreed}, "
    "{c2 calling them a waste}. All three {r1,2 requested anonymity to discuss private "
    "meetings}.\n\n@1 grade=anonymous\n@2 grade=anonymous",
    "{s1 Two delegates} {k1 said} {c1 there was no vote}. Both {r1 asked not to be identified as "
    "the session was closed}.\n\n@1 grade=anonymous",
    "{s1 A senior official {r1,2,3 who, like others interviewed for this article, was promised "
    "anonymity in return for an account of the meetings},} {k1 said} {c1 the plan was dead}. {s2 "
    "Another official} {k2 thought} {c2 it was alive}.\n\nThe talks went on for a week. {s3 A "
    "person who took notes} {k3 said} {c3 nobody won}.\n\n@1 grade=anonymous\n@2 "
    "grade=anonymous\n@3 grade=anonymous",
    "{c1 The envoys were told to listen}, {k1 according to} {s1 one of their members}. That member "
    "{r1 asked that he not be named, having been told to express no view}.\n\n@1 grade=anonymous",
    "{c1 The order was signed}, {s1 one of the officials} {k1 said} {r1,2 on condition of "
    "anonymity}. {c2 It takes effect in May}, {s2 the official} {k2 said}.\n\n@1 "
    "grade=anonymous\n@2 grade=anonymous",
    "{c1 We fly at night}, {s1 the wing commander, a colonel who uses the call sign Tern,} {k1 "
    "said}. {r1,2 Army rules forbid the publication of pilots' names}. {s2 Tern} {k2 asked for} "
    "{c2 spare tires}.\n\n@1 grade=anonymous\n@2 grade=anonymous",
    "{c1 I skip the news}, {k1 said} {s1 a gunner who goes by the call sign Otter}. {s2 A clerk} "
    "{k2 said} {c2 she read it}. {r1 Military rules allow soldiers to be identified only by call "
    "sign or rank}.\n\n@1 grade=anonymous\n@2 grade=anonymous",
    "{s1 Two clerks} {k1 said} {c1 yes}. {r1 Neither agreed to be named}.\n\n@1 grade=anonymous",
    "{s1 A serving officer} {k1 said} {c1 the line was thin}. {r1 His rank does not permit him to "
    "speak to the press}.\n\n@1 grade=anonymous",
    "{s1 A harbor pilot} {k1 said} {c1 the ice was late}. The pilot, like others, {r1 spoke on the "
    "condition of anonymity because the report was not out}.\n\n@1 grade=anonymous",
    "{s1 A member of her staff} {k1 said} {c1 she was tired}. The member of staff {r1 spoke on "
    "terms of strict anonymity, as the mayor dislikes being explained}.\n\n@1 grade=anonymous",
    "{s1 Two suppliers} {k1 complained} {c1 that payment takes a year}; they {r1 wouldn't let "
    "their firms be named for fear of losing the customer}.\n\n@1 grade=anonymous",
};

#define COUNT(list) (sizeof(list) / sizeof *(list))

enum {
    REASON_COUNT = COUNT(reasons),
    NO_REASON_COUNT = COUNT(no_reasons),
    SHARED_COUNT = COUNT(shared_reasons),
    FIRST_BYTES = 5, /* a reason begins with its word of denial */
    ALL_COUNT = REASON_COUNT + NO_REASON_COUNT + SHARED_COUNT
};

static void open_all(void) {
    static char written[REASON_COUNT][256];
    const char *texts[ALL_COUNT];
    for (size_t i = 0; i < REASON_COUNT; i++) {
        snprintf(
            written[i], sizeof written[i],
            "{s1 A clerk, {r1 who%s%s},} {k1 said} {c1 the bridge was sold}.\n\n@1 grade=anonymous",
            reasons[i][0] == ',' ? "" : " ", reasons[i]);
        texts[i] = written[i];
    }
    memcpy(texts + REASON_COUNT, no_reasons, sizeof no_reasons);
    memcpy(texts + REASON_COUNT + NO_REASON_COUNT, shared_reasons, sizeof shared_reasons);
    open_marked_cases(texts, ALL_COUNT);
}

static void check_reason(size_t index, const article *a, const annotated_quote *quote,
                         const attribution *said) {
    (void)index;
    text_view marked = quote->reason, found = said->anonymity.reason;
    span where = said->anonymity.reason_bytes;
    ck_assert_msg(marked.len ? reason_matches(marked, found) : found.len == 0,
                  "%.*s: the reason is \"%.*s\", not \"%.*s\"", SHOW(a->text), SHOW(found),
                  SHOW(marked));
    ck_assert_msg(!marked.len || view_starts_with(found, view_slice(marked, 0, FIRST_BYTES)),
                  "\"%.*s\" does not begin like \"%.*s\"", SHOW(found), SHOW(marked));
    ck_assert_uint_eq(where.end > where.begin, found.len > 0);
}

START_TEST(gives_each_statement_its_reason) {
    check_marked_case((size_t)_i, check_reason);
}
END_TEST

static TCase *cases(void) {
    TCase *c = tcase_create("reason");
    tcase_add_unchecked_fixture(c, open_all, close_marked_cases); /* once for all cases */
    tcase_add_loop_test(c, gives_each_statement_its_reason, 0, ALL_COUNT);
    return c;
}

SUITE_MAIN("reason")
