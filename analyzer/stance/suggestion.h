/* suggestion.h: which statements' annotation would teach a model most: those whose two best labels
 * are nearly even, spread over articles and speakers. */
#ifndef STANCE_SUGGESTION_H
#define STANCE_SUGGESTION_H

#include "article.h"

typedef struct suggestion_list suggestion_list;

/* An empty list for the target with this index and number of labels; NULL when memory is out. */
suggestion_list *suggestion_list_new(uint32_t target, size_t label_count);
void suggestion_list_free(suggestion_list *list);

/* Notes the statements of the next article; they carry stances. Errors: NO_MEMORY. */
WHOSAID_CHECK whosaid_status suggestion_list_note(suggestion_list *list, const article *article,
                                                  whosaid_error *err);

/* Chooses `count` statements: the most uncertain first, each further one of the same article or of
 * the same speaker being put off. Deterministic; cost: statements times count. To be called once,
 * after the last note. */
void suggestion_list_choose(suggestion_list *list, size_t count);

/* Whether a statement was chosen: article in the order of the notes, attribution of the article. */
bool suggestion_list_has(const suggestion_list *list, size_t article, size_t attribution);

/* How many were chosen, and the place of one of them, the most instructive having the rank 0. */
size_t suggestion_list_chosen(const suggestion_list *list);
void suggestion_list_place(const suggestion_list *list, size_t rank, uint32_t *article,
                           uint32_t *attribution);

#endif
