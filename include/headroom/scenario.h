/** @file
 * Scenarios: what a run reads, checked and complete.
 *
 * A scenario is read from YAML and a table of practices. Reading refuses anything
 * unknown, misspelt, out of range or missing, collects all that is wrong, and
 * leaves nothing to a silent default. What is read can be written again as the
 * resolved scenario: a text that is itself a valid scenario, states every key, and
 * gives the same numbers to the last bit.
 *
 * Functions that return a hr_status fail with HR_BAD_INPUT where the user can mend
 * it and HR_FAILED where memory or a disk failed; in both cases the messages say
 * why, one sentence each. Pointers returned belong to the scenario and live as long
 * as it does, or until it is changed, unless a comment says otherwise.
 */
#ifndef HEADROOM_SCENARIO_H
#define HEADROOM_SCENARIO_H

#include "headroom/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct hr_scenario;
struct hr_pool_terms;

/** A sentence and what it is about: `file:line:column: key: sentence`. */
struct hr_message {
    char *text;           /**< whole, with place and key */
    const char *sentence; /**< the same without them, its end */
    char *path;           /**< the file, or "command line" */
    char *key;            /**< NULL where it is about none */
    int file;             /**< files in the order they were read */
    int line;             /**< 0: the file as a whole */
    int column;           /**< 0: not known; -1: the line is a row of a table */
};

/** Sentences in the order of files and lines. Start with {0}. */
struct hr_messages {
    struct hr_message *item;
    size_t count;
    size_t more;     /**< said beyond the first thousand, and not kept */
    bool incomplete; /**< memory ran out while they were collected */
};

/** Leaves them empty; {0} is harmless. */
void hr_messages_free(struct hr_messages *messages);

/** The file that a user means by @p name: a file, or else a shipped scenario with or
 * without its `.yaml`, into @p path. Refused where a bare word is neither; the message
 * lists those that are shipped. */
HR_MUST_CHECK
enum hr_status hr_scenario_find(const char *name, char *path, size_t size,
                                struct hr_messages *problems);

/** Read a scenario and its practices.
 * @p overrides are n texts `key=value`, applied in turn after all files; a key that two
 * of them give is refused, as it is in a file.
 * On failure *scenario is NULL and @p problems says why. */
HR_MUST_CHECK
enum hr_status hr_scenario_read(const char *path, const char *const *overrides,
                                size_t n, struct hr_scenario **scenario,
                                struct hr_messages *problems);

/** The same from memory, as a result set keeps it: @p text is a scenario and
 * @p practices the table it would have named. It is whole: no file is read. */
HR_MUST_CHECK
enum hr_status hr_scenario_read_text(const char *text, const char *practices,
                                     const char *const *overrides, size_t n,
                                     struct hr_scenario **scenario,
                                     struct hr_messages *problems);

/** The shipped forms as they stand, for display: it has terms and nothing else. */
HR_MUST_CHECK
enum hr_status hr_scenario_read_forms(struct hr_scenario **scenario,
                                      struct hr_messages *problems);

/** NULL is harmless. */
void hr_scenario_free(struct hr_scenario *scenario);

/** Change one key, as an override does. On failure the scenario is as before.
 * Overrides keep the costs as they are calibrated without them, but for those of
 * `patch.*`: see hr_scenario_recalibrate(). */
HR_MUST_CHECK
enum hr_status hr_scenario_set(struct hr_scenario *scenario, const char *key,
                               const char *value, struct hr_messages *problems);

/** Calibrate costs on the scenario with all that was changed in it, and go on doing so;
 * a calibration that was given is dropped. On failure the scenario is as before. */
HR_MUST_CHECK
enum hr_status hr_scenario_recalibrate(struct hr_scenario *scenario,
                                       struct hr_messages *problems);

/** A scenario held fast, to vary it: what it says, what it compiles to, its
 * calibration. */
struct hr_base;

/** Hold @p scenario, which must live and stay as it is until the base is closed. */
HR_MUST_CHECK
enum hr_status hr_base_open(const struct hr_scenario *scenario, struct hr_base **base,
                            struct hr_messages *problems);

/** NULL is harmless. No variant may outlive its base. */
void hr_base_close(struct hr_base *base);

/** The base with n changes `key=value`, applied in turn; a key that two of them give is
 * refused. It has the base's calibration, unless a change is of `patch.*`. Changes of
 * numbers and choices take well under a millisecond for a hundred practices; for lists,
 * files and what fills gaps in the table of practices, all is read again.
 * On failure *variant is NULL. Free it with hr_scenario_free(). */
