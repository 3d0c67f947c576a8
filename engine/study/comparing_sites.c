#include "comparing.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What today's partners of each practice get: mean and standard error over trials, and
 * the same of the difference from the reference. */
struct partners {
    struct hr_result_values mean, se, difference, difference_se, worse;
    size_t sites;
    double trials;
};

enum site_number { DIFFERENCE, DIFFERENCE_SE, P_WORSE, JOINS, JOINS_CAREFUL, NUMBERS };

static const struct decision_column columns[NUMBERS] = {
    [DIFFERENCE] = {"site_difference", "GBP",
                    "what today's partners of the practice get, less the same under "
                    "the reference"},
    [DIFFERENCE_SE] = {"site_difference_se", "GBP", "its standard error"},
    [P_WORSE] = {"site_worse_off", "share", "trials in which they are worse off"},
    [JOINS] = {"site_joins", "0 or 1",
               "1 where the form is better for them on average"},
    [JOINS_CAREFUL] = {"site_joins_careful", "0 or 1",
                       "the same for partners who dislike risk"},
};

enum total_number {
    WORSE,
    WORSE_LOW,
    WORSE_HIGH,
    COUNTED,
    JOINING,
    JOINING_CAREFUL,
    IN_FUTURE,
    IN_FUTURE_Q05,
    IN_FUTURE_Q95,
    TOTALS
};

static const struct decision_column totals[TOTALS] = {
    [WORSE] = {"sites_worse_on_average", "practices",
               "worse off on average if all join"},
    [WORSE_LOW] = {"sites_worse_on_average_low", "practices",
                   "low end, of all together"},
    [WORSE_HIGH] = {"sites_worse_on_average_high", "practices",
                    "high end, of all together"},
    [COUNTED] = {"sites_counted", "practices", "of which something can be said"},
    [IN_FUTURE] = {"sites_worse_in_future", "practices",
                   "worse off by over 0.5 % in a trial, mean"},
    [IN_FUTURE_Q05] = {"sites_worse_in_future_q05", "practices",
                       "1 trial in 20 has fewer"},
    [IN_FUTURE_Q95] = {"sites_worse_in_future_q95", "practices",
                       "1 trial in 20 has more"},
    [JOINING] = {"sites_joining", "practices", "better off on average if all join"},
    [JOINING_CAREFUL] = {"sites_joining_careful", "practices",
                         "the same for partners who dislike risk"},
};

static enum hr_status read_partners(const struct decision *decision,
                                    struct partners *partners, struct hr_error *error)
{
    struct hr_result *result = decision->result;

    if (hr_result_values(result, "/sites/todays_partners", &partners->mean, error) !=
            HR_OK ||
        hr_result_values(result, "/sites/todays_partners_se", &partners->se, error) !=
            HR_OK ||
        hr_result_values(result, "/sites/todays_partners_difference",
                         &partners->difference, error) != HR_OK ||
        hr_result_values(result, "/sites/todays_partners_difference_se",
                         &partners->difference_se, error) != HR_OK)
        return error->status;
    partners->sites = partners->mean.size[partners->mean.rank - 1];
    return decision_has(result, "/sites/worse_off")
               ? hr_result_values(result, "/sites/worse_off", &partners->worse, error)
               : HR_OK;
}

/* What is certain and as good as the mean, to partners of that relative aversion; sites
 * whose mean is not above zero are taken at their mean. */
static double certain(const struct partners *partners, size_t at, double aversion)
{
    const double mean = partners->mean.value[at];
    const double sd = partners->se.value[at] * sqrt(partners->trials);

    return mean > 0.0 && !isnan(sd) ? mean - aversion * sd * sd / (2.0 * mean) : mean;
}

