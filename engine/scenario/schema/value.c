#include "value.h"

#include "plan.h"
#include "text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST_LIST = 4096 };

static const struct choice evidence_words[] = {
    {"published", 0},  {"derived", 1}, {"survey", 2}, {"assumption", 3},
    {"definition", 4}, {"chosen", 5},  {NULL, 0}};

const char *value_words(struct store *store, const struct choice *choices)
{
    char words[256] = "";
    size_t n = 0;

    for (; choices->word != NULL && n < sizeof(words); choices++)
        n += (size_t)snprintf(words + n, sizeof(words) - n, "%s%s", n == 0 ? "" : ", ",
                              choices->word);
    return store_text(store, words);
}

static const struct choice *find_choice(const struct choice *choices, const char *word)
{
    for (; choices->word != NULL; choices++) {
        if (strcmp(choices->word, word) == 0)
            return choices;
    }
    return NULL;
}

static bool refuse(const struct reader *reader, const struct setting *setting,
                   const char *text, const char *why)
{
    messages_add(reader->problems, &setting->at, setting->key, "\"%s\" %s", text, why);
    return false;
}

static bool read_choice(const struct reader *reader, const char *text,
                        struct setting *setting)
{
    const struct choice *choice = find_choice(setting->field->choices, text);

    if (choice == NULL) {
        messages_add(reader->problems, &setting->at, setting->key,
                     "\"%s\" is not one of %s", text,
                     value_words(reader->store, setting->field->choices));
        return false;
    }
    setting->choice = choice->value;
    return true;
}

static bool is_name_below(const char *text, size_t length)
{
    size_t n = 0;

    while (isalnum((unsigned char)text[n]) || text[n] == '_' || text[n] == '-')
        n++;
    return n > 0 && n < length && text[n] == '\0';
}

bool value_is_name(const char *text)
{
    return is_name_below(text, LONGEST_NAME / 2);
}

/* Each of the names between commas, which are longer than those that a user gives. */
static bool read_names(const struct reader *reader, const char *text,
                       struct setting *setting)
{
    char name[LONGEST_NAME];

    for (const char *at = text; at != NULL; at = strchr(at, ',')) {
        at += strspn(at, ", ");
        snprintf(name, sizeof(name), "%.*s", (int)strcspn(at, ", "), at);
        if (!is_name_below(name, sizeof(name) - 1))
            return refuse(reader, setting, text,
                          "is neither a name nor a list of names");
    }
    return true;
}

/* The value of a key that takes no number. */
static bool read_words(const struct reader *reader, const char *text,
                       struct setting *setting)
{
    setting->text = store_text(reader->store, text);
    switch (setting->field->type) {
    case FIELD_CHOICE:
        return read_choice(reader, text, setting);
    case FIELD_FLAG:
        setting->choice = strcmp(text, "true") == 0;
        if (setting->choice == 0 && strcmp(text, "false") != 0)
            return refuse(reader, setting, text, "is neither true nor false");
        return true;
    case FIELD_NAME:
        if (!value_is_name(text))
            return refuse(reader, setting, text,
                          "is not a name: up to 31 letters, digits, _ and -");
        return true;
    case FIELD_NAMES:
        return read_names(reader, text, setting);
    case FIELD_PATH:
        if (*text == '\0')
            return refuse(reader, setting, text, "is not the name of a file");
        return true;
    default:
        return true;
    }
}

static bool takes_number(const struct field *field)
{
    return field->type == FIELD_NUMBER || field->type == FIELD_INTEGER;
}

/* A list of names as one text; NULL where it is none. */
static const char *joined(const struct reader *reader, struct fy_node *list)
{
    const int count = fy_node_sequence_item_count(list);
    char text[LONGEST_LIST] = "";
    size_t used = 0;

    for (int i = 0; i < count; i++) {
        const char *name = yaml_text(fy_node_sequence_get_by_index(list, i));

        if (name == NULL || used + strlen(name) + 3 > sizeof(text))
            return NULL;
        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s%s",
                                 i == 0 ? "" : ", ", name);
    }
    return count > 0 ? store_text(reader->store, text) : NULL;
}

static bool read_scalar(const struct reader *reader, struct fy_node *node,
                        struct setting *setting)
{
    const bool list = setting->field->type == FIELD_NAMES && yaml_is_list(node);
    const char *text = list ? joined(reader, node) : yaml_text(node);

