#include "stored_keep.h"

#include "clock.h"

#include "headroom/result.h"
#include "standing.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum hr_status stored_keep_lock(struct stored_run *run, struct hr_error *error)
{
    const struct hr_run_options *options = &run->runner->options;
    const enum parts_lock kind = options->shards > 0 ? PARTS_SHARED : PARTS_ALONE;

    if (run->folder.lock >= 0 || run->guest)
        return HR_OK;
    return parts_folder_open(&run->folder, options->break_lock ? PARTS_NO_LOCK : kind,
                             error);
}

static void describe(const struct stored_run *run, const struct part *part,
                     struct part_contents *contents)
{
    const struct hr_run_options *options = &run->runner->options;

    *contents = (struct part_contents){
        .identity =
            {
                .numbers = HR_RESULT_NUMBERS,
                .point = run->point,
                .first = part->slab[0].first,
                .trials = part->slab[0].trials,
                .wanted = run->trials,
                .shard = options->shard,
                .shards = options->shards,
            },
        .text = {[PART_SCENARIO] = options->scenario_text,
                 [PART_COMMAND] = options->command,
                 [PART_VERSION] = HEADROOM_VERSION,
                 [PART_COMMIT] = HEADROOM_COMMIT,
                 [PART_CHANGES] = options->changes},
        .rows = part->shape->rows,
        .room = part->slab[0].room,
        .table = part->slab[0].value,
        .sums = &part->sums,
        .histogram = part->histogram,
        .paths = part->shape->counted,
    };
    memcpy(contents->identity.run, run->identity, SCENARIO_IDENTITY);
}

static enum hr_status write_file(const struct stored_run *run,
                                 struct part_contents *contents, char path[PATH_MAX],
                                 struct hr_error *error)
{
    const struct hr_scenario *scenario = run->runner->scenario;
    char *resolved = hr_scenario_resolved_in_full(scenario, run->trials);
    char *practices = hr_scenario_practices_csv(scenario);
    const struct part_identity *identity = &contents->identity;
    char name[128];
    enum hr_status status;

    snprintf(name, sizeof(name), "v0-p%" PRIu64 "-%" PRIu64 "-%" PRIu64 ".h5",
             identity->point, identity->first, identity->first + identity->trials - 1);
    contents->text[PART_RESOLVED] = resolved;
    contents->text[PART_PRACTICES] = practices;
    if (resolved == NULL || practices == NULL)
        status = hr_fail(error, HR_FAILED, "no memory for the inputs of a part");
    else
        status = parts_folder_file(&run->folder, name, path, error);
    if (status == HR_OK)
        status = part_file_write(path, contents, error);
    free(resolved);
    free(practices);
    return status;
}

enum hr_status stored_keep_part(struct stored_run *run, struct part *part,
                                struct hr_error *error)
{
    return stored_keep_rows(run, part, NULL, error);
}

enum hr_status stored_keep_rows(struct stored_run *run, struct part *part,
                                const struct row_source *source, struct hr_error *error)
{
    struct part_file *file = malloc(sizeof(*file));
    struct part_contents contents;
    char path[PATH_MAX];
    enum hr_status status = HR_OK;

    if (file == NULL)
        return hr_fail(error, HR_FAILED, "no memory for a part of a run");
    describe(run, part, &contents);
    contents.source = source;
    status = stored_keep_lock(run, error);
    if (status == HR_OK)
        status = write_file(run, &contents, path, error);
    if (status == HR_OK)
        status = part_file_open(path, file, error);
    if (status != HR_OK) {
        free(file);
        return status;
    }
    slab_move_to(&part->slab[0], file);
    run->kept = clock_seconds();
    standing_keep(run->runner, part->slab[0].trials, run->folder.path);
    return HR_OK;
}
