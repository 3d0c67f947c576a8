#include "part_list.h"

#include "crew_threads.h"
#include "driver.h"
#include "headroom/result.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void say(const struct part_teller *teller, const char *sentence)
{
    if (teller->say != NULL)
        teller->say(teller->context, sentence);
}

void part_list_free(struct part_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        part_file_close(&list->part[i]);
    free(list->part);
    *list = (struct part_list){0};
}

static enum hr_status set_aside_damaged(const struct parts_folder *folder,
                                        const char *name,
                                        const struct part_teller *teller,
                                        struct hr_error *error)
{
    const struct hr_error why = *error;
    char text[sizeof(error->message) + 64];

    if (parts_folder_set_aside(folder, name, ".damaged", error) != HR_OK)
        return error->status;
    snprintf(text, sizeof(text), "%s; it is now *.damaged, and its trials are missing",
             why.message);
    say(teller, text);
    return HR_OK;
}

/* A file of the folder, and what became of checking its bytes. */
struct candidate {
    const char *name;
    char path[PATH_MAX];
    enum hr_status status;
    struct hr_error error;
};

static void check_candidate(void *context, size_t item, size_t worker)
{
    struct candidate *own = (struct candidate *)context + item;

    (void)worker;
    own->status = part_file_check(own->path, &own->error);
}

/* Most of the work of taking up parts, and of any thread. */
static void check_all(struct candidate *candidate, size_t count, int threads)
{
    const struct crew crew =
        crew_of_threads((size_t)driver_threads(threads, LANES * (uint64_t)count));
    const struct crew_work job = {check_candidate, candidate};

    crew_do(&crew, count, &job);
}

static enum hr_status read_one(struct part_list *list,
                               const struct parts_folder *folder,
                               const struct candidate *own,
                               const struct part_teller *teller, struct hr_error *error)
{
    enum hr_status status = own->status;

    if (status == HR_OK)
        status = part_file_read(own->path, &list->part[list->count], error);
    else
        *error = own->error;
    if (status == HR_NOT_HELD)
        return set_aside_damaged(folder, own->name, teller, error);
    list->count += status == HR_OK;
    return status;
}

/* The files whose names begin with @p prefix; NULL on failure. */
static struct candidate *list_candidates(const struct parts_folder *folder,
                                         const char *prefix, size_t *count,
                                         char **names, struct hr_error *error)
{
    struct candidate *candidate = malloc((*count + 1) * sizeof(*candidate));
    size_t found = 0;

    if (candidate == NULL)
        (void)hr_fail(error, HR_FAILED, "no memory for the parts of a run");
    for (size_t i = 0; candidate != NULL && i < *count; i++) {
        if (strncmp(names[i], prefix, strlen(prefix)) != 0)
            continue;
        candidate[found] = (struct candidate){.name = names[i]};
        if (parts_folder_file(folder, names[i], candidate[found++].path, error) ==
            HR_OK)
            continue;
        free(candidate);
        return NULL;
    }
    *count = found;
    return candidate;
}

/* From the first trial on, the longest of those that begin there first. */
static int by_place(const void *a, const void *b)
{
    const struct part_identity *first = &((const struct part_file *)a)->identity;
    const struct part_identity *second = &((const struct part_file *)b)->identity;

    if (first->first != second->first)
        return first->first < second->first ? -1 : 1;
    return (first->trials < second->trials) - (first->trials > second->trials);
}

static uint64_t end_of(const struct part_file *part)
{
    return part->identity.first + part->identity.trials;
}

static const char *name_of(const struct part_file *part)
{
    return strrchr(part->path, '/') + 1;
}

/* A part that begins before the one before it ends. */
static enum hr_status drop(const struct part_list *list, const struct part_file *part,
                           const struct parts_folder *folder,
                           const struct part_teller *teller, struct hr_error *error)
{
    const struct part_file *before = &list->part[list->count - 1];
    const bool within = end_of(part) <= end_of(before);
    char text[2 * PATH_MAX];

    snprintf(text, sizeof(text), "%s: its trials are %s %s; it is %s", part->path,
             within ? "all in" : "in part those of", name_of(before),
             within ? "left out"
                    : "now *.double, and what no other part has of them is missing");
    say(teller, text);
    return within ? HR_OK
                  : parts_folder_set_aside(folder, name_of(part), ".double", error);
}

