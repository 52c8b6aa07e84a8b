/* whosaid train: which model. */
#include "cli/command.h"

int command_train(int argc, char **argv) {
#define PART_ENTRY(name, summary) {#name, summary, train_##name},
    static const command parts[] = {TRAIN_LIST(PART_ENTRY)};
#undef PART_ENTRY
    return command_dispatch(parts, sizeof parts / sizeof *parts,
                            "whosaid train: learn a model from annotated articles", argc, argv);
}
