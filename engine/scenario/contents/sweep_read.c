#include "sweep_sheet.h"

#include "files.h"
#include "text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A node as it would follow key= on a command line. */
static const char *text_of(const struct sheet *sheet, struct fy_node *node)
{
    const char *plain = yaml_text(node);
    char *flow;
    const char *kept;

    if (plain != NULL)
        return sweep_sheet_keep(sheet, plain);
    flow = fy_emit_node_to_string(node, FYECF_MODE_FLOW_ONELINE | FYECF_WIDTH_INF);
    if (flow == NULL) {
        sheet->input->reader.store->failed = true;
        return "";
    }
    kept = sweep_sheet_keep(sheet, flow);
    free(flow);
    return kept;
}

/* A value more of an axis that has room for it. */
static void add_value(const struct sheet *sheet, struct fy_node *node,
                      struct sweep_axis *axis)
{
    struct sweep_value *value = &axis->value[axis->values++];

    value->at = sweep_sheet_place(sheet, node);
    value->text = value->label = text_of(sheet, node);
}

static void read_values(const struct sheet *sheet, struct fy_node *list,
                        struct sweep_axis *axis)
{
    const int count = fy_node_sequence_item_count(list);

    axis->value = sweep_sheet_take(sheet, (size_t)count, sizeof(*axis->value));
    for (int i = 0; axis->value != NULL && i < count; i++)
        add_value(sheet, fy_node_sequence_get_by_index(list, i), axis);
}

static void read_quantiles(const struct sheet *sheet, struct fy_node *list,
                           struct sweep_axis *axis)
{
    read_values(sheet, list, axis);
    axis->quantile = sweep_sheet_take(sheet, axis->values, sizeof(*axis->quantile));
    for (size_t i = 0; axis->quantile != NULL && i < axis->values; i++) {
        struct sheet at = *sheet;

        at.at = axis->value[i].at;
        if (text_to_number(axis->value[i].text, &axis->quantile[i]) != TEXT_NUMBER ||
            !(axis->quantile[i] > 0.0 && axis->quantile[i] < 1.0))
            sweep_sheet_refuse(&at, "a quantile is between 0 and 1, and \"%s\" is not",
                               axis->value[i].text);
    }
}

double sweep_on_scale(const struct sweep_axis *axis, double share)
{
    if (share == 1.0)
        return axis->to;
    return axis->log ? axis->from * pow(axis->to / axis->from, share)
                     : axis->from + share * (axis->to - axis->from);
}

/* Numbers from one to another. */
static void check_range(const struct sheet *sheet, const struct sweep_axis *axis,
                        size_t steps)
{
    if (isnan(axis->from) || isnan(axis->to))
        sweep_sheet_refuse(
            sheet, "%s goes from one number to another: give from and to", axis->name);
    else if (axis->log && !(axis->from > 0.0 && axis->to > 0.0))
        sweep_sheet_refuse(sheet, "%s has scale log, and so from and to above 0",
                           axis->name);
    else if (steps == 1 && axis->from != axis->to)
        sweep_sheet_refuse(
            sheet,
            "%s: one step leaves out where it ends: give 2, or one of its values",
            axis->name);
}

static void read_range(const struct sheet *sheet, struct fy_node *map,
                       struct sweep_axis *axis)
{
    static const char *const scales[] = {"linear", "log", NULL};
    const size_t steps = sweep_sheet_count(sheet, map, "steps");

    axis->from = sweep_sheet_number(sheet, map, "from", NAN);
    axis->to = sweep_sheet_number(sheet, map, "to", NAN);
    axis->log = strcmp(sweep_sheet_word(sheet, map, "scale", scales), "log") == 0;
    check_range(sheet, axis, steps);
    axis->value = sweep_sheet_take(sheet, steps, sizeof(*axis->value));
    for (size_t i = 0; axis->value != NULL && i < steps; i++) {
        const double share = steps > 1 ? (double)i / (double)(steps - 1) : 0.0;
        char text[TEXT_NUMBER_SIZE];

        text_from_number(sweep_on_scale(axis, share), text);
        axis->value[i] =
            (struct sweep_value){sweep_sheet_keep(sheet, text), NULL, axis->at};
        axis->value[i].label = axis->value[i].text;
        axis->values++;
    }
}

