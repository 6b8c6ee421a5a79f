using EdgeHost.Jobs.Personal;
using EdgeHost.PluginHost;
using Microsoft.Extensions.Logging;

namespace EdgeHost.Host.Training;

/// <summary>What the plugins that can serve now want to learn from feedback. A specification is read again when its file has changed. Thread-safe.</summary>
internal sealed class PluginPersonalisations(IPluginRegistry plugins, ILogger<PluginPersonalisations> logger) : IPersonalisations
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (DateTime Written, long Length, string? Text)> _files = new(StringComparer.Ordinal);

    public IReadOnlyList<Personalisation> List()
    {
        var found = new List<Personalisation>();
        foreach (var plugin in plugins.List())
        {
            foreach (var wanted in plugin.Personalisations)
            {
                if (Read(plugin, wanted) is { } spec) found.Add(new Personalisation(plugin.Id, wanted.Method, wanted.Model, spec));
            }
        }

        return found;
    }

    private string? Read(PluginInfo plugin, PluginPersonalisation wanted)
    {
        var file = new FileInfo(Path.Combine(plugin.Folder, wanted.Spec));
        lock (_gate)
        {
            try
            {
                if (_files.TryGetValue(file.FullName, out var known) && file.Exists && known.Written == file.LastWriteTimeUtc && known.Length == file.Length) return known.Text;
                var text = file.Exists ? File.ReadAllText(file.FullName) : null;
                if (text is not null) _files[file.FullName] = (file.LastWriteTimeUtc, file.Length, text);
                return text;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("What the plugin {Plugin} learns from feedback cannot be read: {Problem}", plugin.Id, e.Message);
                return null;
            }
        }
    }
}
