#include "headroom/error.h"

#include "text.h"

#include <stdarg.h>
#include <stdio.h>

enum hr_status(hr_fail)(struct hr_error *error, enum hr_status status,
                        const char *format, ...)
{
    char raw[sizeof(error->message)], shown[sizeof(error->message)];
    va_list arguments;

    error->status = status;
    va_start(arguments, format);
    vsnprintf(raw, sizeof(raw), format, arguments);
    va_end(arguments);
    /* it may quote what stands in a file */
    snprintf(error->message, sizeof(error->message), "%s",
             text_visible(raw, shown, sizeof(shown)));
    return status;
}
