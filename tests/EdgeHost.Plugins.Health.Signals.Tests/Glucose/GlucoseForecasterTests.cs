using EdgeHost.Plugins.Health.Signals.Glucose;
using EdgeHost.Plugins.Health.Signals.Tests.Synthetic;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Health.Signals.Tests.Glucose;

public class GlucoseForecasterTests
{
    [Fact]
    public void Waves_ArePredictedBetterThanByTheLastValue()
    {
        var (model, last, coverage) = Score([.. Enumerable.Range(0, 3000).Select(i => ((long)i, Wave(i), i >= 1500))], learnsOnTest: false);

        Assert.True(model < 0.7 * last, $"{model} against {last}");
        Assert.InRange(coverage, 0.8, 0.99);
    }

    [Fact]
    public void Untaught_TheLastValueHolds()
    {
        var forecaster = new GlucoseForecaster();
        for (var i = 0; i < 12; i++) forecaster.Add(i, 150);
        var forecast = forecaster.Forecast()!.Value;

        Assert.Equal((150, 0), (forecast.Value, forecast.Examples));
        Assert.True(forecast.Low < 140 && forecast.High > 160);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(11)]
    [InlineData(40)]
    [InlineData(2000)]
    public void Bytes_OfWhatWasLearnt_GoOnToTheSameBits(int readings)
    {
        var learnt = new GlucoseForecaster(coverage: 0.8, forgetPerDay: 0.99);
        for (var i = 0; i < readings; i++) learnt.Add(i, Wave(i));

        var read = GlucoseForecaster.TryRead(learnt.ToBytes())!;
        Assert.Equal(learnt.Forecast(), read.Forecast());
        for (var i = readings; i < readings + 100; i++)
        {
            // A hole on the way.
            if (i == readings + 50) continue;
            Assert.Equal(learnt.Add(i, Wave(i)), read.Add(i, Wave(i)));
            Assert.Equal(learnt.Forecast(), read.Forecast());
        }

        Assert.Equal(learnt.ToBytes(), read.ToBytes());
        Assert.InRange(learnt.ToBytes().Length, 1000, 6 << 10);
    }

    [Fact]
    public void Bytes_ThatAreNone_AreNotRead()
    {
        var learnt = new GlucoseForecaster();
        for (var i = 0; i < 100; i++) learnt.Add(i, Wave(i));
        var bytes = learnt.ToBytes();

        Assert.Null(GlucoseForecaster.TryRead([]));
        Assert.Null(GlucoseForecaster.TryRead(bytes.AsSpan(0, bytes.Length - 8)));
        Assert.Null(GlucoseForecaster.TryRead([.. bytes, .. new byte[8]]));
        Assert.Null(GlucoseForecaster.TryRead([9, .. bytes[1..]]));
    }

    [Fact]
    public void Hole_InTheLastHour_GivesNoForecast()
    {
        var forecaster = new GlucoseForecaster();
        for (var i = 0; i < 11; i++) forecaster.Add(i, 150);
        Assert.Null(forecaster.Forecast());

        forecaster.Add(11, 150);
        Assert.NotNull(forecaster.Forecast());
        forecaster.Add(13, 150);
        Assert.Null(forecaster.Forecast());
        for (var i = 14; i < 25; i++) forecaster.Add(i, 150);
        Assert.NotNull(forecaster.Forecast());
    }

    [Fact]
    public void Readings_ThatAreOldOrImplausible_AreNotTaken()
    {
        var forecaster = new GlucoseForecaster();

        Assert.True(forecaster.Add(5, 100));
        Assert.False(forecaster.Add(5, 110));
        Assert.False(forecaster.Add(4, 110));
        Assert.False(forecaster.Add(6, 5.5));
        Assert.False(forecaster.Add(6, double.NaN));
        Assert.True(forecaster.Add(new GlucoseReading(DateTimeOffset.UnixEpoch.AddMinutes(30), 120)));
    }

    [Fact]
    public void Forecasts_DependOnThePastAlone()
    {
        var (first, second) = (new GlucoseForecaster(), new GlucoseForecaster());
        for (var i = 0; i < 500; i++)
        {
            first.Add(i, Wave(i));
            second.Add(i, Wave(i));
        }

        var before = first.Forecast();
        second.Add(500, 300);
        Assert.Equal(before, first.Forecast());
        Assert.NotEqual(before, second.Forecast());
    }

    [Fact]
    public void Years_LeaveItStable()
    {
        var forecaster = new GlucoseForecaster(forgetPerDay: 0.98);
        for (var i = 0; i < 288 * 365; i++) forecaster.Add(i, i % 3000 < 2000 ? Wave(i) : 120);
        var forecast = forecaster.Forecast()!.Value;

        Assert.InRange(forecast.Value, 40, 400);
        Assert.True(forecast.Low <= forecast.Value && forecast.Value <= forecast.High);
    }

    [Theory]
    [InlineData(0.4, 1)]
    [InlineData(1, 1)]
    [InlineData(0.9, 0.4)]
    [InlineData(double.NaN, 1)]
    public void Options_OutOfRange_AreRefused(double coverage, double forget)
        => Assert.Equal(ErrorCode.InvalidArgument, Assert.Throws<EdgeHostException>(() => new GlucoseForecaster(coverage, forget)).Code);

    [SharedDataTheory(SharedGlucose.File)]
    [InlineData(false)]
    [InlineData(true)]
    public void SharedPeople_AreForecastBelowTheAims(bool learnsOnTest)
    {
        var (squares, lastSquares, inside, count) = (0.0, 0.0, 0.0, 0);
        foreach (var person in SharedGlucose.Read())
        {
            var points = Points(person.Values, learnsOnTest).ToList();
            squares += points.Sum(point => point.Error * point.Error);
            lastSquares += points.Sum(point => point.LastError * point.LastError);
            inside += points.Count(point => point.Inside);
            count += points.Count;
        }

        var (model, last) = (Math.Sqrt(squares / count), Math.Sqrt(lastSquares / count));
        Assert.True(model <= 20 && model <= 0.8 * last, $"{model} against {last}");
        Assert.InRange(inside / count, 0.85, 0.95);
    }

    private static double Wave(int i) => 140 + (50 * Math.Sin(i / 11.0)) + (20 * Math.Sin(i / 37.0)) + (4 * Math.Sin(i * 12.9898 * 43.7));

    private static (double Model, double Last, double Coverage) Score(IReadOnlyList<(long Slot, double MgPerDl, bool Test)> values, bool learnsOnTest)
    {
        var points = Points(values, learnsOnTest).ToList();
        return (Math.Sqrt(points.Average(point => point.Error * point.Error)), Math.Sqrt(points.Average(point => point.LastError * point.LastError)), points.Average(point => point.Inside ? 1.0 : 0));
    }

    private static IEnumerable<(double Error, double LastError, bool Inside)> Points(IReadOnlyList<(long Slot, double MgPerDl, bool Test)> values, bool learnsOnTest)
    {
        var forecaster = new GlucoseForecaster();
        var made = new Dictionary<long, (GlucoseForecast Forecast, double Last)>();
        foreach (var (slot, value, test) in values)
        {
            if (test && made.TryGetValue(slot, out var point)) yield return (point.Forecast.Value - value, point.Last - value, value >= point.Forecast.Low && value <= point.Forecast.High);
            forecaster.IsLearning = learnsOnTest || !test;
            forecaster.Add(slot, value);
            if (forecaster.Forecast() is { } forecast) made[slot + GlucoseForecaster.Ahead] = (forecast, value);
        }
    }
}
