#include "pool_ties.h"

#include <stdbool.h>
#include <string.h>

struct tie {
    const char *option, *other;
};

static const struct tie needed[] = {
    {"tail", "splice"},
    {"splice", "tail"},
    {"cost", "k"},
    {"persistence-phi", "persistence-sd"},
    {"error-wide-sd", "error-wide-share"},
    {"premium-loading", "limit"},
    {"factor-gamma", "factor-variance"},
};

static const struct tie excluded[] = {
    {"rate", "k"},           {"mean", "k"},           {"cv", "k"},
    {"splice", "k"},         {"two-part", "k"},       {"values", "k"},
    {"quantiles", "k"},      {"mean", "values"},      {"cv", "values"},
    {"splice", "values"},    {"mean", "quantiles"},   {"cv", "quantiles"},
    {"splice", "quantiles"}, {"quantiles", "values"},
};

static bool is_given(const struct pool_names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->name[i], name) == 0)
            return true;
    }
    return false;
}

void pool_ties_check(const struct pool_names *names, const struct argp_state *state)
{
    for (size_t i = 0; i < sizeof(needed) / sizeof(*needed); i++) {
        if (is_given(names, needed[i].option) && !is_given(names, needed[i].other))
            argp_error(state, "--%s says nothing without --%s", needed[i].option,
                       needed[i].other);
    }
    for (size_t i = 0; i < sizeof(excluded) / sizeof(*excluded); i++) {
        if (is_given(names, excluded[i].option) && is_given(names, excluded[i].other))
            argp_error(state,
                       "--%s says nothing beside --%s, which says what claims "
                       "cost: take one out",
                       excluded[i].option, excluded[i].other);
    }
}
