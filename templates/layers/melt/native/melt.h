/* How much snow melts: the degree-day method. */
#ifndef SNOW_CAP_MELT_H
#define SNOW_CAP_MELT_H

/* Return the mm of water that melt in a day of so many degrees Celsius. */
double snow_cap_melt(double degrees);

#endif
