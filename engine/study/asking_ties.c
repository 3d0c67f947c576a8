/* Draws that hang together by correlations. */
#include "asking_draws.h"

#include <stdlib.h>
#include <string.h>

/* The draw that has a key; the count where none does. */
static size_t draw_of(const struct draws *draws, const char *key)
{
    size_t k = 0;

    while (k < draws->count && !draws_match(draws, k, key, strlen(key)))
        k++;
    return k;
}

static void join(struct draws *draws, size_t a, size_t b)
{
    const size_t kept = draws->cluster[a], gone = draws->cluster[b];

    for (size_t k = 0; k < draws->count; k++) {
        if (draws->cluster[k] == gone)
            draws->cluster[k] = kept;
    }
}

static void name_others(struct decision *decision, struct draws *draws, size_t k)
{
    draws->tied[k] = "";
    for (size_t j = 0; j < draws->count; j++) {
        if (j != k && draws->cluster[j] == draws->cluster[k])
            draws->tied[k] =
                result_set_name(&decision->set, "%s%s%s", draws->tied[k],
                                *draws->tied[k] != '\0' ? ", " : "", draws->name[j]);
    }
}

enum hr_status draws_tie(struct decision *decision, struct draws *draws,
                         struct hr_error *error)
{
    size_t pairs = 0;
    const char *const *first =
        hr_result_labels(decision->result, "/quality/correlation/first", &pairs);
    const char *const *second =
        hr_result_labels(decision->result, "/quality/correlation/second", &pairs);

    for (size_t k = 0; k < draws->count; k++)
        draws->cluster[k] = k;
    for (size_t p = 0; first != NULL && second != NULL && p < pairs; p++) {
        const size_t a = draw_of(draws, first[p]), b = draw_of(draws, second[p]);

        if (a < draws->count && b < draws->count)
            join(draws, a, b);
    }
    for (size_t k = 0; k < draws->count; k++)
        name_others(decision, draws, k);
    return result_set_status(&decision->set, error);
}

bool draws_is_first(const struct draws *draws, size_t k)
{
    for (size_t j = 0; j < k; j++) {
        if (draws->cluster[j] == draws->cluster[k])
            return false;
    }
    return true;
}

size_t draws_together(const struct draws *draws, size_t k, bool *wanted)
{
    size_t count = 0;

    for (size_t j = 0; j < draws->count; j++) {
        wanted[j] = draws->cluster[j] == draws->cluster[k];
        count += wanted[j];
    }
    return count;
}

static bool is_of(const struct draws *draws, size_t k, const char *key)
{
    return draws_match(draws, k, key, strlen(key));
}

double draws_rank(const struct decision *decision, const struct draws *draws, size_t a,
                  size_t b)
{
    size_t pairs = 0;
    const char *const *first =
        hr_result_labels(decision->result, "/quality/correlation/first", &pairs);
    const char *const *second =
        hr_result_labels(decision->result, "/quality/correlation/second", &pairs);
    struct hr_result_values target;
    struct hr_error error;

    if (first == NULL || second == NULL ||
        hr_result_values(decision->result, "/quality/correlation/target", &target,
                         &error) != HR_OK)
        return 0.0;
    for (size_t p = 0; p < pairs; p++) {
        if ((is_of(draws, a, first[p]) && is_of(draws, b, second[p])) ||
            (is_of(draws, b, first[p]) && is_of(draws, a, second[p])))
            return target.value[p];
    }
    return 0.0;
}

const char *draws_spoken(struct decision *decision, const struct draws *draws, size_t k)
{
    return *draws->tied[k] == '\0'
               ? draws->name[k]
               : result_set_name(&decision->set, "%s and what is drawn with it",
                                 draws->name[k]);
}
