using EdgeHost.PluginHost.Discovery;
using EdgeHost.PluginHost.Registry;

namespace EdgeHost.PluginHost.Tests.Registry;

public class FolderLooksTests
{
    private static readonly FolderStamp One = new(1, 10, 1);
    private static readonly FolderStamp Two = new(2, 20, 2);

    private readonly FolderLooks _looks = new();

    [Fact]
    public void Stamp_CountsWhenTwoLooksAgree_AndOnce()
    {
        Assert.Equal([false, false, false, true, false], new FolderStamp?[] { One, Two, One, One, One }.Select(stamp => Find(stamp)));
    }

    [Fact]
    public void Stamp_ThatCouldNotBeTaken_BreaksTheRow()
    {
        Assert.Equal([false, false, false, true], new FolderStamp?[] { One, null, One, One }.Select(stamp => Find(stamp)));
    }

    [Fact]
    public void Stamp_AtOnce_NeedsOneLook()
    {
        Assert.True(Find(One, atOnce: true));
        Assert.False(Find(One, atOnce: true));
        Assert.True(Find(Two, atOnce: true));
    }

    [Fact]
    public void Stamp_AskedForAgain_CountsAgain()
    {
        Find(One, atOnce: true);

        Assert.True(Find(One, again: true));
    }

    [Fact]
    public void Folder_MissingOnce_IsAsItWas()
    {
        Find(One, atOnce: true);

        Assert.False(_looks.Miss());
        Assert.False(Find(One));
        Assert.False(Find(One));
        Assert.False(_looks.IsGone);
    }

    [Fact]
    public void Folder_MissingTwice_IsGoneOnce_AndNewWhenItComesBack()
    {
        Find(One, atOnce: true);

        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(_ => _looks.Miss()));
        Assert.True(_looks.IsGone);
        Assert.False(Find(One));
        Assert.True(Find(One));
        Assert.False(_looks.IsGone);
    }

    [Fact]
    public void Folder_ThatWasUnusable_IsNew()
    {
        Find(One, atOnce: true);
        _looks.FindUnusable();

        Assert.False(Find(One));
        Assert.True(Find(One));
    }

    private bool Find(FolderStamp? stamp, bool atOnce = false, bool again = false) => _looks.Find(stamp, atOnce, again);
}
