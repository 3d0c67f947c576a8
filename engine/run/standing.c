#include "standing.h"

#include "clock.h"
#include "figure.h"
#include "stream.h"
#include "text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Seconds to the first word, and between two of them at most. */
static const double first_word = 10.0, longest_silence = 600.0;

static void add(const struct sums *sums, size_t k, struct moments *all)
{
    for (size_t i = 0; i < sums->count; i++)
        moments_merge(all, &sums->node[i].moments[k]);
}

/* Public cost to the horizon under a form, less the reference's. */
static struct moments difference(const struct hr_runner *runner,
                                 const struct sums *more, size_t form)
{
    const struct shape *shape = &runner->shape;
    const size_t quarters = (size_t)shape->plan->quarters;
    const size_t totals = 2 * (shape->paths + shape->site_sums);
    const size_t k = totals + form * quarters + quarters - 1;
    struct moments all = {0};

    add(&runner->part.sums, k, &all);
    add(more, k, &all);
    return all;
}

static void write_forms(const struct hr_runner *runner, const struct sums *more,
                        FILE *out)
{
    static const struct figure_unit millions = {
        .scale = 1e6, .pounds = true, .suffix = "m", .decimals = 2};
    const char *comma = "";

    for (size_t f = 0; f < runner->plan.forms; f++) {
        const struct moments all = difference(runner, more, f);
        const double se = moments_se(&all);
        char mean[FIGURE_SIZE], error[FIGURE_SIZE];

        if ((int)f == runner->plan.reference)
            continue;
        fprintf(out, "%s %s %s (+-%s)", comma, hr_scenario_form(runner->scenario, f),
                figure_write(moments_mean(&all), figure_to_error(se), &millions,
                             FIGURE_SIGNED, mean),
                figure_write(se, figure_to_error(se), &millions, FIGURE_PLAIN, error));
        comma = ",";
    }
}

static void write_kept(const struct hr_runner *runner, FILE *out)
{
    char time[TEXT_SECONDS_SIZE];

    if (runner->kept_in == NULL)
        fputs("; nothing of it is on disk yet", out);
    else
        fprintf(out, "; %" PRIu64 " trials are in %s, the last written %s ago",
                runner->kept_trials, runner->kept_in,
                text_from_seconds(clock_seconds() - runner->kept_at, time));
}

static void tell(const struct hr_runner *runner, const struct sums *more)
{
    const uint64_t trials =
        (sums_blocks(&runner->part.sums) + sums_blocks(more)) * LANES;
    char sentence[2048] = "";
    FILE *out = fmemopen(sentence, sizeof(sentence), "w");

    if (out == NULL)
        return;
    fprintf(out,
            "after %" PRIu64
            " trials, undiscounted public cost to the horizon less %s's:",
            trials, hr_scenario_form(runner->scenario, (size_t)runner->plan.reference));
    write_forms(runner, more, out);
    write_kept(runner, out);
    if (stream_close(out))
        runner->options.stand(runner->options.progress_context, sentence);
}

void standing_tell(struct hr_runner *runner, const struct sums *more)
{
    const double now = clock_seconds();

    if (runner->options.stand == NULL)
        return;
    if (runner->next_word == 0.0) {
        runner->began = now;
        runner->next_word = now + first_word;
    }
    if (now < runner->next_word)
        return;
    while (runner->next_word <= now)
        runner->next_word +=
            fmin(fmax(runner->next_word - runner->began, first_word), longest_silence);
    tell(runner, more);
}

void standing_keep(struct hr_runner *runner, uint64_t trials, const char *folder)
{
    runner->kept_trials += trials;
    runner->kept_in = folder;
    runner->kept_at = clock_seconds();
}