static enum hr_status make_disjoint(struct part_list *list,
                                    const struct parts_folder *folder,
                                    const struct part_teller *teller,
                                    struct hr_error *error)
{
    const size_t all = list->count;
    enum hr_status status = HR_OK;

    if (all > 0)
        qsort(list->part, all, sizeof(*list->part), by_place);
    list->count = 0;
    for (size_t i = 0; i < all; i++) {
        struct part_file part = list->part[i];

        list->part[i] = (struct part_file){0};
        if (list->count == 0 ||
            part.identity.first >= end_of(&list->part[list->count - 1])) {
            list->part[list->count++] = part;
            continue;
        }
        if (status == HR_OK)
            status = drop(list, &part, folder, teller, error);
        part_file_close(&part);
    }
    return status;
}

enum hr_status part_list_read(struct part_list *list, const struct parts_folder *folder,
                              const struct part_teller *teller, struct hr_error *error)
{
    return part_list_read_some(list, folder, "", teller, error);
}

static enum hr_status read_all(struct part_list *list,
                               const struct parts_folder *folder,
                               const struct part_teller *teller,
                               struct candidate *candidate, struct hr_error *error)
{
    const size_t count = list->count;
    enum hr_status status = HR_OK;

    list->count = 0;
    list->part = calloc(count + 1, sizeof(*list->part));
    if (list->part == NULL)
        return hr_fail(error, HR_FAILED, "no memory for the parts of a run");
    if (count > 0)
        check_all(candidate, count, teller->threads);
    for (size_t i = 0; i < count && status == HR_OK; i++)
        status = read_one(list, folder, &candidate[i], teller, error);
    return status == HR_OK ? make_disjoint(list, folder, teller, error) : status;
}

enum hr_status part_list_read_some(struct part_list *list,
                                   const struct parts_folder *folder,
                                   const char *prefix, const struct part_teller *teller,
                                   struct hr_error *error)
{
    struct candidate *candidate;
    char **names;
    size_t count;
    enum hr_status status = parts_folder_names(folder, &names, &count, error);

    *list = (struct part_list){0};
    if (status != HR_OK)
        return status;
    list->count = count;
    candidate = list_candidates(folder, prefix, &list->count, names, error);
    status = candidate == NULL ? error->status
                               : read_all(list, folder, teller, candidate, error);
    free(candidate);
    parts_folder_free_names(names, count);
    if (candidate == NULL)
        list->count = 0;
    if (status != HR_OK)
        part_list_free(list);
    return status;
}

uint64_t part_list_trials(const struct part_list *list)
{
    uint64_t trials = 0;

    for (size_t i = 0; i < list->count; i++)
        trials += list->part[i].identity.trials;
    return trials;
}

/* The keys by which a part's scenario differs; "" where that cannot be told. */
static void find_differences(const struct part_file *part,
                             const struct hr_scenario *scenario, char *text,
                             size_t size)
{
    struct hr_messages problems = {0};
    struct hr_scenario *other = NULL;

    text[0] = '\0';
    if (hr_scenario_read_text(part->text[PART_RESOLVED], part->text[PART_PRACTICES],
                              NULL, 0, &other, &problems) == HR_OK)
        hr_scenario_differences(scenario, other, text, size);
    hr_scenario_free(other);
    hr_messages_free(&problems);
}

enum hr_status part_list_check(const struct part_list *list, const char *identity,
                               const struct hr_scenario *scenario,
                               struct hr_error *error)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct part_file *part = &list->part[i];
        char keys[512];

        if (part->identity.numbers != HR_RESULT_NUMBERS)
            return hr_fail(error, HR_BAD_INPUT,
                           "%s: version %s of this program made it, which gives other "
                           "numbers (%" PRIu64 "; this one %d): its trials cannot be "
                           "gone on with; --discard starts again",
                           part->path, part->text[PART_VERSION], part->identity.numbers,
                           (int)HR_RESULT_NUMBERS);
        if (strcmp(part->identity.run, identity) == 0)
            continue;
        find_differences(part, scenario, keys, sizeof(keys));
        return hr_fail(error, HR_BAD_INPUT,
                       "%s is of another scenario%s%s: give another -o, or --discard "
                       "to start again",
                       part->path, *keys == '\0' ? "" : ": it differs in ", keys);
    }
    return HR_OK;
}
