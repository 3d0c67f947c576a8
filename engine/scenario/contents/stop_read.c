#include "stop_read.h"

#include "metric.h"
#include "sweep_sheet.h"
#include "text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the scenario does not say. */
static const double usual_confidence = 0.95, usual_first = 512.0, usual_most = 1e6;

/* p>NUMBER; false where it is not that. */
static bool is_share(struct stop_target *target)
{
    target->statistic = STOP_ABOVE;
    return target->words[0] == 'p' && target->words[1] == '>' &&
           text_to_number(target->words + 2, &target->at) == TEXT_NUMBER;
}

static bool find_statistic(struct stop_target *target)
{
    static const struct {
        const char *word;
        enum stop_statistic statistic;
        double at;
    } known[] = {{"mean", STOP_MEAN, 0.0},          {"q05", STOP_QUANTILE, 0.05},
                 {"q50", STOP_QUANTILE, 0.5},       {"q95", STOP_QUANTILE, 0.95},
                 {"tvar05", STOP_LOWER_TAIL, 0.95}, {"tvar95", STOP_UPPER_TAIL, 0.95}};

    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
        if (strcmp(known[i].word, target->words) == 0) {
            target->statistic = known[i].statistic;
            target->at = known[i].at;
            return true;
        }
    }
    return is_share(target);
}

static const char *word_of(const struct sheet *sheet, struct fy_node *map,
                           const char *name, const char *otherwise)
{
    const char *text = yaml_text_in(map, name);

    return text == NULL ? otherwise : sweep_sheet_keep(sheet, text);
}

static void read_width(const struct sheet *sheet, struct fy_node *map,
                       struct stop_target *target)
{
    const double half = sweep_sheet_number(sheet, map, "half_width", NAN);
    const double share = sweep_sheet_number(sheet, map, "relative", NAN);

    target->relative = isnan(half);
    target->width = isnan(half) ? share : half;
    if (isnan(half) == isnan(share))
        sweep_sheet_refuse(sheet, "give half_width, in the metric's unit, or relative, "
                                  "a share of the number; one of them");
    else if (!(target->width > 0.0))
        sweep_sheet_refuse(sheet, "half_width or relative is above 0");
}

static void read_target(const struct sheet *sheet, struct fy_node *map,
                        struct stop_target *target)
{
    static const char *const names[] = {
        "metric",     "statistic", "form", "difference_from",
        "half_width", "relative",  NULL};

    sweep_sheet_check_names(sheet, map, names);
    *target = (struct stop_target){
        .metric = word_of(sheet, map, "metric", ""),
        .form = word_of(sheet, map, "form", ""),
        .against = word_of(sheet, map, "difference_from", NULL),
        .words = word_of(sheet, map, "statistic", "mean"),
        .place = sheet->at,
    };
    if (!find_statistic(target))
        sweep_sheet_refuse(sheet,
                           "statistic must be one of mean, q05, q50, q95, tvar05, "
                           "tvar95 and p>NUMBER, not \"%s\"",
                           target->words);
    read_width(sheet, map, target);
}

/* As precedence.c does for keys. */
static void drop_trials(const struct input *input, const struct place *at)
{
    struct hr_scenario *scenario = input->scenario;
    const struct setting *trials = settings_find(&scenario->settings, "trials");

    if (trials == NULL || trials->at.number == at->number)
        return;
    messages_add(&scenario->warnings, at, "stop.targets",
                 "takes the place of trials, which %s says on line %d", trials->at.file,
                 trials->at.line);
    settings_drop(&scenario->settings, "trials");
}

void stop_read_targets(const struct input *input, struct fy_node *list,
                       const struct place *at)
{
    const struct sheet sheet = {input, NULL, *at, "stop.targets", "a target"};
    const int count = yaml_is_list(list) ? fy_node_sequence_item_count(list) : -1;
    struct stop *stop = &input->scenario->stop;

    stop->targets = 0;
    stop->said = *at;
    if (count > 0)
        drop_trials(input, at);
    if (count < 0)
        sweep_sheet_refuse(&sheet, "is a list, as in [{ metric: sites_closed, "
                                   "statistic: mean, form: federation, half_width: 0.1 "
                                   "}]");
    stop->target = sweep_sheet_take(&sheet, (size_t)(count < 0 ? 0 : count),
                                    sizeof(*stop->target));
    for (int i = 0; stop->target != NULL && i < count; i++) {
        struct fy_node *map = fy_node_sequence_get_by_index(list, i);
        struct sheet own = sheet;

        own.at = sweep_sheet_place(&sheet, map);
        if (yaml_is_map(map))
            read_target(&own, map, &stop->target[stop->targets++]);
        else
            sweep_sheet_refuse(&own, "a target is a map, as in { metric: sites_closed, "
                                     "statistic: mean, form: federation, half_width: "
                                     "0.1 }");
    }
}

static bool is_metric(const char *name)
{
    for (size_t m = 0; m < METRICS; m++) {
        if (strcmp(metric_columns[m].name, name) == 0)
            return true;
    }
    return false;
}

static void check_form(const struct hr_scenario *scenario,
                       const struct stop_target *target, const char *name,
                       struct hr_messages *problems)
{
    const struct row *row = contents_row(scenario, name);
    char names[512];

    if (row == NULL || !row->simulated)
        messages_add(problems, &target->place, "stop.targets",
                     "there is no form \"%s\" in this scenario: it has %s", name,
                     contents_names(scenario, false, names, sizeof(names)));
}

