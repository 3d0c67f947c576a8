#include "test.h"

#include "plausible.h"

#include <stdio.h>

#define HEADER                                                                         \
    "practice_code,practice_name,network_code,contract_type,list,weighted_list,"       \
    "core_rate,partner_headcount,partner_fte,salaried_headcount,salaried_fte,"         \
    "list_0_24,list_25_64,list_65_plus\n"
#define ROW(code, rest) code ",Name,N1,GMS," rest "\n"
#define SOUND           "9000,9000,130,3,2.5,2,1.4,3000,4000,2000"
#define AT(core_rate)   "9000,9000," core_rate ",3,2.5,2,1.4,3000,4000,2000"
#define OTHERS          ROW("Z00003", SOUND) ROW("Z00004", SOUND) ROW("Z00005", SOUND)

/** A table of which one row is in question, and what is said of it. */
struct doubted {
    struct practice_table table;
    struct store store;
    struct hr_messages problems, doubts;
};

static const struct place file = {.file = "table.csv"};

static void doubt(struct doubted *doubted, const char *rows)
{
    char text[2000];

    *doubted = (struct doubted){0};
    snprintf(text, sizeof(text), "%s%s", HEADER, rows);
    practices_read(&doubted->table, text, &file, &doubted->store, &doubted->problems);
    assert_int_equal(doubted->problems.count, 0);
    practices_doubt(&doubted->table, 139.94, &file, &doubted->doubts);
}

static void drop(struct doubted *doubted)
{
    practices_free(&doubted->table);
    store_free(&doubted->store);
    hr_messages_free(&doubted->problems);
    hr_messages_free(&doubted->doubts);
}

static void is_said(const char *rows, const char *sentence)
{
    struct doubted doubted;

    doubt(&doubted, rows);
    assert_int_equal(doubted.doubts.count, 1);
    assert_string_equal(doubted.doubts.item[0].text, sentence);
    drop(&doubted);
}

static void nothing_is_said(const char *rows)
{
    struct doubted doubted;

    doubt(&doubted, rows);
    assert_int_equal(doubted.doubts.count, 0);
    drop(&doubted);
}

static void a_sound_table_is_not_doubted(void **state)
{
    (void)state;
    nothing_is_said(OTHERS);
}

static void what_is_at_the_edge_or_blank_is_not_doubted(void **state)
{
    (void)state;
    nothing_is_said(OTHERS ROW("Z00002", "9000,4500,65,3,0.6,2,2.4,3000,4000,1990"));
    nothing_is_said(OTHERS ROW("Z00002", "9000,18000,260,3,3.6,2,0.4,3000,4000,2090"));
    nothing_is_said(OTHERS ROW("Z00002", "9000,,,,,,,,,"));
    nothing_is_said(OTHERS ROW("Z00002", "9000,9000,130,0.4,0.4,3,2,,4000,2000"));
}

static void a_core_rate_far_from_the_patchs_is_doubted(void **state)
{
    (void)state;
    is_said(OTHERS ROW("Z00002", "9000,9000,0.01,3,2.5,2,1.4,3000,4000,2000"),
            "table.csv:row 5: Z00002 core_rate: 0.01 is outside 0.5 to 2 times the "
            "patch's median, 130");
    is_said(OTHERS ROW("Z00002", "9000,9000,1300,3,2.5,2,1.4,3000,4000,2000"),
            "table.csv:row 5: Z00002 core_rate: 1300 is outside 0.5 to 2 times the "
            "patch's median, 130");
}

/* Of 0.01, 110, 120, 130 and 140 the third; without 120 half way from 110 to 130. */
static void the_patchs_median_lies_in_the_middle(void **state)
{
    (void)state;
    is_said(ROW("Z00002", AT("0.01")) ROW("Z00003", AT("140")) ROW("Z00004", AT("110"))
                ROW("Z00005", AT("130")) ROW("Z00006", AT("120")),
            "table.csv:row 2: Z00002 core_rate: 0.01 is outside 0.5 to 2 times the "
            "patch's median, 120");
    is_said(ROW("Z00002", AT("0.01")) ROW("Z00003", AT("140")) ROW("Z00004", AT("110"))
                ROW("Z00005", AT("130")),
            "table.csv:row 2: Z00002 core_rate: 0.01 is outside 0.5 to 2 times the "
            "patch's median, 120");
}

static void few_core_rates_are_compared_with_the_scenarios(void **state)
{
    (void)state;
    is_said(ROW("Z00002", "9000,9000,0.01,3,2.5,2,1.4,3000,4000,2000"),
            "table.csv:row 2: Z00002 core_rate: 0.01 is outside 0.5 to 2 times "
            "money.core_rate, 139.94");
}

