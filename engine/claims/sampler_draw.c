#include "sampler.h"

#include "counts.h"
#include "draw.h"

enum { CHUNK = 64, WIDTH = 8, KERNEL_MEAN = 40 };

/* One cell in some years, whole registers of them. */
struct cell_lanes {
    const struct claim_sampler *sampler[CHUNK];
    uint64_t trial[CHUNK];
    size_t n;
    int cell;
    double people[CHUNK], common[CHUNK]; /* on the whole list, and their Theta */
    bool fast[CHUNK];
    double exposure[CHUNK]; /* people of the cell */
    double theta[CHUNK];
    double u[CHUNK], v[CHUNK];
    double count[CHUNK];
    double total[CHUNK];
    double kept[CHUNK], ceded[CHUNK];
};

static const struct sampler_cell *sampler_cell_of(const struct cell_lanes *lanes,
                                                  size_t i)
{
    return &lanes->sampler[i]->cell[lanes->cell];
}

static const struct claim_cell *claim_cell_of(const struct cell_lanes *lanes, size_t i)
{
    return &lanes->sampler[i]->portfolio->cell[lanes->cell];
}

/* Rate and sizes of the claims drawn one by one: of the large, or of all. */
static double rate_of(const struct cell_lanes *lanes, size_t i)
{
    return lanes->fast[i] ? sampler_cell_of(lanes, i)->one_by_one
                          : claim_cell_of(lanes, i)->rate;
}

static struct claim_sizes sizes_of(const struct cell_lanes *lanes, size_t i)
{
    struct claim_sizes sizes = sampler_cell_of(lanes, i)->sizes;

    if (!lanes->fast[i])
        sizes.share_above = 1.0;
    return sizes;
}

static void count_poisson(struct cell_lanes *lanes, const struct claims_kernel *kernel)
{
    double mean[CHUNK];
    double largest = 0.0;

    for (size_t i = 0; i < lanes->n; i++) {
        mean[i] = lanes->exposure[i] * lanes->theta[i] * rate_of(lanes, i);
        largest = larger(largest, mean[i]);
    }
    if (largest <= KERNEL_MEAN) {
        kernel->counts(mean, lanes->u, lanes->n, lanes->count);
        return;
    }
    for (size_t i = 0; i < lanes->n; i++)
        lanes->count[i] = poisson_quantile(mean[i], lanes->u[i]);
}

static void count_two_part(struct cell_lanes *lanes)
{
    for (size_t i = 0; i < lanes->n; i++) {
        const double chance = lanes->theta[i] * rate_of(lanes, i);

        lanes->count[i] = binomial_quantile(rounded(lanes->exposure[i]),
                                            smaller(chance, 1.0), lanes->u[i]);
    }
}

/* Cumulants of n variables with these raw moments each. */
static void add_people(const double raw[4], double n, double cumulant[4])
{
    const double m = raw[0];

    cumulant[0] = n * m;
    cumulant[1] = n * (raw[1] - m * m);
    cumulant[2] = n * (raw[2] - 3.0 * m * raw[1] + 2.0 * m * m * m);
    cumulant[3] = n * (raw[3] - 4.0 * m * raw[2] - 3.0 * raw[1] * raw[1] +
                       12.0 * m * m * raw[1] - 6.0 * m * m * m * m);
}

/* Poisson: exposure Theta raw_r. Two-part: of the people without a large cost. Where
 * every claim is drawn nothing is left. */
static void small_cumulants(const struct cell_lanes *lanes, size_t i,
                            double cumulant[4])
{
    const struct sampler_cell *cell = sampler_cell_of(lanes, i);
    const double n = lanes->exposure[i], theta = lanes->theta[i];
    const double left = 1.0 - theta * rate_of(lanes, i);
    double raw[4];

    if (cell->narrow) {
        cumulant[0] = lanes->count[i] * cell->price;
        cumulant[1] = lanes->count[i] * cell->variance;
        cumulant[2] = cumulant[3] = 0.0;
        return;
    }
    for (int r = 0; r < 4; r++)
        raw[r] = lanes->fast[i] ? theta * cell->raw[r] : 0.0;
    if (claim_cell_of(lanes, i)->frequency == FREQUENCY_POISSON) {
        for (int r = 0; r < 4; r++)
            cumulant[r] = n * raw[r];
        return;
    }
    for (int r = 0; r < 4; r++)
        raw[r] = left > 0.0 ? raw[r] / left : 0.0;
    add_people(raw, rounded(n) - lanes->count[i], cumulant);
}

