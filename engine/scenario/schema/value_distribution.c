#include "value.h"

#include "elementary.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

enum { MOST_PARAMETERS = 3, LONGEST_LIST = 160 }; /* a set ends with NULL or here */

/** The names by which a kind may be given. */
struct parameter_set {
    enum distribution_kind kind;
    const char *name[MOST_PARAMETERS];
    void (*convert)(
        struct distribution *); /**< to natural parameters; NULL: they are */
};

/* From mean a and standard deviation b. An impossible pair is left for the check of
 * natural parameters to refuse. */
static void natural_lognormal(struct distribution *d)
{
    const double ratio = d->b / d->a;

    if (!(d->a > 0.0 && d->b > 0.0))
        return;
    d->a = d->a / sqrt(1.0 + ratio * ratio);
    d->b = sqrt(log_of(1.0 + ratio * ratio));
}

static void natural_beta(struct distribution *d)
{
    const double mean = d->a;
    const double size = d->b > 0.0 ? mean * (1.0 - mean) / (d->b * d->b) - 1.0 : -1.0;

    d->a = mean * size;
    d->b = (1.0 - mean) * size;
}

static void natural_gamma(struct distribution *d)
{
    const double mean = d->a, sd = d->b;

    if (!(mean > 0.0 && sd > 0.0))
        return;
    d->a = mean / sd * (mean / sd);
    d->b = sd / mean * sd;
}

static const struct parameter_set parameter_sets[] = {
    {FIXED, {"value"}, NULL},
    {UNIFORM, {"low", "high"}, NULL},
    {TRIANGULAR, {"low", "mode", "high"}, NULL},
    {PERT, {"low", "mode", "high"}, NULL},
    {NORMAL, {"mean", "sd"}, NULL},
    {LOGNORMAL, {"median", "sigma"}, NULL},
    {LOGNORMAL, {"mean", "sd"}, natural_lognormal},
    {BETA, {"alpha", "beta"}, NULL},
    {BETA, {"mean", "sd"}, natural_beta},
    {GAMMA, {"shape", "scale"}, NULL},
    {GAMMA, {"mean", "sd"}, natural_gamma},
    {DISCRETE, {"values", "weights"}, NULL},
};

enum { PARAMETER_SETS = sizeof(parameter_sets) / sizeof(*parameter_sets) };

const char *const *value_parameters(enum distribution_kind kind, int set)
{
    for (int i = 0; i < PARAMETER_SETS; i++) {
        if (parameter_sets[i].kind == kind && set-- == 0)
            return parameter_sets[i].name;
    }
    return NULL;
}

static struct fy_node *find(struct fy_node *map, const char *name)
{
    void *iterator = NULL;
    struct fy_node_pair *pair;

    while ((pair = fy_node_mapping_iterate(map, &iterator)) != NULL) {
        const char *key = yaml_text(fy_node_pair_key(pair));

        if (key != NULL && strcmp(key, name) == 0)
            return fy_node_pair_value(pair);
    }
    return NULL;
}

static bool is_of(const struct parameter_set *set, struct fy_node *map)
{
    int count = 0;

    for (; count < MOST_PARAMETERS && set->name[count] != NULL; count++) {
        if (find(map, set->name[count]) == NULL)
            return false;
    }
    return fy_node_mapping_item_count(map) == count;
}

static const struct parameter_set *set_of(enum distribution_kind kind,
                                          struct fy_node *map)
{
    for (int i = 0; i < PARAMETER_SETS; i++) {
        if (parameter_sets[i].kind == kind && is_of(&parameter_sets[i], map))
            return &parameter_sets[i];
    }
    return NULL;
}

/* "median and sigma, or mean and sd" */
static void say_sets(enum distribution_kind kind, char *text)
{
    size_t n = 0;

    for (int i = 0; i < PARAMETER_SETS; i++) {
        const struct parameter_set *set = &parameter_sets[i];

        if (set->kind != kind)
            continue;
        n += (size_t)snprintf(text + n, LONGEST_LIST - n, "%s%s", n == 0 ? "" : ", or ",
                              set->name[0]);
        for (int j = 1; j < MOST_PARAMETERS && set->name[j] != NULL; j++)
            n += (size_t)snprintf(text + n, LONGEST_LIST - n, " and %s", set->name[j]);
    }
}

