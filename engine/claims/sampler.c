#include "sampler.h"

#include "comb.h"
#include "elementary.h"

static const double most_claims = 2e7;     /* a cell has draws for 2^25 */
static const double fewest_claims = 400.0; /* below: every claim, it costs no more */
static const double skew_allowed = 0.1;    /* of the small layer */
static const double first_large = 4.0;     /* expected claims above the threshold */
static const double most_large = 400.0;
static const double fewest_share = 0.5; /* of the list, before it is too uneven */

const char *claim_method_name(enum claim_method method)
{
    static const char *const names[] = {"auto", "each", "fast"};

    return names[method];
}

static void set_sizes(struct sampler_cell *cell, const struct severity *severity,
                      double share_above, double limit)
{
    const int tail = severity->kind == SEVERITY_LOGNORMAL_PARETO;

    cell->sizes = (struct claim_sizes){
        .mu = severity->mu,
        .sigma = severity->sigma,
        .splice = severity->splice,
        .splice_share = tail ? severity_above(severity, severity->splice) : 0.0,
        .inverse_tail = tail ? 1.0 / severity->tail : 0.0,
        .share_above = share_above,
        .limit = limit,
    };
}

/* One by one the share @p share of claims, and whatever is above the limit. */
static void split(struct sampler_cell *cell, const struct claim_cell *claims,
                  double share, double limit)
{
    const double threshold =
        smaller(severity_quantile_above(&claims->severity, share), limit);
    const double above = severity_above(&claims->severity, threshold);

    cell->narrow = false;
    cell->share = share;
    set_sizes(cell, &claims->severity, above, limit);
    cell->one_by_one = claims->rate * above;
    for (int r = 1; r <= 4; r++)
        cell->raw[r - 1] =
            claims->rate * severity_partial_moment(&claims->severity, r, threshold);
}

/* Every claim is counted, none is drawn. */
static void prepare_narrow(struct sampler_cell *cell, const struct claim_cell *claims,
                           double limit)
{
    const struct severity *severity = &claims->severity;

    *cell = (struct sampler_cell){
        .share = 1.0,
        .one_by_one = claims->rate,
        .narrow = true,
        .price = severity_limited_moment(severity, 1, INFINITY),
        .variance = comb_variance(severity, INFINITY),
    };
    set_sizes(cell, severity, 1.0, limit);
}

static bool is_narrow(const struct claim_cell *claims, double limit)
{
    return comb_is_narrow(&claims->severity) && !comb_cuts(&claims->severity, limit);
}

static double small_skewness(const struct sampler_cell *cell, double people)
{
    return cell->raw[2] / (cell->raw[1] * sqrt(cell->raw[1] * people));
}

/* A threshold that leaves the small layer nearly symmetric; false if none does. */
static bool prepare_fast(struct sampler_cell *cell, const struct claim_cell *claims,
                         double people, double limit)
{
    const double expected = people * claims->share * claims->rate;

    if (is_narrow(claims, limit)) {
        prepare_narrow(cell, claims, limit);
        return true;
    }
    for (double large = first_large; large < most_large; large *= 1.5) {
        if (large > 0.5 * expected)
            return false;
        split(cell, claims, large / expected, limit);
        if (cell->raw[1] > 0.0 &&
            small_skewness(cell, people * claims->share) <= skew_allowed)
            return true;
    }
    return false;
}

static void prepare_each(struct claim_sampler *sampler)
{
    const struct portfolio *p = sampler->portfolio;

    for (int c = 0; c < p->cells; c++) {
        struct sampler_cell *cell = &sampler->cell[c];

        if (is_narrow(&p->cell[c], p->limit)) {
            prepare_narrow(cell, &p->cell[c], p->limit);
            continue;
        }
        cell->narrow = false;
        cell->share = 1.0;
        set_sizes(cell, &p->cell[c].severity, 1.0, p->limit);
        cell->one_by_one = p->cell[c].rate;
        for (int r = 0; r < 4; r++)
            cell->raw[r] = 0.0;
    }
}

static bool prepare_all_fast(struct claim_sampler *sampler, double people)
{
    const struct portfolio *p = sampler->portfolio;

    for (int c = 0; c < p->cells; c++) {
        if (!prepare_fast(&sampler->cell[c], &p->cell[c], people, p->limit))
            return false;
    }
    return true;
}

/* Those that would be drawn: where prices are narrow only their number is. */
static double expected_claims(const struct portfolio *portfolio, double people)
{
    double sum = 0.0;

    for (int c = 0; c < portfolio->cells; c++) {
        if (!is_narrow(&portfolio->cell[c], portfolio->limit))
            sum += people * portfolio->cell[c].share * portfolio->cell[c].rate;
    }
    return sum;
}

static enum hr_status refuse_count(const struct portfolio *portfolio, double people,
                                   enum claim_method method, struct hr_error *error)
{
    if (method == CLAIM_FAST)
        return hr_fail(error, HR_BAD_INPUT,
                       "a list of %g has too few or too uneven claims for the fast "
                       "method: use each",
                       people);
    if (expected_claims(portfolio, people) > most_claims)
        return hr_fail(error, HR_BAD_INPUT,
                       "a list of %g expects more than %g claims a year, too many to "
                       "draw one by one: use fast",
                       people, most_claims);
    return HR_OK;
}

enum hr_status claim_sampler_init(struct claim_sampler *sampler,
                                  const struct portfolio *portfolio, double people,
                                  enum claim_method method, struct hr_error *error)
{
    const bool enough = expected_claims(portfolio, people) >= fewest_claims;

    *sampler = (struct claim_sampler){
        .portfolio = portfolio,
        .method = CLAIM_FAST,
        .fewest = fewest_share * people,
    };
    if (!(people > 0.0))
        return hr_fail(error, HR_BAD_INPUT, "a list of %g people is not above 0",
                       people);
    if (portfolio->cells == 0 && method != CLAIM_EACH)
        return HR_OK;
    if (method != CLAIM_EACH && (enough || method == CLAIM_FAST) &&
        prepare_all_fast(sampler, people))
        return HR_OK;
    if (refuse_count(portfolio, people, method, error) != HR_OK)
        return error->status;
    sampler->method = CLAIM_EACH;
    prepare_each(sampler);
    return HR_OK;
}

void claim_sampler_adapt(struct claim_sampler *sampler,
                         const struct claim_sampler *from,
                         const struct portfolio *portfolio)
{
    sampler->portfolio = portfolio;
    sampler->method = from->method;
    sampler->fewest = from->fewest;
    if (from->method == CLAIM_EACH) {
        prepare_each(sampler);
        return;
    }
    for (int c = 0; c < portfolio->cells; c++) {
        if (from->cell[c].narrow)
            prepare_narrow(&sampler->cell[c], &portfolio->cell[c], portfolio->limit);
        else
            split(&sampler->cell[c], &portfolio->cell[c], from->cell[c].share,
                  portfolio->limit);
    }
}
