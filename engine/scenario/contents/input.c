#include "input.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    const struct named_pair *x = a, *y = b;
    const int order = strcmp(x->name, y->name);

    return order != 0 ? order : (x->number > y->number) - (x->number < y->number);
}

static int by_number(const void *a, const void *b)
{
    const struct named_pair *x = a, *y = b;

    return (x->number > y->number) - (x->number < y->number);
}

struct named_pair *input_pairs(const struct input *input, struct fy_node *map,
                               int *count)
{
    const int items = fy_node_mapping_item_count(map);
    struct named_pair *pair =
        store_take(input->reader.store, ((size_t)items + 1) * sizeof(*pair));
    void *iterator = NULL;
    struct fy_node_pair *node;

    *count = 0;
    while (pair != NULL && (node = fy_node_mapping_iterate(map, &iterator)) != NULL) {
        const char *name = yaml_text(fy_node_pair_key(node));

        pair[*count] =
            (struct named_pair){name == NULL ? "" : name, fy_node_pair_key(node),
                                fy_node_pair_value(node), *count, *count};
        *count += 1;
    }
    if (pair == NULL)
        return NULL;
    qsort(pair, (size_t)*count, sizeof(*pair), by_name);
    for (int i = 1; i < *count; i++) {
        if (strcmp(pair[i].name, pair[i - 1].name) == 0)
            pair[i].first = pair[i - 1].first;
    }
    qsort(pair, (size_t)*count, sizeof(*pair), by_number);
    return pair;
}

bool input_is_repeated(const struct input *input, const struct named_pair *pair, int i,
                       const char *key, const struct place *at)
{
    struct place before;

    if (pair[i].first == i)
        return false;
    before = yaml_place(input->reader.yaml, pair[pair[i].first].key, *at);
    messages_add(input->reader.problems, at, key, "is given twice; first on line %d",
                 before.line);
    return true;
}
