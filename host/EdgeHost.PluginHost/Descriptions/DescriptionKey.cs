using System.Security.Cryptography;
using System.Text;
using EdgeHost.PluginHost.Manifests;

namespace EdgeHost.PluginHost.Descriptions;

/// <summary>What descriptions of capabilities depend on, as one text: the plugin's version, its settings, its manifest and the bytes of its assemblies.</summary>
internal static class DescriptionKey
{
    // Raised when the file's form changes.
    private const int Form = 2;

    private static readonly EnumerationOptions Recursive = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, AttributesToSkip = FileAttributes.None };

    /// <summary>Reads the folder's assemblies: some milliseconds for a usual plugin.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    public static string Of(string folder, PluginManifest manifest, IDictionary<string, string>? settings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, $"{Form}\n{manifest.Id}\n{manifest.Version}\n{ContractVersion.Current}\n");
        foreach (var (key, value) in (settings ?? new Dictionary<string, string>()).OrderBy(setting => setting.Key, StringComparer.Ordinal)) Add(hash, $"{key}={value}\n");
        AddFile(hash, folder, PluginManifest.FileName);
        var assemblies = Directory.EnumerateFiles(folder, "*.dll", Recursive).Select(file => Path.GetRelativePath(folder, file)).Order(StringComparer.Ordinal);
        foreach (var file in assemblies) AddFile(hash, folder, file);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text));

    private static void AddFile(IncrementalHash hash, string folder, string name)
    {
        using var file = File.OpenRead(Path.Combine(folder, name));
        Add(hash, $"{name}:{file.Length}\n");
        hash.AppendData(SHA256.HashData(file));
    }
}
