namespace EdgeHost.Runtime.Conditions;

/// <content>Thermal zones.</content>
internal sealed partial class SystemFileSensors
{
    /// <summary>Trip points of one zone that are read; the kernel's own limit is lower.</summary>
    private const int TripLimit = 32;

    /// <summary>Looks after which trip points are read again: they hardly ever change, and some drivers ask the firmware for each.</summary>
    private const int TripLooks = 30;

    /// <summary>Degrees beyond which a figure is a sensor's way to say that it has none.</summary>
    private const double Plausible = 150;

    private Dictionary<string, (double? Warm, double? Hot)> _trips = new(StringComparer.Ordinal);
    private int _tripAge;

    private List<ThermalZone> ReadZones()
    {
        const string folder = "/sys/class/thermal";
        if (++_tripAge > TripLooks)
        {
            _tripAge = 0;
            _trips = new Dictionary<string, (double?, double?)>(StringComparer.Ordinal);
        }

        var zones = new List<ThermalZone>();
        foreach (var name in List(folder))
        {
            if (!name.StartsWith("thermal_zone", StringComparison.Ordinal) || Celsius($"{folder}/{name}/temp") is not { } temperature) continue;
            if (!_trips.TryGetValue(name, out var trips)) _trips.Add(name, trips = ReadTrips($"{folder}/{name}"));
            if (trips is (null, null)) continue;
            zones.Add(new ThermalZone(Word($"{folder}/{name}/type") is { } type ? $"{name} ({type})" : name, temperature, trips.Warm, trips.Hot));
        }

        return zones;
    }

    private (double? Warm, double? Hot) ReadTrips(string zone)
    {
        double? warm = null;
        double? hot = null;
        for (var i = 0; i < TripLimit; i++)
        {
            if (Word($"{zone}/trip_point_{i}_type") is not { } type) break;

            // A trip point at or below freezing is one that the firmware left out.
            if (Celsius($"{zone}/trip_point_{i}_temp") is not ({ } trip and > 0)) continue;
            if (type is "passive" or "hot" && !(trip >= warm)) warm = trip;
            if (type is "hot" or "critical" && !(trip >= hot)) hot = trip;
        }

        return (warm, hot);
    }

    private double? Celsius(string path) => Number(path) / 1000.0 is { } degrees and > -Plausible and < Plausible ? degrees : null;
}