HR_MUST_CHECK
enum hr_status hr_base_variant(const struct hr_base *base, const char *const *changes,
                               size_t n, struct hr_scenario **variant,
                               struct hr_messages *problems);

/** Terms of one form for another, by their names such as "levy". */
struct hr_exchange {
    const char *to, *from;
    const char *const *terms;
    size_t count;
};

/** The base with terms of a form given to another: drawn ones too, which then draw
 * equal values in both. A term that the one does not state is taken away. HR_BAD_INPUT
 * where a form or term is none, or the terms do not go together. */
HR_MUST_CHECK
enum hr_status hr_base_exchange(const struct hr_base *base,
                                const struct hr_exchange *exchange,
                                struct hr_scenario **variant,
                                struct hr_messages *problems);

/** What is taken out of a comparison: nothing; the terms of forms; what contracts and
 * effects on hospitals are worth as well. */
enum hr_neutral { HR_NEUTRAL_NOTHING, HR_NEUTRAL_FORMS, HR_NEUTRAL_ALL };

/** Give every number of that kind that is only an assumption the value at which it
 * makes no difference, where it has one. What was chosen stays. @p changed receives how
 * many that were. */
HR_MUST_CHECK
enum hr_status hr_scenario_neutralise(struct hr_scenario *scenario,
                                      enum hr_neutral what, size_t *changed,
                                      struct hr_messages *problems);

/** The scenario file as it was written, from the one time that it was read; NULL where
 * the scenario was read from memory. */
const char *hr_scenario_source_text(const struct hr_scenario *scenario);

/** The path of the i-th of the files that it was read from, tables and what it includes
 * too, in no order; NULL where there are no more. */
const char *hr_scenario_file(const struct hr_scenario *scenario, size_t i);

/** Whether @p path is one of them, by whatever name. */
bool hr_scenario_reads(const struct hr_scenario *scenario, const char *path);

/** The scenario in full, as JSON; the caller frees it. NULL where memory ran out. */
char *hr_scenario_resolved(const struct hr_scenario *scenario);

/** The same for another number of trials: what a run that was advanced to it was of. */
char *hr_scenario_resolved_for(const struct hr_scenario *scenario, uint64_t trials);

/** The same with all that is told: question, qa, and what forms are called. */
char *hr_scenario_resolved_in_full(const struct hr_scenario *scenario, uint64_t trials);

/** The keys by which the trials of two scenarios differ, the first few by name, into
 * @p text of @p size bytes; "" where they do not. */
void hr_scenario_differences(const struct hr_scenario *a, const struct hr_scenario *b,
                             char *text, size_t size);

/** The practices in use, after imputation, as CSV; freed by the caller; or NULL. */
char *hr_scenario_practices_csv(const struct hr_scenario *scenario);

/** The delegated budget as the terms of one pool (claims.h): the people of the patch,
 * at central values or, with @p trial, as that trial draws them. Refused where the
 * scenario delegates nothing. Names of files in the terms are the scenario's. */
HR_MUST_CHECK
enum hr_status hr_scenario_budget(const struct hr_scenario *scenario,
                                  const uint64_t *trial, struct hr_pool_terms *terms,
                                  struct hr_error *error);

/** What a reader should know although nothing is wrong. */
const struct hr_messages *hr_scenario_warnings(const struct hr_scenario *scenario);

/** What in the table of practices is hardly true, although nothing was refused: one
 * sentence a practice and column. */
const struct hr_messages *hr_scenario_doubts(const struct hr_scenario *scenario);

/** Words of a key, such as `title` or `decision.objective`; NULL where it has none. */
const char *hr_scenario_text(const struct hr_scenario *scenario, const char *key);

/** A key's central value, uplifted; NaN where it has none. */
double hr_scenario_number(const struct hr_scenario *scenario, const char *key);

/** Every key of the model, of each form and of each shock, with its value. */
struct hr_assumption {
    const char *key;
    const char *value; /**< `0.8`, `lognormal median 0.042 sigma 0.25`, `network` */
    double low, high;  /**< the key's range, which truncates a distribution */
    double uplift;     /**< factor applied after truncation */
    double central;    /**< value at probability one half, uplifted */
    double neutral;    /**< value at which a term makes no difference, or NaN */
    const char *unit;
    const char *meaning;
    const char *evidence; /**< published, derived, survey, assumption, definition;
                               chosen: a number that somebody set without saying */
    const char *source;
    const char *owner;
    const char *date;
    int year;    /**< price year, or 0 for the price base */
    bool number; /**< false: words, and the numbers above are NaN */
    bool distributed;
    bool defaulted; /**< the scenario did not say; the schema did */
};

/** In the order of the schema, then of forms and shocks. */
const struct hr_assumption *hr_scenario_assumptions(const struct hr_scenario *scenario,
                                                    size_t *count);

