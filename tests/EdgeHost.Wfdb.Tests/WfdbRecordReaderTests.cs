namespace EdgeHost.Wfdb.Tests;

/// <summary>Records of one segment and of several, as header(5) of the WFDB Applications Guide has them.</summary>
public class WfdbRecordReaderTests
{
    private const float Missing = float.NaN;

    private static readonly string[] Lead = ["II"];
    private static readonly string[] Leads = ["II", "V5"];

    [Fact]
    public void Record_OfSegmentsAndAGap_IsOneStretch()
    {
        var files = new MadeFiles().Record("a", Leads, 1, 10, 2, 20).Record("b", Leads, 3, 30);
        using var reader = WfdbRecordReader.Open("m/3 2 250 6 8:00:00 01/03/2024\na 2\n~ 3\nb 1\n", files.Open);

        Assert.Equal(("m", 250.0, 6L, new DateTime(2024, 3, 1, 8, 0, 0)), (reader.Header.Name, reader.Header.RateHz, reader.Header.SampleCount, reader.Header.Start));
        Assert.Equal(Leads, reader.Header.Signals.Select(static signal => signal.Description));
        Assert.Equal([1, 10, 2, 20, Missing, Missing, Missing, Missing, Missing, Missing, 3, 30], ReadAll(reader, 5));
        Assert.Equal(3, reader.Segments);
        Assert.Equal((0, 1), (files.OpenCount, files.MostOpen));
    }

    [Fact]
    public void Segment_OfNullSignals_IsAGap_AndOneMayComeTwice()
    {
        // The example of header(5): a record, a null record of its own header, and the record again.
        var files = new MadeFiles().Record("100s", Leads, 1, 10, 2, 20).Header("null", "null 2 250 1\n~ 0 200 11 1024\n~ 0 200 11 1024\n");
        using var reader = WfdbRecordReader.Open("multi/3 2 250 5\n100s 2\nnull 1\n100s 2\n", files.Open);

        Assert.Equal([1, 10, 2, 20, Missing, Missing, 1, 10, 2, 20], ReadAll(reader, 100));
        Assert.DoesNotContain(reader.Header.Signals, static signal => signal.IsNull);
    }

    [Fact]
    public void Layout_GivesEachSegmentsSignalsTheirPlaces()
    {
        var files = new MadeFiles()
            .Header("v_layout", "v_layout 3 250 0\n~ 0 1/mV 8 0 0 0 0 II\n~ 0 1/NU 8 0 0 0 0 PLETH\n~ 0 1/mV 8 0 0 0 0 V5\n")
            .Header("v_1", "v_1 1 250 2\nv_1.dat 16 10/mV 16 0 0 30 0 II\n").Samples("v_1.dat", 10, 20)
            .Header("v_2", "v_2 2 250 2\nv_2p.dat 16 1/NU 16 0 0 11 0 PLETH\nv_2.dat 16 2(1)/mV 16 0 0 12 0 II\n").Samples("v_2.dat", 5, 7).Samples("v_2p.dat", 4, 7);
        using var reader = WfdbRecordReader.Open("v/4 3 250\nv_layout 0\nv_1 2\n~ 1\nv_2 2\n", files.Open);

        Assert.Equal([1, Missing, Missing, 2, Missing, Missing, Missing, Missing, Missing, 2, 4, Missing, 3, 7, Missing], ReadAll(reader, 100));
        Assert.Equal([("II", "mV", false), ("PLETH", "NU", false), ("V5", "mV", true)], reader.Header.Signals.Select(static signal => (signal.Description, signal.Unit, signal.IsNull)));
        Assert.Equal((5L, 3), (reader.Header.SampleCount, reader.Segments));
        Assert.Equal((0, 2), (files.OpenCount, files.MostOpen));
    }

    [Fact]
    public void Layout_WithSignalsOfOneName_TakesThemInTheirOrder()
    {
        var files = new MadeFiles().Header("l", "l 2 250 0\n~ 0 1/mV 8 0 0 0 0 x\n~ 0 1/mV 8 0 0 0 0 x\n").Record("a", ["x"], 1).Record("b", ["x", "x"], 2, 3);
        using var reader = WfdbRecordReader.Open("m/3 2 250 2\nl 0\na 1\nb 1\n", files.Open);

        Assert.Equal([1, Missing, 2, 3], ReadAll(reader, 100));
    }

    [Fact]
    public void Record_OfOneSegment_HasItsFilesSideBySide()
    {
        var files = new MadeFiles().Samples("a.dat", 1, 2).Samples("b.dat", 10, 100, 20, 200);
        using var reader = WfdbRecordReader.Open("r 4 250 2\nb.dat 16 1 16 0\na.dat 16 1 16 0\n~ 0\nb.dat 16 1 16 0\n", files.Open);

        Assert.Equal([10, 1, Missing, 100, 20, 2, Missing, 200], ReadAll(reader, 1));
    }

