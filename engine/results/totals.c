#include "totals.h"

#include "summary.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { PATH = 256 };

/* How what lies along quarters or practices makes a metric of a trial. */
enum total { AT_THE_END, OVER_QUARTERS, MEAN_OF_QUARTERS, OVER_SITES };

static const struct identity {
    const char *path;
    const char *metric;
    enum total total;
} identities[] = {
    {"/paths/partner_led_sites", "partner_led_sites", AT_THE_END},
    {"/paths/partner_fte", "partner_fte", AT_THE_END},
    {"/paths/salaried_fte", "salaried_fte", AT_THE_END},
    {"/paths/sites_ended", "sites_ended", AT_THE_END},
    {"/paths/sites_caretaker", "sites_caretaker", AT_THE_END},
    {"/paths/sites_continuing", "sites_continuing", AT_THE_END},
    {"/paths/alignment", "alignment", AT_THE_END},
    {"/paths/unmet_appointments", "unmet_appointments", OVER_QUARTERS},
    {"/paths/vacancy", "vacancy", MEAN_OF_QUARTERS},
    {"/paths/workload", "workload", MEAN_OF_QUARTERS},
    {"/paths/relationships", "relationships", MEAN_OF_QUARTERS},
    {"/sites/taken_over", "sites_taken_over", OVER_SITES},
    {"/sites/ended", "sites_ended", OVER_SITES},
    {"/sites/caretaker", "sites_caretaker", OVER_SITES},
    {"/sites/continuing", "sites_continuing", OVER_SITES},
    {"/sites/worse_off", "sites_worse_off", OVER_SITES},
    {"/sites/todays_gps", "todays_gps", OVER_SITES},
};

static double mean_of(const double *value, size_t n)
{
    double sum = 0.0;
    size_t present = 0;

    for (size_t i = 0; i < n; i++) {
        if (isnan(value[i]))
            continue;
        sum += value[i];
        present++;
    }
    return present == 0 ? NAN : sum / (double)present;
}

/* Sums in another order agree to rounding. */
static bool agrees(double a, double b, double scale)
{
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 1e-9 * (fabs(a) + fabs(b) + scale);
}

static double total_of_sites(const double *value, size_t sites)
{
    double sum = 0.0;

    for (size_t s = 0; s < sites; s++)
        sum += isnan(value[s]) ? 0.0 : value[s];
    return sum;
}

static double total_of_quarters(const double *statistic, size_t quarters, size_t labels,
                                enum total total)
{
    double sum = 0.0;

    if (total == AT_THE_END)
        return statistic[(quarters - 1) * labels + STATISTIC_MEAN];
    for (size_t q = 0; q < quarters; q++)
        sum += statistic[q * labels + STATISTIC_MEAN];
    return total == OVER_QUARTERS ? sum : sum / (double)quarters;
}

static enum hr_status check_total(const struct totals *totals,
                                  const struct identity *identity,
                                  const struct hr_result_values *said,
                                  const struct hr_result_values *trials)
{
    const size_t axes = (size_t)said->rank;
    const bool sites = identity->total == OVER_SITES;
    const size_t along = said->size[sites ? axes - 1 : axes - 2];
    const size_t labels = sites ? 1 : said->size[axes - 1];

    for (size_t f = 0; f < totals->forms; f++) {
        const double *own = &said->value[f * along * labels];
        const double found =
            sites ? total_of_sites(own, along)
                  : total_of_quarters(own, along, labels, identity->total);
        const double follows =
            mean_of(&trials->value[f * totals->trials], totals->trials);

        if (!agrees(found, follows, 0.0))
            return hr_fail(totals->error, HR_NOT_HELD,
                           "%s does not follow from the trials: it comes to %.17g, and "
                           "they give %.17g",
                           identity->path, found, follows);
    }
    return HR_OK;
}

/* A sweep keeps some of it only: what is not there says nothing. */
static bool is_held(const struct totals *totals, const char *path,
                    struct hr_result_values *values)
{
    struct hr_error unheard;

    return hr_result_values(totals->result, path, values, &unheard) == HR_OK;
}

static enum hr_status check_identity(const struct totals *totals,
                                     const struct identity *identity)
{
    struct hr_result_values said, trials;
    char path[PATH];

    snprintf(path, sizeof(path), "/trials/%s", identity->metric);
    if (!is_held(totals, identity->path, &said) || !is_held(totals, path, &trials))
        return HR_OK;
    return check_total(totals, identity, &said, &trials);
}

/* The mean of a difference is the difference of means where no trial lacks either. */
static enum hr_status compare_differences(const struct totals *totals, const char *path,
                                          const struct hr_result_values *said,
                                          const struct hr_result_values *own)
{
    const bool sites = strncmp(path, "/sites/", strlen("/sites/")) == 0;
    const size_t labels = sites ? 1 : own->size[own->rank - 1];
    const size_t form = own->size[own->rank - (sites ? 1 : 2)] * labels;

    for (size_t i = 0; i < totals->forms * form; i += labels) {
        const size_t base = totals->reference * form + i % form;
        const double a = own->value[i], b = own->value[base];
        const bool whole =
            sites || (own->value[i + STATISTIC_COUNT] == (double)totals->trials &&
                      own->value[base + STATISTIC_COUNT] == (double)totals->trials);

        if (whole && !isnan(a - b) && !isnan(said->value[i]) &&
            !agrees(said->value[i], a - b, fabs(a) + fabs(b)))
            return hr_fail(totals->error, HR_NOT_HELD,
                           "%s does not follow from what it is the difference of: it "
                           "says %.17g, and that gives %.17g",
                           path, said->value[i], a - b);
    }
    return HR_OK;
}

static enum hr_status check_difference(const struct totals *totals, const char *path)
{
    static const char ending[] = "_difference";
    const size_t length = strlen(path), end = strlen(ending);
    struct hr_result_values said, own;
    char base[PATH];

    if (length < end || strcmp(path + length - end, ending) != 0 ||
        (strncmp(path, "/paths/", 7) != 0 && strncmp(path, "/sites/", 7) != 0))
        return HR_OK;
    snprintf(base, sizeof(base), "%.*s", (int)(length - end), path);
    if (!is_held(totals, path, &said) || !is_held(totals, base, &own))
        return HR_OK;
    return compare_differences(totals, path, &said, &own);
}

enum hr_status totals_check(const struct totals *totals)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < sizeof(identities) / sizeof(*identities) && status == HR_OK;
         i++)
        status = check_identity(totals, &identities[i]);
    for (size_t i = 0; i < hr_result_count(totals->result) && status == HR_OK; i++)
        status = check_difference(totals, hr_result_path(totals->result, i));
    return status;
}