    setting->at = yaml_place(reader->yaml, node, setting->at);
    if (takes_number(setting->field)) {
        setting->number.kind = FIXED;
        return value_is_spelled(reader, setting, text) &&
               value_number(
                   reader, node,
                   (struct value_said){setting->key, setting->field->unit, setting->at},
                   &setting->number.a);
    }
    if (text == NULL) {
        messages_add(reader->problems, &setting->at, setting->key,
                     setting->field->type == FIELD_NAMES
                         ? "takes a name, or a list of one or more"
                         : "takes one word here");
        return false;
    }
    return read_words(reader, text, setting);
}

static bool read_kind(const struct reader *reader, struct fy_node *node, int kind,
                      struct setting *setting)
{
    const struct field *field = setting->field;

    if (!takes_number(field)) {
        messages_add(reader->problems, &setting->at, setting->key,
                     "takes a word, not a distribution");
        return false;
    }
    if (kind != FIXED && (field->structural || field->type == FIELD_INTEGER)) {
        messages_add(
            reader->problems, &setting->at, setting->key,
            "is the same in every trial and takes no distribution: give one number");
        return false;
    }
    setting->number.kind = (enum distribution_kind)kind;
    return value_distribution(reader, node, setting);
}

static bool read_year(const struct reader *reader, struct fy_node *node,
                      struct setting *setting)
{
    const struct value_said said = {setting->key, "years", setting->at};
    double year = 0.0;

    if (!value_number(reader, node, said, &year))
        return false;
    if (setting->field->uplift == UPLIFT_NONE) {
        messages_add(reader->problems, &setting->at, setting->key,
                     "takes no price year: it is stated at the price base");
        return false;
    }
    if (!(year >= 1900 && year <= 2200) || year != (int)year) {
        messages_add(reader->problems, &setting->at, setting->key,
                     "%g is not a price year, as 2022 is", year);
        return false;
    }
    setting->year = (int)year;
    setting->dated = true;
    return true;
}

/* A flag of a value: @p name completes the sentence that refuses anything else. */
static bool read_mark(const struct reader *reader, const char *text, const char *name,
                      const struct setting *setting, bool *mark)
{
    *mark = text != NULL && strcmp(text, "true") == 0;
    if (*mark || (text != NULL && strcmp(text, "false") == 0))
        return true;
    messages_add(reader->problems, &setting->at, setting->key,
                 "\"%s\" is neither true nor false for %s", text == NULL ? "" : text,
                 name);
    return false;
}

static bool read_evidence(const struct reader *reader, const char *text,
                          struct setting *setting)
{
    if (text == NULL || find_choice(evidence_words, text) == NULL) {
        messages_add(reader->problems, &setting->at, setting->key,
                     "evidence is one of %s, not \"%s\"",
                     value_words(reader->store, evidence_words),
                     text == NULL ? "" : text);
        return false;
    }
    setting->evidence = store_text(reader->store, text);
    return true;
}

static bool read_note(const struct reader *reader, const char *text, const char *name,
                      const struct setting *setting, const char **note)
{
    if (text == NULL) {
        messages_add(reader->problems, &setting->at, setting->key, "%s must be text",
                     name);
        return false;
    }
    *note = store_text(reader->store, text);
    return true;
}

static bool refuse_entry(const struct reader *reader, const struct setting *setting,
                         const char *name)
{
    if (strspn(name, "0123456789") == strlen(name))
        messages_add(reader->problems, &setting->at, setting->key,
                     strlen(name) == 3
                         ? "a comma before %s splits the number: leave out the "
                           "separators"
                         : "a comma before %s splits the number: write a decimal point",
                     name);
    else
        messages_add(reader->problems, &setting->at, setting->key,
                     "\"%s\" is not known here; a value has value or a distribution "
                     "(%s), and may have source, evidence, owner, date, year and "
                     "independent",
                     name, distribution_names((char[DISTRIBUTION_NAMES]){""}));
    return false;
}

static bool read_entry(const struct reader *reader, const char *name,
                       struct fy_node *node, struct setting *setting)
{
    const int kind = distribution_kind_of(name);
    const char *text = yaml_text(node);

