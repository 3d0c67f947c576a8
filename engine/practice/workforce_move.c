#include "workforce.h"

#include "near_tie.h"

static const double earliest_retirement = 50.0;

/* What a draw close to a chance decides, in the lanes and posts of @p close. */
static void decide_close(uint64_t close, const struct lanes draw[POSTS],
                         const struct lanes *chance, struct post_events *events)
{
    for (; close != 0; close &= close - 1) {
        const int bit = lanes_first(close), lane = bit / POSTS;
        const double u = draw[bit % POSTS].at[lane], c = chance->at[lane];

        events->happen |= (uint64_t)(u < c) << bit;
        events->near |= (uint64_t)near_tie(u, c) << bit;
    }
}

/* Few draws are so close to the chance that they need a closer look. */
static void decide_events(const struct lanes draw[POSTS], const struct lanes *chance,
                          struct post_events *events)
{
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double low = chance->at[i] * (1.0 - 2e-10);

        for (int k = 0; k < POSTS; k++)
            set |= draw[k].at[i] < low ? post_bit(k, i) : 0;
    }
    *events = (struct post_events){.happen = set};
    set = 0;
    GATHER_LANES (i) {
        const double high = chance->at[i] * (1.0 + 2e-10);

        for (int k = 0; k < POSTS; k++)
            set |= draw[k].at[i] <= high ? post_bit(k, i) : 0;
    }
    decide_close(set ^ events->happen, draw, chance, events);
}

/* Uniforms for two purposes of the first @p count posts of a group, by pairs. */
static void draw_posts(const struct draw_source *source, int count, uint64_t address,
                       struct lanes uniform[POSTS], uint64_t other_address,
                       struct lanes other[POSTS])
{
    for (int k = 0; k < POSTS && k < count; k += 2) {
        const uint64_t pair = (uint64_t)k / 2;

        lane_draw_four(source, address + pair, &uniform[k], other_address + pair,
                       &other[k]);
    }
}

void workforce_draw(const struct draw_source *source,
                    const struct workforce_chances *chances, uint32_t entity,
                    int quarter, int active, struct post_draws *draws)
{
    const uint32_t q = (uint32_t)quarter;
    struct lanes switching[POSTS] = {{{0}}}, sickness[POSTS] = {{{0}}};

    for (int first = 0; first < active; first += POSTS, draws++) {
        const uint32_t pair = (uint32_t)first / 2;
        const int count = active - first;

        draw_posts(source, count, draw_address(entity, DRAW_LEAVE, q, pair),
                   draws->leave, draw_address(entity, DRAW_FILL, q, pair), draws->fill);
        draw_posts(source, count, draw_address(entity, DRAW_SWITCH, q, pair), switching,
                   draw_address(entity, DRAW_SICKNESS, q, pair), sickness);
        decide_events(switching, &chances->switching, &draws->switching);
        decide_events(sickness, &chances->sickness, &draws->falling_sick);
        decide_events(sickness, &chances->recovery, &draws->recovering);
        for (int k = 0; k < POSTS; k++)
            draws->newcomer[k].known = 0;
        draws->time_known = 0;
        draws->retiring_known = 0;
    }
}

/* One site and quarter under one form. */
struct move {
    const struct workforce_quarter *now;
    const struct workforce_rates *rates;
    struct lanes *near_ties;
    struct workforce *workforce;
    double older;             /**< years since the start */
    struct lanes most[ROLES]; /**< no lower uniform makes anyone so young leave */
};

/* Annual rate of retiring at an age, shocks on exits included. */
static double retirement_rate(const struct workforce_quarter *now, double age, int lane)
{
    const struct workforce_parameters *w = &now->parameters->workforce;
    double rate;

    if (age < earliest_retirement)
        return 0.0;
    rate = w->retire_max.at[lane] /
           (1.0 + exp_of((w->retire_mid.at[lane] - age) / w->retire_spread.at[lane]));
    for (int s = 0; s < now->shock_count; s++) {
        const struct shock *shock = &now->shocks[s];

        rate *= age >= shock->from_age.at[lane] ? shock->exits.at[lane] : 1.0;
    }
    return rate;
}

/* The same for the post at a bit, reckoned once for the forms that have one person
 * there. */
static double retiring(const struct move *move, int bit, double age,
                       struct post_draws *draws)
{
    const int k = bit % POSTS, lane = bit / POSTS;

