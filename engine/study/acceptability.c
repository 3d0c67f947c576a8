#include "asking_draws.h"
#include "asking_pairs.h"
#include "moments.h"
#include "turning.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PRICES = 10000 };

enum {
    P_BEST,
    FRONTIER,
    LOSS,
    LOSS_SE,
    BREAK_EVEN, /* and its interval */
};

static const struct decision_column columns[] = {
    {"p_best_future", "share", "trials in which the form is best at that price"},
    {"frontier_p_best", "share", "of the form that is best on average"},
    {"expected_loss", "GBP",
     "mean cost of choosing the form against the best of each trial"},
    {"expected_loss_se", "GBP", "its standard error"},
    {"break_even", "GBP/appointment",
     "price from which the second form is best on average"},
    {"break_even_low", "GBP/appointment", "low end of its interval; NaN: open"},
    {"break_even_high", "GBP/appointment", "high end of its interval; NaN: open"},
    {"break_even_open", "0 or 1", "1 where the interval is not bounded"},
};

/* Public cost and unmet appointments of the forms under which both exist. */
struct accepting {
    struct decision *decision;
    const struct hr_prices *prices;
    struct decision_trials cost, unmet;
    struct alternatives all; /* net benefit at a price; value is net */
    double *net, *memory;
    size_t count;             /* prices */
    double *curve, *frontier; /* [price][form], [price] */
    double *loss, *loss_se;   /* [price][form] */
    const char **best;        /* [price] */
};

static void accepting_free(struct accepting *a)
{
    decision_trials_free(&a->cost);
    decision_trials_free(&a->unmet);
    free(a->net);
    free(a->memory);
    free(a->best);
}

static double price_of(const struct accepting *a, size_t p)
{
    return a->prices->from + (double)p * a->prices->step;
}

static enum hr_status check_prices(struct accepting *a, struct hr_error *error)
{
    const struct hr_prices *prices = a->prices;
    const double steps = (prices->to - prices->from) / prices->step;

    if (!(prices->from >= 0.0) || !(prices->step > 0.0) || !(steps >= 0.0) ||
        steps >= MOST_PRICES)
        return hr_fail(error, HR_BAD_INPUT,
                       "prices go FROM:TO:STEP upwards from 0 in at most %d steps",
                       MOST_PRICES);
    a->count = (size_t)floor(steps + 1e-9) + 1;
    return HR_OK;
}

/* Whether a metric exists in every trial of every form. */
static bool is_whole(const struct decision *d, const struct decision_trials *trials)
{
    return trials->ranked.count == d->forms && trials->ranked.trials == trials->trials;
}

static enum hr_status read_metrics(struct accepting *a, struct hr_error *error)
{
    const struct decision *d = a->decision;

    if (decision_read(d, "public_cost", 0, &a->cost, error) != HR_OK ||
        decision_read(d, "unmet_appointments", 0, &a->unmet, error) != HR_OK)
        return error->status;
    if (!is_whole(d, &a->cost) || !is_whole(d, &a->unmet))
        return hr_fail(error, HR_BAD_INPUT,
                       "cost and unmet appointments do not exist in every trial");
    return HR_OK;
}

static enum hr_status read_both(struct accepting *a, struct hr_error *error)
{
    const struct decision *d = a->decision;
    size_t n;

    if (read_metrics(a, error) != HR_OK)
        return error->status;
    n = a->cost.trials;
    a->net = malloc((d->forms * n + 1) * sizeof(double));
    a->memory = malloc((10 * n + d->forms * d->forms + 1) * sizeof(double));
    a->best = calloc(a->count + 1, sizeof(*a->best));
    if (a->net == NULL || a->memory == NULL || a->best == NULL)
        return hr_fail(error, HR_FAILED, "no memory for prices");
    a->all = (struct alternatives){a->net, d->forms, n};
    return HR_OK;
}

static void price_all(struct accepting *a, double price)
{
    for (size_t i = 0; i < a->all.count * a->all.trials; i++)
        a->net[i] = -a->cost.value[i] - price * a->unmet.value[i];
}

/* What each form costs against the best of each trial. */
static void store_losses(struct accepting *a, size_t p)
{
    const size_t forms = a->all.count;

    for (size_t f = 0; f < forms; f++) {
        struct moments loss;

        alternatives_regret(&a->all, f, a->memory);
        loss = moments_of(a->memory, a->all.trials);
        a->loss[p * forms + f] = moments_mean(&loss);
        a->loss_se[p * forms + f] = moments_se(&loss);
    }
}

static void look_at_price(struct accepting *a, size_t p)
{
    const size_t forms = a->all.count;
    double *rank = a->memory;
    size_t leader;

    price_all(a, price_of(a, p));
    alternatives_ranks(&a->all, rank);
    leader = alternatives_leader(&a->all);
    for (size_t f = 0; f < forms; f++)
        a->curve[p * forms + f] = rank[f * forms];
    a->frontier[p] = rank[leader * forms];
    a->best[p] = a->decision->name[leader];
    store_losses(a, p);
}

static double mean_of(const struct decision_trials *trials, size_t form)
{
    double sum = 0.0;

    for (size_t t = 0; t < trials->trials; t++)
        sum += trials->value[form * trials->trials + t];
    return sum / (double)trials->trials;
}

/* From one form to the next that is best on average as the price rises. */
struct change {
    size_t from, to;
    double price;
};

/* The next change above @p price: the form with fewer unmet appointments whose line
 * crosses first. False where there is none. */
static bool next_change(const struct accepting *a, double price, size_t leader,
                        struct change *change)
{
    bool found = false;