/* Files that are read last, as changes: include=PATH, one a line. */
static const char *files_of(const struct sheet *sheet, struct fy_node *list)
{
    const int count = yaml_count(list);
    const char *from = sheet->input->path == NULL ? "" : sheet->input->path;
    const char *all = "";

    if (!yaml_is_list(list))
        sweep_sheet_refuse(sheet, "each choice of include is a list of files, as in "
                                  "{ cautious: [a.yaml], hopeful: [b.yaml] }");
    for (int i = 0; i < count; i++) {
        const char *name = yaml_text(fy_node_sequence_get_by_index(list, i));
        char path[LONGEST_FILE_NAME], text[8 * LONGEST_FILE_NAME];

        if (name == NULL || !files_find(name, from, path)) {
            sweep_sheet_refuse(sheet,
                               "there is no file \"%s\" beside this one or among the "
                               "shipped scenarios",
                               name == NULL ? "?" : name);
            continue;
        }
        snprintf(text, sizeof(text), "%s%sinclude=%s", all, *all == '\0' ? "" : "\n",
                 path);
        all = sweep_sheet_keep(sheet, text);
    }
    return all;
}

static const char *shocks_of(const struct sheet *sheet, struct fy_node *list)
{
    char *text = NULL;
    const char *kept = "";

    if (!yaml_is_list(list))
        sweep_sheet_refuse(sheet,
                           "each choice of shocks is a list, as in { none: [], ni: "
                           "[{ use: employer_ni, at: 1 }] }");
    else if (asprintf(&text, "shocks=%s", text_of(sheet, list)) < 0)
        sheet->input->reader.store->failed = true;
    else
        kept = sweep_sheet_keep(sheet, text);
    free(text);
    return kept;
}

static void read_choices(const struct sheet *sheet, struct fy_node *map, bool files,
                         struct sweep_axis *axis)
{
    int count = 0;
    const struct named_pair *pair =
        yaml_is_map(map) ? input_pairs(sheet->input, map, &count) : NULL;

    if (count == 0)
        sweep_sheet_refuse(sheet, "%s names its choices, as in %s", axis->name,
                           files ? "include: { cautious: [a.yaml] }"
                                 : "shocks: { none: [] }");
    axis->value = sweep_sheet_take(sheet, (size_t)count, sizeof(*axis->value));
    for (int i = 0; axis->value != NULL && i < count; i++) {
        struct sheet at = *sheet;
        struct sweep_value *value = &axis->value[axis->values++];

        at.at = value->at = sweep_sheet_place(sheet, pair[i].key);
        value->label = sweep_sheet_keep(sheet, pair[i].name);
        value->text =
            files ? files_of(&at, pair[i].value) : shocks_of(&at, pair[i].value);
        (void)input_is_repeated(sheet->input, pair, i, "sweep", &at.at);
    }
}

static const char *const axis_keys[] = {
    "key",   "name",  "values",       "quantiles", "from",   "to",
    "steps", "scale", "distribution", "include",   "shocks", NULL};

static const char *named(const struct sheet *sheet, struct fy_node *map,
                         const char *name)
{
    const char *text = yaml_text_in(map, name);

    return text == NULL || *text == '\0' ? NULL : sweep_sheet_keep(sheet, text);
}

/* Of a key's values exactly one way to say them. */
static void read_ways(const struct sheet *sheet, struct fy_node *map,
                      struct sweep_axis *axis)
{
    static const char *const own[] = {"", "own", NULL};
    struct fy_node *values = yaml_find(map, "values"),
                   *levels = yaml_find(map, "quantiles");
    const bool drawn = *sweep_sheet_word(sheet, map, "distribution", own) != '\0';
    const bool range = yaml_find(map, "from") != NULL || yaml_find(map, "to") != NULL;

