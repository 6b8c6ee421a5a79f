using EdgeHost.Learning.Drift;

namespace EdgeHost.Learning.Tests;

public sealed class DriftTests : IDisposable
{
    private const string Model = "judge@1.0.0";
    private readonly LearningBench _bench = new(static options =>
    {
        options.MaxDriftVersions = 3;
        options.DriftReferenceCalls = 500;
    });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Index_OfTheSamePopulation_StaysStable()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (random, series) = (new Random(seed), new DriftSeries(500));
            for (var i = 0; i < 4000; i++) series.Add(random.NextDouble());

            Assert.Equal(DriftState.Stable, DriftSeries.StateOf(series.Index()));
        }
    }

    [Fact]
    public void Index_OfAnotherPopulation_SaysSo()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var (random, series) = (new Random(seed), new DriftSeries(500));
            for (var i = 0; i < 500; i++) series.Add(random.NextDouble());
            for (var i = 0; i < 2000; i++) series.Add(Math.Sqrt(random.NextDouble()));

            Assert.Equal(DriftState.Shifted, DriftSeries.StateOf(series.Index()));
        }
    }

    [Fact]
    public void Index_IsThatOfTheFormula()
    {
        var series = new DriftSeries(200);
        for (var i = 0; i < 200; i++) series.Add(i % 2);
        for (var i = 0; i < 20_000; i++) series.Add(1);

        // Bins below 0, from 0 and from 1, with half a call added to each; the weights of what came later sum to 200.
        double[] expected = [0.5 / 201.5, 100.5 / 201.5, 100.5 / 201.5];
        double[] current = [0.5 / 201.5, 0.5 / 201.5, 200.5 / 201.5];
        Assert.Equal(expected.Zip(current, static (p, q) => (q - p) * Math.Log(q / p)).Sum(), series.Index()!.Value, 6);
    }

    [Fact]
    public void Index_BeforeThereIsEnough_SaysNothing()
    {
        var series = new DriftSeries(200);
        for (var i = 0; i < 299; i++) series.Add(i);

        Assert.Null(series.Index());
        series.Add(1);
        Assert.NotNull(series.Index());
    }

    [Fact]
    public async Task Drift_OutlivesTheHost_AlsoInTheMiddleOfItsReference()
    {
        var (random, whole) = (new Random(7), new DriftSeries(500));
        for (var part = 0; part < 10; part++)
        {
            for (var i = 0; i < 170; i++)
            {
                var value = random.NextDouble() * (part + 1);
                whole.Add(value);
                _bench.Drift.Observe(Model, "length", value);
            }

            await _bench.Drift.SaveAsync(default);
            _bench.Reopen();
        }

        var reading = Assert.Single(await _bench.Drift.ReadAsync());
        Assert.Equal((Model, "length", 1700L), (reading.Model, reading.Measure, reading.Calls));
        Assert.Equal(whole.Index()!.Value, reading.Index!.Value, 9);
    }

    [Fact]
    public async Task Drift_OfTooManyVersions_ForgetsTheQuietOne()
    {
        await _bench.Drift.ReadAsync();
        foreach (var model in new[] { "a@1", "b@1", "c@1", "a@1", "d@1" })
        {
            _bench.Time.Advance(TimeSpan.FromSeconds(1));
            _bench.Drift.Observe(model, DriftMonitor.Confidence, 0.5);
        }

        Assert.Equal(["a@1", "c@1", "d@1"], (await _bench.Drift.ReadAsync()).Select(static reading => reading.Model));
    }

    [Fact]
    public async Task Drift_OfTooManyMeasures_OrOfNoNumbers_IsNotCounted()
    {
        for (var i = 0; i < 20; i++) _bench.Drift.Observe(Model, $"m{i}", 1);
        _bench.Drift.Observe("other@1", "m", double.NaN);

        Assert.Equal(DriftMonitor.MostMeasures, (await _bench.Drift.ReadAsync()).Count);
    }

    [Fact]
    public void Series_OfBytesThatAreNone_BeginsAnew()
    {
        var series = new DriftSeries(200);
        for (var i = 0; i < 500; i++) series.Add(i);
        var saved = series.Save();
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var broken = saved[..random.Next(saved.Length)];
            if (broken.Length > 0) broken[random.Next(broken.Length)] ^= (byte)random.Next(256);

            var loaded = DriftSeries.Load(broken, 200);
            loaded.Add(1);
            _ = loaded.Index();
        }
    }
}
