#include "assemble_parts.h"

#include "columns.h"
#include "summary_pair.h"

#include <stdlib.h>
#include <string.h>

/* What one worker makes statistics in: a metric of two forms at a time. */
struct columns {
    double *own, *reference;
    struct summary_work work;
    enum hr_status status;
    struct hr_error error;
};

enum { COLUMNS_OF_WORKER = 2 + SUMMARY_MEMORY };

/* What is said of a metric: [form][statistic] each. */
struct said {
    double *summary, *comparison, *between;
};

static size_t row_of(const struct outcome *outcome, size_t metric, size_t form)
{
    return metric * outcome->forms + form;
}

/* Trials of which statistics are made, and the group that these stand in. */
struct measured {
    const char *group; /* "" or "/neutral/forms" */
    const struct row_source *table;
    size_t trials;
};

static void add_numbers(struct assembly *a, size_t metric, const char *above,
                        const char *group, const double *value)
{
    const struct column *column = &a->outcome->metrics.column[metric];

    columns_add_own(a->set,
                    result_set_name(a->set, "%s/%s/%s", above, group, column->name),
                    column, value);
}

/* The trials themselves are not held: they are read when they are written. */
static void add_trials(struct assembly *a, size_t metric)
{
    const struct column *column = &a->outcome->metrics.column[metric];

    columns_add_rows(a->set, result_set_name(a->set, "/trials/%s", column->name),
                     column, &a->outcome->table, row_of(a->outcome, metric, 0));
}

/* Metrics that are measured by several, each in columns of its own. */
struct measuring {
    const struct outcome *outcome;
    const struct measured *of;
    const struct said *said; /* [metric] */
    struct columns *columns; /* [worker] */
};

static bool read_column(const struct measuring *m, size_t metric, size_t form,
                        struct columns *columns, double *value)
{
    const struct row_source *table = m->of->table;
    const struct row_stretch row = {.row = row_of(m->outcome, metric, form),
                                    .count = m->of->trials};

    if (columns->status == HR_OK)
        columns->status = table->read(table->context, &row, value, &columns->error);
    return columns->status == HR_OK;
}

/* A form held against the reference; false where its trials cannot be read. */
static bool measure_form(const struct measuring *m, size_t metric, size_t form,
                         struct columns *columns, struct summary_sides *sides)
{
    const struct said *said = &m->said[metric];
    const size_t reference = m->outcome->reference;
    const struct summary_pair pair = {
        columns->own, form == reference ? columns->own : columns->reference,
        m->of->trials, sides};
    const struct summary_rows rows = {&said->summary[form * STATISTICS],
                                      &said->comparison[form * STATISTICS],
                                      &said->between[form * STATISTICS]};

    if (!read_column(m, metric, form, columns, pair.own) ||
        (form != reference &&
         !read_column(m, metric, reference, columns, pair.reference)))
        return false;
    summary_of_pair(&pair, &columns->work, &rows);
    return true;
}

/* The reference first: what it says of itself serves for all others. */
static void measure(void *context, size_t metric, size_t worker)
{
    const struct measuring *m = context;
    const size_t reference = m->outcome->reference;
    struct columns *columns = &m->columns[worker];
    struct summary_sides sides = {0};
    bool read = measure_form(m, metric, reference, columns, &sides);

    for (size_t f = 0; f < m->outcome->forms && read; f++) {
        if (f != reference)
            read = measure_form(m, metric, f, columns, &sides);
    }
}

/* The bearers' net positions are the first metrics; here they stand side by side. */
static void add_bearers(struct assembly *a, const struct said *said)
{
    const struct outcome *outcome = a->outcome;
    const size_t bearers = outcome->bearers;
    double *net = result_set_numbers(a->set, outcome->forms * bearers * STATISTICS);

    for (size_t f = 0; net != NULL && f < outcome->forms; f++) {
        for (size_t b = 0; b < bearers; b++)
            memcpy(&net[(f * bearers + b) * STATISTICS],
                   &said[b].summary[f * STATISTICS], STATISTICS * sizeof(double));
    }
    columns_add(a->set, "/bearers/net", net);
}

