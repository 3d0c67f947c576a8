#include "sums.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct sums sums_none(size_t width)
{
    return (struct sums){.width = width};
}

static struct moments *next_spare(const struct moments *spare)
{
    struct moments *next;

    memcpy(&next, spare, sizeof(next));
    return next;
}

static void put_by(struct sums *sums, struct moments *moments)
{
    memcpy(moments, &sums->spare, sizeof(sums->spare));
    sums->spare = moments;
}

static struct moments *take_spare(struct sums *sums)
{
    struct moments *spare = sums->spare;

    sums->spare = next_spare(spare);
    return spare;
}

static void free_spare(struct sums *sums)
{
    while (sums->spare != NULL)
        free(take_spare(sums));
}

void sums_free(struct sums *sums)
{
    for (size_t i = 0; i < sums->count; i++)
        free(sums->node[i].moments);
    free_spare(sums);
    free(sums->node);
    *sums = sums_none(sums->width);
}

struct moments *sums_memory(struct sums *sums)
{
    if (sums->spare != NULL)
        return take_spare(sums);
    return malloc((sums->width + 1) * sizeof(struct moments));
}

static uint64_t end_of(const struct sums_node *node)
{
    return node->first + node->blocks;
}

/* The first node that ends after block @p first begins; most come at the end. */
static size_t place_of(const struct sums *sums, uint64_t first)
{
    size_t place = sums->count;

    while (place > 0 && end_of(&sums->node[place - 1]) > first)
        place--;
    return place;
}

static bool has_room(struct sums *sums)
{
    const size_t room = sums->room < 8 ? 8 : 2 * sums->room;
    struct sums_node *more;

    if (sums->count < sums->room)
        return true;
    more = realloc(sums->node, room * sizeof(*more));
    if (more == NULL)
        return false;
    sums->node = more;
    sums->room = room;
    return true;
}

static bool are_halves(const struct sums_node *left, const struct sums_node *right)
{
    return left->blocks == right->blocks && end_of(left) == right->first &&
           left->first % (2 * left->blocks) == 0;
}

static void remove_node(struct sums *sums, size_t place)
{
    put_by(sums, sums->node[place].moments);
    sums->count--;
    memmove(&sums->node[place], &sums->node[place + 1],
            (sums->count - place) * sizeof(*sums->node));
}

/* Merge the node after @p place into it. */
static void merge_next(struct sums *sums, size_t place)
{
    struct sums_node *left = &sums->node[place];

    for (size_t k = 0; k < sums->width; k++)
        moments_merge(&left->moments[k], &left[1].moments[k]);
    left->blocks *= 2;
    remove_node(sums, place + 1);
}

/* Merge upwards from a node for as long as its other half is there. */
static void merge_up(struct sums *sums, size_t place)
{
    for (;;) {
        const struct sums_node *at = &sums->node[place];

        if (place + 1 < sums->count && are_halves(at, at + 1))
            merge_next(sums, place);
        else if (place > 0 && are_halves(at - 1, at))
            merge_next(sums, --place);
        else
            return;
    }
}

enum hr_status sums_add(struct sums *sums, struct sums_node node,
                        struct hr_error *error)
{
    const size_t place = place_of(sums, node.first);

    if (place < sums->count && sums->node[place].first < end_of(&node)) {
        free(node.moments);
        return hr_fail(error, HR_FAILED, "blocks from %" PRIu64 " on were added twice",
                       node.first);
    }
    if (!has_room(sums)) {
        free(node.moments);
        return hr_fail(error, HR_FAILED, "no memory for the sums of trials");
    }
    memmove(&sums->node[place + 1], &sums->node[place],
            (sums->count - place) * sizeof(node));
    sums->node[place] = node;
    sums->count++;
    merge_up(sums, place);
    return HR_OK;
}

enum hr_status sums_move(struct sums *sums, struct sums *from, struct hr_error *error)
{
    enum hr_status status = HR_OK;

    for (size_t i = 0; i < from->count; i++) {
        struct sums_node node = from->node[i];

        from->node[i].moments = NULL;
        if (status == HR_OK)
            status = sums_add(sums, node, error);
        else
            free(node.moments);
    }
    from->count = 0;
    free_spare(sums);
    return status;
}

uint64_t sums_blocks(const struct sums *sums)
{
    uint64_t blocks = 0;

    for (size_t i = 0; i < sums->count; i++)
        blocks += sums->node[i].blocks;
    return blocks;
}

bool sums_cover(const struct sums *sums, uint64_t first, uint64_t last)
{
    for (size_t i = 0; i < sums->count; i++) {
        if (sums->node[i].first != first)
            return false;
        first = end_of(&sums->node[i]);
    }
    return first == last;
}

void sums_total(const struct sums *sums, struct moments *total)
{
    for (size_t k = 0; k < sums->width; k++)
        total[k] = (struct moments){0};
    for (size_t i = 0; i < sums->count; i++) {
        for (size_t k = 0; k < sums->width; k++)
            moments_merge(&total[k], &sums->node[i].moments[k]);
    }
}
