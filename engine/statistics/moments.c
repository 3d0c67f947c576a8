#include "moments.h"

#include <math.h>

void moments_add(struct moments *moments, double x)
{
    double change;

    if (isnan(x)) {
        moments->missing++;
        return;
    }
    moments->least = moments->count == 0 || x < moments->least ? x : moments->least;
    moments->most = moments->count == 0 || x > moments->most ? x : moments->most;
    moments->count++;
    change = x - moments->mean;
    moments->mean += change / (double)moments->count;
    moments->m2 += change * (x - moments->mean);
}

void moments_merge(struct moments *moments, const struct moments *other)
{
    const double a = (double)moments->count, b = (double)other->count;
    const double change = other->mean - moments->mean;

    moments->missing += other->missing;
    if (other->count == 0)
        return;
    if (moments->count == 0 || other->least < moments->least)
        moments->least = other->least;
    if (moments->count == 0 || other->most > moments->most)
        moments->most = other->most;
    moments->mean += change * (b / (a + b));
    moments->m2 += other->m2 + change * change * (a * b / (a + b));
    moments->count += other->count;
}

double moments_mean(const struct moments *moments)
{
    return moments->count > 0 ? moments->mean : NAN;
}

double moments_variance(const struct moments *moments)
{
    return moments->count > 1 ? moments->m2 / (double)(moments->count - 1) : NAN;
}

double moments_sd(const struct moments *moments)
{
    return sqrt(moments_variance(moments));
}

double moments_se(const struct moments *moments)
{
    return sqrt(moments_variance(moments) / (double)moments->count);
}
