using System.Text.Json;
using EdgeHost.Security.Policy;

namespace EdgeHost.Security.Usage;

/// <summary>The small file <c>usage.json</c>, readable by its owner alone. For one thread at a time.</summary>
/// <param name="folder">Where it is.</param>
internal sealed class UsageFile(string folder)
{
    /// <summary>Some 200 bytes an app, and 100,000 apps at most.</summary>
    private const int MostBytes = 64 << 20;

    /// <summary>Its path.</summary>
    public string Path { get; } = System.IO.Path.Combine(folder, "usage.json");

    /// <summary>Its entries; none where there is no file.</summary>
    /// <exception cref="InvalidDataException">The content is not what <see cref="Write"/> writes.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public IReadOnlyList<SavedUsage> Read()
    {
        var file = new FileInfo(Path);
        if (!file.Exists) return [];
        if (file.Length > MostBytes) throw new InvalidDataException($"it has {file.Length} bytes, more than the limit of {MostBytes}");
        try
        {
            var content = JsonSerializer.Deserialize(File.ReadAllBytes(Path), UsageJson.Default.UsageContent);
            var apps = content?.Apps ?? throw new InvalidDataException("it has no list of apps");
            for (var i = 0; i < apps.Count; i++)
            {
                if (!IsPlausible(apps[i])) throw new InvalidDataException($"its entry {i} cannot be");
            }

            return apps;
        }
        catch (JsonException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>What <see cref="Write"/> writes.</summary>
    public static byte[] Encode(IReadOnlyList<SavedUsage> apps) => JsonSerializer.SerializeToUtf8Bytes(new UsageContent(apps), UsageJson.Default.UsageContent);

    /// <summary>Replaces the content in one step: after a crash the old or the new content is there, never half of it.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(folder);
        var temporary = $"{Path}.{Environment.ProcessId}.tmp";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(temporary, options))
        {
            file.Write(content);
        }

        File.Move(temporary, Path, overwrite: true);
    }

    private static bool IsPlausible(SavedUsage? usage)
        => usage is { Calls: >= 0, Failed: >= 0, Denied: >= 0, DeviceTimeUs: >= 0 and <= MostMicroseconds, WindowTimeUs: >= 0 and <= MostMicroseconds, UserId: >= -1 and <= uint.MaxValue }
            && AppNames.IsName(usage.App);

    private const long MostMicroseconds = long.MaxValue / TimeSpan.TicksPerMicrosecond;
}
