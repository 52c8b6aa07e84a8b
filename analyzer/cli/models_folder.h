/* models_folder.h: where the models lie that belong to this very program. */
#ifndef CLI_MODELS_FOLDER_H
#define CLI_MODELS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* Looks beside the running program: the installed PREFIX/share/whosaid/models for a program in
 * PREFIX/bin, or the source tree's models/ for one in its build folder. False when there is none.
 */
bool models_folder_find(char *out, size_t capacity);

#endif