    if ((values != NULL) + (levels != NULL) + drawn + range != 1)
        sweep_sheet_refuse(
            sheet,
            "%s: give its values, its quantiles, from and to, or distribution: "
            "own; one of them",
            axis->name);
    else if (drawn)
        axis->own = true;
    else if (range)
        read_range(sheet, map, axis);
    else if (!yaml_is_list(values != NULL ? values : levels))
        sweep_sheet_refuse(sheet, "%s: a list is wanted, as in [1, 2, 3]", axis->name);
    else if (values != NULL)
        read_values(sheet, values, axis);
    else
        read_quantiles(sheet, levels, axis);
}

static void read_axis(const struct sheet *sheet, struct fy_node *map,
                      struct sweep_axis *axis)
{
    struct fy_node *files = yaml_find(map, "include"),
                   *shocks = yaml_find(map, "shocks");

    sweep_sheet_check_names(sheet, map, axis_keys);
    *axis = (struct sweep_axis){.at = sheet->at, .from = NAN, .to = NAN};
    axis->key = named(sheet, map, "key");
    axis->name = named(sheet, map, "name");
    if (axis->name == NULL)
        axis->name = axis->key == NULL ? "" : sweep_leaf(axis->key);
    if ((axis->key != NULL) + (files != NULL) + (shocks != NULL) != 1)
        sweep_sheet_refuse(sheet,
                           "an axis has a key, or a name with include or shocks");
    else if (axis->key == NULL && *axis->name == '\0')
        sweep_sheet_refuse(sheet, "a choice of %s needs a name",
                           files != NULL ? "files" : "shocks");
    else if (axis->key == NULL)
        read_choices(sheet, files != NULL ? files : shocks, files != NULL, axis);
    else
        read_ways(sheet, map, axis);
}

static void read_axes(const struct sheet *sheet, struct fy_node *list)
{
    const int count = yaml_count(list);
    struct sweep *sweep = sheet->sweep;

    if (count == 0 || count > MOST_SWEEP_AXES) {
        sweep_sheet_refuse(sheet, "a sweep has a list of 1 to %d axes",
                           (int)MOST_SWEEP_AXES);
        return;
    }
    sweep->axis = sweep_sheet_take(sheet, (size_t)count, sizeof(*sweep->axis));
    for (int i = 0; sweep->axis != NULL && i < count; i++) {
        struct fy_node *map = fy_node_sequence_get_by_index(list, i);
        struct sheet at = *sheet;

        at.at = sweep_sheet_place(sheet, map);
        if (!yaml_is_map(map)) {
            sweep_sheet_refuse(
                &at, "an axis is a map, as in { key: money.salary, values: [90000, "
                     "100000] }");
            continue;
        }
        at.at = sweep_sheet_place(
            &at, fy_node_pair_key(fy_node_mapping_get_by_index(map, 0)));
        read_axis(&at, map, &sweep->axis[sweep->axes++]);
    }
}

/* Each of the first point's keys, and no other. */
static void read_point(const struct sheet *sheet, struct fy_node *map)
{
    struct sweep *sweep = sheet->sweep;
    struct sheet at = *sheet;

    at.at = sweep_sheet_place(sheet, map);
    if (!yaml_is_map(map) || fy_node_mapping_item_count(map) != (int)sweep->axes) {
        sweep_sheet_refuse(&at, "each point has the keys of the first, and no other");
        return;
    }
    for (size_t k = 0; k < sweep->axes; k++) {
        struct sweep_axis *axis = &sweep->axis[k];
        struct fy_node *node = yaml_find(map, axis->key);

        if (node != NULL)
            add_value(sheet, node, axis);
        else
            sweep_sheet_refuse(
                &at, "%s is missing: each point has the keys of the first", axis->key);
    }
}

