#include "show_table.h"

#include "calibration_note.h"
#include "json.h"
#include "lacks.h"

static void write_interval(struct json *json, const char *name,
                           const struct hr_answer_interval *interval)
{
    json_open(json, name, '{');
    json_number(json, "low", interval->low);
    json_number(json, "high", interval->high);
    json_open(json, "flags", '[');
    for (int i = 0; hr_answer_flag(i) != NULL; i++) {
        if (interval->flags & 1 << i)
            json_text(json, NULL, hr_answer_flag(i));
    }
    json_close(json, ']');
    json_close(json, '}');
}

static void write_cell(struct json *json, const struct hr_answer *answer, size_t metric,
                       size_t form)
{
    const struct hr_answer_cell *cell = hr_answer_at(answer, metric, form);

    json_open(json, answer->form[form], '{');
    json_number(json, "mean", cell->mean);
    json_number(json, "se", cell->se);
    json_number(json, "difference", cell->difference);
    json_number(json, "difference_se", cell->difference_se);
    json_number(json, "q05", cell->q05);
    json_number(json, "q50", cell->q50);
    json_number(json, "q95", cell->q95);
    json_number(json, "better", cell->better);
    json_number(json, "equal", cell->equal);
    json_number(json, "neutral", cell->neutral);
    json_number(json, "neutral_all", cell->neutral_all);
    json_text(json, "verdict", cell->verdict);
    json_text(json, "mark", cell->page_mark);
    json_flag(json, "turns", cell->turns);
    write_interval(json, "mean_interval", &cell->of_mean);
    write_interval(json, "difference_interval", &cell->of_difference);
    write_interval(json, "q05_interval", &cell->of_q05);
    write_interval(json, "q50_interval", &cell->of_q50);
    write_interval(json, "q95_interval", &cell->of_q95);
    json_close(json, '}');
}

static void write_sentences(struct json *json, const struct hr_answer *answer)
{
    json_open(json, "sentences", '[');
    for (int s = 0; s < HR_SENTENCES && answer->sentence[s] != NULL; s++) {
        json_open(json, NULL, '{');
        json_text(json, "text", answer->sentence[s]);
        json_text(json, "page", answer->page[s]);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_units(struct json *json, const struct hr_answer *answer)
{
    json_open(json, "units", '{');
    for (size_t m = 0; m < answer->metrics; m++)
        json_text(json, answer->metric[m].name, answer->metric[m].unit);
    json_close(json, '}');
}

char *show_json(struct hr_result *result, const struct hr_answer *answer,
                size_t changed)
{
    struct json json;

    json_start(&json);
    json_text(&json, "title", hr_result_text(result, "title"));
    json_text(&json, "reference", answer->form[answer->reference]);
    json_text(&json, "price_base", hr_result_text(result, "price_base"));
    write_units(&json, answer);
    json_number(&json, "people", answer->people);
    json_number(&json, "numbers", (double)answer->numbers);
    json_number(&json, "assumptions_without_evidence", (double)answer->assumed);
    calibration_note_write(&json, result);
    if (changed > 0)
        json_number(&json, "terms_made_neutral", (double)changed);
    write_sentences(&json, answer);
    json_open(&json, "metrics", '{');
    for (size_t m = 0; m < answer->metrics; m++) {
        json_open(&json, answer->metric[m].name, '{');
        for (size_t f = 0; f < answer->forms; f++)
            write_cell(&json, answer, m, f);
        json_close(&json, '}');
    }
    json_close(&json, '}');
    lacks_write(&json, result);
    return json_end(&json);
}
