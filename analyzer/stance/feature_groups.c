#include "stance/features.h"

#include <math.h>

static const struct {
    const char *name;
    double with_lexicon, without;
} groups[] = {
#define FEATURE_GROUP_ROW(id, name, with, without) {name, with, without},
    FEATURE_GROUP_LIST(FEATURE_GROUP_ROW)
#undef FEATURE_GROUP_ROW
};

feature_settings feature_settings_default(bool has_lexicon) {
    feature_settings settings = {.scaling = SCALING_GROUP,
                                 .company =
                                     has_lexicon ? FEATURE_COMPANY_WITH : FEATURE_COMPANY_WITHOUT};
    for (int g = 0; g < GROUP_COUNT; g++)
        settings.weights[g] = has_lexicon ? groups[g].with_lexicon : groups[g].without;
    return settings;
}

const char *feature_group_name(feature_group group) {
    return groups[group].name;
}

feature_group feature_group_find(text_view title) {
    int g = 0;
    while (g < GROUP_COUNT && !view_is(title, groups[g].name))
        g++;
    return (feature_group)g;
}

void feature_values(const size_t group_sizes[GROUP_COUNT], const feature_settings *settings,
                    double values[GROUP_COUNT]) {
    double squares = 0;
    for (int g = 0; g < GROUP_COUNT; g++) {
        values[g] = 0;
        size_t size = group_sizes[g];
        if (size == 0) continue;
        bool joint = settings->scaling == SCALING_JOINT;
        values[g] = joint ? 1 : sqrt(settings->weights[g] / (double)size);
        squares += (double)size * values[g] * values[g];
    }
    double length = sqrt(squares);
    for (int g = 0; length > 0 && g < GROUP_COUNT; g++)
        values[g] /= length;
}
