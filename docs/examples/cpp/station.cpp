#include <string>

std::string station_name()
{
    return "Sonnblick";
}
