using EdgeHost.Capabilities.Health;
using EdgeHost.Host.Cli;
using EdgeHost.Host.Replaying;
using EdgeHost.TestKit;

namespace EdgeHost.Host.Tests.Replaying;

/// <summary>The files that <c>edgehost health replay</c> takes.</summary>
public sealed class RecordFileReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WfdbRecord_GivesTheFirstSignalThatIsKnown_OrTheOneThatIsNamed()
    {
        Write("r.dat", [0xE8, 3, 1, 0, 0x18, 0xFC, 2, 0]);
        var path = Write("r.hea", "r 2 250 2\nr.dat 16 1/uV 12 0 0 0 0 II\nr.dat 16 1/NU 12 0 0 3 0 PLETH\n");

        var lead = RecordFileReader.Read(path, signal: null, kind: null);
        var pulse = RecordFileReader.Read(path, "pleth", kind: null);

        Assert.Equal((WaveKind.Ecg, 250.0), (lead.Kind, lead.Signal!.RateHz));
        Assert.Equal([1f, -1f], lead.Signal.Samples.ToArray());
        Assert.Equal(WaveKind.Ppg, pulse.Kind);
        Assert.Equal([1f, 2f], pulse.Signal!.Samples.ToArray());
    }

    [Fact]
    public void WfdbRecord_OfSeveralSegments_IsOneSignalWithGaps()
    {
        Write("s.dat", [1, 0, 2, 0]);
        Write("s.hea", "s 1 250 2\ns.dat 16 1/mV 12 0 0 3 0 II\n");
        var path = Write("m.hea", "m/3 1 250 5\ns 2\n~ 1\ns 2\n");

        var lead = RecordFileReader.Read(path, signal: null, kind: null);

        Assert.Equal([1f, 2f, float.NaN, 1f, 2f], lead.Signal!.Samples.ToArray());
    }

    [Fact]
    public void CsvOfASignal_HasTimesAndChannels()
    {
        var path = Write("p.csv", "time,R,G,B\n0,1,2,3\n33,4,,6\n");

        var all = RecordFileReader.Read(path, signal: null, kind: null);
        var green = RecordFileReader.Read(path, "G", WaveKind.Ecg);

        Assert.Equal((WaveKind.Ppg, null, 3, 2), (all.Kind, all.Signal!.RateHz, all.Signal.Channels, all.Signal.Frames));
        Assert.Equal([1f, 2f, 3f, 4f, float.NaN, 6f], all.Signal.Samples.ToArray());
        Assert.Equal((WaveKind.Ecg, 30.303), (green.Kind, green.Signal!.RateHz));
    }

    [Fact]
    public void CsvOfReadings_HasThem()
    {
        var readings = RecordFileReader.Read(Write("g.csv", "time,type,value,unit,source\n2024-03-01T08:00:00+08:00,glucose,5.5,mmol/L,\"Meter, old\"\n1709251260000,heart_rate,61,/min,\n"), null, null);

        Assert.Null(readings.Signal);
        Assert.Equal([("glucose", 5.5, 1_709_251_200_000, "Meter, old"), ("heart_rate", 61, 1_709_251_260_000, null)], readings.Samples.Select(static one => (one.Type, one.Value, one.Time, one.Source)));
    }

    [Theory]
    [InlineData("x.csv", "", "empty")]
    [InlineData("x.csv", "a,b\n1,2", "no 'time'")]
    [InlineData("x.csv", "time,a\n0,x\n1,2", "no number")]
    [InlineData("x.csv", "time,a\n0,1", "two frames")]
    [InlineData("x.csv", "time,a\n0,1,2\n", "fields")]
    [InlineData("x.csv", "time,a,b,c,d,e\n0,1,1,1,1,1\n", "--signal")]
    [InlineData("x.csv", "time,type,value,unit\n2024-03-01T08:00:00,glucose,100,mg/dL\n", "offset")]
    [InlineData("x.hea", "x 1 250 4\nx.dat 16 1/mmHg 12 0 0 0 0 ABP", "--signal")]
    [InlineData("x.hea", "x 1 250 4\nx.dat 16 1/mV 12 0 0 0 0 II", "cannot be read")]
    [InlineData("x.hea", "x/2 1 250\n~ 1\nx1 2", "cannot be read")]
    public void Files_ThatAreNone_AreMistakesOfTheCommandLine(string name, string text, string expected)
        => Assert.Contains(expected, Assert.Throws<UsageException>(() => RecordFileReader.Read(Write(name, text), null, null)).Message, StringComparison.Ordinal);

    [Fact]
    public void Records_ThatAreDamaged_SayHow()
    {
        Write("x.dat", [1, 0, 2]);

        Assert.Equal(ErrorCode.DataLoss, Assert.Throws<EdgeHostException>(() => RecordFileReader.Read(Write("x.hea", "x 1 250 4\nx.dat 16 1/mV 12 0 0 0 0 II"), null, null)).Code);
        Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => RecordFileReader.Read(Write("y.hea", "y"), null, null)).Code);
    }

    private string Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] content)
    {
        var path = _folder.Combine(name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
