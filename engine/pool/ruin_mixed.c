/* Simpson's rule on intervals of the error's z, each halved until that changes nothing;
 * all years side by side. */
#include "ruin_mixed.h"

#include <math.h>

enum { SPANS = 23, MOST_HALVINGS = 13 };

static const double reach = 6.0;        /* deviations of the error */
static const double near = 5e-6;        /* chance that halving may change */
static const double most_missed = 5e-4; /* where halving had to stop */

struct mixture {
    const struct settled_law *law;
    const struct ruin_given *given;
    double sd, shift, share; /* of one of the error's two laws */
    int left;                /* times that chances may be asked */
    double missed;
    double *ruin;
};

/* Chances times the density at z. */
struct value {
    double ruin[LONGEST_RUIN];
};

struct span {
    double from, to;
    struct value first, middle, last;
};

static enum hr_status value_at(struct mixture *m, double z, struct value *value,
                               struct hr_error *error)
{
    const struct settled_law one = settled_given(m->law, exp(m->sd * z - m->shift));
    const double density = 0.39894228040143267794 * exp(-0.5 * z * z);
    const enum hr_status status =
        m->given->chances(&one, m->given->question, value->ruin, error);

    for (int y = 0; y < m->given->years; y++)
        value->ruin[y] *= density;
    m->left--;
    return status;
}

static double simpson(const struct span *span, int y)
{
    return (span->to - span->from) / 6.0 *
           (span->first.ruin[y] + 4.0 * span->middle.ruin[y] + span->last.ruin[y]);
}

static enum hr_status halve(struct mixture *m, const struct span *whole,
                            struct span half[2], struct hr_error *error)
{
    const double middle = 0.5 * (whole->from + whole->to);
    enum hr_status status;

    half[0] = (struct span){.from = whole->from, .to = middle, .first = whole->first};
    half[1] = (struct span){.from = middle, .to = whole->to, .last = whole->last};
    half[0].last = half[1].first = whole->middle;
    status = value_at(m, 0.5 * (whole->from + middle), &half[0].middle, error);
    if (status == HR_OK)
        status = value_at(m, 0.5 * (middle + whole->to), &half[1].middle, error);
    return status;
}

static enum hr_status add_span(struct mixture *m, const struct span *span, int halvings,
                               struct hr_error *error)
{
    struct span half[2];
    double most = 0.0;
    enum hr_status status = halve(m, span, half, error);

    for (int y = 0; y < m->given->years; y++)
        most = fmax(
            most, fabs(simpson(&half[0], y) + simpson(&half[1], y) - simpson(span, y)));
    if (status == HR_OK && most > near && halvings > 0 && m->left > 0) {
        status = add_span(m, &half[0], halvings - 1, error);
        return status == HR_OK ? add_span(m, &half[1], halvings - 1, error) : status;
    }
    m->missed += most > near ? m->share * most : 0.0;
    for (int y = 0; y < m->given->years; y++)
        m->ruin[y] += m->share * (simpson(&half[0], y) + simpson(&half[1], y));
    return status;
}

static enum hr_status add_normal(struct mixture *m, struct hr_error *error)
{
    const double width = 2.0 * reach / SPANS;
    struct span span = {.to = -reach};
    enum hr_status status = value_at(m, -reach, &span.last, error);

    for (int i = 0; i < SPANS && status == HR_OK; i++) {
        span.from = span.to;
        span.to = width * (i + 1) - reach;
        span.first = span.last;
        status = value_at(m, 0.5 * (span.from + span.to), &span.middle, error);
        if (status == HR_OK)
            status = value_at(m, span.to, &span.last, error);
        if (status == HR_OK)
            status = add_span(m, &span, MOST_HALVINGS, error);
    }
    return status;
}

static enum hr_status add_factor(struct mixture *m, struct hr_error *error)
{
    const struct settled_law one = settled_given(m->law, exp(-m->shift));
    double ruin[LONGEST_RUIN];
    const enum hr_status status =
        m->given->chances(&one, m->given->question, ruin, error);

    for (int y = 0; y < m->given->years && status == HR_OK; y++)
        m->ruin[y] += m->share * ruin[y];
    return status;
}

static enum hr_status add_law(struct mixture *m, double sd, double share,
                              struct hr_error *error)
{
    m->sd = sd;
    m->share = share;
    m->left = m->given->most;
    if (!(share > 0.0))
        return HR_OK;
    return sd > 0.0 ? add_normal(m, error) : add_factor(m, error);
}

enum hr_status ruin_mixed(const struct settled_law *law, const struct ruin_given *given,
                          double *ruin, struct hr_error *error)
{
    const struct need_error *law_of_error = &law->error;
    struct mixture m = {.law = law,
                        .given = given,
                        .shift = need_error_log_mean(law_of_error),
                        .ruin = ruin};
    enum hr_status status;

    for (int y = 0; y < given->years; y++)
        ruin[y] = 0.0;
    status = add_law(&m, law_of_error->sd, 1.0 - law_of_error->wide_share, error);
    if (status == HR_OK)
        status = add_law(&m, law_of_error->wide_sd, law_of_error->wide_share, error);
    for (int y = 0; y < given->years; y++)
        ruin[y] = m.missed <= most_missed ? ruin[y] : NAN;
    return status;
}
