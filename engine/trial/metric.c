#include "metric.h"

#include "form.h"

#include <string.h>

enum { PLAIN = false, MONEY = true, UNDISCOUNTED = false, DISCOUNTED = true };

const char *const bearer_names[BEARERS] = {
    "partners",  "reserves", "organisation", "owners",
    "creditors", "trust",    "commissioner", "insurer",
};

/* clang-format off */
const struct column metric_columns[METRICS] = {
    [METRIC_NPV_PARTNERS] = {"npv_partners", "GBP", "what partners gain or lose, before income tax", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Bearers", "Position of partners", 1e6, "m", 2, false}},
    [METRIC_NPV_RESERVES] = {"npv_reserves", "GBP", "change of practice reserves, released at the horizon", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Bearers", "Position of practice reserves", 1e6, "m", 2, false}},
    [METRIC_NPV_ORGANISATION] = {"npv_organisation", "GBP", "change of the organisations' own accounts", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Bearers", "Position of organisations' accounts", 1e6, "m", 2, false}},
    [METRIC_NPV_OWNERS] = {"npv_owners", "GBP", "what owners outside general practice gain or lose", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Bearers", "Position of outside owners", 1e6, "m", 2, false}},
    [METRIC_NPV_CREDITORS] = {"npv_creditors", "GBP", "losses left with creditors", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Bearers", "Position of creditors", 1e6, "m", 2, false}},
    [METRIC_NPV_TRUST] = {"npv_trust", "GBP", "what the trust gains or loses", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Public purse", "Position of the trust", 1e6, "m", 2, false}},
    [METRIC_NPV_COMMISSIONER] = {"npv_commissioner", "GBP", "what the commissioner pays (negative) or saves", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Public purse", "Position of the commissioner", 1e6, "m", 2, false}},
    [METRIC_NPV_INSURER] = {"npv_insurer", "GBP", "what the insurer gains or loses", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Bearers", "Position of the insurer", 1e6, "m", 2, false}},
    [METRIC_ECONOMIC_NET_POSITION] = {"economic_net_position", "GBP/patient", "all bearers together after partners' work at the salaried rate, with relationships and system effects", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Everyone", "Everyone together", 1.0, "", 1, false}},
    [METRIC_ECONOMIC_NET_POSITION_NARROW] = {"economic_net_position_narrow", "GBP/patient", "economic net position without relationships, the contract work they move and system effects", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Everyone", "Everyone, without contracts and hospital", 1.0, "", 1, false}},
    [METRIC_ECONOMIC_NET_POSITION_LESS_UNMET] = {"economic_net_position_less_unmet", "GBP/patient", "economic net position less the price of unmet appointments", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Everyone", "Everyone, unmet need priced", 1.0, "", 1, false}},
    [METRIC_PUBLIC_COST] = {"public_cost", "GBP", "paid by commissioner, trust and public insurer", MONEY, DISCOUNTED, {HR_BETTER_LOWER, "Public purse", "Public cost", 1e6, "m", 2, false}},
    [METRIC_NET_MONETARY_BENEFIT] = {"net_monetary_benefit", "GBP", "minus public cost less the price of unmet appointments", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Public purse", "Public purse, unmet need priced", 1e6, "m", 2, false}},
    [METRIC_TODAYS_GPS] = {"todays_gps", "GBP", "income of the GPs in post at the start while they stay, before income tax", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "GPs", "Today's GPs", 1e6, "m", 2, false}},
    [METRIC_TODAYS_GPS_YEARS] = {"todays_gps_years", "fte-years", "time in post of the GPs of the start", PLAIN, UNDISCOUNTED, {HR_BETTER_NEITHER, "GPs", "Today's GPs' time in post", 1.0, "", 1, false}},
    [METRIC_TODAYS_GPS_PER_YEAR] = {"todays_gps_per_year", "GBP/fte-year", "today's GPs' income over their time in post", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "GPs", "Today's GPs, a year in post", 1e3, "k", 1, false}},
    [METRIC_PARTNER_INCOME] = {"partner_income", "GBP/fte-year", "profit per partner fte of sites with partners, before income tax", MONEY, UNDISCOUNTED, {HR_BETTER_HIGHER, "GPs", "Partner income", 1e3, "k", 1, false}},
    [METRIC_PARTNER_INCOME_HEAD] = {"partner_income_head", "GBP/head-year", "profit per partner of sites with partners, before income tax", MONEY, UNDISCOUNTED, {HR_BETTER_HIGHER, "GPs", "Partner income, a head", 1e3, "k", 1, false}},
    [METRIC_PARTNER_INCOME_WORST_YEAR] = {"partner_income_worst_year", "GBP/fte-year", "partner income in its worst year", MONEY, UNDISCOUNTED, {HR_BETTER_HIGHER, "GPs", "Partner income in its worst year", 1e3, "k", 1, false}},
    [METRIC_PARTNER_LOSS] = {"partner_loss", "GBP", "what partners paid in: losses, joint shares, wind-ups", MONEY, DISCOUNTED, {HR_BETTER_LOWER, "GPs", "Paid in by partners", 1e6, "m", 2, false}},
    [METRIC_DRAWDOWN] = {"drawdown", "GBP", "largest fall of an organisation's running account: the reserve it needed", MONEY, UNDISCOUNTED, {HR_BETTER_LOWER, "Organisation", "Reserve an organisation needed", 1e6, "m", 2, false}},
    [METRIC_OVERHEAD_SHARE] = {"overhead_share", "share", "levy, coordination, recharge, organisation and leadership time over core income", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Organisation", "Overheads, of core income", 0.01, "%", 2, false}},
    [METRIC_VACANCY] = {"vacancy", "share", "vacant posts over wanted posts, mean of the quarters", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Workforce", "Vacant GP posts", 0.01, "%", 2, false}},
    [METRIC_TURNOVER] = {"turnover", "1/year", "GPs leaving over GPs in post", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Workforce", "Turnover of GPs, a year", 0.01, "%", 2, false}},
    [METRIC_LOCUM_SPEND] = {"locum_spend", "GBP", "spent on locums", MONEY, DISCOUNTED, {HR_BETTER_LOWER, "Workforce", "Spent on locums", 1e6, "m", 2, false}},
    [METRIC_WORKLOAD] = {"workload", "ratio", "demand over capacity, weighted by list, mean of the quarters", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Patients", "Workload, demand over capacity", 1.0, "", 3, false}},
    [METRIC_UNMET_APPOINTMENTS] = {"unmet_appointments", "appointments", "appointments not given over the horizon", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Patients", "Appointments not given", 1e3, "k", 1, false}},
    [METRIC_UNMET_COST] = {"unmet_cost", "GBP", "unmet appointments at their price", MONEY, DISCOUNTED, {HR_BETTER_LOWER, "Patients", "Appointments not given, at their price", 1e6, "m", 2, false}},
    [METRIC_CORE_INCOME] = {"core_income", "GBP", "core contract income of all practices", MONEY, DISCOUNTED, {HR_BETTER_NEITHER, "Everyone", "Core income", 1e6, "m", 2, false}},
    [METRIC_PARTNERS_WORK] = {"partners_work", "GBP", "partners' work at the salaried rate with on-cost, which their profit pays", MONEY, DISCOUNTED, {HR_BETTER_NEITHER, "Everyone", "Partners' work at the salaried rate", 1e6, "m", 2, false}},
    [METRIC_SERVICES_BOUGHT] = {"services_bought", "GBP", "services that organisations sell to the commissioner, worth their price", MONEY, DISCOUNTED, {HR_BETTER_NEITHER, "Everyone", "Services bought from organisations", 1e6, "m", 2, false}},
    [METRIC_SITES_CLOSED] = {"sites_closed", "sites", "practices closed, their lists dispersed", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Practices", "Practices closed", 1.0, "", 2, true}},
    [METRIC_SITES_TAKEN_OVER] = {"sites_taken_over", "sites", "practices ever taken over", PLAIN, UNDISCOUNTED, {HR_BETTER_NEITHER, "Practices", "Practices taken over", 1.0, "", 2, true}},
    [METRIC_SITES_ENDED] = {"sites_ended", "sites", "practices closed or taken over: their codes are gone", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Practices", "Practices ended", 1.0, "", 2, true}},
    [METRIC_SITES_CARETAKER] = {"sites_caretaker", "sites", "practices put in caretaker hands, their codes kept", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Practices", "Practices in caretaker hands", 1.0, "", 2, true}},
    [METRIC_SITES_CONTINUING] = {"sites_continuing", "sites", "practices that neither ended nor came into caretaker hands", PLAIN, UNDISCOUNTED, {HR_BETTER_HIGHER, "Practices", "Practices that went on", 1.0, "", 2, true}},
    [METRIC_SITES_WORSE_OFF] = {"sites_worse_off", "sites", "practices whose partners of the start have less than under the reference, by over 0.5 % of it", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Practices", "Practices whose partners lose", 1.0, "", 2, true}},
    [METRIC_SITES_BETTER_OFF] = {"sites_better_off", "sites", "practices whose partners of the start have more than under the reference, by over 0.5 % of it", PLAIN, UNDISCOUNTED, {HR_BETTER_HIGHER, "Practices", "Practices whose partners gain", 1.0, "", 2, true}},
    [METRIC_PATIENTS_DISPERSED] = {"patients_dispersed", "patients", "patients moved to another practice by closures", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Patients", "Patients moved by closures", 1e3, "k", 2, false}},
    [METRIC_LARGEST_CASCADE] = {"largest_cascade", "sites", "most hand-backs without successor of one network in four quarters", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Practices", "Largest cascade of hand-backs", 1.0, "", 2, true}},
    [METRIC_RELATIONSHIPS] = {"relationships", "contracts", "organisations and single practices holding a contract, mean of the quarters", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Organisation", "Contracts held", 1.0, "", 1, false}},
    [METRIC_RELATIONSHIPS_COST] = {"relationships_cost", "GBP", "cost to the commissioner of its relationships", MONEY, DISCOUNTED, {HR_BETTER_LOWER, "Public purse", "Cost of managing contracts", 1e6, "m", 2, false}},
    [METRIC_CONTRACT_WORK_MOVED] = {"contract_work_moved", "GBP", "contract work that organisations do in place of those they deal with", MONEY, DISCOUNTED, {HR_BETTER_LOWER, "Organisation", "Contract work done by organisations", 1e6, "m", 2, false}},
    [METRIC_SYSTEM_EFFECTS] = {"system_effects", "GBP", "value of hospital use avoided", MONEY, DISCOUNTED, {HR_BETTER_HIGHER, "Public purse", "Hospital use avoided", 1e6, "m", 2, false}},
    [METRIC_ALIGNMENT] = {"alignment", "0-1", "trust between practices and leaders at the end, mean of organisations", PLAIN, UNDISCOUNTED, {HR_BETTER_HIGHER, "Organisation", "Trust between practices and leaders", 1.0, "", 3, false}},
    [METRIC_MEMBERS_LEFT] = {"members_left", "sites", "practices that left their organisation", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Organisation", "Practices that left their organisation", 1.0, "", 2, true}},
    [METRIC_ORGANISATIONS_DISSOLVED] = {"organisations_dissolved", "organisations", "companies that failed", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Organisation", "Organisations that failed", 1.0, "", 2, true}},
    [METRIC_ORGANISATIONS_EXITED] = {"organisations_exited", "organisations", "trusts or companies that handed back their losing sites", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Organisation", "Organisations that handed back", 1.0, "", 2, true}},
    [METRIC_DELEGATED_RESULT] = {"delegated_result", "GBP/patient/year", "what holders of delegated budgets gain or lose, mean of the years", MONEY, UNDISCOUNTED, {HR_BETTER_HIGHER, "Delegated budget", "Delegated budget, result", 1.0, "", 2, false}},
    [METRIC_DELEGATED_WORST_YEAR] = {"delegated_worst_year", "GBP/patient/year", "what holders of delegated budgets gain or lose together in the worst year", MONEY, UNDISCOUNTED, {HR_BETTER_HIGHER, "Delegated budget", "Delegated budget, worst year", 1.0, "", 2, false}},
    [METRIC_DELEGATED_WORST_LOSS] = {"delegated_worst_loss", "share", "largest loss of one holder in a year over its delegated budget", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Delegated budget", "Delegated budget, worst loss of a holder", 0.01, "%", 2, false}},
    [METRIC_PARTNER_LED_SITES] = {"partner_led_sites", "sites", "practices led by partners at the end", PLAIN, UNDISCOUNTED, {HR_BETTER_NEITHER, "Practices", "Practices led by partners at the end", 1.0, "", 2, true}},
    [METRIC_PARTNER_FTE] = {"partner_fte", "fte", "partners at the end", PLAIN, UNDISCOUNTED, {HR_BETTER_NEITHER, "Workforce", "Partners at the end", 1.0, "", 1, false}},
    [METRIC_SALARIED_FTE] = {"salaried_fte", "fte", "salaried GPs at the end, converted partners included", PLAIN, UNDISCOUNTED, {HR_BETTER_NEITHER, "Workforce", "Salaried GPs at the end", 1.0, "", 1, false}},
    [METRIC_IMBALANCE] = {"imbalance", "share", "largest ledger imbalance of a quarter over its gross flows", PLAIN, UNDISCOUNTED, {HR_BETTER_LOWER, "Quality", "Largest imbalance of the ledger", 1.0, "", 1, false}},
};

const struct column series_columns[SERIES_COUNT] = {
    [SERIES_PARTNER_INCOME] = {"partner_income", "GBP/fte-year", "profit per partner fte, the quarter times four", MONEY, UNDISCOUNTED},
    [SERIES_VACANCY] = {"vacancy", "share", "vacant posts over wanted posts", PLAIN, UNDISCOUNTED},
    [SERIES_WORKLOAD] = {"workload", "ratio", "demand over capacity, weighted by list", PLAIN, UNDISCOUNTED},
    [SERIES_UNMET_APPOINTMENTS] = {"unmet_appointments", "appointments", "appointments not given", PLAIN, UNDISCOUNTED},
    [SERIES_PARTNER_FTE] = {"partner_fte", "fte", "partners in post", PLAIN, UNDISCOUNTED},
    [SERIES_SALARIED_FTE] = {"salaried_fte", "fte", "salaried GPs in post, converted partners included", PLAIN, UNDISCOUNTED},
    [SERIES_PARTNER_LED_SITES] = {"partner_led_sites", "sites", "practices led by partners", PLAIN, UNDISCOUNTED, {.count = true}},
    [SERIES_SITES_ENDED] = {"sites_ended", "sites", "practices closed or taken over so far", PLAIN, UNDISCOUNTED, {.count = true}},
    [SERIES_SITES_CARETAKER] = {"sites_caretaker", "sites", "practices put in caretaker hands so far", PLAIN, UNDISCOUNTED, {.count = true}},
    [SERIES_SITES_CONTINUING] = {"sites_continuing", "sites", "practices that neither ended nor came into caretaker hands", PLAIN, UNDISCOUNTED, {.count = true}},
    [SERIES_LOCUM_SPEND] = {"locum_spend", "GBP/quarter", "spent on locums", MONEY, UNDISCOUNTED},
    [SERIES_PUBLIC_COST] = {"public_cost", "GBP/quarter", "paid by commissioner, trust and public insurer", MONEY, UNDISCOUNTED},
    [SERIES_RELATIONSHIPS] = {"relationships", "contracts", "organisations and single practices holding a contract", PLAIN, UNDISCOUNTED, {.count = true}},
    [SERIES_ALIGNMENT] = {"alignment", "0-1", "trust between practices and leaders, mean of organisations", PLAIN, UNDISCOUNTED},
};

const struct column site_columns[SITE_METRICS] = {
    [SITE_LOST] = {"lost", "probability", "closed, or in caretaker hands without successor", PLAIN, UNDISCOUNTED},
    [SITE_TAKEN_OVER] = {"taken_over", "probability", "ever taken over", PLAIN, UNDISCOUNTED},
    [SITE_ENDED] = {"ended", "probability", "closed or taken over: its code is gone", PLAIN, UNDISCOUNTED},
    [SITE_CARETAKER] = {"caretaker", "probability", "in caretaker hands, its code kept", PLAIN, UNDISCOUNTED},
    [SITE_CONTINUING] = {"continuing", "probability", "neither ended nor in caretaker hands", PLAIN, UNDISCOUNTED},
    [SITE_TODAYS_GPS] = {"todays_gps", "GBP", "income of the GPs in post at the start while they stay", MONEY, DISCOUNTED},
    [SITE_TODAYS_PARTNERS] = {"todays_partners", "GBP", "income of the partners of the start while they stay, their pay once employed included", MONEY, DISCOUNTED},
    [SITE_WORSE_OFF] = {"worse_off", "probability", "partners of the start have less than under the reference, by over 0.5 % of it", PLAIN, UNDISCOUNTED},
    [SITE_MORE] = {"todays_partners_difference_p_positive", "probability", "partners of the start have more than under the reference", PLAIN, UNDISCOUNTED},
};
/* clang-format on */

size_t hr_metric_count(void)
{
    return METRICS;
}

struct hr_metric hr_metric_at(size_t i)
{
    const struct column *column = &metric_columns[i];
    const struct presentation *shown = &column->shown;

    return (struct hr_metric){
        .name = column->name,
        .unit = column->unit,
        .meaning = column->long_name,
        .money = column->money,
        .discounted = column->discounted,
        .better = shown->better,
        .group = shown->group,
        .label = shown->label,
        .scale = shown->scale,
        .suffix = shown->suffix,
        .decimals = shown->decimals,
        .count = shown->count,
    };
}

bool hr_metric_find(const char *name, struct hr_metric *metric)
{
    for (size_t i = 0; i < METRICS; i++) {
        if (strcmp(metric_columns[i].name, name) == 0) {
            *metric = hr_metric_at(i);
            return true;
        }
    }
    return false;
}
