using System.Security.Cryptography;
using EdgeHost.Host.Cli;
using EdgeHost.ModelStore.Manifests;

namespace EdgeHost.Host.Importing;

/// <summary>Writes the manifest of a model that a person brings, so that it is pulled, kept and used as any other.</summary>
internal static class ImportedManifest
{
    // What is resident beside the weights is not known before the pool has measured it.
    private const int MemoryPerByte = 3;

    private const string Classification = "image-classification";

    /// <summary>Makes the manifests: the model's, then those of what it needs beside it; hashes the files.</summary>
    /// <param name="id">What the model is to be called.</param>
    /// <param name="source">The files.</param>
    /// <param name="wishes">What a person says of it.</param>
    /// <param name="cancellationToken">Stops hashing.</param>
    /// <exception cref="UsageException">Something in it is not allowed; every problem is named.</exception>
    public static async Task<IReadOnlyList<ModelManifest>> MakeAsync(string id, ImportedSource source, ImportWishes wishes, CancellationToken cancellationToken)
    {
        var names = source.Parts.Keys.ToDictionary(static role => role, role => $"{id}-{role.Replace('_', '-')}", StringComparer.Ordinal);
        var whole = source with { Properties = source.Properties.Concat(names).ToDictionary(StringComparer.Ordinal) };
        var manifests = new List<ModelManifest> { await MakeOneAsync(id, whole, wishes, [.. names.Values], cancellationToken).ConfigureAwait(false) };
        foreach (var (role, part) in source.Parts)
        {
            var own = wishes with { Task = null, Labels = null, Properties = new Dictionary<string, string>() };
            manifests.Add(await MakeOneAsync(names[role], part with { OriginOf = source.OriginOf }, own, [], cancellationToken).ConfigureAwait(false));
        }

        return manifests;
    }

    private static async Task<ModelManifest> MakeOneAsync(string id, ImportedSource source, ImportWishes wishes, IReadOnlyList<string> requires, CancellationToken cancellationToken)
    {
        var properties = new Dictionary<string, string>(source.Properties, StringComparer.Ordinal);
        List<(string Name, string Path)> paths = [.. source.Files];
        if (wishes.Labels is { } labels)
        {
            properties["labels"] = "labels.txt";
            paths.Add(("labels.txt", Path.GetFullPath(labels)));
        }

        var task = wishes.Task ?? source.Task ?? throw new UsageException("The files do not say what the model is for; name it with --task, for example --task image-classification.");

        // What replies call its set of classes.
        if (task == Classification) properties["classes"] = id;
        foreach (var (name, value) in wishes.Properties) properties[name] = value;
        if (source.Format is null) OnnxFile.Check(source.Files.First(file => file.Name == source.Graph).Path);
        var files = new List<ModelFile>();
        foreach (var (name, path) in paths) files.Add(await DescribeAsync(name, path, source.OriginOf(path), cancellationToken).ConfigureAwait(false));
        var manifest = new ModelManifest
        {
            Id = id,
            Version = wishes.Version,
            Task = task,
            Summary = wishes.Summary ?? $"Imported from {Path.GetFileName(source.Files[0].Path)}.",
            Licence = new ModelLicence(wishes.Licence, true, "Brought to this device by its owner, who answers for the right to use it.", null),
            Properties = properties,
            Requires = requires,
            Variants =
            [
                new ModelVariant
                {
                    Name = "own",
                    Graph = source.Graph,
                    Devices = [DeviceKind.Npu, DeviceKind.Gpu, DeviceKind.Cpu],
                    MemoryBytes = MemoryPerByte * files.Sum(static file => file.Bytes),
                    Files = files,
                    Batching = source.Batching,
                    Import = source.Format is { } format ? new VariantImport(format, source.GraphFiles) : null,
                },
            ],
        };
        Check(manifest);
        return manifest;
    }

    // By the reader's own rules, so that what is written is what will be read.
    private static void Check(ModelManifest manifest)
    {
        var reading = ModelManifestReader.Read(ModelManifestWriter.Write(manifest));
        if (reading.Problems.Count > 0) throw new UsageException(string.Join(Environment.NewLine, reading.Problems.Select(static problem => problem.ToString())));
    }

    private static async Task<ModelFile> DescribeAsync(string name, string path, FileSource? origin, CancellationToken cancellationToken)
    {
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await using (file.ConfigureAwait(false))
            {
                if (file.Length == 0) throw new UsageException($"'{path}' is empty.");
                var hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken).ConfigureAwait(false));
                if (origin is not null) return new ModelFile(name, hash, file.Length, [origin]);
                return FileSource.TryParse($"file:{path}", out var source, out var problem) ? new ModelFile(name, hash, file.Length, [source]) : throw new UsageException($"'{path}': {problem}");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {e.Message}");
        }
    }
}
