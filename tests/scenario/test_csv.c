#include "test.h"

#include "csv.h"

static const struct place file = {.file = "table.csv"};

static struct csv opened(const char *text)
{
    struct csv csv;
    struct hr_messages problems = {0};

    assert_true(csv_open(&csv, text, &file, &problems));
    return csv;
}

static void refuses(const char *text, const char *message)
{
    struct csv csv;
    struct hr_messages problems = {0};

    assert_false(csv_open(&csv, text, &file, &problems));
    assert_string_equal(problems.item[0].text, message);
    csv_free(&csv);
    hr_messages_free(&problems);
}

static void cells_are_cut_at_commas_and_trimmed(void **state)
{
    struct csv csv = opened("a, b ,c\n1,,3\n");

    (void)state;
    assert_int_equal(csv.rows, 2);
    assert_int_equal(csv_cells(&csv, 0), 3);
    assert_string_equal(csv_cell(&csv, 0, 1), "b");
    assert_string_equal(csv_cell(&csv, 1, 1), "");
    assert_string_equal(csv_cell(&csv, 1, 2), "3");
    csv_free(&csv);
}

static void a_quoted_cell_holds_commas_quotes_and_lines(void **state)
{
    struct csv csv =
        opened("\"one, two\",\"say \"\"no\"\"\",\"first\nsecond\"\nx,y,z\n");

    (void)state;
    assert_string_equal(csv_cell(&csv, 0, 0), "one, two");
    assert_string_equal(csv_cell(&csv, 0, 1), "say \"no\"");
    assert_string_equal(csv_cell(&csv, 0, 2), "first\nsecond");
    assert_string_equal(csv_cell(&csv, 1, 2), "z");
    csv_free(&csv);
}

/* Their commas and quotes cut no cells; below the header # is what a cell says. */
static void notes_above_the_header_are_passed_over(void **state)
{
    struct csv csv = opened("# 1, 2,\"3\n\n#\na,b\n#1,2\n");

    (void)state;
    assert_int_equal(csv.rows, 2);
    assert_string_equal(csv_cell(&csv, 0, 1), "b");
    assert_string_equal(csv_cell(&csv, 1, 0), "#1");
    assert_int_equal(csv_at(&csv, &file, 1).line, 5);
    csv_free(&csv);
}

static void a_byte_order_mark_and_returns_are_no_part_of_cells(void **state)
{
    struct csv csv = opened("\xef\xbb\xbf"
                            "a,b\r\n1,2\r\n");

    (void)state;
    assert_int_equal(csv.rows, 2);
    assert_string_equal(csv_cell(&csv, 0, 0), "a");
    assert_string_equal(csv_cell(&csv, 0, 1), "b");
    assert_string_equal(csv_cell(&csv, 1, 1), "2");
    csv_free(&csv);
}

static void the_last_line_may_lack_its_end(void **state)
{
    struct csv csv = opened("a,b\n1,2");

    (void)state;
    assert_int_equal(csv.rows, 2);
    assert_string_equal(csv_cell(&csv, 1, 1), "2");
    csv_free(&csv);
}

static void lines_may_end_as_on_an_old_macintosh(void **state)
{
    struct csv csv = opened("a,b\r1,2\r");

    (void)state;
    assert_int_equal(csv.rows, 2);
    assert_string_equal(csv_cell(&csv, 1, 0), "1");
    csv_free(&csv);
}

static void a_cell_beyond_a_short_row_is_empty(void **state)
{
    struct csv csv = opened("a,b\n1\n");

    (void)state;
    assert_int_equal(csv_cells(&csv, 1), 1);
    assert_string_equal(csv_cell(&csv, 1, 1), "");
    csv_free(&csv);
}

static void a_row_of_commas_is_blank(void **state)
{
    struct csv csv = opened("a,b\n,\n\n0,\n");

    (void)state;
    assert_true(csv_is_blank(&csv, 1));
    assert_true(csv_is_blank(&csv, 2));
    assert_false(csv_is_blank(&csv, 3));
    csv_free(&csv);
}

static void an_open_quote_is_refused_at_its_row(void **state)
{
    (void)state;
    refuses("a\n1\n\"2\n",
            "table.csv:row 3: a quote is not closed, or not at the end of its cell");
    refuses("a\n\"1\"x\n",
            "table.csv:row 2: a quote is not closed, or not at the end of its cell");
}

static void an_empty_text_has_no_rows(void **state)
{
    struct csv csv = opened("");

    (void)state;
    assert_int_equal(csv.rows, 0);
    csv_free(&csv);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_are_cut_at_commas_and_trimmed),
        cmocka_unit_test(a_quoted_cell_holds_commas_quotes_and_lines),
        cmocka_unit_test(notes_above_the_header_are_passed_over),
        cmocka_unit_test(a_byte_order_mark_and_returns_are_no_part_of_cells),
        cmocka_unit_test(the_last_line_may_lack_its_end),
        cmocka_unit_test(lines_may_end_as_on_an_old_macintosh),
        cmocka_unit_test(a_cell_beyond_a_short_row_is_empty),
        cmocka_unit_test(a_row_of_commas_is_blank),
        cmocka_unit_test(an_open_quote_is_refused_at_its_row),
        cmocka_unit_test(an_empty_text_has_no_rows),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
