#include "held.h"

#include "assemble.h"

#include <stdlib.h>
#include <string.h>

static void add_mark(struct result_set *marks, const char *path, const char *hash)
{
    const struct result_attribute mark = {
        .path = path, .kind = KIND_TEXT, .text = result_set_name(marks, "%s", hash)};

    result_set_add_attribute(marks, mark);
}

/* The marks that the file would bear. */
static enum hr_status mark(struct reader *reader, struct hr_error *error)
{
    struct content_hash hash;

    if (content_hash_of(&reader->set, NULL, &hash, error) != HR_OK)
        return error->status;
    add_mark(&reader->marks, "/content_hash", hash.content);
    add_mark(&reader->marks, "/file_hash", hash.file);
    return result_set_status(&reader->marks, error);
}

enum hr_status result_hold(const struct outcome *outcome, struct result_owner owner,
                           struct hr_result **result, struct hr_error *error)
{
    *result = calloc(1, sizeof(**result));
    if (*result == NULL) {
        owner.release(owner.held);
        return hr_fail(error, HR_FAILED, "no memory for the result of a run");
    }
    (*result)->owner = owner;
    (*result)->reader = (struct reader){.path = strdup("the run"), .file = -1};
    if ((*result)->reader.path == NULL)
        (void)hr_fail(error, HR_FAILED, "no memory for the result of a run");
    else if (assemble_set(&(*result)->reader.set, outcome, error) == HR_OK &&
             mark(&(*result)->reader, error) == HR_OK)
        return HR_OK;
    hr_result_close(*result);
    *result = NULL;
    return error->status;
}
