/* lexicon.h: what single English words tell about speakers: titles, roles, nouns for people,
 * groups, bodies and documents, pronouns, given names. Words are looked up in lower case; a noun
 * is found in its plural too. */
#ifndef IDENTIFY_LEXICON_H
#define IDENTIFY_LEXICON_H

#include "base/arena.h"
#include "base/text_view.h"

/* A word may belong to several classes. */
typedef enum word_class {
    WORD_HONORIFIC = 1 << 0,     /* Mr, Mrs: before a name, says nothing of a role */
    WORD_TITLE = 1 << 1,         /* stands before a name: Senator, Gen., Prime, Minister */
    WORD_PERSON = 1 << 2,        /* one person: official, surgeon */
    WORD_PEOPLE = 1 << 3,        /* many without being a plural: police, crowd, majority */
    WORD_BODY = 1 << 4,          /* an organisation: ministry, campaign, company */
    WORD_DOCUMENT = 1 << 5,      /* speaks in place of its author: report, poll, letter */
    WORD_MALE = 1 << 6,          /* man, father, Mr */
    WORD_FEMALE = 1 << 7,        /* woman, mother, Mrs */
    WORD_KIN = 1 << 8,           /* wife, brother: identified by whose they are */
    WORD_SINGLE_OFFICE = 1 << 9, /* an office with one holder: president, chancellor */
    WORD_VAGUE = 1 << 10,        /* tells next to nothing: official, source, person */
    WORD_QUANTITY = 1 << 11,     /* some, several, many, most, two */
    WORD_SUFFIX = 1 << 12,       /* Jr, Sr, III */
    WORD_PARTICLE = 1 << 13,     /* de, van, al: inside surnames */
    WORD_GIVEN_MALE = 1 << 14,   /* given names by usual bearer; weak evidence */
    WORD_GIVEN_FEMALE = 1 << 15,
    WORD_CAPITAL = 1 << 16,       /* a seat of government that stands for it */
    WORD_BODY_NAME = 1 << 17,     /* inside a proper name it marks an organisation */
    WORD_PLURAL = 1 << 18,        /* added by the look-up: found as the plural of a noun */
    WORD_PARTY = 1 << 19,         /* a party's member: Democrat, Tory */
    WORD_OUTLET = 1 << 20,        /* newspaper, network, agency that reports */
    WORD_HEADLINE_VERB = 1 << 21, /* verbs that headlines capitalise behind a name: Says, Wins */
    WORD_REASON = 1 << 22,        /* may be the heart of a reason for withholding a name: named */
    WORD_TIME = 1 << 23,          /* Monday, Jan., tonight: "told Kim Tuesday" */
    WORD_FIGURE = 1 << 24,        /* how articles call again whom they have named: candidate */
    WORD_COMPANY = 1 << 25        /* a body's name by itself, and no surname: Twitter */
} word_class;

/* Words of closed classes, which tell how to read the words around them. */
typedef enum word_use {
    USE_POINTING = 1 << 0,       /* the, this, those */
    USE_ONE_OF_SEVERAL = 1 << 1, /* one, another: not many, though a quantity */
    USE_FIRST_PERSON = 1 << 2,   /* I, our, myself */
    USE_MALE_PRONOUN = 1 << 3,   /* he, his */
    USE_FEMALE_PRONOUN = 1 << 4, /* she, herself */
    USE_PLURAL_PRONOUN = 1 << 5, /* they, us; not "themselves" */
    USE_AUXILIARY = 1 << 6,      /* has, could, to */
    USE_BEING = 1 << 7,          /* was, 're */
    USE_BRIEF_BEING = 1 << 8,    /* 's */
    USE_SEEMING = 1 << 9,        /* seems, appeared */
    /* In small letters only: capital ones are parts of names. */
    USE_NAMING = 1 << 10,     /* named: a name follows */
    USE_ALIAS = 1 << 11,      /* only, under: the name that follows is not the whole one */
    USE_TITLE_FORM = 1 << 12, /* lexicon_full_title has another word for it */
    /* Trades and offices that have several words: "a judge" may be "Justice Cole". */
    USE_JURIST = 1 << 13,
    USE_LAWMAKER = 1 << 14,
    USE_LAWYER = 1 << 15,
    USE_BUSINESS = 1 << 16,
    USE_LEADER = 1 << 17,
    USE_ADVISER = 1 << 18,
    USE_SCHOLAR = 1 << 19,
    USE_PRESS = 1 << 20,
    USE_POLICE = 1 << 21,
    USE_PHYSICIAN = 1 << 22,
    USE_SOLDIER = 1 << 23,
    USE_STAGE = 1 << 24,
    USE_CANDIDATE = 1 << 25,
    USE_CLERIC = 1 << 26,
    USE_TRADES = ((1 << 27) - 1) & ~((1 << 13) - 1),
    /* Who speaks for somebody, or for a paper or a screen, is rarely whom an article is about. */
    USE_FOR_OTHERS = 1 << 27,
    USE_UTTERANCE = 1 << 28, /* what somebody said or thinks: remarks, view */
    USE_FEW = 1 << 29,       /* a number of people who can be spoken to one by one: two, couple */
    USE_INTERVIEW = 1 << 30  /* whom a source told it, or how: reporters, interviewed */
} word_use;

typedef struct lexicon lexicon;

/* Builds the table. NULL when memory is out. Immutable afterwards, safe to share. */
lexicon *lexicon_new(void);
void lexicon_free(lexicon *lexicon);

/* The classes of a word, any case, 0 when unknown. A final full stop is ignored. */
uint32_t lexicon_classes(const lexicon *lexicon, text_view word);

/* The uses of the word that has this hash_view in lower case. */
uint32_t lexicon_uses(const lexicon *lexicon, uint64_t lower_hash);

/* lexicon_classes and lexicon_uses of one word, whose hash in lower case is at hand. */
typedef struct lexicon_facts {
    uint32_t classes, uses;
} lexicon_facts;

lexicon_facts lexicon_find(const lexicon *lexicon, text_view word, uint64_t lower_hash);

/* Guesses from the ending of an unknown noun: "-er", "-ist", "-man", as who speaks usually has. */
bool lexicon_looks_like_person(text_view word);

/* The full word of a title's usual abbreviation ("Sen." gives "senator"), else the word itself.
 * Static storage or the argument. */
text_view lexicon_full_title(text_view word);

/* True when one given name is a usual short form of the other, any case: Bob, Robert. */
bool lexicon_same_given_name(text_view a, text_view b);

#endif