    if (!(draws->retiring_known >> bit & 1) || draws->retiring_age[k].at[lane] != age) {
        draws->retiring_age[k].at[lane] = age;
        draws->retiring[k].at[lane] = retirement_rate(move->now, age, lane);
        draws->retiring_known |= UINT64_C(1) << bit;
    }
    return draws->retiring[k].at[lane];
}

/* Annual rate at which the holder of the post at a bit leaves. */
static double leaving_rate(const struct move *move, const struct post_group *posts,
                           int bit, double age, struct post_draws *draws)
{
    const struct workforce_rates *rates = move->rates;
    const int lane = bit / POSTS;
    const uint64_t salaried = posts->held[HOLDER_SALARIED] >> bit & 1;
    const uint64_t moving =
        (posts->held[HOLDER_PARTNER] | posts->held[HOLDER_CONVERTED]) >> bit & 1;
    const double base = rates->leave[salaried ? SALARIED : PARTNER].at[lane];

    return base + retiring(move, bit, age, draws) +
           (moving ? rates->transition.at[lane] : 0.0);
}

/* The time at which the holder of the post at a bit leaves at an annual rate of 1. */
static double leave_time(int bit, struct post_draws *draws)
{
    const int k = bit % POSTS, lane = bit / POSTS;

    if (!(draws->time_known >> bit & 1)) {
        draws->leave_time[k].at[lane] = event_time(draws->leave[k].at[lane]);
        draws->time_known |= UINT64_C(1) << bit;
    }
    return draws->leave_time[k].at[lane];
}

/* Posts whose holders may leave: few draws are below any rate. */
static uint64_t may_leave(const struct move *move, uint64_t salaried,
                          const struct lanes *start_age, const struct post_draws *draws)
{
    const struct workforce_chances *chances = move->now->chances;
    const struct lanes *leave = move->most, *retire = &chances->retirement;
    const struct lanes *ripe_age = &chances->ripe_age;
    const double start = move->older + 1e-6, old = earliest_retirement - start;
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double ripe = ripe_age->at[i] - start, most = retire->at[i] * of_quarter;
        const double employee = leave[SALARIED].at[i], other = leave[PARTNER].at[i];

        for (int k = 0; k < POSTS; k++) {
            const double age = start_age[k].at[i];
            const double retired = age >= ripe ? most : 0.125 * most;
            const double retires = age >= old ? retired : 0.0;
            const double leaves = salaried & post_bit(k, i) ? employee : other;

            set |= draws->leave[k].at[i] <= leaves + retires ? post_bit(k, i) : 0;
        }
    }
    return set;
}

static uint64_t leavers(const struct move *move, const struct post_group *posts,
                        const struct lanes *start_age, struct post_draws *draws)
{
    uint64_t set = may_leave(move, posts->held[HOLDER_SALARIED], start_age, draws) &
                   posts_occupied(posts);
    uint64_t leaving = 0;

    for (; set != 0; set &= set - 1) {
        const int bit = lanes_first(set), k = bit % POSTS, lane = bit / POSTS;
        const double age = start_age[k].at[lane] + move->older;
        const double rate = leaving_rate(move, posts, bit, age, draws);

        leaving |= decides(leave_time(bit, draws), rate, &move->near_ties->at[lane])
                   << bit;
    }
    return leaving;
}

static void count_ties(uint64_t near, struct lanes *near_ties)
{
    for (; near != 0; near &= near - 1)
        near_ties->at[lanes_first(near) / POSTS] += 1.0;
}

static void count_leavers(uint64_t leaving, uint64_t exits, struct workforce *w)
{
    const uint64_t leavers = ones_of_bytes(leaving), partners = ones_of_bytes(exits);

    EACH_LANE (i) {
        w->leavers.at[i] += small_number(byte_of(leavers, i));
        w->exits_by_quarter.at[i] += byte_of(partners, i);
    }
}

/* Holders stay or go, partners become employees, the well and the sick change over. */
static void change_holders(const struct move *move, const struct post_draws *draws,
                           uint64_t leaving, struct post_group *posts)
{
    const uint64_t partners = posts->held[HOLDER_PARTNER];
    const uint64_t well = posts_occupied(posts) & ~posts->sick;
    const uint64_t stay = partners & ~leaving;
    const uint64_t switching = stay & draws->switching.happen;
    const uint64_t turning =
        (posts->sick & draws->recovering.happen) | (well & draws->falling_sick.happen);

    count_ties((stay & draws->switching.near) | (posts->sick & draws->recovering.near) |
                   (well & draws->falling_sick.near),
               move->near_ties);
    count_leavers(leaving, (partners & leaving) | switching, move->workforce);
    posts->held[HOLDER_PARTNER] ^= switching;
    posts->held[HOLDER_SALARIED] |= switching;
    posts->sick ^= turning;
    posts_vacate(posts, leaving);
}