static void add_small(struct cell_lanes *lanes, const struct claims_kernel *kernel)
{
    double lane[4][CHUNK];
    double *const cumulant[4] = {lane[0], lane[1], lane[2], lane[3]};

    for (size_t i = 0; i < lanes->n; i++) {
        double own[4];

        small_cumulants(lanes, i, own);
        for (int r = 0; r < 4; r++)
            lane[r][i] = own[r];
    }
    kernel->small_layer(cumulant, lanes->v, lanes->n, lanes->total);
}

/* Claims of laws the kernels do not know, one at a time. */
static struct claim_sum claims_one_by_one(const struct severity *severity,
                                          const struct claim_sizes *sizes,
                                          const struct claim_stream *stream,
                                          double count)
{
    struct claim_sum sum = {0};

    for (uint32_t j = 0; j < count; j++) {
        const uint64_t pair = stream->pair + j / 2;
        const struct draw_pair word =
            threefry(stream->trial + ((pair >> 16) << 48),
                     stream->address + (pair & 0xffffu), stream->seed, 0);
        const double above = sizes->share_above * (1.0 - uniform_of(word.word[j & 1u]));
        const double claim = severity_quantile_above(severity, above);

        sum.kept += smaller(claim, sizes->limit);
        sum.ceded += larger(claim - sizes->limit, 0.0);
    }
    return sum;
}

static bool in_kernel(const struct severity *severity)
{
    return severity->kind == SEVERITY_LOGNORMAL ||
           severity->kind == SEVERITY_LOGNORMAL_PARETO;
}

/* Every claim of a lane, alone. */
static struct claim_sum claims_of(const struct cell_lanes *lanes, size_t i,
                                  const struct claims_kernel *kernel,
                                  const struct claim_stream *stream)
{
    const struct claim_sizes sizes = sizes_of(lanes, i);
    const struct severity *severity = &claim_cell_of(lanes, i)->severity;
    struct claim_stream own = *stream;

    own.trial = lanes->trial[i];
    if (in_kernel(severity))
        return kernel->claims(&sizes, &own, (size_t)lanes->count[i]);
    return claims_one_by_one(severity, &sizes, &own, lanes->count[i]);
}

/* The limit lies above all of a narrow cell's claims, or below. */
static void cede_narrow(struct cell_lanes *lanes, size_t i)
{
    const double limit = sampler_cell_of(lanes, i)->sizes.limit;
    const double most = lanes->count[i] > 0.0 ? lanes->count[i] * limit : 0.0;
    const double over = larger(lanes->total[i] - most, 0.0);

    lanes->kept[i] -= over;
    lanes->ceded[i] += over;
}

/* Large claims of fast lanes go end to end; lanes of many claims one after another. */
static void add_claims(struct cell_lanes *lanes, const struct claims_kernel *kernel,
                       const struct claim_stream *stream)
{
    struct claim_sizes sizes[CHUNK];
    double few[CHUNK];

    for (size_t i = 0; i < lanes->n; i++) {
        const bool narrow = sampler_cell_of(lanes, i)->narrow;
        const bool flat =
            !narrow && lanes->fast[i] && in_kernel(&claim_cell_of(lanes, i)->severity);

        few[i] = flat ? lanes->count[i] : 0.0;
        sizes[i] = sampler_cell_of(lanes, i)->sizes;
        if (narrow)
            cede_narrow(lanes, i);
        if (!flat && !narrow && lanes->count[i] > 0.0) {
            const struct claim_sum sum = claims_of(lanes, i, kernel, stream);

            lanes->kept[i] += sum.kept;
            lanes->ceded[i] += sum.ceded;
        }
    }
    kernel->large_layer(sizes, stream, lanes->trial, few, lanes->n, lanes->kept,
                        lanes->ceded);
}