/* The key of a point as an axis, with room for as many values as there are points. */
static struct sweep_axis axis_of(const struct sheet *sheet, struct fy_node *key,
                                 int points)
{
    const char *text = yaml_text(key);
    struct sweep_axis axis = {
        .at = sweep_sheet_place(sheet, key), .from = NAN, .to = NAN};

    axis.key = sweep_sheet_keep(sheet, text == NULL ? "" : text);
    axis.name = sweep_leaf(axis.key);
    axis.value = sweep_sheet_take(sheet, (size_t)points, sizeof(*axis.value));
    return axis;
}

/* Points one by one, all of the same keys: each key an axis, in step. */
static void read_points(const struct sheet *sheet, struct fy_node *list)
{
    const int count = yaml_count(list);
    struct fy_node *first = count > 0 ? fy_node_sequence_get_by_index(list, 0) : NULL;
    const int keys = yaml_is_map(first) ? fy_node_mapping_item_count(first) : 0;
    struct sweep *sweep = sheet->sweep;

    if (keys == 0 || keys > MOST_SWEEP_AXES) {
        sweep_sheet_refuse(
            sheet, "points is a list of maps of the same keys, as in [{ money.salary: "
                   "90000 }, { money.salary: 100000 }]");
        return;
    }
    sweep->axis = sweep_sheet_take(sheet, (size_t)keys, sizeof(*sweep->axis));
    for (int k = 0; sweep->axis != NULL && k < keys; k++)
        sweep->axis[sweep->axes++] = axis_of(
            sheet, fy_node_pair_key(fy_node_mapping_get_by_index(first, k)), count);
    for (int i = 0; sweep->axis != NULL && i < count; i++)
        read_point(sheet, fy_node_sequence_get_by_index(list, i));
}

static void read_stores(const struct sheet *sheet, struct fy_node *node)
{
    const int count = yaml_is_list(node) ? fy_node_sequence_item_count(node) : 1;
    struct sweep *sweep = sheet->sweep;

    sweep->store = sweep_sheet_take(sheet, (size_t)count, sizeof(*sweep->store));
    for (int i = 0; sweep->store != NULL && i < count; i++) {
        const char *text = yaml_text(
            yaml_is_list(node) ? fy_node_sequence_get_by_index(node, i) : node);

        if (text == NULL)
            sweep_sheet_refuse(sheet,
                               "store is a list of metrics, or objectives, or all");
        else
            sweep->store[sweep->stores++] = sweep_sheet_keep(sheet, text);
    }
}

static void read_whole(const struct sheet *sheet, struct fy_node *map)
{
    static const char *const keys[] = {"design", "size",    "axes", "points",
                                       "store",  "refused", NULL};
    static const char *const names[] = {"grid", "zip", "list", "lhs", "sobol", NULL};
    static const char *const refusals[] = {"stop", "skip", NULL};
    struct fy_node *axes = yaml_find(map, "axes"), *points = yaml_find(map, "points");
    struct fy_node *store = yaml_find(map, "store");
    const char *design = sweep_sheet_word(sheet, map, "design", names);
    struct sweep *sweep = sheet->sweep;

    sweep_sheet_check_names(sheet, map, keys);
    while (strcmp(names[sweep->design], design) != 0)
        sweep->design++;
    sweep->size = sweep_sheet_count(sheet, map, "size");
    sweep->skips =
        strcmp(sweep_sheet_word(sheet, map, "refused", refusals), "skip") == 0;
    if (store != NULL)
        read_stores(sheet, store);
    if ((points != NULL) != (sweep->design == SWEEP_LIST) ||
        (axes != NULL) == (points != NULL))
        sweep_sheet_refuse(sheet, "give axes; or points, with design: list");
    else if (points != NULL)
        read_points(sheet, points);
    else
        read_axes(sheet, axes);
}

void sweep_read(const struct input *input, struct fy_node *node, const struct place *at)
{
    struct sweep sweep = {.at = *at};
    const struct sheet sheet = {input, &sweep, *at, "sweep", "a sweep"};

    if (yaml_is_map(node))
        read_whole(&sheet, node);
    else
        read_axes(&sheet, node);
    input->scenario->sweep = sweep;
}