/* The two numbers of a newcomer, drawn when a form first needs them. */
static void meet_newcomer(const struct workforce_quarter *now, int slot, int lane,
                          struct newcomer *newcomer)
{
    const struct workforce_parameters *w = &now->parameters->workforce;
    const uint32_t pair = (uint32_t)slot / 2, q = (uint32_t)now->quarter;
    const uint64_t seed = now->source->seed;
    const uint64_t trial = now->source->first + (uint64_t)lane;
    const uint32_t entity = now->site->entity;
    double age[2], role[2];

    draw_two(seed, trial, draw_address(entity, DRAW_NEWCOMER_AGE, q, pair), &age[0],
             &age[1]);
    draw_two(seed, trial, draw_address(entity, DRAW_NEWCOMER_ROLE, q, pair), &role[0],
             &role[1]);
    newcomer->age.at[lane] =
        w->newcomer_mean.at[lane] +
        w->newcomer_sd.at[lane] *
            normal_quantile_alone(now->newcomers->below.at[lane] +
                                  age[slot % 2] * now->newcomers->mass.at[lane]);
    newcomer->role.at[lane] = role[slot % 2];
    newcomer->known |= lane_bit[lane];
}

/* Someone starts in the post at a bit of group @p g. */
static void hire(const struct move *move, int g, int bit, struct post_draws *draws,
                 struct post_group *posts, struct lanes *start_age)
{
    const int k = bit % POSTS, lane = bit / POSTS;
    struct newcomer *newcomer = &draws->newcomer[k];
    uint64_t partner;

    if (!(newcomer->known >> lane & 1))
        meet_newcomer(move->now, g * POSTS + k, lane, newcomer);
    partner = decides(newcomer->role.at[lane], move->rates->partner_share.at[lane],
                      &move->near_ties->at[lane]);
    posts->held[partner ? HOLDER_PARTNER : HOLDER_SALARIED] |= UINT64_C(1) << bit;
    start_age[k].at[lane] = newcomer->age.at[lane] - move->older;
}

/* Posts that would fill if they were offered, and those too close to call. */
static uint64_t may_fill(const struct lanes fill[POSTS], const struct lanes *hire)
{
    uint64_t set = 0;

    GATHER_LANES (i) {
        const double most = hire->at[i] * (1.0 + 2e-10);

        for (int k = 0; k < POSTS; k++)
            set |= fill[k].at[i] <= most ? post_bit(k, i) : 0;
    }
    return set;
}

/* Posts that were vacant before anyone left may fill. */
static void offer(const struct move *move, int g, uint64_t vacant,
                  struct post_draws *draws, struct post_group *posts,
                  struct lanes *start_age)
{
    const struct lanes *chance = &move->rates->hire;
    uint64_t set = vacant & may_fill(draws->fill, chance);

    for (; set != 0; set &= set - 1) {
        const int bit = lanes_first(set), lane = bit / POSTS;

        if (decides(draws->fill[bit % POSTS].at[lane], chance->at[lane],
                    &move->near_ties->at[lane]))
            hire(move, g, bit, draws, posts, start_age);
    }
}

static void open_move(struct move *move)
{
    const struct workforce_rates *rates = move->rates;
    struct workforce *w = move->workforce;

    EACH_LANE (i) {
        move->most[PARTNER].at[i] =
            (rates->leave[PARTNER].at[i] + rates->transition.at[i]) * of_quarter;
        move->most[SALARIED].at[i] = rates->leave[SALARIED].at[i] * of_quarter;
        w->leavers.at[i] = 0.0;
        w->exits_by_quarter.at[i] <<= 16;
    }
}

void workforce_move(const struct workforce_quarter *now,
                    const struct workforce_rates *rates, struct post_draws *draws,
                    struct practice *practice, struct lanes *near_ties)
{
    struct move move = {
        .now = now,
        .rates = rates,
        .near_ties = near_ties,
        .workforce = &practice->workforce,
        .older = 0.25 * now->quarter,
    };

    open_move(&move);
    for (int g = 0; g < post_groups(practice->active); g++, draws++) {
        struct post_group *posts = &practice->posts[g];
        struct lanes *start_age = &practice->start_age[g * POSTS];
        const uint64_t vacant = posts_vacant(posts);

        change_holders(&move, draws, leavers(&move, posts, start_age, draws), posts);
        offer(&move, g, vacant, draws, posts, start_age);
    }
}
