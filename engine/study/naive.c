#include "naive.h"

#include <math.h>
#include <string.h>

enum { NEWTON_STEPS = 30 };

static const struct observed_row *rows_of(const struct naive_inputs *in)
{
    return &in->observed->row[in->first];
}

static size_t count_of(const struct naive_inputs *in)
{
    return in->end - in->first;
}

static bool is_of(const struct naive_inputs *in, const char *measure,
                  enum observed_kind kind)
{
    const struct observed_row *row = rows_of(in);

    return row->kind == kind && strcmp(row->observable->shown.name, measure) == 0;
}

/* What a share may be learnt from: what the scenario was fitted to too, else what came
 * before that which is scored. */
static bool teaches(const struct naive_inputs *in, const struct observed_row *row)
{
    bool fitted = false;

    for (size_t i = 0; i < count_of(in); i++)
        fitted |= rows_of(in)[i].fitted;
    return fitted ? row->fitted : row->known;
}

/* Endings over practices at risk, those of earlier rows gone. */
static double share_of_endings(const struct naive_inputs *in, double practices)
{
    double endings = 0.0, at_risk = 0.0;

    for (size_t i = 0; i < count_of(in); i++) {
        const struct observed_row *row = &rows_of(in)[i];

        if (teaches(in, row)) {
            endings += row->seen.value;
            at_risk += practices * (row->to - row->from);
        }
        practices -= row->seen.value;
    }
    return endings / at_risk;
}

static bool mean_share(const struct naive_inputs *in, double *mean, double *sd)
{
    const double year_sd = hr_scenario_number(in->scenario, "distress.ending_year_sd");
    size_t practices;
    double share;

    (void)hr_scenario_practices(in->scenario, &practices);
    if (!is_of(in, "endings", OF_ALL))
        return false;
    share = share_of_endings(in, (double)practices);
    for (size_t i = 0; i < count_of(in); i++) {
        const struct observed_row *row = &rows_of(in)[i];
        const double years = row->to - row->from;
        const double left =
            (double)practices * pow(1.0 - share, row->from - rows_of(in)->from);
        const double all_years = expm1(year_sd * year_sd) / years;

        mean[i] = left * (1.0 - pow(1.0 - share, years));
        sd[i] = sqrt(mean[i] * (1.0 - share) + mean[i] * mean[i] * all_years);
    }
    return isfinite(share);
}

/* A binomial standard error says how many were at risk. */
static double at_risk(const struct observed_row *row)
{
    const double p = row->seen.value;

    return p * (1.0 - p) / (row->seen.error * row->seen.error);
}

static bool same_share(const struct naive_inputs *in, double *mean, double *sd)
{
    double events = 0.0, people = 0.0;

    if (!is_of(in, "ending_rate", OF_ALL) && !is_of(in, "ending_rate", BY_LIST))
        return false;
    for (size_t i = 0; i < count_of(in); i++) {
        const struct observed_row *row = &rows_of(in)[i];

        if (!(row->seen.error > 0.0))
            return false;
        if (teaches(in, row)) {
            events += at_risk(row) * row->seen.value;
            people += at_risk(row);
        }
    }
    for (size_t i = 0; i < count_of(in); i++) {
        mean[i] = events / people;
        sd[i] = 0.0; /* what is seen has its own error */
    }
    return people > 0.0;
}

/* log odds = a + b ln(list), by Newton's method. */
struct logit {
    double a, b;
};

static double chance(const struct logit *logit, double x)
{
    return 1.0 / (1.0 + exp(-logit->a - logit->b * x));
}

/* Gradient and information of the log likelihood. */
struct slope {
    double a, b, aa, ab, bb;
};

static bool step(struct logit *logit, const struct slope *s)
{
    const double determinant = s->aa * s->bb - s->ab * s->ab;

    if (!(determinant > 0.0))
        return false;
    logit->a += (s->bb * s->a - s->ab * s->b) / determinant;
    logit->b += (s->aa * s->b - s->ab * s->a) / determinant;
    return isfinite(logit->a) && isfinite(logit->b);
}

