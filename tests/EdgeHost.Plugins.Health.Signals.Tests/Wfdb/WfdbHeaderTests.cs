using CsCheck;
using EdgeHost.Plugins.Health.Signals.Wfdb;

namespace EdgeHost.Plugins.Health.Signals.Tests.Wfdb;

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
        Assert.Equal([new WfdbSignal("100.dat", 212, 200, 1024, "mV", "MLII"), new WfdbSignal("100.dat", 212, 200, 1000, "uV", "V5 left")], header.Signals);
    }

    [Fact]
    public void Header_WithTheLeastThatIsAllowed_HasTheFormatsDefaults()
    {
        var header = WfdbHeader.Parse("r 1\nr.dat 16");

        Assert.Equal((250.0, null, 200.0, 0), (header.RateHz, header.SampleCount, header.Signals[0].Gain, header.Signals[0].Baseline));
    }

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
    [InlineData("r 1 360\nr.dat 80")]
    [InlineData("r 1 360\nr.dat 16x2")]
    [InlineData("r 1 360\nr.dat 16 200(")]
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
