using EdgeHost.Learning.Consents;
using EdgeHost.Learning.Drift;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Feedback;
using EdgeHost.Learning.Storage;
using EdgeHost.Disks;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace EdgeHost.Learning.Tests;

/// <summary>A store in a folder of its own, with an app that may record.</summary>
internal sealed class LearningBench : IDisposable, IFreeSpace
{
    public const string Purpose = "spam-filter";

    private readonly TempFolder _folder = new();

    public LearningBench(Action<LearningOptions>? configure = null)
    {
        var options = new LearningOptions { Folder = _folder.Combine("learning") };
        configure?.Invoke(options);
        Options = Microsoft.Extensions.Options.Options.Create(options);
        Open();
    }

    public static ExampleOwner App { get; } = new("mail", 1000);

    public static ExampleOwner OtherApp { get; } = new("other", 1000);

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero));

    public IOptions<LearningOptions> Options { get; }

    public LearningDatabase Database { get; private set; } = null!;

    public ExampleStore Examples { get; private set; } = null!;

    public ConsentStore Consents { get; private set; } = null!;

    public CallJournal Journal { get; private set; } = null!;

    public DriftMonitor Drift { get; private set; } = null!;

    public long? FreeBytes { get; set; }

    public string BlobFolder => Path.Combine(Options.Value.Folder, "blobs");

    public IEnumerable<string> BlobFiles => Directory.Exists(BlobFolder) ? Directory.EnumerateFiles(BlobFolder, "*", SearchOption.AllDirectories) : [];

    public LearningUpkeep Upkeep => new(Database, Examples, Journal, Options, Time, NullLogger<LearningUpkeep>.Instance);

    public static DatasetSpec Texts(string name = "mails") => new() { Name = name, Purpose = Purpose, Kind = ExampleKind.Text };

    public static ExampleDraft Text(string text, string? label = null, string? group = null)
        => new() { Content = System.Text.Encoding.UTF8.GetBytes(text), Label = label, Group = group };

    public static ExampleDraft Bytes(int seed, int length)
    {
        var content = new byte[length];
        new Random(seed).NextBytes(content);
        return new ExampleDraft { Content = content };
    }

    /// <summary>Closes everything and opens it again, as another start of the host does.</summary>
    public void Reopen()
    {
        Database.Dispose();
        Open();
    }

    public Task ConsentAsync(ExampleOwner? owner = null, string purpose = Purpose) => Consents.SetAsync(owner ?? App, purpose, isGranted: true);

    public void Dispose()
    {
        Database.Dispose();
        _folder.Dispose();
    }

    public long? AvailableBytes(string folder) => FreeBytes;

    private void Open()
    {
        Database = new LearningDatabase(Options, Time, NullLogger<LearningDatabase>.Instance);
        Examples = new ExampleStore(Database, Options, Time, this);
        Consents = new ConsentStore(Database, Time);
        Journal = new CallJournal(Database, Examples, Options, Time, NullLogger<CallJournal>.Instance);
        Drift = new DriftMonitor(Database, Options, Time, NullLogger<DriftMonitor>.Instance);
    }
}
