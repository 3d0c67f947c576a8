#include "queue.h"

struct queue queue_of(const struct range *range, size_t ranges)
{
    struct queue queue = {.range = range, .ranges = ranges};

    for (size_t r = 0; r < ranges; r++)
        queue.left += range[r].last - range[r].first;
    if (ranges > 0)
        queue.next = range[0].first;
    return queue;
}

static void pass_finished(struct queue *queue)
{
    while (queue->next == queue->range[queue->at].last)
        queue->next = queue->range[++queue->at].first;
}

bool queue_take(struct queue *queue, uint64_t most, struct range *piece)
{
    const struct range *range;
    uint64_t end;

    if (queue->left == 0)
        return false;
    pass_finished(queue);
    range = &queue->range[queue->at];
    end = (queue->next / most + 1) * most;
    *piece = (struct range){
        .point = range->point,
        .first = queue->next,
        .last = end < range->last ? end : range->last,
    };
    queue->next = piece->last;
    queue->left -= piece->last - piece->first;
    return true;
}

void queue_close(struct queue *queue)
{
    queue->left = 0;
}
