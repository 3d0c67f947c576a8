/* A peer for the workforce stage: the same people, demand and capacity (sections 4 and
 * 5 of engine/practice/README.md) as one would write them with GSL - one trial after
 * another, one post after another, random numbers in sequence from a gsl_rng. It draws
 * nothing that all forms could share but a practice's demand, and keeps no ages apart.
 * scripts/bench times it beside the engine.
 *
 *     gsl_workforce PRACTICES.csv TRIALS GENERATOR      (taus2, mt19937, ...) */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FORMS = 4, QUARTERS = 40, MOST_SITES = 8192, MOST_POSTS = 128, COLUMNS = 11 };
enum holder { EMPTY, PARTNER, SALARIED };

struct site {
    int posts[2], slots;
    double fte[2], frailty;
    int wanted;
};

struct post {
    enum holder holder;
    int sick, since_start;
    double age, fte;
};

struct people {
    double partners, partner_fte, well_partner_fte;
    double employed_fte, well_employed_fte, vacant_fte, todays_fte;
    int exits;
};

/* A practice under one form. */
struct practice {
    struct post post[MOST_POSTS];
    struct people people;
    double workload, staff, demand;
    int exits[4];
};

/* What a trial draws once. */
struct world {
    double leave[2], burnout, retire_max, vacancy;
    double switches, falls_sick, returns, fills, partner_share;
};

struct patch {
    struct site site[MOST_SITES];
    struct practice *practice; /* [site][form] */
    int sites;
};

static double within(double x, double low, double high)
{
    return fmin(high, fmax(low, x));
}

static double chance(double rate)
{
    return 1.0 - exp(-rate / 4.0);
}

static int split(char *line, char *cell[COLUMNS])
{
    int n = 0;

    for (char *at = line; at != NULL && n < COLUMNS; n++) {
        cell[n] = at;
        at = strchr(at, ',');
        if (at != NULL)
            *at++ = '\0';
    }
    return n;
}

static void read_site(char *cell[COLUMNS], struct site *site)
{
    for (int role = 0; role < 2; role++) {
        site->posts[role] = (int)(atof(cell[7 + 2 * role]) + 0.5);
        if (site->posts[role] > 0)
            site->fte[role] =
                within(atof(cell[8 + 2 * role]) / site->posts[role], 0.2, 1.2);
    }
    if (site->posts[0] + site->posts[1] == 0)
        site->posts[1] = 1;
    if (site->fte[1] <= 0.0)
        site->fte[1] = 0.65;
    site->slots = (int)(1.5 * (site->posts[0] + site->posts[1]) / 0.88 + 0.5);
    site->slots = site->slots < MOST_POSTS ? site->slots : MOST_POSTS;
}

static int read_patch(const char *name, struct patch *patch)
{
    char line[1024], *cell[COLUMNS];
    FILE *file = fopen(name, "r");

    if (file == NULL)
        return 0;
    while (fgets(line, sizeof(line), file) != NULL && patch->sites < MOST_SITES) {
        if (line[0] == '#' || strncmp(line, "practice_code", 13) == 0)
            continue;
        if (split(line, cell) == COLUMNS)
            read_site(cell, &patch->site[patch->sites++]);
    }
    fclose(file);
    return patch->sites;
}

static void draw_world(gsl_rng *rng, struct world *world)
{
    *world = (struct world){
        .leave = {gsl_ran_lognormal(rng, log(0.05), 0.25),
                  gsl_ran_lognormal(rng, log(0.12), 0.2)},
        .burnout = gsl_ran_flat(rng, 0.0, 1.0),
        .retire_max = gsl_ran_flat(rng, 0.2, 0.5),
        .vacancy = gsl_ran_flat(rng, 0.03, 0.09),
        .switches = chance(gsl_ran_flat(rng, 0.0, 0.03)),
        .falls_sick = chance(gsl_ran_lognormal(rng, log(0.045), 0.5)),
        .returns = chance(1.0 / 0.58),
        .fills = 3.0 / gsl_ran_flat(rng, 6.0, 9.0),
        .partner_share = 0.5,
    };
}

static void start_site(gsl_rng *rng, const struct site *site, struct practice *practice)
{
    const int filled = site->posts[0] + site->posts[1];

    *practice = (struct practice){.workload = 1.0, .staff = 1.0};
    for (int k = 0; k < site->slots; k++) {
        struct post *post = &practice->post[k];

        post->fte = site->fte[k < site->posts[0] ? 0 : 1];
        if (k >= filled)
            continue;
        post->holder = k < site->posts[0] ? PARTNER : SALARIED;
        post->since_start = 1;
        post->age = 47.0 + gsl_ran_gaussian_ziggurat(rng, 9.0);
    }
}

static void start(gsl_rng *rng, const struct world *world, struct patch *patch)
{
    for (int s = 0; s < patch->sites; s++) {
        struct site *site = &patch->site[s];
        const double posts = (site->posts[0] + site->posts[1]) / (1.0 - world->vacancy);

        site->frailty = gsl_ran_lognormal(rng, -0.045, 0.3);
        site->wanted = (int)(posts + gsl_rng_uniform(rng));
        if (site->wanted > site->slots)
            site->wanted = site->slots;
        start_site(rng, site, &patch->practice[s * FORMS]);
        for (int f = 1; f < FORMS; f++)
            patch->practice[s * FORMS + f] = patch->practice[s * FORMS];
    }
}

