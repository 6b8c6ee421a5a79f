using EdgeHost.Plugins.Health.Charts.Layers;
using SkiaSharp;

namespace EdgeHost.Plugins.Health.Charts.Tests;

/// <summary>What is drawn is where the values are.</summary>
public class LayerTests
{
    private static readonly ChartTheme Theme = ChartTheme.Light;
    private static readonly SKColor Primary = Theme.Of(ChartColor.Primary);

    [Fact]
    public void Region_LiesBetweenItsEnds()
    {
        using var drawn = Drawn.Of(new RegionLayer { Low = 30, High = 60, Color = ChartColor.Good }, new RegionLayer { Low = 80, High = double.PositiveInfinity, Color = ChartColor.Danger });

        Assert.True(drawn.Is(50, 31, Theme.RegionOf(ChartColor.Good)) && drawn.Is(5, 59, Theme.RegionOf(ChartColor.Good)));
        Assert.True(drawn.Is(50, 29, Theme.Background) && drawn.Is(50, 61, Theme.Background) && drawn.Is(50, 79, Theme.Background));
        Assert.True(drawn.Is(50, 81, Theme.RegionOf(ChartColor.Danger)) && drawn.Is(50, 99, Theme.RegionOf(ChartColor.Danger)));
    }

    [Fact]
    public void Stretch_LiesBetweenItsTimes()
    {
        using var drawn = Drawn.Of(new StretchLayer { Stretches = [(-10, 20), (70, 80)], Color = ChartColor.Neutral });

        Assert.True(drawn.Is(1, 50, Theme.RegionOf(ChartColor.Neutral)) && drawn.Is(19, 99, Theme.RegionOf(ChartColor.Neutral)) && drawn.Is(75, 1, Theme.RegionOf(ChartColor.Neutral)));
        Assert.True(drawn.Is(21, 50, Theme.Background) && drawn.Is(69, 50, Theme.Background) && drawn.Is(81, 50, Theme.Background));
        Assert.Equal(Theme.Background, drawn.Picture.At(drawn.Frame.Left - 2, drawn.Frame.ToY(50)));
    }

    [Fact]
    public void Line_GoesThroughItsValues()
    {
        using var drawn = Drawn.Of(new LineLayer { Points = [new(0, 0), new(50, 80), new(100, 20)], Width = 3 });

        Assert.True(drawn.Is(25, 40, Primary) && drawn.Is(49.9, 79.5, Primary) && drawn.Is(75, 50, Primary));
        Assert.True(drawn.Is(25, 50, Theme.Background) && drawn.Is(25, 30, Theme.Background) && drawn.Is(75, 60, Theme.Background));
    }

    [Fact]
    public void Line_DoesNotBridgeWhatIsMissing()
    {
        using var drawn = Drawn.Of(
            new LineLayer { Points = [new(0, 50), new(20, 50), new(60, 50), new(80, 50)], MostGap = 30, Width = 3 },
            new LineLayer { Points = [new(0, 20), new(20, 20), new(40, double.NaN), new(60, 20), new(80, 20)], Width = 3 });

        Assert.True(drawn.Is(10, 50, Primary) && drawn.Is(70, 50, Primary) && drawn.Is(10, 20, Primary) && drawn.Is(70, 20, Primary));
        Assert.True(drawn.Is(40, 50, Theme.Background) && drawn.Is(40, 20, Theme.Background));
    }

    [Fact]
    public void Line_OfManyMoreValuesThanPixels_KeepsASpikeUpAndOneDown()
    {
        var points = Enumerable.Range(0, 500_000).Select(static i => new ChartPoint(i / 5000.0, i == 123_456 ? 90 : i == 300_001 ? 5 : 50)).ToArray();
        using var drawn = Drawn.Of(new LineLayer { Points = points, Width = 2 });

        int Ink(double x, double low, double high) => drawn.Picture.Count(drawn.Frame.ToX(x) - 2, drawn.Frame.ToY(high), drawn.Frame.ToX(x) + 2, drawn.Frame.ToY(low), Primary);
        Assert.True(Ink(123_456 / 5000.0, 60, 85) > 20);
        Assert.True(Ink(300_001 / 5000.0, 10, 40) > 20);
        Assert.Equal(0, Ink(80, 60, 85));
    }

