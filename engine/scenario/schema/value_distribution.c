#include "value.h"

#include "distribution_laws.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_LIST = 160 };

const char *const *value_parameters(enum distribution_kind kind, int set)
{
    const struct distribution_set *sets = distribution_laws[kind].set;

    return set < DISTRIBUTION_SETS && sets[set].name[0] != NULL ? sets[set].name : NULL;
}

static bool is_of(const struct distribution_set *set, struct fy_node *map)
{
    int count = 0;

    for (; count < DISTRIBUTION_PARAMETERS && set->name[count] != NULL; count++) {
        if (yaml_find(map, set->name[count]) == NULL)
            return false;
    }
    return fy_node_mapping_item_count(map) == count;
}

static const struct distribution_set *set_of(enum distribution_kind kind,
                                             struct fy_node *map)
{
    for (int i = 0; value_parameters(kind, i) != NULL; i++) {
        if (is_of(&distribution_laws[kind].set[i], map))
            return &distribution_laws[kind].set[i];
    }
    return NULL;
}

/* "median and sigma, or mean and sd" */
static void say_sets(enum distribution_kind kind, char *text)
{
    const char *const *name;
    size_t n = 0;

    for (int i = 0; (name = value_parameters(kind, i)) != NULL; i++) {
        n += (size_t)snprintf(text + n, LONGEST_LIST - n, "%s%s", n == 0 ? "" : ", or ",
                              name[0]);
        for (int j = 1; j < DISTRIBUTION_PARAMETERS && name[j] != NULL; j++)
            n += (size_t)snprintf(text + n, LONGEST_LIST - n, " and %s", name[j]);
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
    return value_number(reader, yaml_find(map, name),
                        (struct value_said){key, setting->field->unit, setting->at},
                        number);
}

static bool read_set(const struct reader *reader, struct fy_node *map,
                     struct setting *setting, const struct distribution_set *set)
{
    struct distribution *d = &setting->number;
    double *const number[DISTRIBUTION_PARAMETERS] = {&d->a, &d->b, &d->c};
    bool good = true;

    for (int i = 0; i < DISTRIBUTION_PARAMETERS && set->name[i] != NULL; i++)
        good &= read_parameter(reader, map, setting, set->name[i], number[i]);
    if (good && set->convert != NULL)
        set->convert(d);
    return good;
}

static bool read_list(const struct reader *reader, struct fy_node *list,
                      const struct setting *setting, double *numbers)
{
    const struct value_said said = {setting->key, setting->field->unit, setting->at};
    bool good = true;

    for (int i = 0; i < setting->number.count; i++)
        good &= value_number(reader, fy_node_sequence_get_by_index(list, i), said,
                             &numbers[i]);
    return good;
}

static bool read_discrete(const struct reader *reader, struct fy_node *map,
                          struct setting *setting)
{
    struct distribution *d = &setting->number;
    struct fy_node *values = yaml_find(map, "values"),
                   *weights = yaml_find(map, "weights");

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
    const struct distribution_set *set;

    if (!yaml_is_map(node)) {
        refuse_names(reader, setting, node);
        return false;
    }
    if (distribution_laws[setting->number.kind].lists)
        return read_discrete(reader, node, setting);
    set = set_of(setting->number.kind, node);
    if (set == NULL) {
        refuse_names(reader, setting, node);
        return false;
    }
    return read_set(reader, node, setting, set);
}
