#include "show_lines.h"

const struct show_line show_lines[] = {
    {"economic_net_position", "Economic net position", "GBP/patient", 1.0, 1},
    {"economic_net_position_narrow", "  without contracts, hospital", "GBP/patient",
     1.0, 1},
    {"economic_net_position_less_unmet", "  less price of unmet need", "GBP/patient",
     1.0, 1},
    {"todays_gps", "Today's GPs", "GBP m", 1e6, 2},
    {"partner_income", "Partner income", "GBP k/fte-year", 1e3, 1},
    {"partner_income_worst_year", "  worst year", "GBP k/fte-year", 1e3, 1},
    {"npv_partners", "Position of partners", "GBP m", 1e6, 2},
    {"npv_reserves", "  practice reserves", "GBP m", 1e6, 2},
    {"npv_organisation", "  organisation", "GBP m", 1e6, 2},
    {"npv_owners", "  owners", "GBP m", 1e6, 2},
    {"npv_creditors", "  creditors", "GBP m", 1e6, 2},
    {"npv_trust", "  trust", "GBP m", 1e6, 2},
    {"npv_commissioner", "  commissioner", "GBP m", 1e6, 2},
    {"npv_insurer", "  insurer", "GBP m", 1e6, 2},
    {"public_cost", "Public cost", "GBP m", 1e6, 2},
    {"partner_led_sites", "Partner-led at the end", "practices", 1.0, 2},
    {"sites_ended", "Ended: closed or taken over", "practices", 1.0, 2},
    {"sites_closed", "  closed", "practices", 1.0, 2},
    {"sites_taken_over", "  taken over", "practices", 1.0, 2},
    {"sites_caretaker", "In caretaker hands", "practices", 1.0, 2},
    {"vacancy", "Vacancy", "% of posts", 0.01, 2},
    {"unmet_appointments", "Unmet appointments", "thousand", 1e3, 1},
    {"delegated_result", "Delegated budget, result", "GBP/patient/yr", 1.0, 2},
    {"delegated_worst_year", "  all holders' worst year", "GBP/patient/yr", 1.0, 2},
    {"delegated_worst_loss", "  worst loss of a holder", "% of budget", 0.01, 2},
};

const size_t show_line_count = sizeof(show_lines) / sizeof(*show_lines);