static double log_list(const struct naive_inputs *in, const char *site)
{
    size_t practices;
    const struct hr_practice *practice =
        hr_scenario_practices(in->scenario, &practices);
    size_t low = 0, high = practices;

    while (low + 1 < high) {
        const size_t middle = (low + high) / 2;

        if (strcmp(practice[middle].code, site) <= 0)
            low = middle;
        else
            high = middle;
    }
    return log(practice[low].list / 7000.0);
}

/* x of each row is kept in mean. */
static bool fit(const struct naive_inputs *in, const double *x, struct logit *logit)
{
    for (int k = 0; k < NEWTON_STEPS; k++) {
        struct slope s = {0};

        for (size_t i = 0; i < count_of(in); i++) {
            const double p = chance(logit, x[i]);
            const double residual = rows_of(in)[i].seen.value - p;
            const double weight = p * (1.0 - p);

            s.a += residual;
            s.b += residual * x[i];
            s.aa += weight;
            s.ab += weight * x[i];
            s.bb += weight * x[i] * x[i];
        }
        if (!step(logit, &s))
            return false;
    }
    return true;
}

static bool list_alone(const struct naive_inputs *in, double *mean, double *sd)
{
    struct logit logit = {-2.0, 0.0};

    if (!is_of(in, "endings", BY_PRACTICE))
        return false;
    for (size_t i = 0; i < count_of(in); i++) {
        mean[i] = log_list(in, rows_of(in)[i].site);
        sd[i] = 0.0;
    }
    if (!fit(in, mean, &logit))
        return false;
    for (size_t i = 0; i < count_of(in); i++)
        mean[i] = chance(&logit, mean[i]);
    return true;
}

/** A value of a series at a time. */
struct point {
    double time, value;
};

static bool same_series(const struct observed_row *a, const struct observed_row *b)
{
    return strcmp(a->site, b->site) == 0 && a->low == b->low && a->high == b->high;
}

/* The two that were known last of a row's series, the last one first; how many. */
static size_t last_known(const struct naive_inputs *in, size_t i, struct point last[2])
{
    const struct observed_row *row = &rows_of(in)[i];
    size_t found = 0;

    for (size_t j = i; j > 0 && found < 2; j--) {
        const struct observed_row *one = &rows_of(in)[j - 1];

        if (one->known && same_series(one, row))
            last[found++] = (struct point){one->to, one->seen.value};
    }
    if (found < 2 && row->kind == OF_ALL && isfinite(in->start))
        last[found++] = (struct point){in->observed->base + 0.25, in->start};
    return found;
}

static bool last_value(const struct naive_inputs *in, double *mean, double *sd)
{
    for (size_t i = 0; i < count_of(in); i++) {
        struct point last[2];

        sd[i] = 0.0;
        mean[i] = NAN;
        if (last_known(in, i, last) > 0)
            mean[i] = last[0].value;
        if (isnan(mean[i]) && !rows_of(in)[i].known)
            return false;
    }
    return true;
}

static bool last_trend(const struct naive_inputs *in, double *mean, double *sd)
{
    for (size_t i = 0; i < count_of(in); i++) {
        struct point last[2];

        sd[i] = 0.0;
        mean[i] = NAN;
        if (last_known(in, i, last) == 2 && last[0].time > last[1].time)
            mean[i] = last[0].value + (rows_of(in)[i].to - last[0].time) *
                                          (last[0].value - last[1].value) /
                                          (last[0].time - last[1].time);
        if (isnan(mean[i]) && !rows_of(in)[i].known)
            return false;
    }
    return true;
}

const struct naive naives[NAIVES] = {
    {"the mean yearly share of practices", false, mean_share},
    {"one share for practices of every size", false, same_share},
    {"the list alone", true, list_alone},
    {"the last value", false, last_value},
    {"the last trend", false, last_trend},
};
