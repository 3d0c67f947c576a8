#include "observable.h"

#include "text.h"

#include <string.h>

enum { AT_A_TIME = true, OVER_YEARS = false, SUM = false, RATIO = true, ENDED = 2 };

static bool is_there(const struct sight *sight)
{
    return sight->status != ENDED;
}

static void add_practices(const struct sight *sight, struct fraction *sum)
{
    sum->over += is_there(sight);
}

static void add_endings(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->there_before && !is_there(sight);
}

static void add_ending_rate(const struct sight *sight, struct fraction *sum)
{
    add_endings(sight, sum);
    sum->under += sight->opens_year && sight->there_before;
}

static void add_patients(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->list;
}

static void add_partner_fte(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->partner_fte;
}

static void add_salaried_fte(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->fte - sight->partner_fte;
}

static void add_gp_fte(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->fte;
}

static void add_partners(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->partners;
}

static void add_gps(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->heads;
}

static void add_vacancy(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->wanted - sight->heads;
    sum->under += sight->wanted;
}

static void add_turnover(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->leavers;
    sum->under += 0.25 * sight->heads;
}

static void add_workload(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->list * sight->workload;
    sum->under += sight->list;
}

static void add_partner_income(const struct sight *sight, struct fraction *sum)
{
    sum->over += sight->partner_fte > 0.0 ? sight->profit : 0.0;
    sum->under += 0.25 * sight->partner_fte;
}

/* clang-format off */
static const struct observable observables[] = {
    {{"endings", "practices", "practices closed or taken over in the years: their codes are gone", OVER_YEARS}, SUM, add_endings},
    {{"ending_rate", "1/year", "endings over practices there at the start of each year", OVER_YEARS}, RATIO, add_ending_rate},
    {{"practices", "practices", "practices whose codes are there, in caretaker hands or not", AT_A_TIME}, SUM, add_practices},
    {{"patients", "patients", "patients on their lists", AT_A_TIME}, SUM, add_patients},
    {{"partner_fte", "fte", "partners in post", AT_A_TIME}, SUM, add_partner_fte},
    {{"salaried_fte", "fte", "salaried GPs in post", AT_A_TIME}, SUM, add_salaried_fte},
    {{"gp_fte", "fte", "GPs in post", AT_A_TIME}, SUM, add_gp_fte},
    {{"partners", "GPs", "partners in post", AT_A_TIME}, SUM, add_partners},
    {{"gps", "GPs", "GPs in post", AT_A_TIME}, SUM, add_gps},
    {{"vacancy", "share", "vacant posts over wanted posts", AT_A_TIME}, RATIO, add_vacancy},
    {{"turnover", "1/year", "GPs who left over GPs in post", OVER_YEARS}, RATIO, add_turnover},
    {{"workload", "ratio", "demand over capacity, by list", OVER_YEARS}, RATIO, add_workload},
    {{"partner_income", "GBP/fte-year", "profit per partner fte in real pounds of the price base", OVER_YEARS}, RATIO, add_partner_income},
};
/* clang-format on */

enum { OBSERVABLES = sizeof(observables) / sizeof(*observables) };

size_t hr_observable_count(void)
{
    return OBSERVABLES;
}

struct hr_observable hr_observable_at(size_t i)
{
    return observables[i].shown;
}

const struct observable *observable_find(const char *name)
{
    for (size_t i = 0; i < OBSERVABLES; i++) {
        if (strcmp(observables[i].shown.name, name) == 0)
            return &observables[i];
    }
    return NULL;
}

const char *observable_nearest(const char *name)
{
    const char *nearest = observables[0].shown.name;

    for (size_t i = 1; i < OBSERVABLES; i++) {
        if (text_distance(name, observables[i].shown.name) <
            text_distance(name, nearest))
            nearest = observables[i].shown.name;
    }
    return nearest;
}
