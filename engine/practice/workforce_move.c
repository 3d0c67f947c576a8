#include "workforce_rate.h"

/* The posts of a site under all forms, a group of them after the other. */
struct move {
    const struct workforce_quarter *now;
    const struct post_draws *draws; /* of the group, which is the next */
    struct workforce_form *form;
    size_t forms;
    struct lanes *near_ties;
    int group;
    uint64_t candidates[POST_EVENTS]; /* under some form */
};

/* A post in a trial, and what the quarter holds for it under whatever form. */
struct post {
    int at, lane; /* at which of the group's words and scores */
    uint64_t bit, word;
    double uniform, fte;
    bool of_partner;        /* at the start */
    bool stays;             /* who does not retire, and does not leave otherwise: */
    double score, retiring; /* annual rate last reckoned, and for whom */
    double leave_time;      /* at an annual rate of 1; negative: not reckoned */
    double newcomer;        /* score; negative: not reckoned */
};

static struct post first_post(const struct move *move, uint64_t set)
{
    const int at = lanes_first(set);
    const struct site *site = move->now->site;
    const int slot = move->group * POSTS + at / LANES;
    const uint64_t word = ((const uint64_t *)move->draws->word)[at];

    return (struct post){
        .at = at,
        .lane = at % LANES,
        .bit = set & -set,
        .word = word,
        .uniform = uniform_of(word),
        .fte = site->slot_fte[slot],
        .of_partner = slot < site->posts[PARTNER],
        .score = -1.0,
        .leave_time = -1.0,
        .newcomer = -1.0,
    };
}

/* The event befalls the post, or not. */
typedef void happen(const struct move *move, struct workforce_form *form,
                    struct post *post);

/* A kind of event in a group of posts: each candidate in turn, and its forms within, so
 * that what they share is reckoned once. */
HR_INLINE void let_happen(const struct move *move, enum post_event event,
                          happen *decide)
{
    const struct workforce_form *end = move->form + move->forms;

    for (uint64_t set = move->candidates[event]; set != 0; set &= set - 1) {
        struct post post = first_post(move, set);

        for (struct workforce_form *form = move->form; form < end; form++) {
            if (form->candidates[event] & post.bit)
                decide(move, form, &post);
        }
    }
}

/* Whether something of an annual rate happens; the logarithm of the draw is needed only
 * where it lies between x - x^2/2 and x, a quarter of the rate. */
static bool happens(double rate, struct post *post, double *near_ties)
{
    const double u = post->uniform, x = 0.25 * rate;

    if (u > x * (1.0 + 1e-8))
        return false;
    if (u < (x - 0.5 * x * x) * (1.0 - 1e-8))
        return true;
    if (post->leave_time < 0.0)
        post->leave_time = event_time(u);
    return decides(post->leave_time, rate, near_ties);
}

static enum holder holder_of(const struct post_group *posts, uint64_t bit)
{
    if (posts->held[HOLDER_PARTNER] & bit)
        return HOLDER_PARTNER;
    if (posts->held[HOLDER_SALARIED] & bit)
        return HOLDER_SALARIED;
    return posts->held[HOLDER_CONVERTED] & bit ? HOLDER_CONVERTED : HOLDER_TRANSFERRED;
}

static void lose_partner(struct workforce *w, int lane)
{
    w->partners.at[lane] -= 1.0;
    w->exits.at[lane] += 1;
}

static void vacate(const struct post *post, enum holder holder,
                   struct workforce_form *form)
{
    const int lane = post->lane;
    struct post_group *posts = form->posts;
    struct workforce *w = &form->practice->workforce;

