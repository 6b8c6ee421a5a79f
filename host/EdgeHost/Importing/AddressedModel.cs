using EdgeHost.Host.Cli;
using EdgeHost.ModelStore.Addresses;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.Host.Importing;

/// <summary>A model that is brought from a path on this device or from an address; disposing it deletes what was fetched.</summary>
internal sealed class AddressedModel : IDisposable
{
    private const string Topology = "model.json";

    private readonly AddressFolder? _folder;

    private AddressedModel(ImportedSource source, AddressFolder? folder, string? mirror)
    {
        Source = source;
        _folder = folder;
        Mirror = folder?.Root ?? mirror;
    }

    /// <summary>The files, all on this device.</summary>
    public ImportedSource Source { get; }

    /// <summary>The folder from which a pull takes the files; null where the manifest says it.</summary>
    public string? Mirror { get; }

    /// <summary>A model on this device.</summary>
    public static AddressedModel OnDevice(string path) => new(SourceFinder.Find(path), null, null);

    /// <summary>Fetches what the importer needs of a model.</summary>
    /// <param name="text">The address.</param>
    /// <param name="mirror">A folder that may have it, or null.</param>
    /// <param name="reader">Fetches.</param>
    /// <param name="onBytes">Hears what is received and its bytes so far.</param>
    /// <param name="cancellationToken">Stops; nothing of it stays.</param>
    /// <exception cref="UsageException">It is no address, or nothing that can be imported is there.</exception>
    public static async Task<AddressedModel> FetchAsync(string text, string? mirror, AddressReader reader, Action<string, long> onBytes, CancellationToken cancellationToken)
    {
        if (!ModelAddress.TryParse(text, out var address, out var problem)) throw new UsageException($"'{text}': {problem} What is imported is hf:OWNER/NAME[@REVISION], npm:PACKAGE@VERSION[/PATH], https://… or a path.");
        var place = reader.FindInMirror(address, mirror);
        if (place is not null && address.Kind != FileSourceKind.Npm) return InMirror(address, place);
        var folder = await reader.OpenAsync(address, place, onBytes, cancellationToken).ConfigureAwait(false);
        try
        {
            var entry = await FetchAsync(folder, cancellationToken).ConfigureAwait(false);
            return new AddressedModel(SourceFinder.Find(Path.Combine(folder.Root, entry)) with { OriginOf = folder.SourceOf }, folder, null);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder?.Dispose();

    private static AddressedModel InMirror(ModelAddress address, string place)
    {
        var root = address.Kind == FileSourceKind.HuggingFace ? place : Path.GetDirectoryName(place)!;
        return new AddressedModel(SourceFinder.Find(Path.Combine(place, address.Path)) with { OriginOf = path => path.StartsWith(root, StringComparison.Ordinal) ? OriginIn(path) : null }, null, root);

        FileSource OriginIn(string path)
            => address.SourceOf(path == place ? address.Url!.AbsoluteUri : Path.GetRelativePath(root, path).Replace(Path.DirectorySeparatorChar, '/'));
    }

    // Fetches what the model is made of; returns the path of what describes it, or of its folder.
    private static async Task<string> FetchAsync(AddressFolder folder, CancellationToken cancellationToken)
    {
        var path = folder.Address.Url is { } url ? Uri.UnescapeDataString(url.Segments[^1]) : folder.Address.Path;
        if (folder.Files is { } files && !files.Contains(path, StringComparer.Ordinal))
        {
            var prefix = path.Length == 0 ? "" : path + "/";
            string[] inside = [.. files.Where(file => file.StartsWith(prefix, StringComparison.Ordinal)).Select(file => file[prefix.Length..])];
            if (inside.Length == 0) throw new EdgeHostException(ErrorCode.NotFound, $"{folder.Address} has no file or folder '{path}'.");
            var chosen = inside.Contains("config.json", StringComparer.Ordinal) ? HubFiles.Choose(inside) : [];
            if (chosen.Count > 0)
            {
                await folder.FetchAsync(chosen.Select(file => prefix + file), cancellationToken).ConfigureAwait(false);
                return path;
            }

            path = prefix + (Single(inside) ?? throw new UsageException($"{folder.Address} has none of what can be imported, or several; name one: {Names(inside, prefix)}"));
        }

        await folder.FetchAsync([path], cancellationToken).ConfigureAwait(false);
        if (!path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)) return path;
        var beside = path[..(path.LastIndexOf('/') + 1)];
        await folder.FetchAsync(SourceFinder.WeightFiles(Path.Combine(folder.Root, path)).Select(weights => beside + weights), cancellationToken).ConfigureAwait(false);
        return path;
    }

    private static string? Single(string[] files)
    {
        if (files.Contains(Topology, StringComparer.Ordinal)) return Topology;
        string[] graphs = [.. files.Where(IsGraph)];
        return graphs.Length == 1 ? graphs[0] : null;
    }

    private static bool IsGraph(string file) => Path.GetExtension(file).ToLowerInvariant() is ".onnx" or ".tflite";

    private static string Names(string[] files, string prefix)
    {
        const int MostNames = 20;
        string[] some = [.. files.Where(file => IsGraph(file) || file.EndsWith(".json", StringComparison.Ordinal)).Select(file => prefix + file).Take(MostNames)];
        return some.Length == 0 ? "it has no .onnx, .tflite or .json file." : string.Join(", ", some);
    }
}