static void draw_cell(struct cell_lanes *lanes, const struct claim_place *place)
{
    const struct claims_kernel *kernel = claims_kernel();
    const uint32_t cell = (uint32_t)lanes->cell;
    const struct claim_stream stream = {
        .seed = place->seed,
        .address = draw_address(place->entity, DRAW_CLAIM_SIZE, place->quarter, 0),
        .pair = cell << 24,
    };

    kernel->uniforms(
        place->seed, lanes->trial,
        draw_address(place->entity, DRAW_CLAIM_COUNT, place->quarter, cell), lanes->n,
        lanes->u, lanes->v);
    if (claim_cell_of(lanes, 0)->frequency == FREQUENCY_POISSON)
        count_poisson(lanes, kernel);
    else
        count_two_part(lanes);
    add_small(lanes, kernel);
    for (size_t i = 0; i < lanes->n; i++)
        lanes->kept[i] += lanes->total[i];
    add_claims(lanes, kernel, &stream);
}

/* Normal mode: Theta n m + m k sqrt(n) z. */
static void draw_normal(struct cell_lanes *lanes, const struct claim_place *place)
{
    double u[CHUNK], v[CHUNK];

    claims_kernel()->uniforms(
        place->seed, lanes->trial,
        draw_address(place->entity, DRAW_CLAIM_COUNT, place->quarter, 0), lanes->n, u,
        v);
    for (size_t i = 0; i < lanes->n; i++) {
        const struct portfolio *p = lanes->sampler[i]->portfolio;
        const double people = lanes->people[i];

        lanes->kept[i] =
            p->normal_mean * (lanes->common[i] * people +
                              p->normal_k * sqrt(people) * normal_quantile(v[i]));
    }
}

/* Where a person claims at most once, no factor makes it more than certain. */
static double theta_of(const struct claim_cell *cell, double theta)
{
    return cell->frequency == FREQUENCY_POISSON ? theta
                                                : smaller(theta, 1.0 / cell->rate);
}

static void draw_lanes(struct cell_lanes *lanes, const struct claim_place *place)
{
    const int cells = lanes->sampler[0]->portfolio->cells;

    for (size_t i = 0; i < lanes->n; i++) {
        const struct claim_sampler *sampler = lanes->sampler[i];
        const double people = lanes->people[i] * lanes->common[i];

        lanes->kept[i] = lanes->ceded[i] = 0.0;
        lanes->fast[i] = sampler->method == CLAIM_FAST && people >= sampler->fewest;
    }
    if (cells == 0)
        draw_normal(lanes, place);
    for (lanes->cell = 0; lanes->cell < cells; lanes->cell++) {
        for (size_t i = 0; i < lanes->n; i++) {
            const struct claim_cell *cell = claim_cell_of(lanes, i);

            lanes->exposure[i] = lanes->people[i] * cell->share;
            lanes->theta[i] = theta_of(cell, lanes->common[i]);
        }
        draw_cell(lanes, place);
    }
}

/* Years of nobody cost nothing, and little time. */
static void fill_registers(struct cell_lanes *lanes)
{
    for (; lanes->n % WIDTH > 0; lanes->n++) {
        lanes->sampler[lanes->n] = lanes->sampler[lanes->n - 1];
        lanes->trial[lanes->n] = lanes->trial[lanes->n - 1];
        lanes->people[lanes->n] = lanes->common[lanes->n] = 0.0;
    }
}

void claim_sampler_draw_years(const struct claim_sampler *sampler, size_t stride,
                              const struct claim_place *place, uint64_t first,
                              const struct claim_years *years, double *kept,
                              double *ceded)
{
    for (size_t at = 0; at < years->n; at += CHUNK) {
        const size_t n = years->n - at < CHUNK ? years->n - at : CHUNK;
        struct cell_lanes lanes;

        for (lanes.n = 0; lanes.n < n; lanes.n++) {
            const size_t year = at + lanes.n;
            const uint64_t lane = years->lane == NULL ? year : years->lane[year];

            lanes.sampler[lanes.n] = &sampler[lane * stride];
            lanes.trial[lanes.n] = first + lane;
            lanes.people[lanes.n] = years->people[year];
            lanes.common[lanes.n] = years->theta[year];
        }
        fill_registers(&lanes);
        draw_lanes(&lanes, place);
        for (size_t i = 0; i < n; i++) {
            kept[at + i] = lanes.kept[i];
            ceded[at + i] = lanes.ceded[i];
        }
    }
}

void claim_sampler_draw(const struct claim_sampler *sampler, size_t stride,
                        const struct claim_place *place, uint64_t first, size_t n,
                        const double *people, const double *theta, double *kept,
                        double *ceded)
{
    const struct claim_years years = {.n = n, .people = people, .theta = theta};

    claim_sampler_draw_years(sampler, stride, place, first, &years, kept, ceded);
}
