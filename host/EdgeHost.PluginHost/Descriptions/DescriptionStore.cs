using EdgeHost.PluginHost.Manifests;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.Logging;

namespace EdgeHost.PluginHost.Descriptions;

/// <summary>
/// Keeps what plugins said of their capabilities when they were started, a file a plugin, so that discovery starts none that is known. Losing a file costs
/// a start, never correctness: nothing here throws, and a file that does not fit the plugin's files exactly is not used. Thread-safe.
/// </summary>
internal sealed class DescriptionStore(PluginHostOptions options, ILogger logger)
{
    private const int MostFileBytes = 4 << 20;

    /// <summary>What is known of the plugin in this folder, by method; null if it must be asked.</summary>
    public IReadOnlyDictionary<string, CapabilityDescriptor>? TryLoad(string folder, PluginManifest manifest)
    {
        if (PathOf(manifest) is not { } path) return null;
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > MostFileBytes) return null;
            var known = DescriptionFile.Read(File.ReadAllBytes(path), KeyOf(folder, manifest));
            return known is not null && manifest.Capabilities.SetEquals(known.Keys) && known.Values.All(one => one.Models.All(manifest.Models.Contains) && one.Tasks.All(manifest.Tasks.Contains)) ? known : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogDebug("What is known of {Id} cannot be read ({Problem}); it is asked.", manifest.Id, e.Message);
            return null;
        }
    }

    /// <summary>Keeps what a plugin says, in one step: after a crash the old file or the new one is there.</summary>
    /// <param name="folder">The folder it was loaded from.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="descriptors">What it says.</param>
    public void Save(string folder, PluginManifest manifest, IEnumerable<CapabilityDescriptor> descriptors)
    {
        if (PathOf(manifest) is not { } path) return;
        try
        {
            var content = DescriptionFile.Write(KeyOf(folder, manifest), descriptors);
            if (content.Length > MostFileBytes) return;
            if (File.Exists(path) && content.Span.SequenceEqual(File.ReadAllBytes(path))) return;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var draft = $"{path}.{Environment.ProcessId}.tmp";
            File.WriteAllBytes(draft, content.Span);
            File.Move(draft, path, overwrite: true);
            Prune(Path.GetDirectoryName(path)!);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            logger.LogWarning("What {Id} says of its capabilities cannot be kept ({Problem}); discovery starts it again next time.", manifest.Id, e.Message);
        }
    }

    // Plugins come and go over the years; the files of those that went are the oldest.
    private void Prune(string folder)
    {
        foreach (var file in new DirectoryInfo(folder).GetFiles().OrderByDescending(file => file.LastWriteTimeUtc).Skip(options.MaxPlugins)) file.Delete();
    }

    private string KeyOf(string folder, PluginManifest manifest)
        => DescriptionKey.Of(folder, manifest, options.Settings.TryGetValue(manifest.Id, out var settings) ? settings : null);

    private string? PathOf(PluginManifest manifest) => options.DescriptionFolder is { } folder ? Path.Combine(folder, $"{manifest.Id}.json") : null;
}
