#include "reading.h"

#include "area_column.h"
#include "claims_table.h"
#include "history.h"
#include "plausible.h"

#include <math.h>
#include <string.h>

static double plain_central(const struct hr_scenario *scenario, const char *key)
{
    const struct setting *setting = settings_find(&scenario->settings, key);

    return setting == NULL ? NAN : distribution_quantile(&setting->number, 0.5);
}

/* What is not known of a practice stands in its table, and so in that table's money. */
static double core_rate_in_table(const struct hr_scenario *scenario)
{
    const struct setting *setting =
        settings_find(&scenario->settings, "money.core_rate");
    const double rate = plain_central(scenario, "money.core_rate");

    if (setting == NULL || setting->year == contents_table_year(scenario))
        return rate;
    return rate * contents_uplift(scenario, setting) / contents_table_uplift(scenario);
}

static void impute(struct hr_scenario *scenario, const struct place *file,
                   struct hr_messages *problems)
{
    const struct imputation values = {
        .core_rate = core_rate_in_table(scenario),
        .weight_ratio = plain_central(scenario, "money.weight_ratio"),
        .fte_per_head = {plain_central(scenario, "workforce.fte_default.partner"),
                         plain_central(scenario, "workforce.fte_default.salaried")},
    };

    if (problems->count > 0)
        return;
    practices_doubt(&scenario->practices, values.core_rate, file, &scenario->doubts);
    practices_impute(&scenario->practices, &values, file, &scenario->warnings,
                     problems);
    areas_note(&scenario->practices, file, &scenario->warnings);
}

/* The year of a table belongs to the table; without it, one is taken and said. */
static void note_year_of_table(struct hr_scenario *scenario, const struct setting *path)
{
    const int year = contents_table_year(scenario);

    if (settings_find(&scenario->settings, "patch.price_year") != NULL)
        return;
    if (year == 0)
        messages_add(&scenario->warnings, &path->at, "patch.price_year",
                     "is not given: core rates of the table are taken as money of the "
                     "price base, as money.core_rate is");
    else
        messages_add(
            &scenario->warnings, &path->at, "patch.price_year",
            "is not given: core rates of the table are taken as money of %d, as "
            "money.core_rate is",
            year);
}

static void read_practices(struct hr_scenario *scenario, struct hr_messages *problems)
{
    const struct setting *path = settings_find(&scenario->settings, "patch.practices");
    struct place file = {.file = "practices", .number = ++scenario->files};
    const char *text = scenario->recipe.practices;

    if (text == NULL && path != NULL) {
        file.file = path->text;
        text = reading_text_of(scenario, path->text, &file, problems);
        note_year_of_table(scenario, path);
    }
    if (text != NULL) {
        practices_read(&scenario->practices, text, &file, &scenario->store, problems);
        areas_check(&scenario->practices, &file, problems);
    }
    impute(scenario, &file, problems);
}

typedef void table_reader(struct hr_scenario *scenario, const char *text,
                          const struct place *file, struct hr_messages *problems);

/* A table that a key names, or that stands in its place. */
static void read_table(struct hr_scenario *scenario, const char *key, const char *name,
                       table_reader *read, struct hr_messages *problems)
{
    const struct setting *table = settings_find(&scenario->settings, key);
    struct place file = {.file = name, .number = ++scenario->files};
    const char *text;

    if (table == NULL)
        return;
    if (strchr(table->text, '\n') != NULL) {
        read(scenario, table->text, &file, problems);
        return;
    }
    file.file = table->text;
    text = reading_text_of(scenario, table->text, &file, problems);
    if (text != NULL)
        read(scenario, text, &file, problems);
}

void reading_tables(struct hr_scenario *scenario, struct hr_messages *problems)
{
    read_practices(scenario, problems);
    read_table(scenario, "prices.history", "history", history_read, problems);
    read_table(scenario, "delegated.table", "claims", claims_table_read, problems);
}
