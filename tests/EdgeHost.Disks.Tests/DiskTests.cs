using System.Runtime.Versioning;
using EdgeHost.TestKit;

namespace EdgeHost.Disks.Tests;

/// <summary>Private files and folders, free space.</summary>
public sealed class DiskTests : IDisposable
{
    private const UnixFileMode OwnerReadsAndWrites = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Folders_AreMadePrivate_WithThoseAbove()
    {
        PrivateFolders.Create(_folder.Combine("a", "b", "c") + "/");

        foreach (var made in new[] { _folder.Combine("a"), _folder.Combine("a", "b"), _folder.Combine("a", "b", "c") })
        {
            Assert.Equal(OwnerReadsAndWrites | UnixFileMode.UserExecute, File.GetUnixFileMode(made));
        }
    }

    [UnixFact]
    [UnsupportedOSPlatform("windows")]
    public void Folder_ThatIsThere_KeepsItsMode()
    {
        var mode = OwnerReadsAndWrites | UnixFileMode.UserExecute | UnixFileMode.GroupRead;
        Directory.CreateDirectory(_folder.Combine("shared"));
        File.SetUnixFileMode(_folder.Combine("shared"), mode);

        PrivateFolders.Create(_folder.Combine("shared"));

        Assert.Equal(mode, File.GetUnixFileMode(_folder.Combine("shared")));
    }

    [Fact]
    public void Folder_WhoseNameAFileHas_IsRefused()
    {
        File.WriteAllText(_folder.Combine("file"), "x");

        Assert.ThrowsAny<IOException>(() => PrivateFolders.Create(_folder.Combine("file")));
        Assert.ThrowsAny<IOException>(() => PrivateFolders.Create(_folder.Combine("file", "below")));
    }

    [Fact]
    public void Sync_OfWhatIsNotThere_DoesNothing() => PrivateFolders.Sync(_folder.Combine("nowhere"));

    [Fact]
    public void File_IsReplaced_AndNothingIsLeftBeside()
    {
        var path = _folder.Combine("deep", "er", "file");

        PrivateFiles.Replace(path, "one and more"u8);
        PrivateFiles.Replace(path, "two"u8);

        Assert.Equal("two", File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows()) Assert.Equal(OwnerReadsAndWrites, File.GetUnixFileMode(path));
    }

    [Fact]
    public void File_ThatCannotBeRenamed_IsAsItWas()
    {
        Directory.CreateDirectory(_folder.Combine("file", "full"));

        Assert.ThrowsAny<Exception>(() => PrivateFiles.Replace(_folder.Combine("file"), "x"u8));

        Assert.Equal([_folder.Combine("file")], Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void FreeSpace_IsKnownOfAFolderThatIsNotThereYet()
    {
        var space = new DriveSpace();

        Assert.NotNull(space.AvailableBytes(_folder.Path));
        Assert.NotNull(space.AvailableBytes(_folder.Combine("not", "yet")));
    }
}
