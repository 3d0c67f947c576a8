#include "workforce_rate.h"

/* The posts of a site under all forms, a group of them after the other. */
struct move {
    const struct workforce_quarter *now;
    const struct post_draws *draws; /* of the group, which is the next */
    struct workforce_form *form;
    size_t forms;
    struct lanes *near_ties;
    int group;
};

/* A post in a trial, and what the quarter holds for it under whatever form. */
struct post {
    int k, lane;
    uint64_t bit, word;
    double fte;
    bool of_partner;        /* at the start */
    double score, retiring; /* annual rate last reckoned, and for whom */
    double leave_time;      /* at an annual rate of 1; negative: not reckoned */
    double newcomer;        /* score; negative: not reckoned */
};

static struct post first_post(const struct move *move, uint64_t set)
{
    const int bit = lanes_first(set), k = bit / LANES, lane = bit % LANES;
    const struct site_posts *site = move->now->site;
    const int slot = move->group * POSTS + k;

    return (struct post){
        .k = k,
        .lane = lane,
        .bit = set & -set,
        .word = move->draws->word[k].at[lane],
        .fte = site->slot_fte[slot],
        .of_partner = slot < site->posts[PARTNER],
        .score = -1.0,
        .leave_time = -1.0,
        .newcomer = -1.0,
    };
}

static inline struct post_group *group_of(const struct move *move,
                                          const struct workforce_form *form)
{
    return &form->practice->posts[move->group];
}

static inline double *score_of(const struct move *move,
                               const struct workforce_form *form,
                               const struct post *post)
{
    return &form->practice->score[move->group * POSTS + post->k].at[post->lane];
}

/* Whom a kind of event may befall. */
typedef uint64_t candidates(const struct move *move, const struct workforce_form *form,
                            const struct post_group *posts);

/* It befalls the post, or not. */
typedef void happen(const struct move *move, struct workforce_form *form,
                    struct post *post);

/* A kind of event in a group of posts: each candidate in turn, and its forms within, so
 * that what they share is reckoned once. */
HR_INLINE void let_happen(const struct move *move, candidates *candidates_of,
                          happen *decide)
{
    uint64_t set = 0;

    for (size_t f = 0; f < move->forms; f++) {
        struct workforce_form *form = &move->form[f];

        form->candidates = candidates_of(move, form, group_of(move, form));
        set |= form->candidates;
    }
    for (; set != 0; set &= set - 1) {
        struct post post = first_post(move, set);

        for (size_t f = 0; f < move->forms; f++) {
            if (move->form[f].candidates & post.bit)
                decide(move, &move->form[f], &post);
        }
    }
}

/* Whether something of an annual rate happens; the logarithm of the draw is needed only
 * where it lies between x - x^2/2 and x, a quarter of the rate. */
static bool happens(double rate, struct post *post, double *near_ties)
{
    const double u = uniform_of(post->word), x = 0.25 * rate;

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
    enum holder holder = HOLDER_PARTNER;

    while (!(posts->held[holder] & bit))
        holder++;
    return holder;
}

/* What a post counts for as its holder leaves it or becomes someone else. */
struct part {
    double fte, well, today, switched;
};

static struct part part_of(const struct post *post, const struct post_group *posts,
                           enum holder holder)
{
    const double today = posts->today & post->bit ? post->fte : 0.0;

    return (struct part){
        .fte = post->fte,
        .well = posts->sick & post->bit ? 0.0 : post->fte,
        .today = today,
        .switched = holder == HOLDER_SALARIED && post->of_partner ? today : 0.0,
    };
}

static void take_away(const struct part *part, enum holder holder, int lane,
                      struct workforce *w)
{
    const double partner = holder == HOLDER_PARTNER ? 1.0 : 0.0;

    w->partners.at[lane] -= partner;
    w->exits.at[lane] += holder == HOLDER_PARTNER;
    w->held_fte[holder].at[lane] -= part->fte;
    w->well_fte[holder == HOLDER_PARTNER ? PARTNER : SALARIED].at[lane] -= part->well;
    w->todays_fte[holder].at[lane] -= part->today;
}

static uint64_t may_leave(const struct move *move, const struct workforce_form *form,
                          const struct post_group *posts)
{
    (void)form;
    return posts_occupied(posts) &
           (move->draws->may_leave | (move->draws->may_leave_ripe & posts->ripe));
}

static void leave(const struct move *move, struct workforce_form *form,
                  struct post *post)
{
    const int lane = post->lane;
    const double score = *score_of(move, form, post);
    struct post_group *posts = group_of(move, form);
    struct workforce *w = &form->practice->workforce;
    const enum holder holder = holder_of(posts, post->bit);
    struct part part;

    if (score != post->score)
        post->retiring = retirement_rate_at(move->now, score, lane);
    post->score = score;
    if (!happens(leaving_rate_at(move->now, form, holder, lane) + post->retiring, post,
                 &move->near_ties->at[lane]))
        return;
    part = part_of(post, posts, holder);
    take_away(&part, holder, lane, w);
    w->filled.at[lane] -= 1.0;
    w->leavers.at[lane] += 1.0;
    w->switched_fte.at[lane] -= part.switched;
    w->vacant_fte.at[lane] += part.fte;
    posts_vacate(posts, post->bit);
}

