#include "publish.h"

#include "assemble.h"
#include "publication.h"

enum hr_status result_publish(const char *path, const struct outcome *outcome,
                              const struct publish_options *options,
                              struct hr_error *error)
{
    const struct writer_options how = {.compress = options != NULL && options->compress,
                                       .crew = outcome->crew};
    struct result_set set = {0};
    enum hr_status status = assemble_set(&set, outcome, error);

    if (status == HR_OK)
        status = publication_write(path, &set, &how, error);
    result_set_free(&set);
    return status;
}

enum hr_status result_may_publish(const char *path, struct hr_error *error)
{
    return publication_try(path, error);
}
