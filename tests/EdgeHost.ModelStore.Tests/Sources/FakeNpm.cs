using System.Formats.Tar;
using System.IO.Compression;

namespace EdgeHost.ModelStore.Tests.Sources;

/// <summary>A shell script that stands in for the npm client, and archives for it to deliver.</summary>
internal sealed class FakeNpm
{
    private readonly string _folder;

    public FakeNpm(StoreFixture fixture)
    {
        _folder = Directory.CreateDirectory(Path.Combine(fixture.Root, "fake-npm")).FullName;
        fixture.Options.NpmExecutable = Path.Combine(_folder, "npm");
        Deliver();
    }

    public string ArchivePath => Path.Combine(_folder, "pack.tgz");

    public string PidFile => Path.Combine(_folder, "pid");

    /// <summary>The arguments of each call so far.</summary>
    public string[] Calls => File.Exists(CallsFile) ? File.ReadAllLines(CallsFile) : [];

    private string CallsFile => Path.Combine(_folder, "calls");

    public void Deliver() => Behave($"cp '{ArchivePath}' \"$destination/pack-1.0.0.tgz\"");

    public void Hang() => Behave($"echo $$ > '{PidFile}'; head -c 5000 /dev/zero > \"$destination/part\"; sleep 600 & echo $! >> '{PidFile}'; wait");

    public void Fail(string code) => Behave($"echo 'npm error code {code}' >&2; echo 'npm error something happened' >&2; exit 1");

    public void Chatter() => Behave($"yes | head -c 3000000; yes | head -c 3000000 >&2; cp '{ArchivePath}' \"$destination/pack-1.0.0.tgz\"");

    public void Archive(params (string Path, byte[] Content)[] files)
    {
        using var file = File.Create(ArchivePath);
        using var zip = new GZipStream(file, CompressionLevel.Fastest);
        using var tar = new TarWriter(zip);
        foreach (var (path, content) in files)
        {
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(content) });
        }
    }

    private void Behave(string action)
    {
        var script = $$"""
            #!/bin/sh
            echo "$@" >> '{{CallsFile}}'
            destination=
            while [ $# -gt 0 ]; do
              if [ "$1" = --pack-destination ]; then destination=$2; fi
              shift
            done
            {{action}}
            """;
        var path = Path.Combine(_folder, "npm");
        File.Delete(path);
        File.WriteAllText(path, script.ReplaceLineEndings("\n") + "\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