static void fill_form(const struct decision *decision, const struct partners *partners,
                      size_t form, double *const number[NUMBERS],
                      double *const total[TOTALS])
{
    const size_t sites = partners->sites, own = decision->form[form] * sites;
    const size_t reference = decision->form[decision->reference] * sites;
    const double confidence = decision->question.confidence;
    const double z =
        gsl_cdf_ugaussian_Pinv(0.5 + 0.5 * pow(confidence, 1.0 / (double)sites));

    for (int i = 0; i < IN_FUTURE; i++)
        total[i][form] = 0.0;
    for (size_t s = 0; s < sites; s++) {
        const double mean = partners->difference.value[own + s];
        const double reach = z * partners->difference_se.value[own + s];
        const double aversion = decision->question.risk_aversion;
        const bool careful = certain(partners, own + s, aversion) >
                             certain(partners, reference + s, aversion);
        const size_t at = form * sites + s;

        if (isnan(mean) ||
            (partners->worse.value != NULL && isnan(partners->worse.value[own + s])))
            continue; /* nobody to be worse off */
        number[DIFFERENCE][at] = mean;
        number[DIFFERENCE_SE][at] = partners->difference_se.value[own + s];
        number[JOINS][at] = mean > 0.0;
        number[JOINS_CAREFUL][at] = careful;
        if (partners->worse.value != NULL)
            number[P_WORSE][at] = partners->worse.value[own + s];
        total[WORSE][form] += mean < 0.0;
        total[WORSE_LOW][form] += mean + reach < 0.0;
        total[WORSE_HIGH][form] += mean - reach < 0.0;
        total[COUNTED][form] += 1.0;
        total[JOINING][form] += mean > 0.0;
        total[JOINING_CAREFUL][form] += careful;
    }
}

/* How many are worse off in one trial is not how many are so on average. */
static enum hr_status fill_futures(const struct decision *decision,
                                   double *const total[TOTALS], struct hr_error *error)
{
    struct decision_trials trials;
    double *memory;

    if (!decision_has(decision->result, "/trials/sites_worse_off"))
        return HR_OK;
    if (decision_read(decision, "sites_worse_off", 0, &trials, error) != HR_OK)
        return error->status;
    memory = malloc((2 * trials.trials + 1) * sizeof(*memory));
    for (size_t f = 0; memory != NULL && f < decision->forms; f++) {
        const struct sample sample =
            sample_sort(trials.value + f * trials.trials, trials.trials, memory);

        if (f == decision->reference || sample.count == 0)
            continue;
        total[IN_FUTURE][f] =
            estimate_mean(&sample, decision->question.confidence).value;
        total[IN_FUTURE_Q05][f] = sample_quantile(&sample, 0.05).value;
        total[IN_FUTURE_Q95][f] = sample_quantile(&sample, 0.95).value;
    }
    free(memory);
    decision_trials_free(&trials);
    return memory != NULL ? HR_OK
                          : hr_fail(error, HR_FAILED, "no memory to compare practices");
}

/* What the file says of practices is against its own reference. */
static bool has_partners(const struct decision *decision)
{
    const char *own = hr_result_text(decision->result, "reference");

    return own != NULL && strcmp(own, decision->name[decision->reference]) == 0 &&
           decision_has(decision->result, "/sites/todays_partners");
}

enum hr_status compare_sites(struct decision *decision, struct hr_error *error)
{
    struct partners partners = {0};
    double *number[NUMBERS], *total[TOTALS];
    uint64_t trials = 0;
    size_t sites;
    const char *const *site = hr_result_labels(decision->result, "site", &sites);
    int axis;

    if (!has_partners(decision) || site == NULL)
        return HR_OK;
    if (read_partners(decision, &partners, error) != HR_OK)
        return error->status;
    (void)hr_result_integer(decision->result, "trials", &trials);
    partners.trials = (double)trials;
    axis = decision_axis(decision, "site", sites, site);
    for (int i = 0; i < NUMBERS; i++)
        number[i] = decision_numbers(decision, &columns[i],
                                     (int[]){decision->form_axis, axis, -1, -1});
    for (int i = 0; i < TOTALS; i++)
        total[i] = decision_numbers(decision, &totals[i],
                                    (int[]){decision->form_axis, -1, -1, -1});
    if (result_set_status(&decision->set, error) != HR_OK)
        return error->status;
    decision_number(decision, "risk_aversion", decision->question.risk_aversion);
    for (size_t f = 0; f < decision->forms; f++) {
        if (f != decision->reference)
            fill_form(decision, &partners, f, number, total);
    }
    return fill_futures(decision, total, error);
}
