using System.Collections.Concurrent;
using System.Text.Json;
using EdgeHost.Deployment;
using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Versions;
using EdgeHost.Jobs.Results;
using EdgeHost.Jobs.Specs;
using EdgeHost.Learning.Examples;
using EdgeHost.Runtime.Models;
using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Training;

/// <summary>
/// The models of jobs as versions of models: what a job makes is tried and promoted like any version, and what apps and jobs ask for is what serves. A model of an app is <c>app/name</c> in the
/// scope of that app; a personal version has the shipped model's id in that scope. Thread-safe.
/// </summary>
internal sealed class DeployedModels(IVersionStore versions, IModelSource source, IOptions<DeploymentOptions> deployment) : ITrainedModelSink, ITrainedModels
{
    // Cards never change, and a version is asked for with every prediction.
    private const int MostCards = 1024;
    private readonly ConcurrentDictionary<string, TrainedModelCard> _cards = new(StringComparer.Ordinal);

    /// <summary>The id by which a model is leased.</summary>
    public static string IdOf(string app, string name) => $"{app}/{name}";

    public async Task<string> AddAsync(TrainedModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (await FindOfJobAsync(model, cancellationToken).ConfigureAwait(false) is { } known)
        {
            // The host ended after the version was added and before that was noted.
            Directory.Delete(model.Folder, recursive: true);
            return known;
        }

        if (model.Base is { } made && await source.ResolveAsync(model.Name, cancellationToken).ConfigureAwait(false) is var shipped && shipped.Version != made)
        {
            throw new EdgeHostException(ErrorCode.FailedPrecondition, $"'{model.Name}' ships as {shipped.Version} now, and this version was made of {made}; train it again.");
        }

        var deploy = model.Deploy ?? new DeploySpec();
        var added = await versions.AddAsync(
            new NewVersion
            {
                Model = IdOf(model),
                Scope = ScopeOf(model.Owner),
                Folder = model.Folder,
                Lineage = model.Lineage,
                Start = StateOf(deploy.Start),
                Gate = model.Deploy is null ? null : RuleOf(deploy),
            },
            cancellationToken).ConfigureAwait(false);
        Directory.Delete(model.Folder, recursive: true);
        return added.Version;
    }

    public async ValueTask<TrainedModelFiles?> FindAsync(ExampleOwner owner, string name, string? version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!JobSpecReader.IsName(name)) return null;
        var all = await versions.ListAsync(IdOf(owner.App, name), ScopeOf(owner), cancellationToken).ConfigureAwait(false);
        var found = all.FirstOrDefault(known => version is null ? known.State == VersionState.Current : known.Version == version);
        if (found is null || versions.FolderOf(found) is not { } folder || CardOf(folder) is not { } card) return null;
        return new TrainedModelFiles(owner, name, found.Version, folder, card);
    }

    internal static VersionState StateOf(DeployStart start) => start switch
    {
        DeployStart.Stored => VersionState.Stored,
        DeployStart.Shadow => VersionState.Shadow,
        DeployStart.Canary => VersionState.Canary,
        DeployStart.Current => VersionState.Current,
        _ => throw new ArgumentOutOfRangeException(nameof(start), start, null),
    };

    private static string IdOf(TrainedModel model) => model.Base is null ? IdOf(model.Owner.App, model.Name) : model.Name;

    private static VersionScope ScopeOf(ExampleOwner owner) => new(owner.App, owner.UserId);

    private GateRule RuleOf(DeploySpec deploy)
    {
        var standard = deployment.Value.Gate.ToRule();
        return standard with
        {
            MinCalls = deploy.MinCalls ?? standard.MinCalls,
            MinAgreement = deploy.MinAgreement ?? standard.MinAgreement,
            MaxLatencyRatio = deploy.MaxLatencyRatio ?? standard.MaxLatencyRatio,
            MaxErrorRate = deploy.MaxErrorRate ?? standard.MaxErrorRate,
            MinAccuracyGain = deploy.MinAccuracyGain ?? standard.MinAccuracyGain,
            MaxAccuracyDrop = deploy.MaxAccuracyDrop ?? standard.MaxAccuracyDrop,
            MinFeedback = deploy.MinFeedback ?? standard.MinFeedback,
        };
    }

    private async Task<string?> FindOfJobAsync(TrainedModel model, CancellationToken cancellationToken)
    {
        var all = await versions.ListAsync(IdOf(model), ScopeOf(model.Owner), cancellationToken).ConfigureAwait(false);
        return all.FirstOrDefault(version => JobOf(version.Lineage) == model.Job)?.Version;
    }

    private static string? JobOf(string lineage)
    {
        using var json = JsonDocument.Parse(lineage);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("job", out var job) && job.ValueKind == JsonValueKind.String ? job.GetString() : null;
    }

    private TrainedModelCard? CardOf(string folder)
    {
        if (_cards.TryGetValue(folder, out var known)) return known;
        var path = Path.Combine(folder, TrainedModelFiles.CardFile);
        try
        {
            if (!File.Exists(path) || TrainedModelCard.TryParse(File.ReadAllText(path)) is not { } card) return null;
            if (_cards.Count >= MostCards) _cards.Clear();
            return _cards[folder] = card;
        }
        catch (IOException e)
        {
            throw new EdgeHostException(ErrorCode.DataLoss, $"The card of a trained model cannot be read: {e.Message}", e);
        }
    }
}
