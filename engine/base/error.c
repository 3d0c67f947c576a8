#include "headroom/error.h"

#include <stdarg.h>
#include <stdio.h>

enum hr_status hr_fail(struct hr_error *error, enum hr_status status,
                       const char *format, ...)
{
    va_list arguments;

    error->status = status;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof(error->message), format, arguments);
    va_end(arguments);
    return status;
}