static double leaving_rate(const struct world *world, const struct site *site,
                           double strain, const struct post *post)
{
    const double rate =
        site->frailty * (world->leave[post->holder == SALARIED] + strain);
    const double retires = world->retire_max / (1.0 + exp((62.5 - post->age) / 3.0));

    return rate + (post->age >= 50.0 ? retires : 0.0);
}

static void fill(gsl_rng *rng, const struct world *world, struct post *post)
{
    if (gsl_rng_uniform(rng) >= world->fills)
        return;
    post->holder = gsl_rng_uniform(rng) < world->partner_share ? PARTNER : SALARIED;
    post->age = 36.0 + gsl_ran_gaussian_ziggurat(rng, 6.0);
    post->since_start = post->sick = 0;
}

static void move(gsl_rng *rng, const struct world *world, const struct site *site,
                 double strain, struct post *post, int *exits)
{
    const int partner = post->holder == PARTNER;

    post->age += 0.25;
    if (gsl_rng_uniform(rng) < chance(leaving_rate(world, site, strain, post))) {
        *exits += partner;
        *post = (struct post){.fte = post->fte};
        return;
    }
    if (partner && gsl_rng_uniform(rng) < world->switches) {
        *exits += 1;
        post->holder = SALARIED;
    }
    if (gsl_rng_uniform(rng) < (post->sick ? world->returns : world->falls_sick))
        post->sick = !post->sick;
}

static void count(const struct post *post, struct people *people)
{
    const double well = post->sick ? 0.0 : post->fte;

    if (post->holder == EMPTY) {
        people->vacant_fte += post->fte;
        return;
    }
    people->todays_fte += post->since_start ? post->fte : 0.0;
    if (post->holder == PARTNER) {
        people->partners += 1.0;
        people->partner_fte += post->fte;
        people->well_partner_fte += well;
    } else {
        people->employed_fte += post->fte;
        people->well_employed_fte += well;
    }
}

static void work(const struct site *site, struct practice *practice)
{
    const struct people *p = &practice->people;
    const double start = site->posts[0] * site->fte[0] + site->posts[1] * site->fte[1];
    const double well = p->well_partner_fte + p->well_employed_fte;
    const double sick = p->partner_fte + p->employed_fte - well;
    const double gp =
        p->well_partner_fte + 0.9 * p->well_employed_fte + 0.6 * (sick + p->vacant_fte);

    practice->staff += (1.0 - practice->staff) * 0.1;
    practice->workload =
        exp(practice->demand) / fmax(0.5 * gp / start + 0.5 * practice->staff, 0.05);
}

static void step(gsl_rng *rng, const struct world *world, const struct site *site,
                 int quarter, struct practice *practice)
{
    const double strain = world->burnout * within(practice->workload - 1.08, 0.0, 0.3);

    practice->people = (struct people){0};
    for (int k = 0; k < site->wanted; k++) {
        struct post *post = &practice->post[k];

        if (post->holder == EMPTY)
            fill(rng, world, post);
        else
            move(rng, world, site, strain, post, &practice->people.exits);
        count(post, &practice->people);
    }
    practice->exits[quarter % 4] = practice->people.exits;
    work(site, practice);
}

/* Returns the sum of workloads, so that nothing is left out as unused. */
static double run_trial(gsl_rng *rng, struct patch *patch)
{
    struct world world;
    double sum = 0.0;

    draw_world(rng, &world);
    start(rng, &world, patch);
    for (int q = 0; q < QUARTERS; q++) {
        for (int i = 0; i < patch->sites * FORMS; i++) {
            struct practice *practice = &patch->practice[i];
            const double z =
                i % FORMS == 0 ? gsl_ran_gaussian_ziggurat(rng, 0.03) : 0.0;

            practice->demand = i % FORMS == 0 ? 0.8 * practice->demand + z
                                              : patch->practice[i - 1].demand;
            step(rng, &world, &patch->site[i / FORMS], q, practice);
            sum += practice->workload;
        }
    }
    return sum;
}

static const gsl_rng_type *generator(const char *name)
{
    for (const gsl_rng_type **type = gsl_rng_types_setup(); *type != NULL; type++) {
        if (strcmp((*type)->name, name) == 0)
            return *type;
    }
    return NULL;
}

static int time_trials(struct patch *patch, const gsl_rng_type *type, long trials)
{
    const double steps = (double)trials * patch->sites * QUARTERS * FORMS;
    gsl_rng *rng = gsl_rng_alloc(type);
    const clock_t from = clock();
    double sum = 0.0;

    for (long t = 0; t < trials; t++)
        sum += run_trial(rng, patch);
    printf("%s: %.1f ns per practice-quarter-form (%d practices, %ld trials, mean "
           "workload %.3f)\n",
           type->name, 1e9 * (double)(clock() - from) / CLOCKS_PER_SEC / steps,
           patch->sites, trials, sum / steps);
    gsl_rng_free(rng);
    return 0;
}

int main(int argc, char **argv)
{
    static struct patch patch;
    const gsl_rng_type *type = argc == 4 ? generator(argv[3]) : NULL;
    int failed;

    if (type == NULL || atol(argv[2]) <= 0 || read_patch(argv[1], &patch) == 0) {
        fprintf(stderr, "usage: gsl_workforce PRACTICES.csv TRIALS GENERATOR\n");
        return 2;
    }
    patch.practice = calloc((size_t)patch.sites * FORMS, sizeof(*patch.practice));
    failed = patch.practice == NULL || time_trials(&patch, type, atol(argv[2]));
    free(patch.practice);
    return failed;
}
