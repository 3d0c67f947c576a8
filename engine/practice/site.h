/** @file
 * What a practice is at the start, the same in every trial and under all forms.
 */
#ifndef HEADROOM_SITE_H
#define HEADROOM_SITE_H

#include "form.h"

struct site {
    uint32_t entity;
    int posts[ROLES];       /**< filled at the start */
    int slots;              /**< most posts it can ever want */
    double fte[ROLES];      /**< of one post, as workforce_fte() has it */
    const double *slot_fte; /**< of the post in each slot */
    double list;            /**< patients */
    double per_patient;     /**< 1 over them */
    double per_partner_fte; /**< 1 over its partners' fte, 0 without partners */
    double weight;          /**< weighted patients for each patient */
    double core_income;     /**< GBP a quarter, price base, as the next */
    double core_rate;       /**< of that, for each patient */
    double cost_rate;       /**< of non-GP cost, for each patient, calibrated */
};

#endif
