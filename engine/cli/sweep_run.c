#include "sweep_run.h"

#include "headroom/sweep.h"

#include "facts.h"
#include "json.h"
#include "progress.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

/* FROM:TO:STEPS; false where it is not that. */
static bool print_range(const char *values, char *out, size_t size)
{
    char copy[256], *rest = copy;
    const char *part[3];
    int parts = 0;

    snprintf(copy, sizeof(copy), "%s", values);
    while (parts < 3 && rest != NULL)
        part[parts++] = strsep(&rest, ":");
    if (parts != 3 || rest != NULL)
        return false;
    snprintf(out, size, "from: %s, to: %s, steps: %s", part[0], part[1], part[2]);
    return true;
}

void sweep_add_axis(const struct argp_state *state, const char *text,
                    char axes[AXES_TEXT])
{
    const char *equals = strchr(text, '=');
    char range[400];
    size_t used = strlen(axes);

    if (equals == NULL || equals == text || equals[1] == '\0')
        argp_error(state, "--axis is KEY=FROM:TO:STEPS or KEY=A,B,C, not \"%s\"", text);
    else if (strchr(equals, ':') != NULL && strchr(equals, ',') != NULL)
        argp_error(
            state,
            "--axis %s: a range is FROM:TO:STEPS, of numbers without separators, "
            "as in 90000:130000:5",
            text);
    if (!print_range(equals + 1, range, sizeof(range)))
        snprintf(range, sizeof(range), "values: [%s]", equals + 1);
    if (used + strlen(text) + strlen(range) + 32 > AXES_TEXT)
        argp_error(state, "these axes are too long for a command line: say them under "
                          "sweep: in the scenario");
    if (used == 0)
        used = (size_t)snprintf(axes, AXES_TEXT, "sweep=[");
    else
        axes[--used] = ',';
    used += axes[used] == ',';
    snprintf(axes + used, AXES_TEXT - used, "{key: \"%.*s\", %s}]",
             (int)(equals - text), text, range);
}

static void print_facts(const struct hr_scenario *scenario, const char *output,
                        const struct hr_sweep_facts *facts)
{
    char time[TEXT_SECONDS_SIZE], word[LONGEST_WORD];

    printf("%s: %zu point%s of %llu trials in %s\n",
           hr_scenario_text(scenario, "title"), facts->points,
           plural((double)facts->points), (unsigned long long)facts->trials,
           text_from_seconds(facts->seconds, time));
    printf(
        "%zu forms of points were run; %zu are as at an earlier point and were taken "
        "from there\n",
        facts->forms_run, facts->forms_taken);
    if (facts->forms_reused > 0)
        printf("%zu forms of points were taken from other files\n",
               facts->forms_reused);
    if (facts->refused > 0)
        printf("%zu point%s refused: /points/reason in the file says why\n",
               facts->refused, facts->refused == 1 ? " was" : "s were");
    printf("wrote %s; `headroom show %s` lists its points\n", output,
           shell_word(output, word));
}

static void print_shard(const struct hr_run_options *run, const char *output,
                        const struct hr_sweep_facts *facts)
{
    char word[LONGEST_WORD];

    printf(
        "shard %u of %u: its share of %zu points is in %s.parts; when all shards are "
        "there, `headroom merge %s` makes the result of all\n",
        run->shard, run->shards, facts->points, output, shell_word(output, word));
}

static enum hr_status write_facts(const char *output,
                                  const struct hr_sweep_facts *facts)
{
    struct json json;

    json_start(&json);
    facts_of_file(&json, output);
    facts_of_units(&json, (const char *const[]){"seconds", "s", NULL});
    json_text(&json, "output", output);
    json_number(&json, "points", (double)facts->points);
    json_number(&json, "refused", (double)facts->refused);
    json_number(&json, "forms_run", (double)facts->forms_run);
    json_number(&json, "forms_taken", (double)facts->forms_taken);
    json_number(&json, "forms_reused", (double)facts->forms_reused);
    json_number(&json, "seconds", facts->seconds);
    return print_text_and_free(json_end(&json));
}

enum hr_status sweep_run(struct run_options *options,
                         const struct hr_scenario *scenario, const char *output)
{
    struct hr_sweep_facts facts;
    struct hr_error error = {0};
    struct progress progress;
    enum hr_status status;

    progress_watch(&progress, &options->run, hr_ranks_own(options->run.ranks) > 0);
    status = hr_sweep(scenario, &options->run, output, &facts, &error);
    progress_end(&progress);
    if (hr_ranks_own(options->run.ranks) > 0)
        return status; /* the first speaks for all */
    if (status != HR_OK)
        fprintf(stderr, "headroom sweep: %s\n", error.message);
    else if (options->scenario.json)
        status = write_facts(output, &facts);
    else if (options->run.shards > 0)
        print_shard(&options->run, output, &facts);
    else
        print_facts(scenario, output, &facts);
    return status;
}