static struct said *make_room(struct assembly *a)
{
    const size_t metrics = a->outcome->metrics.count;
    const size_t count = a->outcome->forms * STATISTICS;
    struct said *said = result_set_memory(a->set, (metrics + 1) * sizeof(*said));

    for (size_t m = 0; m < metrics && said != NULL; m++)
        said[m] = (struct said){
            .summary = result_set_numbers(a->set, count),
            .comparison = result_set_numbers(a->set, count),
            .between = result_set_numbers(a->set, count),
        };
    return a->set->failed ? NULL : said;
}

/* Returns what is said of each metric; NULL where nothing is. */
static const struct said *add_metrics(struct assembly *a, const struct measured *of,
                                      struct columns *columns)
{
    const struct outcome *outcome = a->outcome;
    const struct said *said = make_room(a);
    struct measuring measuring = {outcome, of, said, columns};
    const struct crew_work job = {measure, &measuring};

    if (said == NULL || a->status != HR_OK)
        return NULL;
    crew_do(&outcome->crew, outcome->metrics.count, &job);
    for (size_t w = 0; w < crew_size(&outcome->crew) && a->status == HR_OK; w++) {
        if (columns[w].status == HR_OK)
            continue;
        a->status = columns[w].status;
        *a->error = columns[w].error;
    }
    for (size_t m = 0; m < outcome->metrics.count; m++) {
        add_numbers(a, m, of->group, "summary", said[m].summary);
        add_numbers(a, m, of->group, "comparison", said[m].comparison);
        if (*of->group == '\0')
            add_numbers(a, m, of->group, "comparison_of", said[m].between);
    }
    return said;
}

static void add_neutral(struct assembly *a, struct columns *columns)
{
    for (int n = 0; n < OUTCOME_NEUTRALS; n++) {
        const struct outcome_neutral *neutral = &a->outcome->neutral[n];
        const char *group;
        struct measured of = {.table = &neutral->table, .trials = neutral->trials};

        if (neutral->trials == 0)
            continue;
        group = of.group = result_set_name(a->set, "/neutral/%s", neutral->name);
        if (group == NULL)
            return;
        columns_add_integer(a->set,
                            result_set_name(a->set, "%s/terms_made_neutral", group),
                            neutral->changed);
        columns_add_integer(a->set, result_set_name(a->set, "%s/trials", group),
                            neutral->trials);
        (void)add_metrics(a, &of, columns);
    }
}

static void add_all(struct assembly *a, struct columns *columns)
{
    const struct measured own = {"", &a->outcome->table, a->outcome->trials};
    const struct said *said;

    for (size_t m = 0; m < a->outcome->metrics.count; m++)
        add_trials(a, m);
    said = add_metrics(a, &own, columns);
    if (said != NULL)
        add_bearers(a, said);
    if (said != NULL)
        add_neutral(a, columns);
}

void assemble_trials(struct assembly *a)
{
    const size_t trials = a->outcome->trials, workers = crew_size(&a->outcome->crew);
    const size_t each = COLUMNS_OF_WORKER * trials;
    struct columns *columns = calloc(workers, sizeof(*columns));
    struct scratch room = {0};

    if (columns == NULL)
        a->set->failed = true;
    else if (a->status == HR_OK)
        a->status = scratch_take(&room, workers * each, &a->set->home, a->error);
    if (room.number != NULL) {
        for (size_t w = 0; w < workers; w++)
            columns[w] = (struct columns){
                .own = room.number + w * each,
                .reference = room.number + w * each + trials,
                .work = {.memory = room.number + w * each + 2 * trials},
            };
        add_all(a, columns);
    }
    scratch_free(&room);
    free(columns);
}