    [Fact]
    public void Dashes_LeaveRoom()
    {
        using var drawn = Drawn.Of(new LineLayer { Points = [new(0, 50), new(100, 50)], IsDashed = true, Width = 2 });

        var ink = drawn.Picture.Count(drawn.Frame.Left, drawn.Frame.ToY(50), drawn.Frame.Right, drawn.Frame.ToY(50) + 1, Primary);
        Assert.InRange(ink / (drawn.Frame.Right - drawn.Frame.Left), 0.4, 0.8);
    }

    [Fact]
    public void Area_LiesBetweenItsCurvesAndIsPartedByAHole()
    {
        using var drawn = Drawn.Of(new AreaLayer { Spans = [new(0, 20, 40), new(40, 20, 80), new(50, double.NaN, double.NaN), new(60, 20, 80), new(100, 20, 40)] });
        var mixed = drawn.Picture.At(drawn.Frame.ToX(20), drawn.Frame.ToY(40));

        Assert.NotEqual(Theme.Background, mixed);
        Assert.InRange(mixed.Red, Primary.Red, Theme.Background.Red);
        Assert.True(drawn.Is(39, 75, mixed) && drawn.Is(80, 25, mixed) && drawn.Is(62, 70, mixed));
        Assert.True(drawn.Is(20, 65, Theme.Background) && drawn.Is(20, 15, Theme.Background) && drawn.Is(50, 50, Theme.Background));
    }

    [Fact]
    public void Dots_AreAtTheirValuesAndNowhereElse()
    {
        using var drawn = Drawn.Of(new DotLayer { Points = [new(20, 30), new(50, double.NaN), new(80, 90)], Radius = 4 });

        Assert.True(drawn.Is(20, 30, Primary) && drawn.Is(80, 90, Primary));
        var ink = drawn.Picture.Count(drawn.Frame.Left, drawn.Frame.Top, drawn.Frame.Right, drawn.Frame.Bottom, Primary);
        Assert.InRange(ink, Math.PI * 9 * 2, Math.PI * 20 * 2);
    }

    [Fact]
    public void Bars_StandOnZeroAndReachTheirValues()
    {
        using var drawn = Drawn.Of(new BarLayer { Points = [new(0, 60), new(20, 0), new(40, double.NaN), new(60, 90)], Width = 20 });

        Assert.True(drawn.Is(10, 1, Primary) && drawn.Is(10, 59, Primary) && drawn.Is(70, 89, Primary));
        Assert.True(drawn.Is(10, 61, Theme.Background) && drawn.Is(70, 91, Theme.Background) && drawn.Is(30, 1, Theme.Background) && drawn.Is(50, 1, Theme.Background));
        Assert.True(drawn.Is(0.5, 30, Theme.Background) && drawn.Is(19.5, 30, Theme.Background));
    }

    [Fact]
    public void Marks_StandAboveTheirValuesWithTheirLetter()
    {
        using var drawn = Drawn.Of(new MarkLayer { Points = [new(50, 40), new(120, 40), new(20, double.NaN)], Color = ChartColor.Danger, Letter = "V" });
        var (x, y) = (drawn.Frame.ToX(50), drawn.Frame.ToY(40));
        var danger = Theme.Of(ChartColor.Danger);

        Assert.True(drawn.Picture.Is(x, y - MarkLayer.MiddleAbove, danger));
        Assert.Equal(0, drawn.Picture.CountOther(x - 6, y - 3, x + 6, y + 10, Theme.Background));
        Assert.True(drawn.Picture.CountOther(x - 6, y - 24, x + 6, y - 13, Theme.Background) > 10, "There is no letter above the arrow.");
        Assert.Equal(0, drawn.Picture.CountOther(drawn.Frame.Left, drawn.Frame.Top, drawn.Frame.ToX(45), drawn.Frame.Bottom - 1, Theme.Background));
    }

    [Fact]
    public void Layers_StayWithinTheirPanel()
    {
        using var drawn = Drawn.Of(
            new LineLayer { Points = [new(-50, 150), new(150, -50), new(150, 150)], Width = 6 }, new DotLayer { Points = [new(100, 100)], Radius = 10 }, new BarLayer { Points = [new(90, 500)], Width = 40 });

        Assert.Equal(0, drawn.Picture.Count(0, 0, drawn.Frame.Left - 1, 300, Primary));
        Assert.Equal(0, drawn.Picture.Count(drawn.Frame.Right + 1, 0, 400, 300, Primary));
        Assert.Equal(0, drawn.Picture.Count(0, 0, 400, drawn.Frame.Top - 1, Primary));
    }
}
