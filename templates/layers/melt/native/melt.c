#include "melt.h"

/* mm of water for a day and a degree above zero. */
#define DEGREE_DAY_FACTOR 3.0

double
snow_cap_melt(double degrees)
{
    return degrees > 0.0 ? DEGREE_DAY_FACTOR * degrees : 0.0;
}
