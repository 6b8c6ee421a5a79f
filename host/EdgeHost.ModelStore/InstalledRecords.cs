using System.Text.Json;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging;

namespace EdgeHost.ModelStore;

/// <summary>
/// The records of pulled models, one JSON file each, replaced atomically. They are read again when the folder changed, also by
/// another process. Thread-safe.
/// </summary>
internal sealed class InstalledRecords(string modelsFolder, TimeProvider time, ILogger logger)
{
    private const int MaxBytes = 2 * ModelManifestReader.MaxBytes;

    // File systems stamp with ticks of some milliseconds: what was read within this time of a change may miss the next change.
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(2);

    private readonly string _folder = Path.Combine(modelsFolder, "installed");
    private readonly Lock _gate = new();
    private IReadOnlyList<InstalledModel>? _models;
    private DateTime _stamp;
    private int _revision;

    /// <summary>Rises with each change by this process.</summary>
    public int Revision => Volatile.Read(ref _revision);

    public void Create() => Directory.CreateDirectory(_folder);

    /// <summary>All records, by id and then newest first.</summary>
    public IReadOnlyList<InstalledModel> All()
    {
        lock (_gate)
        {
            var stamp = Directory.GetLastWriteTimeUtc(_folder);
            if (_models is not null && stamp == _stamp) return _models;
            var models = Read();
            _stamp = stamp;
            _models = time.GetUtcNow().UtcDateTime - stamp > SettleTime ? models : null;
            return models;
        }
    }

    public async Task SaveAsync(InstalledModel model, CancellationToken cancellationToken)
    {
        var path = PathOf(model.Manifest);
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
            await using (file.ConfigureAwait(false))
            {
                var writer = new Utf8JsonWriter(file, ModelManifestWriter.Style);
                await using (writer.ConfigureAwait(false))
                {
                    Write(writer, model);
                    await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }

        Forget();
    }

    public void Delete(InstalledModel model)
    {
        File.Delete(PathOf(model.Manifest));
        Forget();
    }

    private static void Write(Utf8JsonWriter writer, InstalledModel model)
    {
        writer.WriteStartObject();
        writer.WriteNumber("record", 1);
        writer.WriteString("installed_at", model.InstalledAt);
        writer.WriteBoolean("licence_accepted", model.Licence == LicenceConsent.Accepted);
        writer.WriteBoolean("requested", model.IsRequested);
        writer.WriteStartArray("variants");
        foreach (var variant in model.Variants)
        {
            writer.WriteStringValue(variant);
        }

        writer.WriteEndArray();
        WriteImports(writer, model.Imports);
        writer.WritePropertyName("manifest");
        ModelManifestWriter.Write(writer, model.Manifest);
        writer.WriteEndObject();
    }

    // Left out where there are none, as in records before graphs were made.
    private static void WriteImports(Utf8JsonWriter writer, IReadOnlyList<ImportedGraph> graphs)
    {
        if (graphs.Count == 0) return;
        writer.WriteStartArray("imports");
        foreach (var graph in graphs)
        {
            writer.WriteStartObject();
            writer.WriteString("variant", graph.Variant);
            writer.WriteString("sha256", graph.Sha256);
            writer.WriteNumber("bytes", graph.Bytes);
            writer.WriteString("importer", graph.Importer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private string PathOf(ModelManifest manifest) => Path.Combine(_folder, manifest.Name + ".json");

    private void Forget()
    {
        lock (_gate)
        {
            _models = null;
            _revision++;
        }
    }

    private IReadOnlyList<InstalledModel> Read()
    {
        if (!Directory.Exists(_folder)) return [];
        var models = new List<InstalledModel>();
        foreach (var path in Directory.EnumerateFiles(_folder, "*.json"))
        {
            try
            {
                if (new FileInfo(path).Length <= MaxBytes && Parse(File.ReadAllBytes(path)) is { } model) models.Add(model);
                else logger.LogWarning("The record {Path} is damaged and counts as not there; pull the model again", path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning(e, "The record {Path} cannot be read and counts as not there", path);
            }
        }

        return
        [
            .. models.OrderBy(model => model.Manifest.Id, StringComparer.Ordinal)
                .ThenByDescending(model => model.Manifest.Version, ModelVersionComparer.Instance)
                .ThenBy(model => model.Manifest.Version, StringComparer.Ordinal),
        ];
    }

    private static InstalledModel? Parse(byte[] utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || root.GetProperty("record").GetInt32() != 1) return null;
            if (ModelManifestReader.Read(root.GetProperty("manifest"), "$.manifest", null).Manifest is not { } manifest) return null;
            string[] variants = [.. root.GetProperty("variants").EnumerateArray().Select(item => item.GetString() ?? "")];
            if (variants.Length == 0 || variants.Any(name => manifest.FindVariant(name) is null)) return null;
            var imports = root.TryGetProperty("imports", out var list) ? ReadImports(list) : [];
            if (variants.Any(name => manifest.FindVariant(name)!.Import is not null && imports.All(graph => graph.Variant != name))) return null;
            return new InstalledModel
            {
                Manifest = manifest,
                Variants = variants,
                Imports = imports,
                InstalledAt = root.GetProperty("installed_at").GetDateTimeOffset(),
                Licence = root.GetProperty("licence_accepted").GetBoolean() ? LicenceConsent.Accepted : LicenceConsent.NotGiven,

                // Records before 0.2 are of models that were asked for.
                IsRequested = !root.TryGetProperty("requested", out var requested) || requested.GetBoolean(),
            };
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Reported by the caller with the file's name.
            return null;
        }
    }

    private static List<ImportedGraph> ReadImports(JsonElement list)
        =>
        [
            .. list.EnumerateArray().Select(item => new ImportedGraph(
                item.GetProperty("variant").GetString() ?? "",
                item.GetProperty("sha256").GetString() ?? "",
                item.GetProperty("bytes").GetInt64(),
                item.GetProperty("importer").GetString() ?? "")),
        ];
}
