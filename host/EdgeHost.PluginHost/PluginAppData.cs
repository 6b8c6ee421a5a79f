using EdgeHost.PluginHost.Activation;
using EdgeHost.PluginSdk;
using Microsoft.Extensions.Options;

namespace EdgeHost.PluginHost;

/// <summary>What plugins keep of apps, those that are not loaded included. Thread-safe.</summary>
/// <param name="options">Says where it lies.</param>
public sealed class PluginAppData(IOptions<PluginHostOptions> options)
{
    /// <summary>Deletes what all plugins keep of an app in <see cref="IPluginStorage.FolderOf"/>.</summary>
    /// <param name="app">The app; its name and user count.</param>
    /// <returns>How many plugins kept something.</returns>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.Unavailable"/>: something could not be deleted.</exception>
    public int Delete(AppIdentity app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var root = Path.GetFullPath(options.Value.DataFolder);
        if (!Directory.Exists(root)) return 0;
        var kept = Directory.EnumerateDirectories(root).Select(folder => ((IPluginStorage)new PluginStorage(folder)).FolderOf(app)).Where(Directory.Exists).ToList();
        foreach (var folder in kept) Delete(folder);
        return kept.Count;
    }

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another call was first.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EdgeHostException(ErrorCode.Unavailable, $"What a plugin keeps of the app could not be deleted: {e.Message} Try again.", e);
        }
    }
}
