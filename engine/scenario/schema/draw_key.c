#include "draw_key.h"

#include "plan.h"
#include "text.h"

#include <stdio.h>

uint32_t draw_key_entity(const struct setting *setting, char *name)
{
    const bool shared = schema_is_term(setting->field) && !setting->independent;

    snprintf(name, LONGEST_KEY, "%s", shared ? setting->field->key : setting->key);
    return text_hash32(name);
}