    for (size_t f = 0; f < a->all.count; f++) {
        const double saved = mean_of(&a->unmet, leader) - mean_of(&a->unmet, f);
        const double dearer = mean_of(&a->cost, f) - mean_of(&a->cost, leader);

        if (f == leader || !(saved > 0.0) || dearer / saved < price)
            continue;
        if (found && dearer / saved >= change->price)
            continue;
        *change = (struct change){leader, f, dearer / saved};
        found = true;
    }
    return found;
}

/* Cost over appointments saved, in the same trials. */
static struct interval_estimate interval_of(const struct accepting *a,
                                            const struct change *change)
{
    const size_t n = a->all.trials;
    double *dearer = a->net, *saved = a->net + n;
    struct estimate_pair pair;

    for (size_t t = 0; t < n; t++) {
        dearer[t] =
            a->cost.value[change->to * n + t] - a->cost.value[change->from * n + t];
        saved[t] =
            a->unmet.value[change->from * n + t] - a->unmet.value[change->to * n + t];
    }
    pair = estimate_pair_of(dearer, saved, n, a->memory);
    return estimate_ratio(&pair, a->decision->question.confidence);
}

/* Changes within the prices asked for, each with its interval. */
static size_t find_changes(struct accepting *a, struct change *change,
                           struct interval_estimate *interval)
{
    size_t found = 0, leader;

    price_all(a, a->prices->from);
    leader = alternatives_leader(&a->all);
    for (double price = a->prices->from; found + 1 < a->all.count; found++) {
        if (!next_change(a, price, leader, &change[found]) ||
            change[found].price > a->prices->to)
            break;
        interval[found] = interval_of(a, &change[found]);
        leader = change[found].to;
        price = change[found].price;
    }
    return found;
}

static void store_changes(struct accepting *a, size_t count,
                          const struct change *change,
                          const struct interval_estimate *interval, const char **word)
{
    struct decision *d = a->decision;
    double *number[4];
    int axis;

    for (size_t c = 0; c < count; c++)
        word[c] = result_set_name(&d->set, "%zu", c + 1);
    axis = decision_axis(d, "change", count, word);
    for (size_t c = 0; c < count; c++)
        word[c] = d->name[change[c].from];
    decision_words(d, "change_from", axis, word);
    for (size_t c = 0; c < count; c++)
        word[c] = d->name[change[c].to];
    decision_words(d, "change_to", axis, word);
    for (int i = 0; i < 4; i++)
        number[i] =
            decision_numbers(d, &columns[BREAK_EVEN + i], (int[]){axis, -1, -1, -1});
    for (size_t c = 0; axis >= 0 && number[3] != NULL && c < count; c++) {
        number[0][c] = interval[c].value;
        number[1][c] = interval[c].low;
        number[2][c] = interval[c].high;
        number[3][c] = (interval[c].flags & ESTIMATE_OPEN) != 0;
    }
}

static void lay_out(struct accepting *a)
{
    struct decision *d = a->decision;
    double *price = result_set_numbers(&d->set, a->count);
    int axis;

    for (size_t p = 0; price != NULL && p < a->count; p++)
        price[p] = price_of(a, p);
    axis = result_set_add_axis(&d->set,
                               (struct result_axis){.path = "/price",
                                                    .long_name = "GBP/appointment",
                                                    .size = a->count,
                                                    .number = price});
    a->curve =
        decision_numbers(d, &columns[P_BEST], (int[]){axis, d->form_axis, -1, -1});
    a->frontier = decision_numbers(d, &columns[FRONTIER], (int[]){axis, -1, -1, -1});
    a->loss = decision_numbers(d, &columns[LOSS], (int[]){axis, d->form_axis, -1, -1});
    a->loss_se =
        decision_numbers(d, &columns[LOSS_SE], (int[]){axis, d->form_axis, -1, -1});
    for (size_t p = 0; a->loss_se != NULL && p < a->count; p++)
        look_at_price(a, p);
    if (a->loss_se != NULL)
        decision_words(d, "frontier", axis, a->best);
}

static char *price_all_and_tell(struct accepting *a)
{
    const size_t forms = a->decision->forms;
    struct change *change = calloc(forms + 1, sizeof(*change));
    struct interval_estimate *interval = calloc(forms + 1, sizeof(*interval));
    const char **word = calloc(forms + 1, sizeof(*word));
    char *sentence = NULL;

    if (change != NULL && interval != NULL && word != NULL) {
        size_t found;

        lay_out(a);
        found = find_changes(a, change, interval);
        store_changes(a, found, change, interval, word);
        sentence = price_sentence(&(struct price_case){
            .first = decision_spoken(a->decision, a->best[0]),
            .next = found > 0 ? a->decision->label[change[0].to] : NULL,
            .price = {interval[0].value, interval[0].low, interval[0].high},
            .changes = found,
            .from = a->prices->from,
            .to = a->prices->to,
        });
    }
    free(change);
    free(interval);
    free(word);
    return sentence;
}

enum hr_status hr_acceptability(struct hr_result *result,
                                const struct hr_question *question,
                                const struct hr_prices *prices,
                                struct hr_result **analysis, struct hr_error *error)
{
    struct decision decision;
    struct accepting accepting = {.decision = &decision, .prices = prices};
    enum hr_status status;

    *analysis = NULL;
    status =
        decision_open(&decision, result, question, "headroom.acceptability/1", error);
    if (status != HR_OK)
        return status;
    if (check_prices(&accepting, error) == HR_OK &&
        read_both(&accepting, error) == HR_OK)
        status =
            decision_finish(&decision, price_all_and_tell(&accepting), analysis, error);
    else
        status = error->status;
    decision_close(&decision);
    accepting_free(&accepting);
    return status;
}