/* A parameter called 94 is what a comma left of 139,94. */
static bool has_split_number(struct fy_node *map)
{
    struct fy_node_pair *pair;
    void *place = NULL;

    while ((pair = fy_node_mapping_iterate(map, &place)) != NULL) {
        const char *name = yaml_text(fy_node_pair_key(pair));

        if (name != NULL && *name != '\0' && name[strspn(name, "0123456789")] == '\0')
            return true;
    }
    return false;
}

static void refuse_names(const struct reader *reader, const struct setting *setting,
                         struct fy_node *map)
{
    char sets[LONGEST_LIST] = "";
    const enum distribution_kind kind = setting->number.kind;

    say_sets(kind, sets);
    messages_add(reader->problems, &setting->at, setting->key, "%s takes %s%s",
                 distribution_name(kind), sets,
                 has_split_number(map) ? ": a comma splits a number; write a decimal "
                                         "point, and no thousands separator"
                                       : "");
}

static bool read_parameter(const struct reader *reader, struct fy_node *map,
                           const struct setting *setting, const char *name,
                           double *number)
{
    char key[2 * LONGEST_PATH];

    snprintf(key, sizeof(key), "%s.%s.%s", setting->key,
             distribution_name(setting->number.kind), name);
    return value_number(reader, find(map, name), setting->at, key, setting->field->unit,
                        number);
}

static bool read_set(const struct reader *reader, struct fy_node *map,
                     struct setting *setting, const struct parameter_set *set)
{
    struct distribution *d = &setting->number;
    double *const number[MOST_PARAMETERS] = {&d->a, &d->b, &d->c};
    bool good = true;

    for (int i = 0; i < MOST_PARAMETERS && set->name[i] != NULL; i++)
        good &= read_parameter(reader, map, setting, set->name[i], number[i]);
    if (good && set->convert != NULL)
        set->convert(d);
    return good;
}

static bool read_list(const struct reader *reader, struct fy_node *list,
                      const struct setting *setting, double *numbers)
{
    bool good = true;

    for (int i = 0; i < setting->number.count; i++)
        good &=
            value_number(reader, fy_node_sequence_get_by_index(list, i), setting->at,
                         setting->key, setting->field->unit, &numbers[i]);
    return good;
}

static bool read_discrete(const struct reader *reader, struct fy_node *map,
                          struct setting *setting)
{
    struct distribution *d = &setting->number;
    struct fy_node *values = find(map, "values"), *weights = find(map, "weights");

    if (!yaml_is_list(values) || !yaml_is_list(weights) ||
        fy_node_mapping_item_count(map) != 2) {
        refuse_names(reader, setting, map);
        return false;
    }
    d->count = fy_node_sequence_item_count(values);
    if (d->count < 1 || d->count > DISCRETE_LONGEST ||
        d->count != fy_node_sequence_item_count(weights)) {
        messages_add(reader->problems, &setting->at, setting->key,
                     "discrete takes 1 to %d values and as many weights",
                     (int)DISCRETE_LONGEST);
        return false;
    }
    return read_list(reader, values, setting, d->value) &&
           read_list(reader, weights, setting, d->weight);
}

bool value_distribution(const struct reader *reader, struct fy_node *node,
                        struct setting *setting)
{
    const struct parameter_set *set;

    if (!yaml_is_map(node)) {
        refuse_names(reader, setting, node);
        return false;
    }
    if (setting->number.kind == DISCRETE)
        return read_discrete(reader, node, setting);
    set = set_of(setting->number.kind, node);
    if (set == NULL) {
        refuse_names(reader, setting, node);
        return false;
    }
    return read_set(reader, node, setting, set);
}