/** How many rest on nothing but an assumption, or were chosen without saying why, of
 * how many (@p of) that are no definition: as a result's answer counts them. */
size_t hr_scenario_assumption_count(const struct hr_scenario *scenario, size_t *of);

/** Forms in the order of the scenario; rows that are only fallen back on come last. */
size_t hr_scenario_form_count(const struct hr_scenario *scenario);
const char *hr_scenario_form(const struct hr_scenario *scenario, size_t form);

/** Columns of a practice that may have been imputed; bits of hr_practice.imputed. */
enum hr_imputed {
    HR_IMPUTED_WEIGHTED_LIST = 1,
    HR_IMPUTED_CORE_RATE = 2,
    HR_IMPUTED_PARTNER_HEADCOUNT = 4,
    HR_IMPUTED_PARTNER_FTE = 8,
    HR_IMPUTED_SALARIED_HEADCOUNT = 16,
    HR_IMPUTED_SALARIED_FTE = 32,
};

enum { HR_AGE_BANDS = 3 };

/** A practice after imputation. */
struct hr_practice {
    const char *code;
    const char *name;
    const char *network;  /**< empty or "U": a network of its own */
    const char *contract; /**< GMS, PMS or APMS */
    const char *area;     /**< shares labour, networks, organisations; empty: with all
                               such */
    double list;
    double weighted_list;
    double core_rate;    /**< GBP per weighted patient per year, money of
                            patch.price_year */
    double headcount[2]; /**< partners, salaried */
    double fte[2];
    double age_list[HR_AGE_BANDS]; /**< patients by age; NaN where not given */
    unsigned imputed;              /**< enum hr_imputed */
    int row;                       /**< of the file it came from */
    double cost_rate; /**< GBP per patient per year other than GPs, where a calibration
                           is given or carried; else NaN */
};

/** Practices by ascending code. */
const struct hr_practice *hr_scenario_practices(const struct hr_scenario *scenario,
                                                size_t *count);

/** What a scenario comes to before any trial. */
struct hr_outline {
    size_t practices;
    size_t areas; /**< of practices that share labour and organisations */
    size_t smallest_area, largest_area; /**< practices of one */
    double patients;
    int years;
    double flat_rate; /**< calibrated cost other than GPs, GBP per patient per year */
    double factor;    /**< that over money.cost_rate, its evidence */
    double least_factor, most_factor; /**< what is accepted */
    bool carried; /**< the calibration is given, or that of the scenario without what
                     was changed in it; else made here */
    double loop_gain; /**< of burn-out and peers leaving; below 1 is accepted */
    double delegated; /**< expected claims of the delegated budget at central values,
                         GBP per patient per year; 0: none */
    size_t fast;      /**< practices whose claims are drawn by the fast method */
};

/** Compile the scenario and say what it comes to.
 * @p organisations receives their number for each form. */
HR_MUST_CHECK
enum hr_status hr_scenario_outline(const struct hr_scenario *scenario,
                                   struct hr_outline *outline, int *organisations,
                                   struct hr_messages *problems);

/** One key a scenario may have. A `*` stands for a form's or shock's name or a year. */
struct hr_key {
    const char *key;
    const char *type; /**< number, integer, choice, flag, name, text, path */
    const char *unit;
    const char *meaning;
    const char *fallback; /**< used, and said so, where it is absent; or NULL */
    const char *uplift;   /**< index that carries a price year to the base, or "" */
    double low, high;
    double neutral; /**< or NaN */
    bool required;
    bool structural; /**< the same in every trial: takes no distribution */
};

/** In the order of the schema. */
size_t hr_key_count(void);
struct hr_key hr_key_at(size_t i);

/** The words key @p i may have, by @p choice from 0; NULL after the last. */
const char *hr_key_choice(size_t i, size_t choice);

/** A JSON Schema (draft 7) of scenarios; freed by the caller; NULL without memory. */
char *hr_scenario_schema(void);

/** The folder of shipped scenarios: $HEADROOM_SCENARIOS, else that installed with the
 * program, else that which pkg-config named when the program was built, else that of
 * the source. False where none of them exists. */
bool hr_shipped_folder(char *folder, size_t size);

#ifdef HEADROOM_SCENARIOS
/** What `pkg-config --cflags headroom` says of the place of the shipped scenarios: so a
 * program finds them wherever it stands itself, and wherever the library was moved. */
extern const char hr_installed_scenarios[] __attribute__((weak));
const char hr_installed_scenarios[] = HEADROOM_SCENARIOS;
#endif

#ifdef __cplusplus
}
#endif

#endif
