using System.Globalization;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>A camera's record of the shared data, with the intervals of a chest strap over the same minute.</summary>
internal sealed record SharedPpg(double[] TimesMs, float[] Frames, double[] ReferenceMs)
{
    public const string Folder = "testdata/health/ppg";

    public static SharedPpg Read(int number)
    {
        var path = Path.Combine(Repository.FindShared(Folder)!, $"welltory_{number:00}");
        var rows = File.ReadLines(path + ".ppg.csv").Skip(1).Select(line => line.Split(',')).ToList();
        return new SharedPpg(
            [.. rows.Select(row => double.Parse(row[0], CultureInfo.InvariantCulture))],
            [.. rows.SelectMany(row => row.Skip(1).Select(value => float.Parse(value, CultureInfo.InvariantCulture)))],
            [.. File.ReadAllText(path + ".rr.txt").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(value => double.Parse(value, CultureInfo.InvariantCulture))]);
    }
}
