using System.Globalization;
using EdgeHost.Capabilities.Health;

namespace HealthJournal;

/// <summary>A CSV file of readings to be replayed: <c>type,value,unit,time</c> with a header, in order of time.</summary>
internal static class ReadingsFile
{
    private const string Source = "replay";

    /// <exception cref="FormatException">A line is wrong, or there is none.</exception>
    public static IReadOnlyList<HealthSample> Read(string path)
    {
        var readings = new List<HealthSample>();
        foreach (var (number, line) in File.ReadLines(path).Index().Skip(1))
        {
            if (line.Split(',') is not [var type, var value, var unit, var time, ..]
                || !double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed)
                || !DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
                || (readings.Count > 0 && at.ToUnixTimeMilliseconds() < readings[^1].Time))
            {
                throw new FormatException($"{path}, line {number + 1}: '{line}' is no type,value,unit,time, or comes before the line above.");
            }

            readings.Add(new HealthSample { Type = type, Value = parsed, Unit = unit, Time = at.ToUnixTimeMilliseconds(), Source = Source });
        }

        return readings.Count > 0 ? readings : throw new FormatException($"{path} has no readings.");
    }
}
