using CsCheck;
using EdgeHost.Benchmarks.Simulation;

namespace EdgeHost.Benchmarks.Tests.Simulation;

public class TraceFileTests
{
    private static readonly Gen<TraceStep> AnyStep =
        from at in Gen.Long[0, 1_000_000_000]
        from device in Gen.Int[0, 5]
        from name in Gen.Int[0, 3]
        from priority in Gen.Enum<CallPriority>()
        from deadline in Gen.Long[-1_000_000, 1_000_000_000].Nullable()
        from run in Gen.Long[0, 1_000_000_000]
        from fixedShare in Gen.Double[0, 1].Nullable()
        select new TraceStep(Of(at), device, $"app-{name}", $"model-{name}", priority, deadline is { } known ? Of(known) : null, Of(run), fixedShare);

    [Fact]
    public void Read_WhatWasWritten_IsTheSameInOrderOfArrival()
        => AnyStep.List[1, 20].Sample(steps =>
        {
            var text = new StringWriter();
            TraceFile.Write(text, steps);

            var read = TraceFile.Read(new StringReader(text.ToString()));

            Assert.Equal(steps.OrderBy(step => step.At), read);
        });

    [Fact]
    public void Read_CommentsAndEmptyLines_AreSkipped()
    {
        var read = TraceFile.Read(new StringReader($"# recorded\n\n{TraceFile.Header}\n\n10.5,0,camera,face,interactive,,12,\n# end\n"));

        Assert.Equal([new TraceStep(TimeSpan.FromMilliseconds(10.5), 0, "camera", "face", CallPriority.Interactive, null, TimeSpan.FromMilliseconds(12), null)], read);
    }

    [Theory]
    [InlineData("", "no requests")]
    [InlineData("1,2,3", "header")]
    [InlineData("HEADER", "no requests")]
    [InlineData("HEADER\n1,0,a,m,normal,5,1", "8 columns")]
    [InlineData("HEADER\n-1,0,a,m,normal,5,1,", "'-1' is no number from 0")]
    [InlineData("HEADER\nNaN,0,a,m,normal,5,1,", "'NaN'")]
    [InlineData("HEADER\n1e300,0,a,m,normal,5,1,", "'1e300'")]
    [InlineData("HEADER\n1,x,a,m,normal,5,1,", "no number of a device")]
    [InlineData("HEADER\n1,0,,m,normal,5,1,", "must not be empty")]
    [InlineData("HEADER\n1,0,a,m,urgent,5,1,", "'urgent' is no class")]
    [InlineData("HEADER\n1,0,a,m,normal,5,1,1.5", "'1.5' is no number from 0 to 1")]
    public void Read_WrongText_NamesTheLineAndWhatWasExpected(string text, string expected)
    {
        var error = Assert.Throws<FormatException>(() => TraceFile.Read(new StringReader(text.Replace("HEADER", TraceFile.Header, StringComparison.Ordinal))));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("Line ", error.Message, StringComparison.Ordinal);
    }

    // A whole number of tenths of a microsecond, which is what a TimeSpan holds.
    private static TimeSpan Of(long microseconds) => TimeSpan.FromMicroseconds(microseconds);
}