    w->filled.at[lane] -= 1.0;
    w->leavers.at[lane] += 1.0;
    w->vacant_fte.at[lane] += post->fte;
    w->held_fte[holder].at[lane] -= post->fte;
    w->well_fte[holder == HOLDER_PARTNER ? PARTNER : SALARIED].at[lane] -=
        posts->sick & post->bit ? 0.0 : post->fte;
    if (holder == HOLDER_PARTNER)
        lose_partner(w, lane);
    if (posts->today & post->bit) {
        w->todays_fte[holder].at[lane] -= post->fte;
        w->switched_fte.at[lane] -=
            holder == HOLDER_SALARIED && post->of_partner ? post->fte : 0.0;
    }
    posts->held[holder] ^= post->bit;
    posts->sick &= ~post->bit;
    posts->today &= ~post->bit;
    form->changed |= post->bit;
}

/* Whether someone of a score can leave at all. */
static void look_at_age(const struct workforce_quarter *now, double score,
                        struct post *post)
{
    post->score = score;
    post->retiring = retirement_rate_at(now, score, post->lane);
    post->stays = post->uniform >
                  now->bounds.unretired.at[post->lane] + of_quarter * post->retiring;
}

static void leave(const struct move *move, struct workforce_form *form,
                  struct post *post)
{
    const int lane = post->lane;
    const double score = form->score[post->at];
    enum holder holder;

    if (score != post->score)
        look_at_age(move->now, score, post);
    if (post->stays)
        return;
    holder = holder_of(form->posts, post->bit);
    if (happens(leaving_rate_at(move->now, form, holder, lane) + post->retiring, post,
                &move->near_ties->at[lane]))
        vacate(post, holder, form);
}

/* A partner becomes salaried. */
static void change(const struct move *move, struct workforce_form *form,
                   struct post *post)
{
    const int lane = post->lane;
    struct post_group *posts = form->posts;
    struct workforce *w = &form->practice->workforce;
    const double well = posts->sick & post->bit ? 0.0 : post->fte;
    const double today = posts->today & post->bit ? post->fte : 0.0;

    if (form->changed & post->bit ||
        !decides(1.0 - uniform_of_32(post->word), move->now->chances.switching.at[lane],
                 &move->near_ties->at[lane]))
        return;
    lose_partner(w, lane);
    w->held_fte[HOLDER_PARTNER].at[lane] -= post->fte;
    w->held_fte[HOLDER_SALARIED].at[lane] += post->fte;
    w->well_fte[PARTNER].at[lane] -= well;
    w->well_fte[SALARIED].at[lane] += well;
    w->todays_fte[HOLDER_PARTNER].at[lane] -= today;
    w->todays_fte[HOLDER_SALARIED].at[lane] += today;
    w->switched_fte.at[lane] += today;
    posts->held[HOLDER_PARTNER] ^= post->bit;
    posts->held[HOLDER_SALARIED] |= post->bit;
    form->changed |= post->bit;
}

/* The well fall sick and the sick recover. */
static void turn(const struct move *move, struct workforce_form *form,
                 struct post *post)
{
    const struct workforce_chances *chances = &move->now->chances;
    const int lane = post->lane;
    struct post_group *posts = form->posts;
    const bool sick = posts->sick & post->bit;
    const enum role role = posts->held[HOLDER_PARTNER] & post->bit ? PARTNER : SALARIED;
    const double chance = (sick ? &chances->recovery : &chances->sickness)->at[lane];

    if (form->changed & post->bit ||
        !decides(uniform_of_32(post->word), chance, &move->near_ties->at[lane]))
        return;
    posts->sick ^= post->bit;
    form->practice->workforce.well_fte[role].at[lane] += sick ? post->fte : -post->fte;
}

static void start(const struct move *move, const struct post *post, enum holder holder,
                  struct workforce_form *form)
{
    const int lane = post->lane;
    const bool partner = holder == HOLDER_PARTNER;
    const bool ripe = post->newcomer < move->now->chances.ripe.at[lane];
    struct post_group *posts = form->posts;
    struct workforce *w = &form->practice->workforce;

    form->score[post->at] = post->newcomer;
    posts->held[holder] |= post->bit;
    posts->ripe = (posts->ripe & ~post->bit) | (ripe ? post->bit : 0);
    w->filled.at[lane] += 1.0;
    w->partners.at[lane] += partner ? 1.0 : 0.0;
    w->held_fte[holder].at[lane] += post->fte;
    w->well_fte[partner ? PARTNER : SALARIED].at[lane] += post->fte;
    w->vacant_fte.at[lane] -= post->fte;
}

