using EdgeHost.PluginHost.Discovery;
using EdgeHost.TestKit;

namespace EdgeHost.PluginHost.Tests.Discovery;

public sealed class FolderStampTests
{
    [Fact]
    public void Take_NothingChanged_IsEqual()
    {
        using var folder = Sample();

        Assert.Equal(Take(folder), Take(folder));
        Assert.Equal(3, Take(folder).Files);
        Assert.Equal(6, Take(folder).Bytes);
    }

    [Fact]
    public void Take_AnyChange_Differs()
    {
        using var folder = Sample();
        var seen = new HashSet<FolderStamp> { Take(folder) };

        File.WriteAllText(folder.Combine("a"), "1234");
        Assert.True(seen.Add(Take(folder)), "size");
        File.SetLastWriteTimeUtc(folder.Combine("a"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.True(seen.Add(Take(folder)), "time");
        File.Move(folder.Combine("a"), folder.Combine("b"));
        Assert.True(seen.Add(Take(folder)), "name");
        File.Move(folder.Combine("b"), folder.Combine("sub", "b"));
        Assert.True(seen.Add(Take(folder)), "folder");
        File.Delete(folder.Combine("sub", "b"));
        Assert.True(seen.Add(Take(folder)), "removal");
        File.WriteAllText(folder.Combine("models", "m.json"), "{\"x\":1}");
        Assert.True(seen.Add(Take(folder)), "model manifest");
    }

    [Fact]
    public void Take_TwoFilesSwapTheirNames_Differs()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder.Combine("a"), "1");
        File.WriteAllText(folder.Combine("b"), "22");
        var before = Take(folder);

        File.Move(folder.Combine("a"), folder.Combine("c"));
        File.Move(folder.Combine("b"), folder.Combine("a"));
        File.Move(folder.Combine("c"), folder.Combine("b"));

        Assert.NotEqual(before, Take(folder));
    }

    [Theory]
    [InlineData(2, 100, "more than 2 files")]
    [InlineData(10, 5, "more than 5 bytes")]
    public void Take_TooMuch_IsResourceExhausted(int files, long bytes, string expected)
    {
        using var folder = Sample();

        var error = Assert.Throws<EdgeHostException>(() => FolderStamp.Take(folder.Path, files, bytes));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_LinkToItself_Ends()
    {
        using var folder = Sample();
        Directory.CreateSymbolicLink(folder.Combine("loop"), folder.Path);

        var error = Assert.Throws<EdgeHostException>(() => FolderStamp.Take(folder.Path, 10, 1000));

        Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
    }

    private static FolderStamp Take(TempFolder folder) => FolderStamp.Take(folder.Path, 100, 1000);

    private static TempFolder Sample()
    {
        var folder = new TempFolder();
        Directory.CreateDirectory(folder.Combine("sub"));
        Directory.CreateDirectory(folder.Combine("models"));
        File.WriteAllText(folder.Combine("a"), "123");
        File.WriteAllText(folder.Combine("sub", "c"), "456");
        File.WriteAllText(folder.Combine("models", "m.json"), "{}");
        return folder;
    }
}
