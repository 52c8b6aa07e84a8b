/* models_folder.h: where the models lie that belong to this library or program. */
#ifndef API_MODELS_FOLDER_H
#define API_MODELS_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

/* Looks beside the code that this is part of, the shared library or the program: in the
 * installation that it belongs to, wherever that was moved, or in the source tree when it lies in
 * its build folder; then where the installation was configured to be. False when there are none. */
bool models_folder_find(char *out, size_t capacity);

#endif
