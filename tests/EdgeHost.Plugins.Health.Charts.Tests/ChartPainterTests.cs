using EdgeHost.Plugins.Health.Charts.Axes;
using EdgeHost.Plugins.Health.Charts.Layers;
using EdgeHost.Plugins.Health.Charts.Painting;

namespace EdgeHost.Plugins.Health.Charts.Tests;

/// <summary>The picture as a whole: size, ground, texts, panels, paper.</summary>
public class ChartPainterTests
{
    private static readonly ChartLayer[] Line = [new LineLayer { Points = [new(0, 0), new(100, 100)], Name = "median", Width = 4 }];

    [Fact]
    public void Picture_HasItsSizeAndItsThemesGround()
    {
        using var light = Drawn.Of(new ChartSize(400, 300, 2), ChartTheme.Light, Line);
        using var dark = Drawn.Of(new ChartSize(300, 200), ChartTheme.Dark, Line);

        Assert.Equal((800, 600), (light.Picture.Width, light.Picture.Height));
        Assert.Equal((300, 200), (dark.Picture.Width, dark.Picture.Height));
        Assert.Equal((ChartTheme.Light.Background, ChartTheme.Dark.Background), (light.Picture.At(1, 1), dark.Picture.At(1, 1)));
        Assert.True(dark.Is(50, 50, ChartTheme.Dark.Of(ChartColor.Primary)));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], light.Image.Png[..4]);
    }

    [Fact]
    public void Texts_AreWrittenWhereTheyBelong()
    {
        var chart = new Chart
        {
            Title = "Glucose",
            Subtitle = "7 Mar 2026",
            X = new ChartAxis(0, 100, [new ChartTick(50, "12:00")], "hours"),
            Panels = [new ChartPanel { Y = new ChartAxis(0, 100, [new ChartTick(50, "50")], "mg/dL"), Layers = [new RegionLayer { Low = 20, High = 90, Color = ChartColor.Good, Label = "target" }, .. Line] }],
        };
        using var drawn = Drawn.Of(chart, new ChartSize(400, 300), ChartTheme.Light);
        var frame = drawn.Frame;

        int Ink(double left, double top, double right, double bottom) => drawn.Picture.CountOther(left, top, right, bottom, ChartTheme.Light.Background);
        Assert.True(Ink(14, 12, 100, 28) > 100, "title");
        Assert.True(Ink(14, 34, 100, 48) > 50, "subtitle");
        Assert.True(Ink(30, 50, 100, frame.Top - 18) > 20, "legend");
        Assert.True(Ink(frame.Left, frame.Top - 16, frame.Left + 40, frame.Top - 2) > 20, "unit");
        Assert.True(Ink(0, frame.ToY(50) - 6, frame.Left - 3, frame.ToY(50) + 6) > 10, "label of the value");
        Assert.Equal(0, Ink(0, frame.ToY(80) - 6, frame.Left - 3, frame.ToY(80) + 6));
        Assert.True(Ink(frame.ToX(50) - 15, frame.Bottom + 4, frame.ToX(50) + 15, frame.Bottom + 18) > 20, "label of the time");
        Assert.True(Ink(frame.ToX(50) - 20, frame.Bottom + 20, frame.ToX(50) + 20, 298) > 20, "title of the axis");
        Assert.True(Ink(frame.Right + 4, frame.ToY(60), 400, frame.ToY(50)) > 20, "name of the region");
    }

    [Fact]
    public void Panels_StandBelowEachOtherByWeightWithAxesOfTheirOwn()
    {
        ChartPanel Panel(double to, double weight) => new() { Y = new ChartAxis(0, to, [new ChartTick(0, "0")]), Layers = [new RegionLayer { Low = to / 2, High = to, Color = ChartColor.Caution }], Weight = weight };
        var chart = new Chart { Title = "Blood pressure", X = new ChartAxis(0, 1, []), Panels = [Panel(200, 2), Panel(100, 1)] };
        using var drawn = Drawn.Of(chart, new ChartSize(400, 400), ChartTheme.Light);
        var (upper, lower) = (drawn.Image.Frames[0], drawn.Image.Frames[1]);

        Assert.True(upper.Bottom < lower.Top);
        Assert.Equal(2, (upper.Bottom - upper.Top) / (lower.Bottom - lower.Top), 0.01);
        Assert.True(drawn.Picture.Is(upper.ToX(0.5), upper.ToY(150), ChartTheme.Light.RegionOf(ChartColor.Caution)));
        Assert.True(drawn.Picture.Is(lower.ToX(0.5), lower.ToY(75), ChartTheme.Light.RegionOf(ChartColor.Caution)));
        Assert.True(drawn.Picture.Is(lower.ToX(0.5), lower.ToY(25), ChartTheme.Light.Background));
    }

    [Fact]
    public void Paper_HasALargeLineAtEachFifthSmallOne()
    {
        var chart = new Chart
        {
            Title = "ECG",
            X = new ChartAxis(0, 1, []),
            Panels = [new ChartPanel { Y = new ChartAxis(0, 2, [new ChartTick(0, "0")]), Layers = [], Paper = new PaperGrid(0.04, 0.1) }],
        };
        using var drawn = Drawn.Of(chart, new ChartSize(500, 400), ChartTheme.Light);
        int Redness(double x) => 255 - drawn.Picture.At(drawn.Frame.ToX(x), drawn.Frame.ToY(1.05)).Green;

        Assert.Equal(0, Redness(0.22));
        Assert.InRange(Redness(0.24), 10, Redness(0.4) - 20);
        Assert.Equal(Redness(0.2), Redness(0.4));
    }

    [Fact]
    public void SmallestPicture_WithLongTexts_StillHasAFieldForValues()
    {
        var chart = new Chart
        {
            Title = new string('W', 200),
            Subtitle = new string('x', 500),
            X = new ChartAxis(0, 1, [.. Enumerable.Range(0, 1000).Select(static i => new ChartTick(i / 1000.0, "12 Mar 2026"))], "time"),
            Panels = [new ChartPanel { Y = new ChartAxis(0, 1, [.. Enumerable.Range(0, 1000).Select(static i => new ChartTick(i / 1000.0, "1,000,000"))]), Layers = [.. Enumerable.Range(0, 50).Select(static i => new LineLayer { Points = [], Name = $"a rather long name of a line {i}" })] }],
        };
        using var drawn = Drawn.Of(chart, new ChartSize(ChartSize.Least, ChartSize.Least), ChartTheme.Light);

        Assert.True(drawn.Frame.Right > drawn.Frame.Left && drawn.Frame.Bottom > drawn.Frame.Top);
        Assert.Equal((200, 200), (drawn.Picture.Width, drawn.Picture.Height));
    }

    [Theory]
    [InlineData(199, 300, 1)]
    [InlineData(300, 4097, 1)]
    [InlineData(300, 300, 0.5)]
    [InlineData(300, 300, 4.1)]
    [InlineData(300, 300, double.NaN)]
    public void Size_OutOfRange_IsRefused(int width, int height, double scale)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => new ChartSize(width, height, scale)).Code);

    [Fact]
    public void Cancelled_IsNotDrawn()
    {
        using var painter = new ChartPainter();

        Assert.Throws<OperationCanceledException>(() => painter.Paint(Drawn.ChartOf(Line), new ChartSize(300, 300), ChartTheme.Light, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Painter_IsUsedByManyAtOnce()
    {
        using var painter = new ChartPainter();
        var size = new ChartSize(300, 200);
        var expected = painter.Paint(Drawn.ChartOf(Line), size, ChartTheme.Light).Png;

        var drawn = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => painter.Paint(Drawn.ChartOf(Line), size, ChartTheme.Light).Png)));

        Assert.All(drawn, png => Assert.Equal(expected, png));
    }

    [Fact]
    public void Font_KnowsWhatItLacks()
    {
        using var painter = new ChartPainter();

        Assert.Empty(painter.Font.MissingIn("Glucose 血糖 0–24 · 95 % ±"));
        Assert.Equal(["☃"], painter.Font.MissingIn("a ☃ and a ☃"));
    }
}
