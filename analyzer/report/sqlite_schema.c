#include "report/sqlite_schema.h"

#include <stddef.h>

#define STRING_OF(number) #number
#define STRING(number) STRING_OF(number)

const char *const sqlite_schema_tables[] = {
    "PRAGMA application_id = " STRING(SQLITE_REPORT_ID),
    "PRAGMA user_version = " STRING(SQLITE_REPORT_VERSION),

    "CREATE TABLE about (\n"
    "    -- What made this report. Nothing here depends on the time or the number of threads.\n"
    "    id INTEGER PRIMARY KEY,\n"
    "    key TEXT NOT NULL,\n"
    "    value TEXT NOT NULL\n"
    ")",

    "CREATE TABLE articles (\n"
    "    id INTEGER PRIMARY KEY,        -- in the order of the input, from 1\n"
    "    article TEXT NOT NULL,         -- its path, or the id that the input gives\n"
    "    date TEXT,                     -- ISO 8601; this and what follows is NULL when unknown\n"
    "    outlet TEXT,\n"
    "    title TEXT,\n"
    "    text TEXT NOT NULL,            -- the whole text, which offsets refer to\n"
    "    duplicate_of TEXT              -- the article that had the same text earlier\n"
    ")",

    "CREATE TABLE speakers (\n"
    "    -- Persons with a name and institutions, each once, letter case aside. Sources without a\n"
    "    -- name are not here: \"an official\" of two articles is not one speaker.\n"
    "    id INTEGER PRIMARY KEY,        -- in the order of their first statements\n"
    "    name TEXT NOT NULL COLLATE NOCASE UNIQUE,\n"
    "    role TEXT                      -- the first title or affiliation that an article gives\n"
    ")",

    "CREATE TABLE statements (\n"
    "    id INTEGER PRIMARY KEY,        -- articles in their order, statements in that of the "
    "text\n"
    "    article_id INTEGER NOT NULL REFERENCES articles(id),\n"
    "    quote_id TEXT NOT NULL,        -- q1, q2, ... within the article\n"
    "    type TEXT NOT NULL,            -- direct, indirect, mixed\n"
    "    kind TEXT NOT NULL,            -- speech, attitude\n"
    "    score REAL NOT NULL,           -- probability that somebody says this here\n"
    "    quote TEXT NOT NULL,           -- the words ascribed; parts are joined by ' [...] '\n"
    "    cue TEXT,                      -- the expression that ascribes them\n"
    "    source TEXT,                   -- the source as it stands in the text\n"
    "    speaker TEXT,                  -- who that is by the fullest name in the article, or the\n"
    "                                   -- description of a source without a name\n"
    "    role TEXT,                     -- title or affiliation\n"
    "    speaker_score REAL NOT NULL,   -- probability that the speaker is right\n"
    "    anonymity TEXT NOT NULL,       -- named, anonymous, group, institution, unattributed\n"
    "    anonymity_score REAL NOT NULL, -- 0 (on the record) to 1 (cannot be identified)\n"
    "    anonymity_reason TEXT,         -- the reason that the article gives\n"
    "    start INTEGER NOT NULL,        -- the quote's first part in the article's text, in\n"
    "    stop INTEGER NOT NULL,         -- characters from 0: substr(text, start + 1, stop - "
    "start)\n"
    "    paragraph INTEGER NOT NULL     -- from 1\n"
    ")",

    "CREATE TABLE said_by (\n"
    "    -- A joint source has several speakers.\n"
    "    statement_id INTEGER NOT NULL REFERENCES statements(id),\n"
    "    speaker_id INTEGER NOT NULL REFERENCES speakers(id),\n"
    "    PRIMARY KEY (statement_id, speaker_id)\n"
    ") WITHOUT ROWID",

    "CREATE TABLE stances (\n"
    "    id INTEGER PRIMARY KEY,\n"
    "    statement_id INTEGER NOT NULL REFERENCES statements(id),\n"
    "    target TEXT NOT NULL,\n"
    "    stance TEXT NOT NULL,          -- a label of the target, or undecided\n"
    "    stance_score REAL NOT NULL,    -- probability of the likeliest label\n"
    "    stance_scores TEXT NOT NULL,   -- JSON: the probability of each label\n"
    "    stance_why TEXT                -- the words that decided, with --explain\n"
    ")",
    NULL,
};

const char *const sqlite_schema_progress[] = {
    "CREATE TABLE unfinished (id INTEGER PRIMARY KEY, note BLOB NOT NULL)",
    NULL,
};

const char *const sqlite_schema_copies[] = {
    "INSERT INTO about SELECT * FROM unfinished.about",
    "INSERT INTO articles SELECT * FROM unfinished.articles",
    "INSERT INTO speakers SELECT * FROM unfinished.speakers",
    "INSERT INTO statements SELECT * FROM unfinished.statements",
    "INSERT INTO said_by SELECT * FROM unfinished.said_by",
    "INSERT INTO stances SELECT * FROM unfinished.stances",
    NULL,
};

const char *const sqlite_schema_indices[] = {
    /* With double quotes around the table's name, as Datasette looks for it. */
    /* NOLINTNEXTLINE(bugprone-suspicious-missing-comma): one statement of four lines */
    "CREATE VIRTUAL TABLE statements_fts USING fts5(\n"
    "    quote, content=\"statements\", content_rowid=\"id\",\n"
    "    tokenize=\"unicode61 remove_diacritics 2\"\n"
    ")",
    "INSERT INTO statements_fts(statements_fts) VALUES ('rebuild')",
    "INSERT INTO statements_fts(statements_fts) VALUES ('optimize')",

    /* Behind the full-text index, whose making leaves free pages: these are used again. */
    "CREATE INDEX articles_article ON articles(article)",
    "CREATE INDEX articles_date ON articles(date)",
    "CREATE INDEX articles_outlet ON articles(outlet)",
    "CREATE INDEX statements_article ON statements(article_id)",
    "CREATE INDEX statements_anonymity ON statements(anonymity)",
    "CREATE INDEX statements_speaker ON statements(speaker)",
    "CREATE INDEX said_by_speaker ON said_by(speaker_id)",
    "CREATE INDEX stances_statement ON stances(statement_id)",
    "CREATE INDEX stances_stance ON stances(target, stance)",

    "CREATE VIEW report AS\n"
    "    -- The columns of the CSV report, a row for each statement and target.\n"
    "    SELECT a.article, a.date, a.outlet, a.title, s.quote_id, s.type, s.kind, s.quote, s.cue,\n"
    "        s.source, s.speaker, s.role, s.speaker_score, s.anonymity, s.anonymity_score,\n"
    "        s.anonymity_reason, t.target, t.stance, t.stance_score, t.stance_scores, s.start,\n"
    "        s.stop AS \"end\", s.paragraph, a.duplicate_of, t.stance_why\n"
    "    FROM articles a JOIN statements s ON s.article_id = a.id\n"
    "        LEFT JOIN stances t ON t.statement_id = s.id\n"
    "    ORDER BY s.id, t.id",
    NULL,
};
