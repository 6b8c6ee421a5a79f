using EdgeHost.Benchmarks.Figures;

namespace EdgeHost.Benchmarks.Tests.Figures;

public class FigureTableTests
{
    [Fact]
    public void Write_SeveralRuns_HasMedianSpreadAndWhetherItIsMet()
    {
        var table = new FigureTable();
        foreach (var value in (double[])[1.2, 1.9, 1.4]) table.Add("preempt", [new Figure("p99 over alone", value, Must: Bound.AtMost(1.5))]);
        table.Add("fairness", [new Figure("share", 90, "%", Bound.AtLeast(95), Bound.AtLeast(99))]);
        var text = new StringWriter();

        table.Write(text);

        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("| `preempt`: p99 over alone | ≤ 1.5 |  | 1.400 | 1.200 to 1.900 | 3 | yes |", lines[2].Trim());
        Assert.Equal("| `fairness`: share | ≥ 95 % | ≥ 99 % | 90.00 % |  | 1 | no |", lines[3].Trim());
    }

    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 4.0, 1.0 }, 2.5)]
    [InlineData(new[] { 9.0, 1.0, 2.0 }, 2)]
    public void MedianOf_Values_IsTheMiddle(double[] values, double median) => Assert.Equal(median, FigureTable.MedianOf(values));
}
