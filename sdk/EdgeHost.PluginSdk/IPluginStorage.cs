using System.Security.Cryptography;
using System.Text;

namespace EdgeHost.PluginSdk;

/// <summary>The plugin's own place for files, kept across reloads and updates. Thread-safe.</summary>
public interface IPluginStorage
{
    /// <summary>An existing folder that belongs to this plugin alone; the plugin decides what is in it, but for <c>apps</c>.</summary>
    string DataFolder { get; }

    /// <summary>
    /// Where what belongs to one app is kept, below <see cref="DataFolder"/>. The host deletes it when everything of the app is deleted (<c>training.delete</c> with
    /// <c>everything</c>), also while the plugin runs: look at the files in each call. Not made by this call.
    /// </summary>
    /// <remarks>Since contract 1.3.</remarks>
    /// <param name="app">The app; its name and user count.</param>
    /// <returns>The folder: another one for each app and user, always the same one.</returns>
    string FolderOf(AppIdentity app)
    {
        ArgumentNullException.ThrowIfNull(app);

        // Names of apps need not be names of folders.
        return Path.Combine(DataFolder, "apps", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{app.UserId}\n{app.Name}")))[..32]);
    }
}
