using EdgeHost.Capabilities.Models;
using EdgeHost.Deployment;
using EdgeHost.Deployment.Gates;
using EdgeHost.Deployment.Versions;
using EdgeHost.Host.Cli;
using EdgeHost.Security.Access;
using EdgeHost.Security.Audit;

namespace EdgeHost.Host.Methods;

/// <summary>
/// <c>models.versions</c>, <c>promote</c>, <c>rollback</c> and <c>history</c>. An app sees and steers what is its own; the device's owner, who is whoever works
/// the command line as the host's user, everything.
/// </summary>
internal sealed class VersionMethodSet(IVersionStore store, VersionControl control, IAuditLog audit)
{
    public IEnumerable<HostMethod> Create()
    {
        yield return HostMethod.UnaryOfApp<ListVersionsRequest, ListVersionsResponse>(
            ModelMethods.Versions, "Lists versions of models that were made on the device, with what they have shown.", "{}", ListAsync);
        yield return HostMethod.UnaryOfApp<PromoteModelRequest, PromoteModelResponse>(
            ModelMethods.Promote, "Lets a version go on: to shadow, as a canary, or to serve.", """{"model":"ocr-cls","to":"shadow"}""", PromoteAsync);
        yield return HostMethod.UnaryOfApp<RollBackModelRequest, RollBackModelResponse>(
            ModelMethods.RollBack, "Takes a version back: the one before it serves again.", """{"model":"ocr-cls"}""", RollBackAsync);
        yield return HostMethod.UnaryOfApp<ModelHistoryRequest, ModelHistoryResponse>(
            ModelMethods.History, "Tells what was decided about versions, by whom, why, and on which figures.", """{"model":"ocr-cls"}""", HistoryAsync);
    }

    private async ValueTask<ListVersionsResponse> ListAsync(ListVersionsRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var found = await store.ListAsync(request.Model, Seen(app, request.App, request.User), cancellationToken).ConfigureAwait(false);
        var entries = new List<ModelVersionEntry>(found.Count);
        foreach (var version in found) entries.Add(Describe(version, await control.FiguresAsync(version, cancellationToken).ConfigureAwait(false)));
        return new ListVersionsResponse { Versions = entries };
    }

    private async ValueTask<PromoteModelResponse> PromoteAsync(PromoteModelRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var scope = Steered(app, request.Model, request.App, request.User);
        var moved = await control.PromoteAsync(request.Model, scope, request.Version, (VersionState)request.To, request.Force, ActorOf(app), cancellationToken).ConfigureAwait(false);
        audit.Write(new AuditEntry(
            "version_promoted", app.Name, app.UserId, ModelMethods.Promote, $"{moved.Model}@{moved.Version} for {scope} to {Word(moved.State)}{(request.Force ? ", forced" : string.Empty)}"));
        return new PromoteModelResponse { Version = Describe(moved, figures: null) };
    }

    private async ValueTask<RollBackModelResponse> RollBackAsync(RollBackModelRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var scope = Steered(app, request.Model, request.App, request.User);
        var (from, to) = await control.RollBackAsync(request.Model, scope, request.Version, request.Reason, ActorOf(app), cancellationToken).ConfigureAwait(false);
        audit.Write(new AuditEntry(
            "version_rolled_back", app.Name, app.UserId, ModelMethods.RollBack, $"{from.Model}@{from.Version} for {scope}, now {to?.Version ?? "the shipped version"}"));
        return new RollBackModelResponse { Model = from.Model, From = from.Version, To = to?.Version };
    }

    private async ValueTask<ModelHistoryResponse> HistoryAsync(ModelHistoryRequest request, AppIdentity app, CancellationToken cancellationToken)
    {
        var events = await store.HistoryAsync(request.Model, Seen(app, request.App, request.User), request.Limit, cancellationToken).ConfigureAwait(false);
        return new ModelHistoryResponse
        {
            Events =
            [
                .. events.Select(static entry => new ModelHistoryEntry
                {
                    TimeMs = entry.Time.ToUnixTimeMilliseconds(),
                    Model = entry.Model,
                    App = entry.Scope.App,
                    Version = entry.Version,
                    From = (VersionStage?)entry.From,
                    To = (VersionStage)entry.To,
                    By = entry.Actor.ToString().ToLowerInvariant(),
                    Reason = entry.Reason,
                    Figures = entry.Figures.Length == 0 ? null : entry.Figures,
                }),
            ],
        };
    }

    private static string Word(VersionState state) => state.ToString().ToLowerInvariant();

    private static bool IsOwner(AppIdentity app)
        => ReferenceEquals(app, AppIdentity.Host) || (app.Name == HostCallers.AppName && app.UserId == ProcessUser.Id);

    private static VersionActor ActorOf(AppIdentity app) => IsOwner(app) ? VersionActor.Owner : VersionActor.App;

    // Null is everything, which only the owner may see.
    private static VersionScope? Seen(AppIdentity app, string? named, long? user)
        => named is null && user is null && IsOwner(app) ? null : ScopeOf(app, named, user);

    private static VersionScope Steered(AppIdentity app, string model, string? named, long? user)
    {
        // A model of an app's own says whose it is.
        var slash = model.IndexOf('/', StringComparison.Ordinal);
        return ScopeOf(app, named ?? (slash > 0 && IsOwner(app) ? model[..slash] : null), user);
    }

    private static VersionScope ScopeOf(AppIdentity app, string? named, long? user)
    {
        if (IsOwner(app)) return named is null ? VersionScope.Device : new VersionScope(named, user ?? ProcessUser.Id);
        var own = VersionScope.Of(app);
        return (named is null || named == own.App) && (user is null || user == own.UserId)
            ? own
            : throw new EdgeHostException(ErrorCode.PermissionDenied, "An app sees and steers its own versions alone; the device's owner does the rest with 'edgehost models'.");
    }

    private static ModelVersionEntry Describe(ModelVersion version, GateFigures? figures) => new()
    {
        Model = version.Model,
        Version = version.Version,
        App = version.Scope.App,
        User = version.Scope.IsDevice ? null : version.Scope.UserId,
        Stage = (VersionStage)version.State,
        Reason = version.Reason,
        Base = version.Base,
        Parent = version.Parent,
        Bytes = version.Bytes,
        HasFiles = version.HasFiles,
        AddedMs = version.Added.ToUnixTimeMilliseconds(),
        ChangedMs = version.Changed.ToUnixTimeMilliseconds(),
        WatchedUntilMs = version.WatchedUntil?.ToUnixTimeMilliseconds(),
        Lineage = version.Lineage,
        Calls = figures?.Calls,
        Errors = figures?.Errors,
        Agreement = figures?.Agreement,
        LargestDifference = Finite(figures?.LargestDifference),
        LatencyRatio = figures?.LatencyRatio,
        Dropped = figures?.Dropped,
    };

    // JSON has no word for infinity, and a difference of that size needs none.
    private static double? Finite(double? number) => number is { } known && !double.IsFinite(known) ? double.MaxValue : number;
}