    [Theory]
    [InlineData("m/2 1 250 3\na 2\ngone 1", "'gone' (gone.hea) is missing")]
    [InlineData("m/2 1 250 4\na 2\nempty 2", "'empty.dat' is missing")]
    [InlineData("m/1 1 250 3\na 2", "3 samples; its segments have 2")]
    [InlineData("m/2 1 250 4\na 2\nb 2", "and 2 by that of the record")]
    [InlineData("m/2 1 250\na 2\ntwo 1", "2 signals")]
    [InlineData("m/1 3 250\ntwo 1", "3 signals")]
    [InlineData("m/2 1 250\na 2\nother 1", "'V5' in 'mV' where the record has 'II'")]
    [InlineData("m/2 1 250\na 2\nmicro 1", "in 'uV'")]
    [InlineData("m/2 1 250\na 2\nfast 1", "500 samples a second")]
    [InlineData("m/2 1 250\na 2\nnested 2", "several segments")]
    [InlineData("m/2 1 250\na 2\nm 2", "several segments")]
    [InlineData("m/2 1 250\nlayout 0\ntwo 1", "layout has not")]
    [InlineData("m/2 1 250\nlayout 0\nmicro 1", "in 'uV'")]
    [InlineData("m/2 1 250\na 2", "2 segments and names 1")]
    [InlineData("m/2 1 250\na 2\nlayout 0", "only a layout")]
    [InlineData("m/2 1 250\n~ 0\na 2", "only a layout")]
    [InlineData("m/1 1 250\nlayout 0", "no samples")]
    [InlineData("m/1 1 250\n~ 5", "nothing but gaps")]
    [InlineData("m/1 1 250\n../a 2", "no plain name")]
    [InlineData("m/1 1 250\na", "number of samples")]
    [InlineData("m/1 1 250\na -2", "number of samples")]
    [InlineData("m/0 1 250\n", "number of segments")]
    [InlineData("m/10001 1 250\n", "to 10000")]
    [InlineData("m/1/1 1 250\na 2", "number of segments")]
    [InlineData("m/x 1 250\na 2", "number of segments")]
    [InlineData("r 3 250\na.dat 16\nb.dat 16\na.dat 212\n", "two formats")]
    [InlineData("m/2 1 250\na 2\n~ 999", "at most 1000")]
    [InlineData("m/2 1 250\na 2\n~ 9223372036854775807", "number of samples")]
    public void Segments_ThatDoNotFitTogether_AreRefused(string header, string expected)
    {
        var files = new MadeFiles().Record("a", Lead, 1, 2).Record("b", Lead, 3).Record("two", Leads, 4, 5).Record("other", ["V5"], 6)
            .Header("empty", "empty 1 250 2\nempty.dat 16 1/mV 16 0 0 0 0 II").Header("micro", "micro 1 250 1\nb.dat 16 1/uV 16 0 0 3 0 II").Header("fast", "fast 1 500 1\nb.dat 16 1/mV 16 0 0 3 0 II")
            .Header("nested", "nested/1 1 250\na 2").Header("m", header).Header("layout", "layout 1 250 0\n~ 0 1/mV 8 0 0 0 0 II\n");

        var error = Assert.Throws<EdgeHostException>(() =>
        {
            using var reader = WfdbRecordReader.Open(header, files.Open, mostFrames: 1000);
            ReadAll(reader, 100);
        });

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Equal(0, files.OpenCount);
    }

    [Theory]
    [InlineData("a 1 250 3\na.dat 16 1/mV 16 0 0 3 0 II", "ends after 2 of 3")]
    [InlineData("a 1 250 2\na.dat 16 1/mV 16 0 0 99 0 II", "checksum")]
    [InlineData("a 2 250 2\na.dat 16 1/mV 16 0 0 3 0 II\nb.dat 16 1/mV 16 0 0 3 0 V5", "ends after 1 of 2")]
    public void Segment_ThatIsDamaged_GivesWhatIsWholeFirst(string header, string expected)
    {
        var files = new MadeFiles().Header("a", header).Samples("a.dat", 1, 2).Samples("b.dat", 3);
        var (at, once) = (new List<float>(), new List<float>());
        var samples = header.Contains(" 3\n", StringComparison.Ordinal) ? 3 : 2;
        var count = header[2] - '0';
        string Message(List<float> read, int framesAtOnce)
        {
            using var reader = WfdbRecordReader.Open($"m/2 {count} 250\na {samples}\n~ 4\n", files.Open);
            var error = Assert.Throws<EdgeHostException>(() => ReadAll(reader, framesAtOnce, read));
            Assert.Equal(ErrorCode.DataLoss, error.Code);
            return error.Message;
        }

        var message = Message(at, 100);

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Equal(message, Message(once, 1));
        Assert.Equal(at, once);
        Assert.NotEmpty(at);
        Assert.Equal(0, files.OpenCount);
    }

    [Fact]
    public void Files_OfUnknownLength_MustEndTogether()
    {
        var files = new MadeFiles().Samples("a.dat", 1, 2).Samples("b.dat", 3);
        using var reader = WfdbRecordReader.Open("r 2\na.dat 16 1\nb.dat 16 1\n", files.Open);
        var read = new List<float>();

        Assert.Contains("do not end together", Assert.Throws<EdgeHostException>(() => ReadAll(reader, 100, read)).Message, StringComparison.Ordinal);
        Assert.Equal([1, 3], read);
    }

    [Fact]
    public void Record_WithoutAnySamples_IsBoundedToo()
    {
        var error = Assert.Throws<EdgeHostException>(() => WfdbRecordReader.Open("r 1 250 9000000000000000000\n~ 0\n", static _ => null));

        Assert.Contains("at most 1000000000", error.Message, StringComparison.Ordinal);
    }

    private static List<float> ReadAll(WfdbRecordReader reader, int framesAtOnce, List<float>? into = null)
    {
        var (samples, width) = (into ?? [], reader.Header.Signals.Count);
        var frames = new float[framesAtOnce * width];
        while (reader.Read(frames) is > 0 and var count) samples.AddRange(frames.AsSpan(0, count * width));
        return samples;
    }
}
