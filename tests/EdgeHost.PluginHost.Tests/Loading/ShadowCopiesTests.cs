using EdgeHost.PluginHost.Discovery;
using EdgeHost.PluginHost.Loading;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.PluginHost.Tests.Loading;

public sealed class ShadowCopiesTests
{
    [Fact]
    public void Copy_FolderThatChangedSinceItWasAccepted_FailsAndLeavesNothing()
    {
        using var folder = new TempFolder();
        var (options, source, stamp) = Prepare(folder);
        File.WriteAllText(Path.Combine(source, "b.txt"), "new");
        using var copies = new ShadowCopies(options, NullLogger<ShadowCopies>.Instance);

        var error = Assert.Throws<PluginFailureException>(() => copies.Copy(source, stamp, default));

        Assert.Contains("being changed", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Directory.EnumerateDirectories(options.ShadowFolder).Single()));
    }

    [Fact]
    public void Copy_OverwritingTheSource_DoesNotReachTheCopy()
    {
        using var folder = new TempFolder();
        var (options, source, stamp) = Prepare(folder);
        using var copies = new ShadowCopies(options, NullLogger<ShadowCopies>.Instance);
        var copy = copies.Copy(source, stamp, default);

        using (var file = new FileStream(Path.Combine(source, "a.txt"), FileMode.Open)) file.WriteByte((byte)'X');

        Assert.Equal("one", File.ReadAllText(Path.Combine(copy, "a.txt")));
        Assert.Equal("deep", File.ReadAllText(Path.Combine(copy, "sub", "c.txt")));
    }

    [Fact]
    public void Copy_CopiesOfAProcessThatIsGone_AreRemovedAndThoseOfALivingOneStay()
    {
        using var folder = new TempFolder();
        var (options, source, stamp) = Prepare(folder);
        var stale = Path.Combine(options.ShadowFolder, "1-dead");
        Directory.CreateDirectory(stale);
        File.WriteAllText(Path.Combine(stale, ".lock"), string.Empty);
        using var living = new ShadowCopies(options, NullLogger<ShadowCopies>.Instance);
        var kept = living.Copy(source, stamp, default);
        using var next = new ShadowCopies(options, NullLogger<ShadowCopies>.Instance);

        next.Copy(source, stamp, default);

        Assert.False(Directory.Exists(stale));
        Assert.True(File.Exists(Path.Combine(kept, "a.txt")));
    }

    private static (PluginHostOptions Options, string Source, FolderStamp Stamp) Prepare(TempFolder folder)
    {
        var source = folder.Combine("source");
        Directory.CreateDirectory(Path.Combine(source, "sub"));
        File.WriteAllText(Path.Combine(source, "a.txt"), "one");
        File.WriteAllText(Path.Combine(source, "sub", "c.txt"), "deep");
        return (new PluginHostOptions { ShadowFolder = folder.Combine("shadow") }, source, FolderStamp.Take(source, 100, 1000));
    }
}
