using System.Collections.Concurrent;
using System.Security.Cryptography;
using EdgeHost.Disks;
using EdgeHost.ModelStore.Blobs;
using EdgeHost.ModelStore.Manifests;
using Microsoft.Extensions.Logging;

namespace EdgeHost.ModelStore;

/// <content>Graphs that are made here, of files of other formats.</content>
public sealed partial class LocalModelStore
{
    // What this importer could not make anew: the graph of the earlier one serves, and is not tried again at each load.
    private readonly ConcurrentDictionary<string, bool> _notRenewed = new(StringComparer.Ordinal);

    // What the engine and the plugin see: not the files that the graph was made of.
    private static List<ModelFile> UsedFiles(InstalledModel installed, ModelVariant variant)
        => [.. installed.FilesOf(variant).Where(file => variant.Import is not { } import || !import.Files.Contains(file.Name, StringComparer.Ordinal))];

    // Every file of the variant is here. Null for a variant whose graph is one of its files.
    private async Task<ImportedGraph?> ImportAsync(ModelManifest manifest, ModelVariant variant, PullReporter reporter, CancellationToken cancellationToken)
    {
        if (variant.Import is null) return null;
        if (_importer is null) throw new EdgeHostException(ErrorCode.FailedPrecondition, $"The graph of {manifest.Name} is made of files of another format, which this program cannot do.");
        using var only = await _locks.EnterAsync(
            $"import-{manifest.Name}-{variant.Name}", $"the graph of {manifest.Name}", () => reporter.Enter(PullPhase.Waiting, variant.Graph), cancellationToken).ConfigureAwait(false);
        if (await FindImportedAsync(manifest, variant, cancellationToken).ConfigureAwait(false) is { } known) return known;
        reporter.Enter(PullPhase.Importing, variant.Graph);
        var started = _time.GetTimestamp();
        var content = await _importer.ImportAsync(RequestOf(manifest, variant, variant.Import), cancellationToken).ConfigureAwait(false);
        var graph = new ImportedGraph(variant.Name, Convert.ToHexStringLower(SHA256.HashData(content.Span)), content.Length, _importer.Version);
        await KeepAsync(manifest, graph.AsFile(variant), content, cancellationToken).ConfigureAwait(false);
        _logger.LogInformation("Made {Graph} of {Model} {Variant}: {Bytes} bytes in {Elapsed}", variant.Graph, manifest.Name, variant.Name, content.Length, _time.GetElapsedTime(started));
        return graph;
    }

    private ImportRequest RequestOf(ModelManifest manifest, ModelVariant variant, VariantImport import) => new()
    {
        Model = manifest.Name,
        Format = import.Format,
        Means = import.Means,
        Files = [.. import.Files.Select(name => (name, _blobs.PathOf(variant.Files.First(file => file.Name == name).Sha256)))],
    };

    private async Task<ImportedGraph?> FindImportedAsync(ModelManifest manifest, ModelVariant variant, CancellationToken cancellationToken)
    {
        if (FindInstalled(new ModelReference(manifest.Id, manifest.Version)) is not { } installed
            || installed.ImportOf(variant) is not { } graph
            || graph.Importer != _importer!.Version
            || !HaveSameFiles(variant, installed.Manifest.FindVariant(variant.Name)!)) return null;
        var state = await _verifier.CheckAsync(graph.Sha256, graph.Bytes, again: false, null, cancellationToken).ConfigureAwait(false);
        return state.IsGood ? graph : null;
    }

    private async Task KeepAsync(ModelManifest manifest, ModelFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var only = await _locks.EnterAsync("blob-" + file.Sha256, $"the file '{file.Name}'", static () => { }, cancellationToken).ConfigureAwait(false);
        var state = await _verifier.CheckAsync(file.Sha256, file.Bytes, again: false, null, cancellationToken).ConfigureAwait(false);
        if (state.IsGood) return;
        using var space = _space.Reserve(manifest.Name, [file]);
        try
        {
            var source = new MemoryStream(content.ToArray(), writable: false);
            await using (source.ConfigureAwait(false))
            {
                await _blobs.InstallAsync(source, file, "the import", onBytes: null, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (IOException e) when (DiskErrors.IsFull(e))
        {
            throw DiskFull.While($"the graph '{file.Name}' of {manifest.Name}", e);
        }

        _verifier.Trust(file.Sha256);
    }

    // A newer program makes its graph anew, of files that are here; where it cannot, what the older one made still serves.
    private async ValueTask<InstalledModel> RenewImportAsync(InstalledModel installed, ModelVariant variant, CancellationToken cancellationToken)
    {
        var name = $"{installed.Manifest.Name}/{variant.Name}";
        if (_importer is null || installed.ImportOf(variant) is not { } graph || graph.Importer == _importer.Version || _notRenewed.ContainsKey(name)) return installed;
        try
        {
            foreach (var file in variant.Files)
            {
                var state = await _verifier.CheckAsync(file.Sha256, file.Bytes, again: false, null, cancellationToken).ConfigureAwait(false);
                if (!state.IsGood) throw PullAgain(installed.Manifest, $"lacks its file '{file.Name}'");
            }

            using var pulling = await _locks.EnterPullAsync(static () => { }, cancellationToken).ConfigureAwait(false);
            var reporter = new PullReporter(installed.Manifest, variant.Files, progress: null, _time);
            var renewed = await ImportAsync(installed.Manifest, variant, reporter, cancellationToken).ConfigureAwait(false);
            using var only = await _locks.EnterAsync($"record-{installed.Manifest.Name}", installed.Manifest.Name, static () => { }, cancellationToken).ConfigureAwait(false);

            // Another process may have added a variant meanwhile, or removed the model.
            if (FindInstalled(new ModelReference(installed.Manifest.Id, installed.Manifest.Version)) is not { } current) return installed;
            current = current.With(renewed!);
            await _records.SaveAsync(current, cancellationToken).ConfigureAwait(false);
            return current;
        }
        catch (EdgeHostException e)
        {
            _logger.LogWarning(e, "The graph of {Model} was made by an earlier version of this program and cannot be made anew; it is used as it is", name);
            _notRenewed[name] = true;
            return installed;
        }
    }
}
