using System.Globalization;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Signals.Tests.Synthetic;

/// <summary>The sensor values of the shared data: a person each, by slots of five minutes.</summary>
internal sealed record SharedGlucose(string Person, IReadOnlyList<(long Slot, double MgPerDl, bool Test)> Values)
{
    public const string File = "testdata/health/cgm/cgm_dev.csv";

    public static IReadOnlyList<SharedGlucose> Read()
        => [.. System.IO.File.ReadLines(Repository.FindShared(File)!).Skip(1).Select(line => line.Split(',')).GroupBy(row => row[0])
            .Select(group => new SharedGlucose(group.Key, [.. group.Select(row => (long.Parse(row[1], CultureInfo.InvariantCulture), double.Parse(row[3], CultureInfo.InvariantCulture), row[4] == "test"))]))];
}
