using EdgeHost.Learning.Examples;
using static EdgeHost.Learning.Tests.LearningBench;

namespace EdgeHost.Learning.Tests;

public sealed class UpkeepTests : IDisposable
{
    private readonly LearningBench _bench = new(static options =>
    {
        options.Retention = TimeSpan.FromDays(10);
        options.UpkeepBatch = 4;
    });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Examples_AreKeptForTheirTimeAndNoLonger()
    {
        await _bench.ConsentAsync();
        var random = new Random(3);
        var expected = new List<(string Dataset, string Text, DateTimeOffset Until)>();
        for (var day = 0; day < 30; day++)
        {
            foreach (var (dataset, kept) in new[] { ("short", 2.0), ("long", 10.0) })
            {
                var spec = Texts(dataset) with { Retention = kept < 10 ? TimeSpan.FromDays(kept) : null };
                for (var i = random.Next(8); i > 0; i--)
                {
                    var text = $"{dataset} {day} {i}";
                    await _bench.Examples.RecordAsync(App, spec, [Text(text)]);
                    expected.Add((dataset, text, _bench.Time.GetUtcNow().AddDays(kept)));
                }
            }

            _bench.Time.Advance(TimeSpan.FromDays(1));
            await _bench.Upkeep.RunOnceAsync(default);

            expected.RemoveAll(example => example.Until <= _bench.Time.GetUtcNow());
            foreach (var dataset in await _bench.Examples.ListAsync(App))
            {
                var stored = await _bench.Examples.ReadAsync(App, dataset.Name);
                Assert.Equal(
                    expected.Where(example => example.Dataset == dataset.Name).Select(static example => example.Text),
                    stored.Select(static example => System.Text.Encoding.UTF8.GetString(example.Content.Span)));
            }
        }
    }

    [Fact]
    public async Task Files_OfRecordingsThatNeverEnded_AreRemoved()
    {
        await _bench.ConsentAsync();
        var images = new DatasetSpec { Name = "images", Purpose = Purpose, Kind = ExampleKind.Image };
        await _bench.Examples.RecordAsync(App, images, [Bytes(1, 10_000)]);
        var folder = Path.GetDirectoryName(_bench.BlobFiles.Single())!;
        await File.WriteAllTextAsync(Path.Combine(folder, new string('a', 62)), "left by a crash");
        await File.WriteAllTextAsync(Path.Combine(folder, "half.tmp"), "left by a crash");

        await _bench.Upkeep.RunOnceAsync(default);

        Assert.Single(_bench.BlobFiles);
        Assert.Single(await _bench.Examples.ReadAsync(App, "images"));
    }

    [Fact]
    public async Task Upkeep_WhereNothingWasRecorded_MakesNoDatabase()
    {
        await _bench.Upkeep.RunOnceAsync(default);

        Assert.False(Directory.Exists(_bench.Options.Value.Folder));
    }
}