/* A post that was vacant before anyone left fills. */
static void fill(const struct move *move, struct workforce_form *form,
                 struct post *post)
{
    const int lane = post->lane;
    double *near_ties = &move->near_ties->at[lane];

    if (!decides(post->uniform, hire_chance_at(form, lane), near_ties))
        return;
    if (post->newcomer < 0.0)
        post->newcomer = newcomer_score_at(move->now, post->word, lane);
    start(move, post,
          decides(uniform_of_32(post->word), partner_share_at(form, lane), near_ties)
              ? HOLDER_PARTNER
              : HOLDER_SALARIED,
          form);
}

/* Who may be ripe before it is asked again. */
static void ripen(const struct lanes score[POSTS], const struct lanes *ripe,
                  struct post_group *posts)
{
    uint64_t set = 0;

    GATHER_LANES (i) {
        for (int k = 0; k < POSTS; k++)
            set |= score[k].at[i] < ripe->at[i] ? post_bit(k, i) : 0;
    }
    posts->ripe = set;
}

/* Whom the quarter's words may befall. */
static void find_candidates(const struct post_draws *draws, struct workforce_form *form)
{
    const struct post_group *posts = form->posts;
    const uint64_t occupied = posts_occupied(posts), sick = posts->sick;
    const uint64_t salaried = posts->held[HOLDER_SALARIED];

    form->candidates[POST_LEAVES] = (salaried & draws->may_leave[SALARIED]) |
                                    (occupied & ~salaried & draws->may_leave[PARTNER]) |
                                    (occupied & posts->ripe & draws->may_retire);
    form->candidates[POST_SWITCHES] = posts->held[HOLDER_PARTNER] & draws->may_switch;
    form->candidates[POST_TURNS] =
        (sick & draws->may_recover) | (occupied & ~sick & draws->may_fall);
    form->candidates[POST_FILLS] = posts->wanted & ~occupied & draws->may_fill;
    form->changed = 0;
}

static void open_group(struct move *move)
{
    const int first = move->group * POSTS;

    for (int event = 0; event < POST_EVENTS; event++)
        move->candidates[event] = 0;
    for (size_t f = 0; f < move->forms; f++) {
        struct workforce_form *form = &move->form[f];

        form->posts = &form->practice->posts[move->group];
        form->score = form->practice->score[first].at;
        if (move->now->quarter % (4 * RIPENING_YEARS) == 0)
            ripen(&form->practice->score[first], &move->now->chances.ripe, form->posts);
        find_candidates(move->draws, form);
        for (int event = 0; event < POST_EVENTS; event++)
            move->candidates[event] |= form->candidates[event];
    }
}

static int open_quarter(const struct workforce_form *form, size_t forms,
                        bool contagious)
{
    int groups = 0;

    for (size_t f = 0; f < forms; f++) {
        struct practice *practice = form[f].practice;
        const int here = post_groups(practice->active);

        groups = here > groups ? here : groups;
        practice->workforce.leavers = (struct lanes){{0}};
        if (contagious)
            practice->workforce.exits = (struct flags){{0}};
    }
    return groups;
}

/* May write the posts of the site at hand, the scores of their holders, and what events
 * keep of its workforce. */
void workforce_move(const struct workforce_quarter *now, const struct post_draws *draws,
                    struct workforce_form *form, size_t forms, struct lanes *near_ties)
{
    const int groups = open_quarter(form, forms, now->chances.contagious);
    struct move move = {now, draws, form, forms, near_ties, 0, {0}};

    for (; move.group < groups; move.group++, move.draws++) {
        open_group(&move);
        let_happen(&move, POST_LEAVES, leave);
        let_happen(&move, POST_SWITCHES, change);
        let_happen(&move, POST_TURNS, turn);
        let_happen(&move, POST_FILLS, fill);
    }
}
