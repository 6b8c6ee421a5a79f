using CsCheck;
using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Models;
using EdgeHost.Runtime.Onnx.Devices;
using EdgeHost.Runtime.Onnx.Preparation;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Runtime.Onnx.Tests;

public sealed class PreparedModelStoreTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Publish_ThenFind_GivesTheForm()
    {
        var store = CreateStore();

        Add(store, "a", 100);

        Assert.Equal(100, new FileInfo(store.Find(Key("a"))!).Length);
        Assert.Null(store.Find(Key("b")));
    }

    [Fact]
    public void Publish_PastTheBound_DropsWhatWasUsedLongestAgo()
    {
        var store = CreateStore(mostBytes: 3_000);
        Add(store, "a", 900);
        Add(store, "b", 900);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(store.Find(Key("a")));
        _time.Advance(TimeSpan.FromMinutes(1));

        Add(store, "c", 900);

        Assert.NotNull(store.Find(Key("a")));
        Assert.Null(store.Find(Key("b")));
        Assert.NotNull(store.Find(Key("c")));
    }

    [Fact]
    public void Publish_AbandonedDraftOfAnotherProcess_GoesAfterAnHour()
    {
        var store = CreateStore();
        var abandoned = store.TryBegin(Key("a"), out _)!;
        File.WriteAllBytes(abandoned.FormPath, new byte[10]);
        Directory.SetLastWriteTimeUtc(abandoned.Folder, _time.GetUtcNow().UtcDateTime);
        Add(store, "b", 10);
        Assert.True(Directory.Exists(abandoned.Folder));

        _time.Advance(TimeSpan.FromHours(2));
        Add(store, "c", 10);

        Assert.False(Directory.Exists(abandoned.Folder));
    }

    [Fact]
    public void Publish_AnotherWasFaster_KeepsTheFirst()
    {
        var store = CreateStore();
        var first = Begin(store, "a", 10);
        var second = Begin(store, "a", 20);

        Assert.Null(store.Publish(first));
        Assert.Null(store.Publish(second));
        store.Discard(second);

        Assert.Equal(10, new FileInfo(store.Find(Key("a"))!).Length);
        Assert.Single(Directory.GetDirectories(_folder.Path));
    }

    [Fact]
    public void Find_AnyEntryText_IsFoundOnlyIfUntouched()
    {
        var store = CreateStore();
        Gen.Byte.Array[0, 300].Sample(bytes =>
        {
            Add(store, "a", 50);
            File.WriteAllBytes(Path.Combine(_folder.Path, Key("a").FolderName, PreparedModelStore.EntryName), bytes);
            Assert.Null(store.Find(Key("a")));
        }, iter: 50, threads: 1);
    }

    [Fact]
    public void Find_FormOfAnyLengthWithOneSampledByteChanged_IsNotFound()
    {
        var store = CreateStore();
        Gen.Int[1, 20_000].Sample(length =>
        {
            store.Remove(Key("a"));
            Add(store, "a", length);
            var form = store.Find(Key("a"));
            Assert.NotNull(form);
            var content = File.ReadAllBytes(form);
            content[^1] ^= 1;
            File.WriteAllBytes(form, content);
            Assert.Null(store.Find(Key("a")));
        }, iter: 50, threads: 1);
    }

    [Fact]
    public void Key_AnyPartDiffers_IsAnother()
    {
        var keys = new[]
        {
            Key("a"),
            Key("b"),
            Key("a", version: "2"),
            Key("a", variant: "int8"),
            Key("a", runtime: "1.32.0"),
            Key("a", size: 8),
            Key("a", provider: "OtherExecutionProvider"),
        };

        Assert.Equal(keys.Length, keys.Select(static key => key.FolderName).Distinct(StringComparer.Ordinal).Count());
        Assert.Contains(ProcessorFeatures.Text, keys[0].Text, StringComparison.Ordinal);
        Assert.Equal(Key("a").FolderName, keys[0].FolderName);
    }

    [Fact]
    public void Key_WithLineBreaks_StaysOneLine() => Assert.DoesNotContain('\n', Key("a", version: "1\nkey x").Text);

    private static PreparedModelKey Key(
        string sha, string version = "1", string variant = "fp32", string runtime = "1.31.1", long size = 7, string provider = "CPUExecutionProvider")
    {
        var artifact = new ModelArtifact
        {
            Id = "m",
            Version = version,
            Variant = variant,
            GraphPath = "/none",
            GraphSha256 = sha,
            Files = new Dictionary<string, string>(),
            SizeBytes = size,
        };
        var device = new DeviceDescription { Id = "cpu", Kind = DeviceKind.Cpu, Name = "CPU", Provider = provider };
        return PreparedModelKey.Create(artifact, new OnnxDevice(device, ProviderDevice: null), runtime);
    }

    private PreparedModelStore CreateStore(long mostBytes = 1 << 20) => new(_folder.Path, mostBytes, _time, NullLogger.Instance);

    private static PreparedModelDraft Begin(PreparedModelStore store, string sha, int bytes)
    {
        var draft = store.TryBegin(Key(sha), out var problem);
        Assert.Null(problem);
        File.WriteAllBytes(draft!.FormPath, [.. Enumerable.Range(0, bytes).Select(static i => (byte)i)]);
        return draft;
    }

    private static void Add(PreparedModelStore store, string sha, int bytes)
    {
        store.Remove(Key(sha));
        var draft = Begin(store, sha, bytes);
        Assert.Null(store.Publish(draft));
        store.Discard(draft);
    }
}
