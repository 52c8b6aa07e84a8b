/* json_members.h: the members of a JSON object that make an article.
 *
 * jansson makes a value of every number of an annotated article and takes two hundred instructions
 * for each byte. Articles are read without it: members that an article does not have are stepped
 * over. Whatever is damaged or out of the ordinary is left to jansson, whose word counts. */
#ifndef READ_JSON_MEMBERS_H
#define READ_JSON_MEMBERS_H

#include "base/arena.h"
#include "base/buffer.h"

struct json_t;

/* name in the file, name here. Where several stand for one thing the first is taken. */
#define JSON_MEMBER_LIST(X)                                                                        \
    X(ID, "id")                                                                                    \
    X(TEXT, "text")                                                                                \
    X(BODY, "body")                                                                                \
    X(CONTENT, "content")                                                                          \
    X(TITLE, "title")                                                                              \
    X(HEADLINE, "headline")                                                                        \
    X(OUTLET, "outlet")                                                                            \
    X(SOURCE, "source")                                                                            \
    X(DATE, "date")

typedef enum json_member {
#define JSON_MEMBER_ENUM(id, name) MEMBER_##id,
    JSON_MEMBER_LIST(JSON_MEMBER_ENUM)
#undef JSON_MEMBER_ENUM
        MEMBER_COUNT
} json_member;

/* The members that are strings (the id may be a whole number, too); ptr is NULL for others. */
typedef struct json_members {
    text_view values[MEMBER_COUNT];
} json_members;

/* Reads an object, valid UTF-8. The members are borrowed from `text` or, where they had to be
 * unescaped, from `unescaped`. False, which is no error: ask jansson. */
bool json_members_read(text_view text, buffer *unescaped, json_members *out);

/* The same of an object that jansson has read. Borrowed from it or in `memory`; false when memory
 * is out. */
bool json_members_of(const struct json_t *object, arena *memory, json_members *out);

#endif
