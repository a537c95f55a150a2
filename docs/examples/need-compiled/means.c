#include <stddef.h>

/* Write the mean of each window of `values` to `means`, which has room for them. */
void rolling_mean(const double *values, size_t count, size_t window, double *means)
{
    for (size_t start = 0; start + window <= count; start++) {
        double total = 0.0;
        for (size_t at = start; at < start + window; at++) {
            total += values[at];
        }
        means[start] = total / (double)window;
    }
}
