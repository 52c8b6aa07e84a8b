/* models_choice.h: the folder of models that a command works with. */
#ifndef CLI_MODELS_CHOICE_H
#define CLI_MODELS_CHOICE_H

#include "whosaid.h"

typedef struct models_path {
    char text[4096];
} models_path;

/* `given`, the argument of `option` ("--models"); where it is NULL, the folder `model` ("tagger";
 * NULL: the folder of all models) of those that belong to this program, written into *shipped.
 * NULL when there is none. Error: IO. */
const char *models_choose(const char *given, const char *option, const char *model,
                          models_path *shipped, whosaid_error *err);

#endif
