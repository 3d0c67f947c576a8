#include "point_options.h"

#include "command.h"
#include "show_points.h"

enum { OPTION_POINT = 0x280, OPTION_AT };

static const struct argp_option list[] = {
    {"point", OPTION_POINT, "K", 0, "of a sweep: this point", 0},
    {"at", OPTION_AT, "NAME=VALUE", 0,
     "of a sweep: the one point at which an axis has that value", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct point_choice *choice = state->input;

    switch (key) {
    case OPTION_POINT:
        choice->point = (size_t)whole_number(state, "--point", argument, 1e9);
        choice->is_made = choice->numbered = true;
        return 0;
    case OPTION_AT:
        choice->at = argument;
        choice->is_made = true;
        return 0;
    case ARGP_KEY_SUCCESS:
        if (choice->at != NULL && choice->numbered)
            argp_error(state, "--at and --point both say which point: give one");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp point_argp = {.options = list, .parser = parse};

enum hr_status point_choose(const struct point_choice *choice, struct hr_result *result,
                            struct hr_error *error)
{
    return points_choose(result, choice->at, choice->point, error);
}
