/** @file
 * What a scenario is made of while it is read and compiled.
 */
#ifndef HEADROOM_CONTENTS_H
#define HEADROOM_CONTENTS_H

#include "plan.h"
#include "practices.h"
#include "settings.h"
#include "severity.h"
#include "stop.h"
#include "sweep_axes.h"
#include "ties.h"

/** A row of terms: a form to simulate, or one that leavers fall back on. */
struct row {
    const char *name;
    bool simulated;
    struct place at;
};

struct named_shock {
    const char *name;
    const char *use; /**< the shipped shock it started from, or NULL */
    struct place at; /**< where it was last named */
};

/** A file that was read: it is not read again, for it may be a pipe. */
struct kept_file {
    struct kept_file *next;
    const char *path;
    const char *text;
};

/** A file that was included, once for all who ask for it. */
struct included {
    struct included *next;
    const char *path;
};

/** What a scenario was read from, so that it can be read again with a change. */
struct recipe {
    const char *path;      /**< NULL: from memory */
    const char *text;      /**< else NULL */
    const char *practices; /**< else NULL */
    const char **override; /**< key=value */
    size_t overrides;
    size_t said; /**< those that were said together; each of the others came later */
    struct kept_file *kept;
    enum hr_neutral neutral;    /**< what is made so after reading */
    bool alone;                 /**< read to be a base: no sweep of it is laid out */
    bool recalibrate;           /**< on the scenario with all that is changed in it */
    const struct hr_base *base; /**< of which it is a variant, and has the calibration;
                                     or NULL */
};

struct hr_scenario {
    struct recipe recipe;
    struct store store;
    struct settings settings;
    struct row *row; /**< simulated ones first once reading is done */
    size_t rows;
    struct named_shock *shock;
    size_t shocks;
    struct practice_table practices;
    double *history; /**< [history_years][INDICES], relative to the first; or NULL */
    double *past[PASTS]; /**< [history_years], or NULL where the past does not say */
    int history_years;
    int history_start;      /**< its first year */
    struct severity claims; /**< of delegated.table, of mean 1; no pieces without one */
    const char *claims_text; /**< that table as it was written; or NULL */
    struct hr_messages warnings;
    struct hr_messages doubts; /**< of the table of practices as it was read */
    struct hr_assumption *assumption;
    size_t assumptions;
    struct sweep sweep; /**< of which it is the base */
    struct stop stop;   /**< when its run may end earlier */
    struct ties ties;   /**< draws that go together */
    struct place start; /**< the file itself, for what is missing from it */
    int files;          /**< read so far */
    int includes;       /**< of those, by include */
    int command_line;   /**< the number under which changes are read as one file */
    struct included *included;
    struct place forms_at;   /**< the list of forms in force */
    bool forms_refused;      /**< of the list that counts, one or more */
    struct settings refused; /**< keys whose values were: they are not missing */
    bool partly_read;        /**< some file could not be: what it lacks is not known */
    const struct hr_scenario *lent; /**< whose history, past and claims these are; NULL:
                                         its own */
    const struct plan *like; /**< a plan that lives as long, whose curves may be used */
};

/** Keep a copy of a recipe whole, in the scenario's own store, so that the scenario can
 * be read again with a change. */
void scenario_keep_recipe(struct hr_scenario *scenario, const struct recipe *recipe);

/** The row or shock of a name, or NULL. */
struct row *contents_row(const struct hr_scenario *scenario, const char *name);
struct named_shock *contents_shock(const struct hr_scenario *scenario,
                                   const char *name);

/** Add one, or return the one of that name; NULL where memory ran out. */
struct row *contents_add_row(struct hr_scenario *scenario, const char *name,
                             const struct place *at);
struct named_shock *contents_add_shock(struct hr_scenario *scenario, const char *name,
                                       const struct place *at);

/** The names of the simulated rows or, with @p shocks, of the shocks, joined by commas,
 * in @p names of
 * @p size bytes; "none" where there are none. */
const char *contents_names(const struct hr_scenario *scenario, bool shocks, char *names,
                           size_t size);

/** How many rows are simulated. */
size_t contents_forms(const struct hr_scenario *scenario);

/** Value at probability one half, uplifted; NaN where the key is no number. */
double contents_central(const struct hr_scenario *scenario, const char *key);
double contents_term(const struct hr_scenario *scenario, const char *form,
                     const char *term);

/** From a value's price year to the price base; 1 where it names none or the base year,
 * NaN where there is no factor. */
double contents_uplift(const struct hr_scenario *scenario,
                       const struct setting *setting);

/** The price year of the practices' core rates (0: the price base), and their uplift.
 */
int contents_table_year(const struct hr_scenario *scenario);
double contents_table_uplift(const struct hr_scenario *scenario);

#endif
