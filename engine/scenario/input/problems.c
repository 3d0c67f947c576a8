#include "problems.h"

enum hr_status problems_fail(struct hr_messages *problems, enum hr_status if_bad,
                             const char *what, struct hr_error *error)
{
    if (problems->incomplete || problems->count == 0)
        (void)hr_fail(error, HR_FAILED, "no memory to read the scenario");
    else
        (void)hr_fail(error, if_bad, "%s%s", what, problems->item[0].text);
    hr_messages_free(problems);
    return error->status;
}
