/* whosaid evaluate: which model. */
#include "cli/command.h"

int command_evaluate(int argc, char **argv) {
#define PART_ENTRY(name, summary) {#name, summary, evaluate_##name},
    static const command parts[] = {EVALUATE_LIST(PART_ENTRY)};
#undef PART_ENTRY
    return command_dispatch(parts, sizeof parts / sizeof *parts,
                            "whosaid evaluate: measure a model on annotated articles", argc, argv);
}
