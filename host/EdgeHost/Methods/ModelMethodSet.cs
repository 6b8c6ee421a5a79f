using System.Threading.Channels;
using EdgeHost.Capabilities.Models;
using EdgeHost.Host.Cli;
using EdgeHost.Host.Hosting;
using EdgeHost.ModelStore;
using EdgeHost.ModelStore.Manifests;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Options;
using StorePullProgress = EdgeHost.ModelStore.PullProgress;
using StoreState = EdgeHost.ModelStore.ModelState;
using WirePullPhase = EdgeHost.Capabilities.Models.PullPhase;
using WirePullProgress = EdgeHost.Capabilities.Models.PullProgress;
using WireState = EdgeHost.Capabilities.Models.ModelState;

namespace EdgeHost.Host.Methods;

/// <summary><c>models.*</c>: the store and what the pool says of it.</summary>
internal sealed class ModelMethodSet(LocalModelStore store, IOptions<ModelStoreOptions> options, IModelPool pool, PluginCatalogs? plugins = null)
{
    private const string Operator = "operator";

    // A slow reader of progress sees fewer items, never a slower pull.
    private const int MostProgressWaiting = 32;

    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.Unary<ListModelsRequest, ListModelsResponse>(
            ModelMethods.List, "Lists models with where they are: described, installed, in memory.", "{}", ListAsync);
        yield return HostMethod.ServerStream<PullModelsRequest, WirePullProgress, PullModelsResponse>(
            ModelMethods.Pull, "Gets the files of models, and of those they require, onto the device, verified; streams progress.", """{"models":["ocr-det","ocr-rec"]}""", PullAsync);
        yield return HostMethod.Unary<VerifyModelRequest, VerifyModelResponse>(
            ModelMethods.Verify, "Hashes the files of installed models again.", """{"model":"ocr-det"}""", VerifyAsync);
        yield return HostMethod.Unary<RemoveModelRequest, RemoveModelResponse>(
            ModelMethods.Remove, "Removes a model, and what only came because it requires it; keeps files that another model uses.", """{"model":"ocr-det"}""", RemoveAsync);
        yield return HostMethod.UnaryOfApp<PinModelRequest, PinModelResponse>(
            ModelMethods.Pin, "Loads a model and keeps it in memory until the same app unpins it.", """{"model":"ocr-det"}""", PinAsync);
        yield return HostMethod.UnaryOfApp<UnpinModelRequest, UnpinModelResponse>(
            ModelMethods.Unpin, "Takes the app's pin of a model back.", """{"model":"ocr-det"}""", (request, app, _) => new(Unpin(request, app)));
    }

    private async ValueTask<ListModelsResponse> ListAsync(ListModelsRequest request, CancellationToken cancellationToken)
    {
        plugins?.Refresh();
        var listings = await store.ListAsync(cancellationToken).ConfigureAwait(false);
        var resident = pool.Snapshot().Models;
        return new ListModelsResponse
        {
            Models = [.. listings.Where(l => request.Task is null || l.Manifest.Task == request.Task).Select(l => Describe(l.Manifest, l.State, resident))],
            StoreBytes = store.UsedBytes,
            StoreQuotaBytes = options.Value.QuotaBytes,
        };
    }

    private async ValueTask<PullModelsResponse> PullAsync(
        PullModelsRequest request, Func<WirePullProgress, ValueTask> send, CancellationToken cancellationToken)
    {
        plugins?.Refresh();
        var progress = Channel.CreateBounded<WirePullProgress>(
            new BoundedChannelOptions(MostProgressWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pull = PullToEndAsync();
        try
        {
            await foreach (var item in progress.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                await send(item).ConfigureAwait(false);
            }
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }

        var installed = await pull.ConfigureAwait(false);
        var resident = pool.Snapshot().Models;
        return new PullModelsResponse { Models = [.. installed.Select(model => Describe(model.Manifest, StoreState.Installed, resident))] };

        async Task<IReadOnlyList<InstalledModel>> PullToEndAsync()
        {
            try
            {
                return await store.PullAsync(
                    request.Models,
                    new PullOptions
                    {
                        Licence = request.AcceptLicense ? LicenceConsent.Accepted : LicenceConsent.NotGiven,
                        Mirror = request.Mirror,
                        Variant = request.Variant,
                    },
                    new ProgressTo(progress.Writer),
                    stop.Token).ConfigureAwait(false);
            }
            finally
            {
                progress.Writer.Complete();
            }
        }
    }

    private async ValueTask<VerifyModelResponse> VerifyAsync(VerifyModelRequest request, CancellationToken cancellationToken)
    {
        var files = await store.VerifyAsync(request.Model, cancellationToken).ConfigureAwait(false);
        return new VerifyModelResponse
        {
            Ok = files.All(file => file.IsGood),
            Files =
            [
                .. files.Select(file => new VerifiedFile
                {
                    Model = $"{file.Model}@{file.Version}",
                    File = file.File,
                    Ok = file.IsGood,
                    ExpectedSha256 = file.Expected,
                    ActualSha256 = file.Actual,
                }),
            ],
        };
    }

    private async ValueTask<RemoveModelResponse> RemoveAsync(RemoveModelRequest request, CancellationToken cancellationToken)
    {
        await pool.EvictAsync(request.Model, "removed from the store", cancellationToken).ConfigureAwait(false);
        var result = await store.RemoveAsync(request.Model, cancellationToken).ConfigureAwait(false);
        foreach (var model in result.Models)
        {
            // Those that went with it, too; what is gone already costs nothing.
            await pool.EvictAsync(model, "removed from the store", cancellationToken).ConfigureAwait(false);
        }

        return new RemoveModelResponse { Removed = result.Models, FreedBytes = result.Bytes };
    }

    private async ValueTask<PinModelResponse> PinAsync(PinModelRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var owner = OwnerOf(app);
        await pool.PinAsync(request.Model, owner, cancellationToken).ConfigureAwait(false);
        return new PinModelResponse { Model = request.Model, Owner = owner };
    }

    private UnpinModelResponse Unpin(UnpinModelRequest request, AppIdentity app)
    {
        var wasPinned = pool.Unpin(request.Model, OwnerOf(app));
        return new UnpinModelResponse
        {
            WasPinned = wasPinned,
            PinnedBy =
            [
                .. pool.Snapshot().Models.Where(model => request.Model == model.Id || request.Model == $"{model.Id}@{model.Version}")
                    .SelectMany(model => model.PinnedBy).Distinct(StringComparer.Ordinal),
            ],
        };
    }

    // A person at the command line is not an app; all verbs share one pin.
    private static string OwnerOf(AppIdentity app) => app.Name == HostCallers.AppName ? Operator : app.Name;

    private static ModelEntry Describe(ModelManifest manifest, StoreState state, IReadOnlyList<ModelSnapshot> inPool)
    {
        var resident = inPool.FirstOrDefault(m => m.Id == manifest.Id && m.Version == manifest.Version);
        return new ModelEntry
        {
            Id = manifest.Id,
            Version = manifest.Version,
            State = resident is not null ? WireState.Resident : state switch
            {
                StoreState.NotPulled => WireState.Available,
                StoreState.Installed => WireState.Installed,
                StoreState.Incomplete => WireState.Incomplete,
                _ => WireState.Outdated,
            },
            Task = manifest.Task,
            Summary = manifest.Summary,
            License = manifest.Licence.Spdx,
            RequiresAcceptance = !manifest.Licence.Permissive,
            Source = manifest.Variants[0].Files[0].Sources[0].ToString(),
            SizeBytes = manifest.Variants[0].SizeBytes,
            ResidentBytes = resident?.Bytes,
            PinnedBy = resident?.PinnedBy ?? [],
            Properties = manifest.Properties,
            Requires = manifest.Requires,
            Variants = [.. manifest.Variants.Select(variant => variant.Name)],
        };
    }

    /// <summary>Progress straight into the channel; <see cref="Progress{T}"/> would reorder it on the thread pool.</summary>
    private sealed class ProgressTo(ChannelWriter<WirePullProgress> writer) : IProgress<StorePullProgress>
    {
        public void Report(StorePullProgress value) => writer.TryWrite(new WirePullProgress
        {
            Model = $"{value.Model}@{value.Version}",
            File = value.File,
            Phase = Enum.Parse<WirePullPhase>(value.Phase.ToString()),
            BytesDone = value.BytesDone,
            BytesTotal = value.BytesTotal,
            PackageBytes = value.PackageBytes,
        });
    }
}
