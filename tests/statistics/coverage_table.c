/* The table of engine/statistics/README.md, in per cent: scripts/coverage-table runs
 * it. */
#include "coverage.h"

#include <stdio.h>
#include <stdlib.h>

static void print_row(int law, const size_t *sizes, int count, int repetitions,
                      void (*cover)(int, size_t, int, double *))
{
    printf("| %s", coverage_law[law]);
    for (int s = 0; s < count; s++) {
        double held[COVERAGE_STATISTICS];

        cover(law, sizes[s], repetitions, held);
        printf(" | %.1f / %.1f / %.1f", 100.0 * held[0], 100.0 * held[1],
               100.0 * held[2]);
    }
    printf(" |\n");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    static const size_t sizes[] = {200, 1000, 10000};
    const int repetitions = argc > 1 ? atoi(argv[1]) : 2000;

    for (int law = 0; law < COVERAGE_LAWS; law++)
        print_row(law, sizes, 3, repetitions, coverage_of);
    printf("differences\n");
    for (int law = 0; law < COVERAGE_LAWS; law++)
        print_row(law, sizes, 2, repetitions, coverage_of_differences);
    return 0;
}
