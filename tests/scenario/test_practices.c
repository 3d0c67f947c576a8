#include "test.h"

#include "practices.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADER                                                                         \
    "practice_code,practice_name,network_code,contract_type,list,weighted_list,"       \
    "core_rate,partner_headcount,partner_fte,salaried_headcount,salaried_fte\n"

/** A table with what was said about it. */
struct reading {
    struct practice_table table;
    struct store store;
    struct hr_messages problems, warnings;
};

static const struct place file = {.file = "table.csv"};

/* Two tenths of an fte are missing to each head, so that 4 heads are 3.2 fte. */
static const struct imputation values = {
    .core_rate = 150, .weight_ratio = 1.1, .fte_per_head = {0.8, 0.5}};

static void read_table(struct reading *reading, const char *text)
{
    *reading = (struct reading){0};
    practices_read(&reading->table, text, &file, &reading->store, &reading->problems);
    if (reading->problems.count == 0)
        practices_impute(&reading->table, &values, &file, &reading->warnings,
                         &reading->problems);
}

static void drop(struct reading *reading)
{
    practices_free(&reading->table);
    store_free(&reading->store);
    hr_messages_free(&reading->problems);
    hr_messages_free(&reading->warnings);
}

static void practices_are_sorted_by_code_and_know_their_row(void **state)
{
    struct reading reading;

    (void)state;
    read_table(&reading, HEADER "T2,Mill,N1,GMS,8000,8000,150,4,3.2,2,1\n"
                                "T1,Hill,N1,GMS,9000,9000,150,4,3.2,2,1\n");
    assert_int_equal(reading.problems.count, 0);
    assert_string_equal(reading.table.practice[0].code, "T1");
    assert_int_equal(reading.table.practice[0].row, 3);
    assert_int_equal(reading.table.practice[1].row, 2);
    drop(&reading);
}

static void columns_may_stand_in_any_order(void **state)
{
    struct reading reading;

    (void)state;
    read_table(&reading,
               "list,practice_code,salaried_fte,salaried_headcount,partner_fte,"
               "partner_headcount,core_rate,weighted_list,contract_type,network_code,"
               "practice_name\n8000,T1,1,2,3.2,4,150,8400,GMS,N1,Hill\n");
    assert_int_equal(reading.problems.count, 0);
    assert_true(reading.table.practice[0].weighted_list == 8400.0);
    assert_true(reading.table.practice[0].fte[1] == 1.0);
    drop(&reading);
}

/* As spreadsheets and official files write a table: each line of it reads as this. */
#define PLAIN_ROW "T1,Hill,N1,PMS,8000,8400,150,4,3.2,2,1\n"

static void reads_as_the_plain_row(const char *text, int row)
{
    struct reading reading;
    const struct hr_practice *practice;

    read_table(&reading, text);
    assert_int_equal(reading.problems.count, 0);
    assert_int_equal(reading.table.count, 1);
    practice = &reading.table.practice[0];
    assert_string_equal(practice->code, "T1");
    assert_string_equal(practice->contract, "PMS");
    assert_true(practice->list == 8000.0 && practice->weighted_list == 8400.0);
    assert_true(practice->fte[1] == 1.0);
    assert_int_equal(practice->row, row);
    drop(&reading);
}

static void headers_are_known_in_any_case_and_with_any_separator(void **state)
{
    (void)state;
    reads_as_the_plain_row(
        "PRACTICE_CODE,Practice Name,Network-Code,Contract.Type,List,Weighted List,"
        "Core_Rate,PARTNER HEADCOUNT,Partner_FTE,salaried headcount,Salaried "
        "FTE\n" PLAIN_ROW,
        2);
}

static void blank_lines_above_the_header_are_counted_and_passed_over(void **state)
{
    (void)state;
    reads_as_the_plain_row("\n,,,\n\n" HEADER PLAIN_ROW, 5);
}

