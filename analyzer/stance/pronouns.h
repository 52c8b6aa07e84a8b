/* pronouns.h: where a pronoun stands for the target, when that is a person: "Ruiz lost votes. Her
 * rivals said she had lied." */
#ifndef STANCE_PRONOUNS_H
#define STANCE_PRONOUNS_H

#include "stance/features.h"

/* Adds the pronouns that refer to the target to the mentions of a prepared text. A pronoun goes to
 * the person of its gender who was named last, within a few sentences; names are told from given
 * names and from Mr and Mrs. What opens a quotation looks past the sentence's own names, which are
 * those of its speaker. Does nothing for targets without a pronoun. Linear. False when memory is
 * out. */
bool pronouns_resolve(feature_text *text, arena *arena);

#endif
