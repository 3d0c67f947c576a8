#include "ties_read.h"

#include "sweep_sheet.h"

#include <math.h>

static const char *word_of(const struct sheet *sheet, struct fy_node *map,
                           const char *name)
{
    const char *text = yaml_text_in(map, name);

    return text == NULL ? NULL : sweep_sheet_keep(sheet, text);
}

static void read_keys(const struct sheet *sheet, struct fy_node *list, struct tie *tie)
{
    const int count = yaml_count(list);

    if (count < 2) {
        sweep_sheet_refuse(sheet, "keys is a list of two or more, as in [money.salary, "
                                  "money.locum_rate]");
        return;
    }
    tie->key = sweep_sheet_take(sheet, (size_t)count, sizeof(*tie->key));
    for (int i = 0; tie->key != NULL && i < count; i++) {
        const char *text = yaml_text(fy_node_sequence_get_by_index(list, i));

        if (text == NULL)
            sweep_sheet_refuse(sheet, "a key is a word");
        else
            tie->key[tie->keys++] = sweep_sheet_keep(sheet, text);
    }
}

static void read_tie(const struct sheet *sheet, struct fy_node *map, struct tie *tie)
{
    static const char *const names[] = {"keys", "rank", "source", "evidence", NULL};

    *tie = (struct tie){.at = sheet->at};
    if (!yaml_is_map(map)) {
        sweep_sheet_refuse(sheet,
                           "a correlation is a map, as in { keys: [money.salary, "
                           "money.locum_rate], rank: 0.6 }");
        return;
    }
    sweep_sheet_check_names(sheet, map, names);
    read_keys(sheet, yaml_find(map, "keys"), tie);
    tie->rank = sweep_sheet_number(sheet, map, "rank", NAN);
    tie->source = word_of(sheet, map, "source");
    tie->evidence = word_of(sheet, map, "evidence");
    if (!(fabs(tie->rank) < 1.0))
        sweep_sheet_refuse(sheet, "rank is Spearman's correlation of the two, above -1 "
                                  "and below 1");
}

void ties_read(const struct input *input, struct fy_node *list, const struct place *at)
{
    const struct sheet sheet = {input, NULL, *at, "correlation", "a correlation"};
    const int count = yaml_is_list(list) ? fy_node_sequence_item_count(list) : -1;
    struct ties *ties = &input->scenario->ties;

    *ties = (struct ties){0};
    if (count < 0)
        sweep_sheet_refuse(&sheet, "is a list, as in [{ keys: [money.salary, "
                                   "money.locum_rate], rank: 0.6 }]");
    if (count > 0)
        ties->tie = sweep_sheet_take(&sheet, (size_t)count, sizeof(*ties->tie));
    for (int i = 0; ties->tie != NULL && i < count; i++) {
        struct fy_node *map = fy_node_sequence_get_by_index(list, i);
        struct sheet own = sheet;

        own.at = sweep_sheet_place(
            &sheet, yaml_is_map(map) && fy_node_mapping_item_count(map) > 0
                        ? fy_node_pair_key(fy_node_mapping_get_by_index(map, 0))
                        : map);
        read_tie(&own, map, &ties->tie[ties->count++]);
    }
}