    if (strcmp(name, "value") == 0)
        return read_scalar(reader, node, setting);
    if (kind >= 0)
        return read_kind(reader, node, kind, setting);
    if (strcmp(name, "year") == 0)
        return read_year(reader, node, setting);
    if (strcmp(name, "independent") == 0)
        return read_mark(reader, text, name, setting, &setting->independent);
    if (strcmp(name, "defaulted") == 0) /* of a resolved scenario */
        return read_mark(reader, text, name, setting, &setting->defaulted);
    if (strcmp(name, "evidence") == 0)
        return read_evidence(reader, text, setting);
    if (strcmp(name, "source") == 0)
        return read_note(reader, text, name, setting, &setting->source);
    if (strcmp(name, "owner") == 0)
        return read_note(reader, text, name, setting, &setting->owner);
    if (strcmp(name, "date") == 0)
        return read_note(reader, text, name, setting, &setting->date);
    return refuse_entry(reader, setting, name);
}

static bool is_value(const char *name)
{
    return strcmp(name, "value") == 0 || distribution_kind_of(name) >= 0;
}

/* Which of the notes beside a value this is, as a bit; 0: none of them. */
static unsigned bit_of_note(const char *name)
{
    static const char *const notes[] = {"source", "evidence", "owner",
                                        "date",   "year",     "independent"};

    for (unsigned i = 0; i < sizeof(notes) / sizeof(*notes); i++) {
        if (strcmp(name, notes[i]) == 0)
            return 1u << i;
    }
    return 0;
}

/* The second of two notes would take the place of the first. */
static bool is_repeated(const struct reader *reader, const struct setting *setting,
                        const char *name, unsigned *seen)
{
    const unsigned bit = bit_of_note(name);
    const bool again = (*seen & bit) != 0;

    *seen |= bit;
    if (again)
        messages_add(reader->problems, &setting->at, setting->key, "%s is given twice",
                     name);
    return again;
}

static bool read_map(const struct reader *reader, struct fy_node *map,
                     struct setting *setting)
{
    void *iterator = NULL;
    struct fy_node_pair *pair;
    struct place value_at = setting->at;
    unsigned seen = 0;
    int values = 0;
    bool good = true;

    while ((pair = fy_node_mapping_iterate(map, &iterator)) != NULL) {
        struct fy_node *key = fy_node_pair_key(pair);
        const char *name = yaml_text(key) == NULL ? "" : yaml_text(key);

        setting->at = yaml_place(reader->yaml, key, setting->at);
        good &= !is_repeated(reader, setting, name, &seen) &&
                read_entry(reader, name, fy_node_pair_value(pair), setting);
        if (is_value(name)) {
            value_at = setting->at;
            values++;
        }
    }
    setting->at = value_at;
    if (good && values != 1) {
        messages_add(reader->problems, &setting->at, setting->key,
                     values == 0 ? "has neither value nor a distribution"
                                 : "has more than one value");
        return false;
    }
    return good;
}

/* A number without a word on where it is from is somebody's choice, a distribution
 * somebody's belief. */
static const char *unsaid_evidence(const struct setting *setting)
{
    if (setting->field->structural)
        return "definition";
    return setting->number.kind == FIXED ? "chosen" : "assumption";
}

bool value_read(const struct reader *reader, struct fy_node *node,
                struct setting *setting)
{
    const bool refused_list = yaml_is_list(node) && setting->field->type != FIELD_NAMES;
    bool good;

    setting->source = setting->owner = setting->date = "";
    setting->evidence = NULL;
    if (refused_list || yaml_is_alias(node)) {
        messages_add(reader->problems, &setting->at, setting->key,
                     refused_list ? "takes one value, not a list"
                                  : "takes no alias: write the value out");
        return false;
    }
    good = yaml_is_map(node) ? read_map(reader, node, setting)
                             : read_scalar(reader, node, setting);
    if (setting->evidence == NULL)
        setting->evidence = unsaid_evidence(setting);
    if (good && takes_number(setting->field))
        good = value_in_range(reader, setting);
    return good;
}

bool value_from_text(struct store *store, const char *text, struct setting *setting,
                     struct hr_messages *problems)
{
    const struct reader reader = {.store = store, .problems = problems};

    setting->source = setting->owner = setting->date = "";
    if (!takes_number(setting->field))
        return read_words(&reader, text, setting);
    setting->number.kind = FIXED;
    return text_to_number(text, &setting->number.a) == TEXT_NUMBER &&
           value_in_range(&reader, setting);
}
