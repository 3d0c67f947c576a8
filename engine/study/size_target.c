#include "headroom/study.h"

#include "headroom/metrics.h"
#include "text.h"

#include <stdio.h>
#include <string.h>

static const char *const examples =
    "a target is P(loss>2%)<=5%, reserve(1%)<=12, or a metric of the model as in "
    "sites_closed<=5";

/* Text without spaces: what is compared may be written with or without. */
static bool squeeze(const char *text, char *to, size_t size)
{
    size_t n = 0;

    for (; *text != '\0'; text++) {
        if (*text == ' ')
            continue;
        if (n + 1 == size)
            return false;
        to[n++] = *text;
    }
    to[n] = '\0';
    return true;
}

/* A number, or one followed by a percent sign. */
static bool read_share(const char *text, double *number)
{
    const size_t length = strlen(text);
    char digits[64];
    bool percent;

    if (length == 0 || length >= sizeof(digits))
        return false;
    memcpy(digits, text, length + 1);
    percent = digits[length - 1] == '%';
    if (percent)
        digits[length - 1] = '\0';
    if (text_to_number(digits, number) != TEXT_NUMBER)
        return false;
    *number *= percent ? 0.01 : 1.0;
    return true;
}

/* What stands between @p open and ")", as a share. */
static bool read_inside(const char *left, const char *open, double *number)
{
    const size_t length = strlen(left), start = strlen(open);
    char inside[64];

    if (strncmp(left, open, start) != 0 || length <= start + 1 ||
        left[length - 1] != ')' || length - start - 1 >= sizeof(inside))
        return false;
    memcpy(inside, left + start, length - start - 1);
    inside[length - start - 1] = '\0';
    return read_share(inside, number);
}

static enum hr_status read_left(const char *left, struct hr_size_target *target,
                                struct hr_error *error)
{
    struct hr_metric metric;

    if (read_inside(left, "P(loss>", &target->pool.loss))
        return HR_OK;
    if (read_inside(left, "reserve(", &target->pool.chance)) {
        target->pool.reserve = true;
        return HR_OK;
    }
    target->of_model = true;
    if (*left == '\0' || strlen(left) >= sizeof(target->metric) ||
        strspn(left, "abcdefghijklmnopqrstuvwxyz_0123456789") != strlen(left))
        return hr_fail(error, HR_BAD_INPUT, "\"%s\" is nothing to be met: %s", left,
                       examples);
    if (!hr_metric_find(left, &metric))
        return hr_fail(error, HR_BAD_INPUT,
                       "no metric is called %s; the nearest is %s; headroom metrics "
                       "lists them",
                       left, hr_metric_nearest(left));
    strcpy(target->metric, left);
    return HR_OK;
}

static enum hr_status check_chance(const struct hr_pool_target *pool,
                                   struct hr_error *error)
{
    if (!(pool->limit > 0.0 && pool->limit < 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a chance of %g is not between 0 and 1: 5%% is 0.05",
                       pool->limit);
    if (!(pool->loss < 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "a loss of %g is all of the budget or more: 2%% is 0.02",
                       pool->loss);
    return HR_OK;
}

static enum hr_status check_reserve(const struct hr_pool_target *pool,
                                    struct hr_error *error)
{
    if (!(pool->chance > 0.0 && pool->chance < 1.0))
        return hr_fail(error, HR_BAD_INPUT,
                       "reserve(%g): the chance in a year is between 0 and 1: 1%% is "
                       "0.01",
                       pool->chance);
    if (!(pool->limit > 0.0))
        return hr_fail(error, HR_BAD_INPUT, "a reserve of %g GBP a head is not above 0",
                       pool->limit);
    return HR_OK;
}

static enum hr_status check_ranges(const struct hr_size_target *target,
                                   struct hr_error *error)
{
    const struct hr_pool_target *pool = &target->pool;

    if (target->of_model)
        return HR_OK;
    if (target->at_least)
        return hr_fail(error, HR_BAD_INPUT,
                       "a risk is to be at most something: write <=, not >=");
    return pool->reserve ? check_reserve(pool, error) : check_chance(pool, error);
}

enum hr_status hr_size_parse(const char *text, struct hr_size_target *target,
                             struct hr_error *error)
{
    char left[128], *relation;
    enum hr_status status;

    *target = (struct hr_size_target){.of_model = false};
    if (!squeeze(text, left, sizeof(left)))
        return hr_fail(error, HR_BAD_INPUT, "the target is too long: %s", examples);
    relation = strstr(left, "<=");
    if (relation == NULL) {
        relation = strstr(left, ">=");
        target->at_least = true;
    }
    if (relation == NULL || !read_share(relation + 2, &target->limit))
        return hr_fail(error, HR_BAD_INPUT, "\"%s\" cannot be read: %s", text,
                       examples);
    *relation = '\0';
    target->pool.limit = target->limit;
    status = read_left(left, target, error);
    return status == HR_OK ? check_ranges(target, error) : status;
}
