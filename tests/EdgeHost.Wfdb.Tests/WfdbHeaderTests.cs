using CsCheck;

namespace EdgeHost.Wfdb.Tests;

public class WfdbHeaderTests
{
    private const string Arrhythmia = """
        # a comment
        100 2 360 650000 0:0:0 0/0/0
        100.dat 212 200 11 1024 995 -22131 0 MLII
        100.dat 212 200(1000)/uV 11 1024 1011 20052 0 V5 left
        # 69 M 1085 1629 x1
        """;

    [Fact]
    public void Header_OfTheArrhythmiaDatabase_IsRead()
    {
        var header = WfdbHeader.Parse(Arrhythmia);

        Assert.Equal(("100", 360.0, 650_000L), (header.Name, header.RateHz, header.SampleCount));
        Assert.Equal([new WfdbSignal("100.dat", WfdbFormat.Format212, 0, 200, 1024, "mV", -22131, "MLII"), new WfdbSignal("100.dat", WfdbFormat.Format212, 0, 200, 1000, "uV", 20052, "V5 left")], header.Signals);
    }

    [Fact]
    public void Header_WithTheLeastThatIsAllowed_HasTheFormatsDefaults()
    {
        var header = WfdbHeader.Parse("r 1\nr.dat 16");

        Assert.Equal((250.0, null, 200.0, 0), (header.RateHz, header.SampleCount, header.Signals[0].Gain, header.Signals[0].Baseline));
    }

    [Fact]
    public void Header_OfAMatFile_HasItsOffset()
    {
        var signal = WfdbHeader.Parse("A0001 1 500 7500\nA0001.mat 16x1+24 1000/mV 16 0 28 -1716 0 I").Signals[0];

        Assert.Equal((WfdbFormat.Format16, 24, 1000.0, (short?)-1716, "I"), (signal.Format, signal.ByteOffset, signal.Gain, signal.Checksum, signal.Description));
    }

    [Theory]
    [InlineData("r 0 360 10 8:05:00 01/02/2024", "2024-02-01T08:05:00.000")]
    [InlineData("r 0 360 10 23:59:30.500 31/12/1999", "1999-12-31T23:59:30.500")]
    public void Start_IsADateAndTimeWithoutAZone(string text, string expected)
    {
        var start = WfdbHeader.Parse(text).Start;

        Assert.Equal((expected, DateTimeKind.Unspecified), (start?.ToString("yyyy-MM-ddTHH:mm:ss.fff", System.Globalization.CultureInfo.InvariantCulture), start?.Kind));
    }

    [Theory]
    [InlineData("r 0 360 10 0:0:0 0/0/0")]
    [InlineData("r 0 360 10 8:05:00")]
    public void Start_WithoutADate_IsNone(string text) => Assert.Null(WfdbHeader.Parse(text).Start);

    [Theory]
    [InlineData("")]
    [InlineData("r")]
    [InlineData("r x")]
    [InlineData("r 1")]
    [InlineData("r 65 360")]
    [InlineData("r/2 1 360\nr.dat 16")]
    [InlineData("r 1 -360\nr.dat 16")]
    [InlineData("r 1 nan\nr.dat 16")]
    [InlineData("r 1 360 -1\nr.dat 16")]
    [InlineData("r 1 360\n../secret 16")]
    [InlineData("r 1 360\n.. 16")]
    [InlineData("r 1 360\nr.dat 8")]
    [InlineData("r 1 360\nr.dat 310")]
    [InlineData("r 1 360\nr.dat 16:5")]
    [InlineData("r 1 360\nr.dat 16+99999999")]
    [InlineData("r 1 360\nr.dat 16 200 12 0 0 99999 0 I")]
    [InlineData("r 1 360 100 25:00:00 01/02/2024\nr.dat 16")]
    [InlineData("r 1 360\nr.dat 16x2")]
    [InlineData("r 1 360\nr.dat 16 200(")]
    [InlineData("r 1 360\nr.dat 16 1e-300/mV")]
    [InlineData("r 1 360\nr.dat 0")]
    public void Header_ThatIsNone_IsRefused(string text)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => WfdbHeader.Parse(text)).Code);

    [Fact]
    public void Header_OfAnyText_IsReadOrRefused()
    {
        string[] known = ["r 1 360 100", "r.dat 212 200 11 1024", "r.dat 16 0/mV 12 0 0 0 0 lead", "# x", "r 2 360/12(3) 5"];
        var lines = Gen.OneOf(Gen.String, Gen.Int[0, known.Length - 1].Select(i => known[i]));

        lines.List[0, 6].Sample(text =>
        {
            try
            {
                var header = WfdbHeader.Parse(string.Join('\n', text));
                Assert.All(header.Signals, signal => Assert.NotEqual(0, signal.Gain));
            }
            catch (EdgeHostException e)
            {
                Assert.Equal(ErrorCode.InvalidArgument, e.Code);
            }
        });
    }
}
