using EdgeHost.Runtime.Models;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class ModelHistoryFileTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly RecordingLoggerFactory _log = new();

    public void Dispose()
    {
        _folder.Dispose();
        _log.Dispose();
    }

    [Fact]
    public void Read_AfterWrite_GivesTheSame()
    {
        var record = Record("m");

        Open().Write([record]);

        Assert.Equal([record], Open().Read());
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Write_TooMany_KeepsTheOnesUsedLast()
    {
        Open().Write([.. Enumerable.Range(0, 10).Select(i => Record($"m{i}") with { LastUsed = DateTimeOffset.UnixEpoch.AddDays(i) })]);

        Assert.Equal(["m9", "m8", "m7", "m6"], Open().Read().Select(record => record.Id));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"format\":2,\"models\":[]}")]
    [InlineData("{\"format\":1}")]
    [InlineData("{\"format\":1,\"models\":[null]}")]
    [InlineData("{\"format\":1,\"models\":[{\"id\":\"m\"}]}")]
    [InlineData("{\"format\":1,\"models\":[{\"id\":null,\"version\":\"1\",\"variant\":null,\"device\":\"cpu\",\"sha256\":null,\"loaded_bytes\":1,\"peak_bytes\":1}]}")]
    [InlineData("{\"format\":1,\"models\":[{\"id\":\"m\",\"version\":\"1\",\"device\":\"cpu\",\"loaded_bytes\":-1,\"peak_bytes\":1}]}")]
    [InlineData("{\"format\":1,\"models\":[{\"id\":\"m\",\"version\":\"1\",\"device\":\"cpu\",\"loaded_bytes\":2,\"peak_bytes\":1}]}")]
    [InlineData("{\"format\":1,\"models\":[{\"id\":\"m\",\"version\":\"1\",\"device\":\"cpu\",\"loaded_bytes\":1,\"peak_bytes\":9223372036854775807}]}")]
    [InlineData("{\"format\":1,\"models\":[{\"id\":\"m\",\"version\":\"1\",\"device\":\"cpu\",\"loaded_bytes\":1,\"peak_bytes\":1,\"load_milliseconds\":1e300}]}")]
    [InlineData("{\"format\":1,\"models\":[{\"id\":\"m\",\"version\":\"1\",\"device\":\"cpu\",\"loaded_bytes\":1,\"peak_bytes\":1,\"last_used\":\"yesterday\"}]}")]
    public void Read_BrokenOrAbsurd_IsLeftOutWithOneLine(string content)
    {
        File.WriteAllText(_folder.Combine(ModelHistoryFile.FileName), content);

        Assert.Empty(Open().Read());

        Assert.Equal(LogLevel.Warning, Assert.Single(_log.Lines).Level);
    }

    [Fact]
    public void Read_TruncatedAnywhere_NeverThrows()
    {
        Open().Write([Record("a"), Record("b")]);
        var path = _folder.Combine(ModelHistoryFile.FileName);
        var whole = File.ReadAllBytes(path);

        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Empty(Open().Read());
        }
    }

    [Fact]
    public async Task Pool_NextStart_ReservesWhatWasLearned()
    {
        await using (var first = new PoolFixture(options => options.StateFolder = _folder.Path))
        {
            first.Add("m", 30 * PoolFixture.Mebibyte);
            await first.TouchAsync("m");
            Assert.False(File.Exists(_folder.Combine(ModelHistoryFile.FileName)));
            first.Runtime.Time.Advance(TimeSpan.FromSeconds(5));
            await first.Pool.WhenQuietAsync();
            Assert.True(File.Exists(_folder.Combine(ModelHistoryFile.FileName)));
            first.Add("late", 40 * PoolFixture.Mebibyte);
            await first.TouchAsync("late");
        }

        await using var second = new PoolFixture(options => options.StateFolder = _folder.Path);
        second.Runtime.Source.Add("m", 1, "1").Add("late", 1, "1");
        var release = new TaskCompletionSource();
        second.Engine.Describe("m", new SimulatedModel { OnLoad = _ => release.Task }).Describe("late", new SimulatedModel { OnLoad = _ => release.Task });

        var loads = new[] { second.LeaseAsync("m"), second.LeaseAsync("late") };

        Assert.Equal(70 * PoolFixture.Mebibyte, second.Used);
        release.SetResult();
        foreach (var lease in await Task.WhenAll(loads))
        {
            lease.Dispose();
        }
    }

    private ModelHistoryFile Open() => new(_folder.Path, 4, _log);

    private static ModelMemoryRecord Record(string id) => new()
    {
        Id = id,
        Version = "1",
        Variant = "fp32",
        Device = "cpu",
        Sha256 = "00",
        LoadedBytes = 10,
        PeakBytes = 20,
        LoadMilliseconds = 1.5,
        LastUsed = new DateTimeOffset(2030, 1, 2, 3, 4, 5, TimeSpan.Zero),
    };
}
