namespace EdgeHost.PluginSdk;

/// <summary>The plugin's own place for files, kept across reloads and updates. Thread-safe.</summary>
public interface IPluginStorage
{
    /// <summary>An existing folder that belongs to this plugin alone; the plugin decides what is in it.</summary>
    string DataFolder { get; }
}