static void a_weighted_list_far_from_the_list_is_doubted(void **state)
{
    (void)state;
    is_said(OTHERS ROW("Z00002", "9000,1,130,3,2.5,2,1.4,3000,4000,2000"),
            "table.csv:row 5: Z00002 weighted_list: 1 for 9000 patients: 0.5 to 2 to "
            "each is usual");
}

static void heads_and_fte_that_do_not_go_together_are_doubted(void **state)
{
    (void)state;
    is_said(OTHERS ROW("Z00002", "9000,9000,130,3,15,2,1.4,3000,4000,2000"),
            "table.csv:row 5: Z00002 partner_fte: 15 fte of 3 heads: 0.2 to 1.2 a head "
            "is usual, and what is reckoned with");
    is_said(OTHERS ROW("Z00002", "9000,9000,130,3,2.5,4,0.4,3000,4000,2000"),
            "table.csv:row 5: Z00002 salaried_fte: 0.4 fte of 4 heads: 0.2 to 1.2 a "
            "head is usual, and what is reckoned with");
    is_said(OTHERS ROW("Z00002", "9000,9000,130,3,2.5,0,1.4,3000,4000,2000"),
            "table.csv:row 5: Z00002 salaried_fte: 1.4 fte of 0 heads: 0.2 to 1.2 a "
            "head is usual, and what is reckoned with");
}

static void far_too_few_or_too_many_gps_are_doubted(void **state)
{
    (void)state;
    is_said(
        OTHERS ROW("Z00002", "9000,9000,130,1,1,0,0,3000,4000,2000"),
        "table.csv:row 5: Z00002 partner_fte + salaried_fte: 9000 patients to 1 fte "
        "of GPs: 500 to 6000 to each is usual");
    is_said(OTHERS ROW("Z00002", "9000,9000,130,30,20,10,10,3000,4000,2000"),
            "table.csv:row 5: Z00002 partner_fte + salaried_fte: 9000 patients to 30 "
            "fte of GPs: 500 to 6000 to each is usual");
}

static void ages_that_do_not_add_up_are_doubted(void **state)
{
    (void)state;
    is_said(OTHERS ROW("Z00002", "9000,9000,130,3,2.5,2,1.4,3000,4000,99999"),
            "table.csv:row 5: Z00002 list_0_24 to list_65_plus: add up to 106999 where "
            "the list is 9000");
}

static void codes_that_a_spreadsheet_has_changed_are_doubted(void **state)
{
    static const char *const codes[][2] = {
        {"81001", "number"}, {"8.1E+04", "number"}, {"1-Mar", "date"},
        {"2022-03", "date"}, {"Mar-22", "date"},    {"01-03-2022", "date"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(*codes); i++) {
        char rows[600], sentence[200];

        snprintf(rows, sizeof(rows), OTHERS "Z00002,Name,%s,GMS," SOUND "\n",
                 codes[i][0]);
        snprintf(sentence, sizeof(sentence),
                 "table.csv:row 5: Z00002 network_code: \"%s\" looks like a %s: a "
                 "spreadsheet may have changed the code",
                 codes[i][0], codes[i][1]);
        is_said(rows, sentence);
    }
}

static void codes_that_differ_in_capitals_alone_are_doubted(void **state)
{
    (void)state;
    is_said(OTHERS ROW("z00005", SOUND),
            "table.csv:row 5: z00005 practice_code: \"z00005\" and the \"Z00005\" of "
            "row 4 differ in capitals alone, and are taken for two");
    is_said(OTHERS "Z00002,Name,n1,GMS," SOUND "\n",
            "table.csv:row 5: Z00002 network_code: \"n1\" and the \"N1\" of row 4 "
            "differ in capitals alone, and are taken for two");
}

static void lists_that_are_left_out_are_not_doubted(void **state)
{
    (void)state;
    nothing_is_said(OTHERS ROW("Z00002", "400,9000,1,3,15,0,9,0,0,0"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_table_is_not_doubted),
        cmocka_unit_test(what_is_at_the_edge_or_blank_is_not_doubted),
        cmocka_unit_test(a_core_rate_far_from_the_patchs_is_doubted),
        cmocka_unit_test(the_patchs_median_lies_in_the_middle),
        cmocka_unit_test(few_core_rates_are_compared_with_the_scenarios),
        cmocka_unit_test(a_weighted_list_far_from_the_list_is_doubted),
        cmocka_unit_test(heads_and_fte_that_do_not_go_together_are_doubted),
        cmocka_unit_test(far_too_few_or_too_many_gps_are_doubted),
        cmocka_unit_test(ages_that_do_not_add_up_are_doubted),
        cmocka_unit_test(codes_that_a_spreadsheet_has_changed_are_doubted),
        cmocka_unit_test(codes_that_differ_in_capitals_alone_are_doubted),
        cmocka_unit_test(lists_that_are_left_out_are_not_doubted),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
