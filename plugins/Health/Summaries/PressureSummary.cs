using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Summaries;

/// <summary>The blood pressure of a period.</summary>
/// <param name="Average">The average.</param>
/// <param name="Category">Its category.</param>
/// <param name="DayNight">By day and by night.</param>
/// <param name="Home">The average of home readings without their first day, or null where all are of one day.</param>
internal sealed record PressureSummary(BloodPressureAverage Average, BloodPressureCategory Category, BloodPressureDayNight DayNight, BloodPressureHome? Home);
