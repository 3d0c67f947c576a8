#include "practices.h"

#include "csv.h"
#include "elementary.h"

#include <stdio.h>

enum { ROLE_COUNT = 2 };

static const unsigned headcount_flag[ROLE_COUNT] = {HR_IMPUTED_PARTNER_HEADCOUNT,
                                                    HR_IMPUTED_SALARIED_HEADCOUNT};
static const unsigned fte_flag[ROLE_COUNT] = {HR_IMPUTED_PARTNER_FTE,
                                              HR_IMPUTED_SALARIED_FTE};

/** What the plausible practices have, per patient. */
struct staffing {
    double headcount[ROLE_COUNT];
    double fte[ROLE_COUNT];
};

static void leave_out_small(struct practice_table *table, const struct place *file,
                            struct hr_messages *warnings)
{
    const size_t count = table->count;

    table->count = 0;
    for (size_t i = 0; i < count; i++) {
        const struct hr_practice *practice = &table->practice[i];
        const struct place at = csv_place(file, (size_t)practice->row);

        if (practice->list >= SMALLEST_LIST)
            table->practice[table->count++] = *practice;
        else
            messages_add(warnings, &at, practice->code,
                         "left out: %g patients, fewer than %d", practice->list,
                         (int)SMALLEST_LIST);
    }
}

/* Each of headcount and fte from the other. */
static void fill_from_each_other(struct hr_practice *practice,
                                 const struct imputation *values)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        double *headcount = &practice->headcount[role], *fte = &practice->fte[role];

        if (isnan(*fte) && !isnan(*headcount)) {
            *fte = *headcount * values->fte_per_head[role];
            practice->imputed |= fte_flag[role];
        } else if (isnan(*headcount) && !isnan(*fte)) {
            *headcount = *fte / values->fte_per_head[role];
            practice->imputed |= headcount_flag[role];
        }
    }
}

static void fill_money(struct hr_practice *practice, const struct imputation *values)
{
    if (isnan(practice->weighted_list)) {
        practice->weighted_list = practice->list * values->weight_ratio;
        practice->imputed |= HR_IMPUTED_WEIGHTED_LIST;
    }
    if (isnan(practice->core_rate)) {
        practice->core_rate = values->core_rate;
        practice->imputed |= HR_IMPUTED_CORE_RATE;
    }
}

/* False where an fte is not known, too: comparisons with NaN are. */
static bool is_plausible(const struct hr_practice *practice)
{
    const double fte = practice->fte[0] + practice->fte[1];

    return fte > 0.0 && practice->list <= MOST_PATIENTS_PER_FTE * fte;
}

/* False where there is no plausible practice to learn from. */
static bool patch_staffing(const struct practice_table *table, struct staffing *patch)
{
    double people = 0.0;

    *patch = (struct staffing){0};
    for (size_t i = 0; i < table->count; i++) {
        const struct hr_practice *practice = &table->practice[i];

        if (!is_plausible(practice))
            continue;
        people += practice->list;
        for (int role = 0; role < ROLE_COUNT; role++) {
            patch->headcount[role] += practice->headcount[role];
            patch->fte[role] += practice->fte[role];
        }
    }
    for (int role = 0; role < ROLE_COUNT; role++) {
        patch->headcount[role] /= people;
        patch->fte[role] /= people;
    }
    return people > 0.0;
}

static void staff_as_patch(struct hr_practice *practice, const struct staffing *patch,
                           int role)
{
    practice->headcount[role] = rounded(practice->list * patch->headcount[role]);
    practice->fte[role] = practice->list * patch->fte[role];
    practice->imputed |= headcount_flag[role] | fte_flag[role];
}

static void fill_staff(struct hr_practice *practice, const struct staffing *patch)
{
    for (int role = 0; role < ROLE_COUNT; role++) {
        if (isnan(practice->fte[role]))
            staff_as_patch(practice, patch, role);
    }
    if (is_plausible(practice))
        return;
    for (int role = 0; role < ROLE_COUNT; role++)
        staff_as_patch(practice, patch, role);
}

static void warn_of_imputed(const struct hr_practice *practice,
                            const struct place *file, struct hr_messages *warnings)
{
    static const struct {
        unsigned flag;
        const char *name;
    } names[] = {{HR_IMPUTED_WEIGHTED_LIST, "weighted_list"},
                 {HR_IMPUTED_CORE_RATE, "core_rate"},
                 {HR_IMPUTED_PARTNER_HEADCOUNT, "partner_headcount"},
                 {HR_IMPUTED_PARTNER_FTE, "partner_fte"},
                 {HR_IMPUTED_SALARIED_HEADCOUNT, "salaried_headcount"},
                 {HR_IMPUTED_SALARIED_FTE, "salaried_fte"}};
    const struct place at = csv_place(file, (size_t)practice->row);
    char list[160] = "";
    size_t n = 0;

    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
        if ((practice->imputed & names[i].flag) != 0)
            n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s",
                                  n == 0 ? "" : ", ", names[i].name);
    }
    if (n > 0)
        messages_add(warnings, &at, practice->code, "imputed: %s", list);
}

void practices_impute(struct practice_table *table, const struct imputation *values,
                      const struct place *file, struct hr_messages *warnings,
                      struct hr_messages *problems)
{
    struct staffing patch;

    leave_out_small(table, file, warnings);
    for (size_t i = 0; i < table->count; i++) {
        fill_from_each_other(&table->practice[i], values);
        fill_money(&table->practice[i], values);
    }
    if (!patch_staffing(table, &patch)) {
        messages_add(
            problems, file, NULL,
            "no practice of %d patients or more has a plausible number of GPs: "
            "at least one to every 6000 patients",
            (int)SMALLEST_LIST);
        return;
    }
    for (size_t i = 0; i < table->count; i++) {
        fill_staff(&table->practice[i], &patch);
        warn_of_imputed(&table->practice[i], file, warnings);
    }
}
