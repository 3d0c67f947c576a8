#include "area_column.h"

#include "csv.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_NAMED = 5 /**< networks of a sentence */ };

/** A practice in some order of its table. */
typedef const struct hr_practice *practice_at;

static int by_row(practice_at a, practice_at b)
{
    return (a->row > b->row) - (a->row < b->row);
}

static int by_area(practice_at a, practice_at b)
{
    const int order = strcmp(a->area, b->area);

    return order != 0 ? order : by_row(a, b);
}

static int by_draw(const void *a, const void *b)
{
    const practice_at x = *(const practice_at *)a, y = *(const practice_at *)b;
    const uint32_t p = text_hash32(x->area), q = text_hash32(y->area);

    return p != q ? (p > q) - (p < q) : by_area(x, y);
}

static int by_letters(const void *a, const void *b)
{
    const practice_at x = *(const practice_at *)a, y = *(const practice_at *)b;
    const int order = strcasecmp(x->area, y->area);

    return order != 0 ? order : by_area(x, y);
}

static int by_network(const void *a, const void *b)
{
    const practice_at x = *(const practice_at *)a, y = *(const practice_at *)b;
    const int network = strcmp(x->network, y->network);

    return network != 0 ? network : by_row(x, y);
}

typedef int comparison(const void *a, const void *b);

/* NULL where memory lacks. */
static practice_at *sorted(const struct practice_table *table, comparison *compare)
{
    practice_at *order = calloc(table->count + 1, sizeof(*order));

    if (order == NULL)
        return NULL;
    for (size_t i = 0; i < table->count; i++)
        order[i] = &table->practice[i];
    qsort(order, table->count, sizeof(*order), compare);
    return order;
}

static bool is_same_area(practice_at a, practice_at b)
{
    return strcmp(a->area, b->area) == 0;
}

void areas_check(const struct practice_table *table, const struct place *file,
                 struct hr_messages *problems)
{
    practice_at *order = sorted(table, by_draw);

    if (order == NULL) {
        problems->incomplete = true;
        return;
    }
    for (size_t i = 1; i < table->count; i++) {
        const struct place at = csv_place(file, (size_t)order[i]->row);

        if (!is_same_area(order[i], order[i - 1]) &&
            text_hash32(order[i]->area) == text_hash32(order[i - 1]->area))
            messages_add(problems, &at, "area",
                         "\"%s\" would share its random draws with \"%s\" of row %d: "
                         "change one of the codes",
                         order[i]->area, order[i - 1]->area, order[i - 1]->row);
    }
    free(order);
}

/* Blank codes come first among the letters. */
static void note_blanks(const practice_at *order, size_t count,
                        const struct place *file, struct hr_messages *warnings)
{
    size_t blank = 0;

    while (blank < count && *order[blank]->area == '\0')
        blank++;
    if (blank > 0 && blank < count)
        messages_add(warnings, file, "area",
                     "is blank for %zu practice%s and not for %zu: those without share "
                     "an area of their own",
                     blank, blank == 1 ? "" : "s", count - blank);
}

/* Whether some network begins at @p i, in the order of networks. */
static bool begins_network(const practice_at *order, size_t i)
{
    const char *network = order[i]->network;

    return *network != '\0' && strcmp(network, "U") != 0 &&
           (i == 0 || strcmp(network, order[i - 1]->network) != 0);
}

/* Whether the network that begins at @p first, of @p count practices, is in several. */
static bool lies_across(const practice_at *order, size_t first, size_t count)
{
    for (size_t i = first + 1; i < count; i++) {
        if (strcmp(order[i]->network, order[first]->network) != 0)
            return false;
        if (!is_same_area(order[i], order[first]))
            return true;
    }
    return false;
}

static void note_networks(const practice_at *order, size_t count,
                          const struct place *file, struct hr_messages *warnings)
{
    char names[MOST_NAMED * 24] = "";
    size_t across = 0;

    for (size_t i = 0; i < count; i++) {
        const size_t used = strlen(names);

        if (begins_network(order, i) && lies_across(order, i, count) &&
            across++ < MOST_NAMED)
            snprintf(names + used, sizeof(names) - used, "%s%.20s",
                     used == 0 ? "" : ", ", order[i]->network);
    }
    if (across == 1)
        messages_add(warnings, file, "area",
                     "1 network lies in several areas, and is reckoned as one in each: "
                     "%s",
                     names);
    else if (across > 1)
        messages_add(warnings, file, "area",
                     "%zu networks lie in several areas, and are reckoned as one in "
                     "each: %s%s",
                     across, names, across > MOST_NAMED ? ", ..." : "");
}

void areas_note(const struct practice_table *table, const struct place *file,
                struct hr_messages *warnings)
{
    practice_at *letters = sorted(table, by_letters);
    practice_at *networks = sorted(table, by_network);

    if (letters == NULL || networks == NULL) {
        warnings->incomplete = true;
    } else {
        note_blanks(letters, table->count, file, warnings);
        note_networks(networks, table->count, file, warnings);
    }
    free(letters);
    free(networks);
}