static void blank_columns_and_rows_are_passed_over(void **state)
{
    (void)state;
    reads_as_the_plain_row(
        "practice_code,practice_name,network_code,contract_type,list,weighted_list,"
        "core_rate,partner_headcount,partner_fte,salaried_headcount,salaried_fte,,\n"
        "T1,Hill,N1,PMS,8000,8400,150,4,3.2,2,1,,\n,,,,,,,,,,,,\n",
        2);
}

static void contract_types_are_known_in_any_case(void **state)
{
    (void)state;
    reads_as_the_plain_row(HEADER "T1,Hill,N1,pms,8000,8400,150,4,3.2,2,1\n", 2);
    reads_as_the_plain_row(HEADER "T1,Hill,N1,Pms,8000,8400,150,4,3.2,2,1\n", 2);
}

static void marks_of_no_data_are_blanks(void **state)
{
    static const char *const marks[] = {"NA",   "n/a", "#N/A", "ND",  "NS", "EST",
                                        "null", "*",   "..",   "[c]", "[x]"};

    (void)state;
    for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
        struct reading reading;
        char text[400];

        snprintf(text, sizeof(text), HEADER "T1,Hill,%s,PMS,8000,%s,%s,4,3.2,2,1\n",
                 marks[i], marks[i], marks[i]);
        read_table(&reading, text);
        assert_int_equal(reading.problems.count, 0);
        assert_string_equal(reading.table.practice[0].network, "");
        assert_int_equal(reading.table.practice[0].imputed,
                         HR_IMPUTED_WEIGHTED_LIST | HR_IMPUTED_CORE_RATE);
        drop(&reading);
    }
}

static void a_blank_is_not_known_and_a_zero_is_zero(void **state)
{
    struct reading reading;

    (void)state;
    read_table(&reading, HEADER "T1,Hill,N1,GMS,8000,,,4,3.2,0,0\n"
                                "T2,Mill,N1,GMS,8000,8000,0,4,3.2,2,1\n");
    assert_int_equal(reading.problems.count, 0);
    assert_true(fabs(reading.table.practice[0].weighted_list - 8800.0) < 1e-9);
    assert_true(reading.table.practice[0].core_rate == 150.0);
    assert_int_equal(reading.table.practice[0].imputed,
                     HR_IMPUTED_WEIGHTED_LIST | HR_IMPUTED_CORE_RATE);
    assert_true(reading.table.practice[0].fte[1] == 0.0);
    assert_true(reading.table.practice[1].core_rate == 0.0);
    assert_int_equal(reading.table.practice[1].imputed, 0);
    drop(&reading);
}

static void headcount_and_fte_are_filled_from_each_other(void **state)
{
    struct reading reading;

    (void)state;
    read_table(&reading, HEADER "T1,Hill,N1,GMS,8000,8000,150,4,,,1\n");
    assert_true(fabs(reading.table.practice[0].fte[0] - 3.2) < 1e-12);
    assert_true(reading.table.practice[0].headcount[1] == 2.0);
    assert_int_equal(reading.table.practice[0].imputed,
                     HR_IMPUTED_PARTNER_FTE | HR_IMPUTED_SALARIED_HEADCOUNT);
    assert_string_equal(
        reading.warnings.item[0].text,
        "table.csv:row 2: T1: imputed: partner_fte, salaried_headcount");
    drop(&reading);
}

/* The first has 4 partners (3.2 fte) and 2 salaried GPs (1 fte) for 8000 patients; the
 * second, half its list, has one GP for more than 6000 patients to the fte. */
static void implausible_fte_is_staffed_as_the_patch(void **state)
{
    struct reading reading;

    (void)state;
    read_table(&reading, HEADER "T1,Hill,N1,GMS,8000,8000,150,4,3.2,2,1\n"
                                "T2,Mill,N1,GMS,4000,4000,150,1,0.5,0,0\n");
    assert_true(reading.table.practice[1].headcount[0] == 2.0);
    assert_true(fabs(reading.table.practice[1].fte[0] - 1.6) < 1e-12);
    assert_true(reading.table.practice[1].headcount[1] == 1.0);
    assert_true(fabs(reading.table.practice[1].fte[1] - 0.5) < 1e-12);
    drop(&reading);
}

