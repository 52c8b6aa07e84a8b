/* suite.h: the main function that every Check suite shares. Define `static TCase *cases(void)`,
 * then SUITE_MAIN("name"). */
#ifndef TESTS_SUITE_H
#define TESTS_SUITE_H

#include <check.h>
#include <stdlib.h>

#define SUITE_MAIN(name)                                                                           \
    int main(void) {                                                                               \
        Suite *suite = suite_create(name);                                                         \
        suite_add_tcase(suite, cases());                                                           \
        SRunner *runner = srunner_create(suite);                                                   \
        srunner_run_all(runner, CK_NORMAL);                                                        \
        int failed = srunner_ntests_failed(runner);                                                \
        srunner_free(runner);                                                                      \
        return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;                                          \
    }

#endif