static void check_targets(const struct hr_scenario *scenario,
                          struct hr_messages *problems)
{
    for (size_t i = 0; i < scenario->stop.targets; i++) {
        const struct stop_target *target = &scenario->stop.target[i];

        if (!is_metric(target->metric))
            messages_add(problems, &target->place, "stop.targets",
                         "there is no metric \"%s\"; the nearest is %s; `headroom "
                         "metrics` lists them",
                         target->metric, hr_metric_nearest(target->metric));
        check_form(scenario, target, target->form, problems);
        if (target->against != NULL)
            check_form(scenario, target, target->against, problems);
    }
}

static const struct setting *find(const struct hr_scenario *scenario, const char *key)
{
    return settings_find(&scenario->settings, key);
}

static double number_or(const struct hr_scenario *scenario, const char *key,
                        double otherwise)
{
    const struct setting *setting = find(scenario, key);

    return setting == NULL ? otherwise : setting->number.a;
}

static const char *word_or(const struct hr_scenario *scenario, const char *key,
                           const char *otherwise)
{
    const struct setting *setting = find(scenario, key);

    return setting == NULL ? otherwise : setting->text;
}

static bool is_of_stop(const struct setting *setting)
{
    return strncmp(setting->key, "stop.", 5) == 0;
}

/* Where stop was said last; false where it was not. */
static bool last_said(const struct hr_scenario *scenario, struct place *at)
{
    bool said = scenario->stop.targets > 0;

    *at = scenario->stop.said;

    for (size_t i = 0; i < scenario->settings.count; i++) {
        const struct setting *setting = scenario->settings.item[i];

        if (is_of_stop(setting) && (!said || setting->at.number > at->number)) {
            *at = setting->at;
            said = true;
        }
    }
    return said;
}

static void fill(struct hr_scenario *scenario)
{
    struct stop *stop = &scenario->stop;

    stop->on = true;
    stop->ranks = stop->targets == 0 ||
                  find(scenario, "stop.rank_confidence") != NULL ||
                  find(scenario, "stop.objective") != NULL ||
                  find(scenario, "stop.ranking") != NULL ||
                  find(scenario, "stop.indifference") != NULL;
    stop->confidence = number_or(scenario, "stop.rank_confidence", usual_confidence);
    stop->view = word_or(scenario, "stop.objective",
                         word_or(scenario, "decision.objective", "public"));
    stop->order = strcmp(word_or(scenario, "stop.ranking", "best"), "all") == 0;
    stop->indifference = number_or(scenario, "stop.indifference", 0.0);
    stop->first = (uint64_t)number_or(scenario, "stop.first", usual_first);
    stop->most = (uint64_t)number_or(scenario, "stop.max_trials", usual_most);
    stop->seconds = number_or(scenario, "stop.max_seconds", 0.0);
}

static void check_looks(const struct hr_scenario *scenario, const struct place *at,
                        struct hr_messages *problems)
{
    const struct stop *stop = &scenario->stop;

    if (stop->first % LANES != 0)
        messages_add(problems, at, "stop.first",
                     "is %" PRIu64 ", and a look is at a multiple of %d trials",
                     stop->first, (int)LANES);
    if (stop->first > stop->most)
        messages_add(problems, at, "stop.max_trials",
                     "is %" PRIu64 ", and the first look is at %" PRIu64
                     ": give more, or a smaller stop.first",
                     stop->most, stop->first);
    if (scenario->sweep.axes > 0)
        messages_add(problems, at, "stop",
                     "is for a run of one point, and a sweep has the same trials at "
                     "all: take stop out, or the sweep");
    if (stop->ranks && contents_forms(scenario) < 2)
        messages_add(problems, at, "stop",
                     "a ranking is resolved between forms, and this scenario has one: "
                     "give stop.targets alone");
}

/* The run ends at a look. */
static void put_trials(struct hr_scenario *scenario)
{
    const struct stop *stop = &scenario->stop;
    struct setting trials = *find(scenario, "trials");
    uint64_t last = stop->first;

    while (last <= stop->most / 2)
        last *= 2;
    trials.number.a = (double)last;
    settings_put(&scenario->settings, &scenario->store, &trials);
}

/* Of two files the one that is read later says how long the run is: for keys that was
 * settled as they were read. False where trials were said after targets. */
static bool is_in_force(struct hr_scenario *scenario, const struct place *said,
                        struct hr_messages *problems)
{
    const struct setting *trials = find(scenario, "trials");

    if (trials->defaulted)
        return true;
    if (trials->at.number == said->number) {
        messages_add(problems, &trials->at, trials->key,
                     "and stop both say how long the run is: take one out; "
                     "stop.max_trials is the most that stop allows");
        return true;
    }
    messages_add(&scenario->warnings, &trials->at, trials->key,
                 "takes the place of stop.targets, which %s says on line %d",
                 said->file, said->line);
    return false;
}

void stop_settle(struct hr_scenario *scenario, struct hr_messages *problems)
{
    struct place at;

    if (!last_said(scenario, &at) || find(scenario, "trials") == NULL)
        return;
    if (is_in_force(scenario, &at, problems)) {
        fill(scenario);
        check_targets(scenario, problems);
        check_looks(scenario, &at, problems);
        put_trials(scenario);
    } else {
        scenario->stop = (struct stop){0};
    }
}