static void a_role_of_which_nothing_is_known_is_staffed_as_the_patch(void **state)
{
    struct reading reading;

    (void)state;
    read_table(&reading, HEADER "T1,Hill,N1,GMS,8000,8000,150,4,3.2,2,1\n"
                                "T2,Mill,N1,GMS,8000,8000,150,5,4,,\n");
    assert_true(reading.table.practice[1].headcount[0] == 5.0);
    assert_true(reading.table.practice[1].headcount[1] == 2.0);
    assert_int_equal(reading.table.practice[1].imputed,
                     HR_IMPUTED_SALARIED_HEADCOUNT | HR_IMPUTED_SALARIED_FTE);
    drop(&reading);
}

static void a_list_under_500_is_left_out_and_said(void **state)
{
    struct reading reading;

    (void)state;
    read_table(&reading, HEADER "T1,Hill,N1,GMS,500,500,150,1,0.8,0,0\n"
                                "T2,Mill,N1,GMS,499,499,150,1,0.8,0,0\n");
    assert_int_equal(reading.table.count, 1);
    assert_string_equal(reading.warnings.item[0].text,
                        "table.csv:row 3: T2: left out: 499 patients, fewer than 500");
    drop(&reading);
}

/* What is written after imputation reads back as itself. */
static void imputation_of_what_was_imputed_changes_nothing(void **state)
{
    struct reading first, second;
    char *text, *again;

    (void)state;
    read_table(&first,
               HEADER "T1,\"Hill, \"\"Old\"\" House\",N1,GMS,8000,,,4,3.3,2,1.1\n"
                      "T2,Mill,,APMS,4001,4000,150,1,0.5,,\n"
                      "T3,Mill,U,PMS,7001,,150,3,,,2.7\n");
    text = practices_csv(&first.table, true);
    read_table(&second, text);
    again = practices_csv(&second.table, true);
    assert_int_equal(second.problems.count, 0);
    assert_int_equal(second.warnings.count, 0);
    assert_string_equal(text, again);
    free(text);
    free(again);
    drop(&first);
    drop(&second);
}

static void ages_are_kept_where_all_three_bands_are_given(void **state)
{
    struct reading reading;
    char *text;

    (void)state;
    read_table(&reading,
               "practice_code,practice_name,network_code,contract_type,list,"
               "weighted_list,core_rate,partner_headcount,partner_fte,"
               "salaried_headcount,salaried_fte,list_0_24,list_25_64,list_65_plus\n"
               "T1,Hill,N1,GMS,8000,8000,150,4,3.2,2,1,2000,4000,2000\n");
    text = practices_csv(&reading.table, true);
    assert_non_null(strstr(text, ",list_65_plus\n"));
    assert_non_null(strstr(text, ",2000,4000,2000\n"));
    free(text);
    drop(&reading);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(practices_are_sorted_by_code_and_know_their_row),
        cmocka_unit_test(columns_may_stand_in_any_order),
        cmocka_unit_test(headers_are_known_in_any_case_and_with_any_separator),
        cmocka_unit_test(blank_lines_above_the_header_are_counted_and_passed_over),
        cmocka_unit_test(blank_columns_and_rows_are_passed_over),
        cmocka_unit_test(contract_types_are_known_in_any_case),
        cmocka_unit_test(marks_of_no_data_are_blanks),
        cmocka_unit_test(a_blank_is_not_known_and_a_zero_is_zero),
        cmocka_unit_test(headcount_and_fte_are_filled_from_each_other),
        cmocka_unit_test(implausible_fte_is_staffed_as_the_patch),
        cmocka_unit_test(a_role_of_which_nothing_is_known_is_staffed_as_the_patch),
        cmocka_unit_test(a_list_under_500_is_left_out_and_said),
        cmocka_unit_test(imputation_of_what_was_imputed_changes_nothing),
        cmocka_unit_test(ages_are_kept_where_all_three_bands_are_given),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