static uint64_t may_switch(const struct move *move, const struct workforce_form *form,
                           const struct post_group *posts)
{
    (void)form;
    return posts->held[HOLDER_PARTNER] & move->draws->may_switch;
}

/* A partner becomes salaried. */
static void change(const struct move *move, struct workforce_form *form,
                   struct post *post)
{
    const int lane = post->lane;
    struct post_group *posts = group_of(move, form);
    struct workforce *w = &form->practice->workforce;
    struct part part;

    if (!decides(1.0 - uniform_of_32(post->word), move->now->chances.switching.at[lane],
                 &move->near_ties->at[lane]))
        return;
    part = part_of(post, posts, HOLDER_PARTNER);
    take_away(&part, HOLDER_PARTNER, lane, w);
    w->held_fte[HOLDER_SALARIED].at[lane] += part.fte;
    w->well_fte[SALARIED].at[lane] += part.well;
    w->todays_fte[HOLDER_SALARIED].at[lane] += part.today;
    w->switched_fte.at[lane] += part.today;
    posts->held[HOLDER_PARTNER] ^= post->bit;
    posts->held[HOLDER_SALARIED] |= post->bit;
    form->switched |= post->bit;
}

static uint64_t may_turn(const struct move *move, const struct workforce_form *form,
                         const struct post_group *posts)
{
    return ((posts->sick & move->draws->may_recover) |
            (posts_occupied(posts) & ~posts->sick & move->draws->may_fall)) &
           ~form->switched;
}

/* The well fall sick and the sick recover. */
static void turn(const struct move *move, struct workforce_form *form,
                 struct post *post)
{
    const struct workforce_chances *chances = &move->now->chances;
    const int lane = post->lane;
    struct post_group *posts = group_of(move, form);
    const bool sick = posts->sick & post->bit;
    const enum role role = posts->held[HOLDER_PARTNER] & post->bit ? PARTNER : SALARIED;
    const double chance = (sick ? &chances->recovery : &chances->sickness)->at[lane];

    if (!decides(uniform_of_32(post->word), chance, &move->near_ties->at[lane]))
        return;
    posts->sick ^= post->bit;
    form->practice->workforce.well_fte[role].at[lane] += sick ? post->fte : -post->fte;
}

static uint64_t may_fill(const struct move *move, const struct workforce_form *form,
                         const struct post_group *posts)
{
    (void)posts;
    return form->vacant & move->draws->may_fill;
}

static void start(const struct move *move, const struct post *post, enum holder holder,
                  struct workforce_form *form)
{
    const int lane = post->lane;
    const bool partner = holder == HOLDER_PARTNER;
    const bool ripe = post->newcomer < move->now->chances.ripe.at[lane];
    struct post_group *posts = group_of(move, form);
    struct workforce *w = &form->practice->workforce;

    *score_of(move, form, post) = post->newcomer;
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

    if (!decides(uniform_of(post->word), hire_chance_at(form, lane), near_ties))
        return;
    if (post->newcomer < 0.0)
        post->newcomer = newcomer_score_at(move->now, post->word, lane);
    start(move, post,
          decides(uniform_of_32(post->word), partner_share_at(form, lane), near_ties)
              ? HOLDER_PARTNER
              : HOLDER_SALARIED,
          form);
}

/* Once a year: who may be ripe before it is out. */
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

static void open_group(const struct move *move)
{
    for (size_t f = 0; f < move->forms; f++) {
        struct workforce_form *form = &move->form[f];
        struct post_group *posts = group_of(move, form);

        if (move->now->quarter % 4 == 0)
            ripen(&form->practice->score[move->group * POSTS], &move->now->chances.ripe,
                  posts);
        form->vacant = posts_vacant(posts);
        form->switched = 0;
    }
}

static int open_quarter(const struct workforce_form *form, size_t forms)
{
    int groups = 0;

    for (size_t f = 0; f < forms; f++) {
        struct practice *practice = form[f].practice;
        struct workforce *w = &practice->workforce;
        const int here = post_groups(practice->active);

        groups = here > groups ? here : groups;
        EACH_LANE (i) {
            w->leavers.at[i] = 0.0;
            w->exits.at[i] = 0;
        }
    }
    return groups;
}

/* May write the posts of the site at hand, the scores of their holders, and what events
 * keep of its workforce. */
void workforce_move(const struct workforce_quarter *now, const struct post_draws *draws,
                    struct workforce_form *form, size_t forms, struct lanes *near_ties)
{
    const int groups = open_quarter(form, forms);
    struct move move = {now, draws, form, forms, near_ties, 0};

    for (; move.group < groups; move.group++, move.draws++) {
        open_group(&move);
        let_happen(&move, may_leave, leave);
        let_happen(&move, may_switch, change);
        let_happen(&move, may_turn, turn);
        let_happen(&move, may_fill, fill);
    }
}
