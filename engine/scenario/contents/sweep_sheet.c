#include "sweep_sheet.h"

#include "text.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void sweep_sheet_refuse(const struct sheet *sheet, const char *format, ...)
{
    char text[400];
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    messages_add(sheet->input->reader.problems, &sheet->at, sheet->key, "%s", text);
}

struct place sweep_sheet_place(const struct sheet *sheet, struct fy_node *node)
{
    return yaml_place(sheet->input->reader.yaml, node, sheet->at);
}

void *sweep_sheet_take(const struct sheet *sheet, size_t count, size_t size)
{
    return store_take(sheet->input->reader.store, (count + 1) * size);
}

const char *sweep_sheet_keep(const struct sheet *sheet, const char *text)
{
    return store_text(sheet->input->reader.store, text);
}

/* Keys that a map may not have; each once. */
void sweep_sheet_check_names(const struct sheet *sheet, struct fy_node *map,
                             const char *const *known)
{
    int count;
    const struct named_pair *pair = input_pairs(sheet->input, map, &count);

    for (int i = 0; i < count; i++) {
        struct sheet at = *sheet;
        size_t k = 0;

        at.at = sweep_sheet_place(sheet, pair[i].key);
        while (known[k] != NULL && strcmp(known[k], pair[i].name) != 0)
            k++;
        if (known[k] == NULL)
            sweep_sheet_refuse(&at, "%s is nothing %s has", pair[i].name, sheet->whose);
        else
            (void)input_is_repeated(sheet->input, pair, i, sheet->key, &at.at);
    }
}

/* A number of a map; @p otherwise where it is not there. */
double sweep_sheet_number(const struct sheet *sheet, struct fy_node *map,
                          const char *name, double otherwise)
{
    struct fy_node *node = yaml_find(map, name);
    const char *text = yaml_text_in(map, name);
    struct sheet at = *sheet;
    double number;

    if (node == NULL)
        return otherwise;
    at.at = sweep_sheet_place(sheet, node);
    if (text != NULL && text_to_number(text, &number) == TEXT_NUMBER)
        return number;
    sweep_sheet_refuse(&at, "%s must be a number", name);
    return otherwise;
}

const char *sweep_sheet_word(const struct sheet *sheet, struct fy_node *map,
                             const char *name, const char *const *words)
{
    struct fy_node *node = yaml_find(map, name);
    const char *text = yaml_text_in(map, name);
    struct sheet at = *sheet;
    char known[128] = "";

    if (node == NULL)
        return words[0];
    at.at = sweep_sheet_place(sheet, node);
    for (size_t i = 0; words[i] != NULL; i++) {
        const size_t used = strlen(known);

        if (text != NULL && strcmp(text, words[i]) == 0)
            return words[i];
        snprintf(known + used, sizeof(known) - used, "%s%s", i == 0 ? "" : ", ",
                 words[i]);
    }
    sweep_sheet_refuse(&at, "%s must be one of %s", name, known);
    return words[0];
}

size_t sweep_sheet_count(const struct sheet *sheet, struct fy_node *map,
                         const char *name)
{
    const double number = sweep_sheet_number(sheet, map, name, 0.0);

    if (yaml_find(map, name) == NULL)
        return 0;
    if (number >= 1.0 && number <= MOST_SWEEP_POINTS && rint(number) == number)
        return (size_t)number;
    sweep_sheet_refuse(sheet, "%s must be a whole number from 1 to %d", name,
                       (int)MOST_SWEEP_POINTS);
    return 1;
}
