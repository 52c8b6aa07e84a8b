#include "cli/models_choice.h"

#include "api/models_folder.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>

const char *models_choose(const char *given, const char *option, const char *model,
                          models_path *shipped, whosaid_error *err) {
    if (given) return given;
    size_t capacity = sizeof shipped->text - (model ? strlen(model) + 1 : 0);
    if (!models_folder_find(shipped->text, capacity)) {
        (void)error_set(err, WHOSAID_IO, NULL, 0,
                        "no models beside the program; name their folder with %s", option);
        return NULL;
    }
    if (model) {
        size_t length = strlen(shipped->text);
        snprintf(shipped->text + length, sizeof shipped->text - length, "/%s", model);
    }
    return shipped->text;
}
